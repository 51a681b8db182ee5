//! 文字 (text): folding a copy of printed text so that the same word always looks the same.
//!
//! The original is never changed: what these functions return is for matching and parsing only.

use std::borrow::Cow;

/// The printed text with every kind of white space removed, otherwise unchanged.
///
/// This is how cells appear in the JSON contract.
pub fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !is_blank(*c)).collect()
}

/// Full-width ASCII, ideographic blanks and CJK radicals folded to their ordinary forms; nothing removed but zero-width
/// characters.
///
/// `＞＝９５％` becomes `>=95%`, `⽬标` becomes `目标`. Full-width brackets and punctuation fold as well, which is why this
/// is for a copy only.
pub fn fold(text: &str) -> String {
    text.chars().filter(|c| !is_zero_width(*c)).map(fold_char).collect()
}

/// A label for matching: folded, without white space and without a closing colon.
pub fn label(text: &str) -> String {
    let mut folded: String = text.chars().filter(|c| !is_blank(*c)).map(fold_char).collect();
    folded.truncate(folded.trim_end_matches(':').len());
    folded
}

/// White space in the widest sense, zero-width characters included.
pub fn is_blank(c: char) -> bool {
    c.is_whitespace() || is_zero_width(c)
}

fn is_zero_width(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{00ad}')
}

fn fold_char(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\u{00a0}' => ' ',
        '\u{2e80}'..='\u{2fd5}' => fold_radical(c),
        _ => c,
    }
}

/// The ordinary character for a Kangxi or CJK radical, which some PDF producers write in its place.
pub fn fold_radical(c: char) -> char {
    match c {
        '\u{2f00}'..='\u{2fd5}' => KANGXI.chars().nth(c as usize - 0x2f00).unwrap_or(c),
        '\u{2e80}'..='\u{2eff}' => SUPPLEMENT.iter().find(|(radical, _)| *radical == c).map_or(c, |pair| pair.1),
        _ => c,
    }
}

/// U+2F00 to U+2FD5 in order, as the Unicode compatibility decomposition gives them.
const KANGXI: &str = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";

/// The simplified part of the supplement; the rest of that block never stands for a whole character in a form.
const SUPPLEMENT: [(char, char); 34] = [
    ('⺁', '厂'),
    ('⺒', '巳'),
    ('⺓', '幺'),
    ('⺝', '月'),
    ('⺠', '民'),
    ('⺩', '王'),
    ('⻁', '虎'),
    ('⻪', '黾'),
    ('⻅', '见'),
    ('⻉', '贝'),
    ('⻋', '车'),
    ('⻓', '长'),
    ('⻔', '门'),
    ('⻘', '青'),
    ('⻙', '韦'),
    ('⻚', '页'),
    ('⻛', '风'),
    ('⻜', '飞'),
    ('⻝', '食'),
    ('⻢', '马'),
    ('⻥', '鱼'),
    ('⻦', '鸟'),
    ('⻧', '卤'),
    ('⻨', '麦'),
    ('⻩', '黄'),
    ('⻬', '齐'),
    ('⻮', '齿'),
    ('⻰', '龙'),
    ('⻳', '龟'),
    ('⺟', '母'),
    ('⻄', '西'),
    ('⻆', '角'),
    ('⻣', '骨'),
    ('⻤', '鬼'),
];

/// Whether a character steers a terminal or the order of reading, and shows nothing itself; tabs and line breaks do not count.
pub fn steers(c: char) -> bool {
    (c.is_control() && !matches!(c, '\t' | '\n'))
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A text for a person: what [`steers`] stands as a visible symbol, `␛` for ESC, `⟦202E⟧` for what has none.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(steers) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            _ if !steers(c) => out.push(c),
            '\u{7f}' => out.push('␡'),
            '\0'..='\u{1f}' => out.extend(char::from_u32(0x2400 + u32::from(c))),
            _ => out.push_str(&format!("⟦{:04X}⟧", u32::from(c))),
        }
    }
    Cow::Owned(out)
}

/// Whether YAML or JSON is nested deeper than anything of ours; the libraries that read it take a time that grows with the
/// square of the depth, so this is asked before they are.
pub fn is_nested_too_deep(text: &str) -> bool {
    let deeper = |depth: usize, c: char| match c {
        '[' | '{' => depth.saturating_add(1),
        ']' | '}' => depth.saturating_sub(1),
        _ => depth,
    };
    let brackets = text.chars().scan(0, |depth, c| {
        *depth = deeper(*depth, c);
        Some(*depth)
    });
    let is_deep_line = |line: &str| {
        let before = line.len() - line.trim_start_matches([' ', '-', '?', ':']).len();
        before > DEEPEST_NESTING * 2
    };
    brackets.into_iter().any(|depth| depth > DEEPEST_NESTING) || text.lines().any(is_deep_line)
}

/// Brackets within brackets of the deepest file of ours, many times over.
const DEEPEST_NESTING: usize = 1000;

/// The text without what [`steers`].
pub fn calm(text: String) -> String {
    if text.contains(steers) { text.replace(steers, "") } else { text }
}

/// A name for matching: folded, without white space, without the bracket or stop it ends with and its number in front.
pub fn name_core(name: &str) -> String {
    let mut core = squeeze(&fold(name));
    while let Some(open) = closing_bracket(&core) {
        core.truncate(open);
    }
    let trimmed = core.trim_end_matches(['.', '。', ',', ';', ':', '、', '*']);
    let numbered = trimmed.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = numbered.strip_prefix(['.', '、', ')']).filter(|_| numbered.len() < trimmed.len());
    numbered.unwrap_or(trimmed).to_owned()
}

/// Where the bracket begins that a text ends with, unless it is the whole text.
fn closing_bracket(text: &str) -> Option<usize> {
    text.ends_with(')').then(|| text.rfind('(')).flatten().filter(|open| *open > 0)
}

/// A figure without the note in brackets that says what is in it: `48(含上年结转3)`, full width folded.
pub(crate) fn without_note(text: &str) -> &str {
    let Some((number, note)) = text.strip_suffix(')').and_then(|rest| rest.split_once('(')) else { return text };
    let says = ["含", "其中", "包括", "结转", "追加", "调整", "调减", "注"].iter().any(|word| note.contains(word));
    let figure = number.starts_with(|c: char| c.is_ascii_digit())
        && number.chars().all(|c| c.is_ascii_digit() || ".,%万亿元".contains(c));
    if says && figure && !note.contains(['不', '(']) { number } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kangxi_radical_has_its_character() {
        assert_eq!(KANGXI.chars().count(), 0xd6);
        assert_eq!(fold("⽬标⼈⼝⻓期⻋辆"), "目标人口长期车辆");
    }

    #[test]
    fn full_width_folds_but_signs_stay() {
        assert_eq!(fold("＞＝９５％"), ">=95%");
        assert_eq!(fold("≥95%"), "≥95%");
        assert_eq!(label(" 项目 名称："), "项目名称");
    }
}
