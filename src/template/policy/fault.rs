//! 口径文件的问题 (fault): what is wrong with a policy file, in Chinese.

/// 口径文件不可用
#[derive(Debug, thiserror::Error)]
pub enum PolicyError {
    /// The text is no policy file.
    #[error("口径文件 {file}{line} {message}；可以 rules/policy.yaml 为样本修改")]
    Syntax {
        file: String,
        /// `第3行`, or empty where the line is not known.
        line: String,
        message: String,
    },
    /// The file reads, but what it says cannot be.
    #[error("口径文件 {file} 有 {count} 处问题：\n{list}", count = .faults.len(), list = .faults.join("\n"))]
    Contradiction {
        file: String,
        /// One line each: the key, what is wrong, what is wanted.
        faults: Vec<String>,
    },
}

impl PolicyError {
    pub(super) fn too_large(file: &str, size: usize, most: usize) -> Self {
        let message = format!("文件有 {size} 字节，超过口径文件的上限 {most} 字节");
        PolicyError::Syntax { file: file.to_owned(), line: String::new(), message }
    }

    pub(super) fn syntax(file: &str, error: &serde_yaml::Error) -> Self {
        let line = error.location().map(|location| format!(" 第{}行附近", location.line())).unwrap_or_default();
        PolicyError::Syntax { file: file.to_owned(), line, message: in_chinese(&error.to_string()) }
    }
}

/// The reader's message in Chinese.
pub(super) fn in_chinese(error: &str) -> String {
    let quoted: Vec<&str> = error.split('`').skip(1).step_by(2).collect();
    let first = quoted.first().copied().unwrap_or_default();
    if error.contains("unknown field") {
        let known = quoted.get(1..).unwrap_or_default().join("、");
        return format!("不认识“{first}”这一项，这里可以写：{known}");
    }
    if error.contains("unknown variant") {
        let known = quoted.get(1..).unwrap_or_default().join("、");
        return format!("“{first}”不是可用的写法，请从这些写法中选一个：{known}");
    }
    if error.contains("missing field") {
        return format!("缺少必须填写的“{first}”");
    }
    if error.contains("duplicate") {
        return format!("“{first}”写了两次，请删去其中一处");
    }
    if error.contains("invalid type") || error.contains("invalid value") {
        return "内容与要求的格式不同（例如应为列表却写成了一段文字，或应为整数却写成了别的）".to_owned();
    }
    "不是有效的 YAML，请检查缩进、引号和冒号".to_owned()
}
