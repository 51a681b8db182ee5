//! 符号 (symbol): characters of symbol fonts, which stand for something else than their code says.

/// What the characters of the symbol fonts stand for, as far as forms use them: font, code, character.
///
/// The code is the low byte: the fonts live at U+F020 to U+F0FF when their characters are stored as text.
const SYMBOLS: [(Font, u32, char); 24] = [
    (Font::Symbol, 0xa3, '≤'),
    (Font::Symbol, 0xb3, '≥'),
    (Font::Symbol, 0xb1, '±'),
    (Font::Symbol, 0xb4, '×'),
    (Font::Symbol, 0xb8, '÷'),
    (Font::Symbol, 0xb9, '≠'),
    (Font::Symbol, 0xbb, '≈'),
    (Font::Symbol, 0xb0, '°'),
    (Font::Symbol, 0xb7, '·'),
    (Font::Symbol, 0xa5, '∞'),
    (Font::Symbol, 0xd6, '√'),
    (Font::Wingdings, 0xfc, '√'),
    (Font::Wingdings, 0xfb, '×'),
    (Font::Wingdings, 0xfe, '☑'),
    (Font::Wingdings, 0xfd, '☒'),
    (Font::Wingdings, 0xa8, '□'),
    (Font::Wingdings, 0x6f, '□'),
    (Font::Wingdings, 0x6c, '●'),
    (Font::Wingdings, 0x6e, '■'),
    (Font::Wingdings2, 0x52, '☑'),
    (Font::Wingdings2, 0x53, '☒'),
    (Font::Wingdings2, 0xa3, '□'),
    (Font::Wingdings2, 0x50, '√'),
    (Font::Wingdings2, 0x4f, '×'),
];

/// 符号字体: the symbol fonts of office programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Font {
    Symbol,
    Wingdings,
    Wingdings2,
}

impl Font {
    /// The symbol font of a name; `None` for an ordinary font.
    pub fn named(name: &str) -> Option<Font> {
        match name.trim().to_ascii_lowercase().as_str() {
            "symbol" => Some(Font::Symbol),
            "wingdings" => Some(Font::Wingdings),
            "wingdings 2" => Some(Font::Wingdings2),
            _ => None,
        }
    }
}

/// The character that a symbol font shows for a code.
pub(super) fn symbol(font: Option<Font>, code: u32) -> Option<char> {
    let low = code & 0xff;
    let known = |font: Font| known(font, low);
    let shown = match font {
        Some(font) => known(font),
        // Without a font: Symbol is the one forms use, then the tick boxes.
        None => known(Font::Symbol).or_else(|| known(Font::Wingdings)),
    };
    shown.or_else(|| char::from_u32(if is_private(code) { low } else { code }))
}

fn known(font: Font, low: u32) -> Option<char> {
    SYMBOLS.iter().find(|entry| entry.0 == font && entry.1 == low).map(|entry| entry.2)
}

/// A text with its symbols replaced by what they show: those stored at U+F020 to U+F0FF, and in a symbol font also
/// those typed as letters (an `R` in Wingdings 2 is a ticked box).
pub(super) fn resolve_symbols(text: &str, font: Option<Font>) -> String {
    let shown = |c: char| match (c as u32, font) {
        (code, _) if is_private(code) => symbol(font, code).unwrap_or(c),
        (code @ 0x21..=0xff, Some(font)) => known(font, code).unwrap_or(c),
        _ => c,
    };
    text.chars().map(shown).collect()
}

fn is_private(code: u32) -> bool {
    (0xf020..=0xf0ff).contains(&code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_characters_become_what_the_font_shows() {
        assert_eq!(resolve_symbols("\u{f0b3}95%", None), "≥95%");
        assert_eq!(resolve_symbols("\u{f052}是\u{f0a3}否", Font::named("Wingdings 2")), "☑是□否");
        assert_eq!(resolve_symbols("R是", Font::named("Wingdings 2")), "☑是");
        assert_eq!(resolve_symbols("R是", None), "R是");
        assert_eq!(resolve_symbols("\u{f033}\u{f035}", None), "35");
    }
}
