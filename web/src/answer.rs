//! 回答 (answer): what the engine hands back to the page.

use serde_json::{Value, json};

/// 回答: a value and, for files, their bytes.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    value: Value,
    file: Vec<u8>,
}

impl Answer {
    pub fn value(value: Value) -> Answer {
        Answer { value, file: Vec::new() }
    }

    /// A value with bytes that it describes.
    pub fn with_file(value: Value, file: Vec<u8>) -> Answer {
        Answer { value, file }
    }

    /// A file with the name it is saved under.
    pub fn file(name: &str, file: Vec<u8>) -> Answer {
        Answer { value: json!({ "name": name }), file }
    }

    /// What went wrong, in Chinese.
    pub fn error(why: impl Into<String>) -> Answer {
        Answer::value(json!({ "error": why.into() }))
    }

    pub fn bytes(self) -> Vec<u8> {
        let head = self.value.to_string();
        let length = u32::try_from(head.len()).unwrap_or(u32::MAX);
        let mut bytes = length.to_le_bytes().to_vec();
        bytes.extend(head.into_bytes());
        bytes.extend(self.file);
        bytes
    }
}
