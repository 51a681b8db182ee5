//! Fuzz targets of jixiao: one for each reader and for the grammar, run for a bounded number of inputs by `cargo test -p
//! jixiao-fuzz` and without a bound by `cargo bolero test`.

use jixiao::form::{find, mend};
use jixiao::vocabulary::Vocabulary;

/// A whole file with some bytes changed and perhaps its end cut off: what a broken download or a hostile sender gives.
pub fn mutate(original: &[u8], edits: &[(u32, u8)], cut: Option<u32>) -> Vec<u8> {
    let mut bytes = original.to_vec();
    for (position, value) in edits {
        let index = *position as usize % bytes.len().max(1);
        if let Some(byte) = bytes.get_mut(index) {
            *byte = *value;
        }
    }
    if let Some(length) = cut {
        bytes.truncate(length as usize % (bytes.len() + 1));
    }
    bytes
}

/// Reads bytes the whole way to forms; an error is a fine answer.
pub fn read_forms(bytes: &[u8]) {
    let Ok(document) = jixiao::document::read_bytes("fuzz", bytes) else { return };
    let vocabulary = Vocabulary::builtin();
    let mended = mend(&document, vocabulary).document;
    let _ = find(&mended, vocabulary);
}
