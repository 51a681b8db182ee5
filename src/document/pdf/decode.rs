//! 解码 (decode): the characters of a glyph.

use encoding_rs::GB18030;
use hayro_cmap::BfString;

use crate::text::fold_radical;

/// What is known of a glyph's characters before the page has been seen as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Characters {
    /// The font says which characters.
    Known(String),
    /// Only the code in the content stream is known.
    Code(u32),
}

/// How a page's fonts without a map to Unicode write their codes. The predefined maps of Chinese producers are either
/// Unicode (UniGB-UCS2-H, UniGB-UTF16-H) or GBK (GBK-EUC-H, GBK2K-H); the interpreter does not tell which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Coding {
    Unicode,
    Gbk,
}

impl Characters {
    pub fn from_font(unicode: Option<BfString>, code: u32) -> Self {
        match unicode {
            Some(BfString::Char(c)) => Characters::Known(plain(c).to_string()),
            Some(BfString::String(text)) => Characters::Known(text.chars().map(plain).collect()),
            None => Characters::Code(code),
        }
    }
}

impl Coding {
    /// The coding that the codes of a page fit: GBK never has two-byte codes below 0x8140, where most Chinese characters
    /// of Unicode are.
    pub fn of(codes: impl Iterator<Item = u32>) -> Self {
        let (mut unicode, mut gbk) = (0usize, 0usize);
        for code in codes {
            match code {
                0x2000..=0x813f | 0xd800_0000..=0xdbff_ffff => unicode += 1,
                0xa1a1..=0xf7fe | 0x8130_0000..=0xd7ff_ffff => gbk += 1,
                _ => {}
            }
        }
        if unicode > gbk { Coding::Unicode } else { Coding::Gbk }
    }

    /// The characters of a code, or `None` where it stands for no character that a form would print: then the code is a
    /// glyph's number in its font, and nobody can tell which character that is.
    pub fn decode(self, code: u32) -> Option<String> {
        let text = match (self, code) {
            (_, 0..=0x7f) => char::from_u32(code)?.to_string(),
            (Coding::Gbk, 0x8140..) => gbk(code)?,
            (_, 0..=0xffff) => char::from_u32(code)?.to_string(),
            (Coding::Unicode, _) => String::from_utf16(&[(code >> 16) as u16, code as u16]).ok()?,
        };
        text.chars().all(is_printed).then(|| text.chars().map(plain).collect())
    }
}

fn gbk(code: u32) -> Option<String> {
    let bytes = code.to_be_bytes();
    let bytes = if code > 0xffff { &bytes[..] } else { &bytes[2..] };
    GB18030.decode_without_bom_handling_and_without_replacement(bytes).map(|text| text.into_owned())
}

/// Whether forms print such a character: ASCII, signs, Chinese, full-width forms.
fn is_printed(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{a0}'..='\u{ff}' | '\u{391}'..='\u{3c9}' | '\u{2000}'..='\u{27bf}' | '\u{3000}'..='\u{33ff}'
        | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ffef}'
        | '\u{20000}'..='\u{3134f}')
}

/// The character that a reader sees: radicals and the private codes of the Symbol font in their ordinary forms.
fn plain(c: char) -> char {
    match c {
        '\u{f0a3}' => '≤',
        '\u{f0b3}' => '≥',
        '\u{f0b4}' => '×',
        '\u{f0b1}' => '±',
        '\u{f0b0}' => '°',
        _ => fold_radical(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radicals_and_symbol_codes_are_folded() {
        let folded = Characters::from_font(Some(BfString::String("⽬标\u{f0b3}".to_owned())), 0);
        assert_eq!(folded, Characters::Known("目标≥".to_owned()));
    }

    #[test]
    fn codes_are_read_in_the_coding_of_their_page() {
        let unicode = [0x7ee9, 0x6548, 0x8868];
        assert_eq!(Coding::of(unicode.into_iter()), Coding::Unicode);
        assert_eq!(Coding::Unicode.decode(0x8868).as_deref(), Some("表"));
        let gbk = [0xbca8, 0xd0a7, 0xb1ed];
        assert_eq!(Coding::of(gbk.into_iter()), Coding::Gbk);
        assert_eq!(Coding::Gbk.decode(0xb1ed).as_deref(), Some("表"));
    }

    #[test]
    fn glyph_numbers_are_not_taken_for_characters() {
        assert_eq!(Coding::Gbk.decode(0x0b35), None);
        assert_eq!(Coding::Gbk.decode(0x03), None);
    }
}
