//! 编码 (encoding): which characters the bytes of a text stand for.

use std::borrow::Cow;

use encoding_rs::{Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

use super::ReadError;

/// How many bytes at the start are searched for a declared encoding.
const HEAD: usize = 4096;

/// How many bytes are looked at to tell UTF-16 without a byte order mark.
const SAMPLE: usize = 4096;

/// Decodes a text: byte order mark, UTF-16 without one, UTF-8, the encoding declared in the text, the most likely one.
///
/// GBK and GB2312 are read as GB18030, of which they are parts: pages declared GB2312 hold characters beyond it.
/// Fails where more than one character in fifty cannot be decoded.
pub(super) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, ReadError> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return checked(encoding, bytes.get(length..).unwrap_or_default());
    }
    if let Some(encoding) = utf_16_without_mark(bytes) {
        return checked(encoding, bytes);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Cow::Borrowed(text));
    }
    let encoding = match declared(bytes).filter(|encoding| *encoding != UTF_8 && plausible(encoding, bytes)) {
        Some(encoding) => encoding,
        None if nearly_utf_8(bytes) => UTF_8,
        None => likely(bytes),
    };
    checked(if encoding == GBK { GB18030 } else { encoding }, bytes)
}

fn checked<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Result<Cow<'a, str>, ReadError> {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    if had_errors {
        let broken = text.chars().filter(|c| *c == char::REPLACEMENT_CHARACTER).count();
        if broken.saturating_mul(50) > text.chars().count() {
            return Err(ReadError::Encoding { broken });
        }
    }
    Ok(text)
}

/// A declared encoding holds unless the bytes contradict it.
fn plausible(encoding: &&'static Encoding, bytes: &[u8]) -> bool {
    checked(encoding, bytes).is_ok()
}

/// The encoding named by `charset=` or `encoding=` near the start.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(bytes.get(..HEAD).unwrap_or(bytes)).to_ascii_lowercase();
    ["charset=", "encoding="].iter().find_map(|key| {
        let (_, after) = head.split_once(key)?;
        let name: String = after
            .trim_start_matches(['"', '\'', ' '])
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
            .collect();
        Encoding::for_label(name.as_bytes())
    })
}

/// UTF-8 with a few damaged bytes (a cut in the middle of a character) is still UTF-8.
fn nearly_utf_8(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let (mut broken, mut wide) = (0usize, 0usize);
    for c in text.chars() {
        match c {
            char::REPLACEMENT_CHARACTER => broken += 1,
            c if !c.is_ascii() => wide += 1,
            _ => {}
        }
    }
    broken.saturating_mul(50) < wide
}

fn likely(bytes: &[u8]) -> &'static Encoding {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(Some(b"cn"), chardetng::Utf8Detection::Allow)
}

/// Text files hold no zero bytes, but UTF-16 has one in every line end, blank and digit.
fn utf_16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    if sample.len() < 4 || !sample.contains(&0) {
        return None;
    }
    let pairs = sample.as_chunks::<2>().0;
    let ascii = |low: u8, high: u8| high == 0 && matches!(low, b'\t' | b'\n' | b'\r' | b' '..=b'~');
    let little = pairs.iter().filter(|pair| ascii(pair[0], pair[1])).count();
    let big = pairs.iter().filter(|pair| ascii(pair[1], pair[0])).count();
    let zero_pairs = pairs.iter().filter(|pair| **pair == [0, 0]).count();
    // A binary file has zeros everywhere; a text has none beside the high halves of ASCII.
    if zero_pairs > 0 || little.max(big) < pairs.len().div_ceil(50) {
        return None;
    }
    Some(if little >= big { UTF_16LE } else { UTF_16BE })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> String {
        decode(bytes).map(Cow::into_owned).unwrap_or_default()
    }

    #[test]
    fn chinese_text_is_decoded_whatever_its_encoding() {
        let text = "项目支出绩效自评表\t2024年度\n三级指标\t≥95%\n";
        let utf_16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let utf_16_big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decoded(text.as_bytes()), text);
        assert_eq!(decoded(&GB18030.encode(text).0), text);
        assert_eq!(decoded(&utf_16), text);
        assert_eq!(decoded(&utf_16_big), text);
        assert_eq!(decoded(&[&[0xff, 0xfe][..], &utf_16].concat()), text);
        assert_eq!(decoded(&[&[0xef, 0xbb, 0xbf][..], text.as_bytes()].concat()), text);
    }

    #[test]
    fn characters_beyond_gb2312_survive_a_page_declared_gb2312() {
        let page = "<meta charset=gb2312><p>镕堃喆绩效自评表</p>";
        assert_eq!(decoded(&GB18030.encode(page).0), page);
    }

    #[test]
    fn a_wrong_declaration_is_not_believed() {
        let page = "<meta charset=utf-8><p>项目支出绩效自评表的年度指标值和全年完成值</p>";
        assert_eq!(decoded(&GB18030.encode(page).0), page);
    }

    #[test]
    fn utf_8_cut_within_a_character_is_still_utf_8() {
        let text = "项目支出绩效自评表".repeat(40);
        let cut = &text.as_bytes()[..text.len() - 1];
        assert!(decoded(cut).starts_with("项目支出绩效自评表项目"));
    }
}
