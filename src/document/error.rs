//! 读取错误 (read error): why a file could not be read, and the way out.

use thiserror::Error;

/// 读取错误: why a file could not be read, in Chinese, with the way out where there is one.
///
/// The readers give the reason alone; [`read`](super::read) and [`read_bytes`](super::read_bytes) wrap it in
/// [`InFile`](ReadError::InFile), so that the message names the file.
#[derive(Debug, Error)]
pub enum ReadError {
    /// The file by name, with the reason.
    #[error("无法读取“{file}”：{reason}")]
    InFile { file: String, reason: Box<ReadError> },

    /// The file cannot be opened at all.
    #[error("文件打不开（{0}）。请核对路径和读取权限，或先关闭正在使用它的程序。")]
    Open(String),

    /// The file has no content.
    #[error("文件是空的（0字节或只有空白）。请重新下载或重新导出。")]
    Empty,

    /// The content is something else than a document: a picture, a program, an archive of other files.
    #[error("文件内容是{found}，不是文档、表格或文本，可能只是改了扩展名。请换成原来的 Word、Excel、PDF 或网页文件。")]
    NotADocument { found: String },

    /// A report that this program wrote itself; the forms it speaks of are audited from their own files.
    #[error("是本程序写出的报告，不是填报的表；请给出单位填报的文件")]
    OwnReport,

    /// The file is cut off or its structure is broken.
    #[error("{format}文件已损坏或不完整（{detail}）。请重新下载；能在办公软件中打开的，打开后另存一份再试。")]
    Damaged { format: &'static str, detail: String },

    /// A password is needed.
    #[error("{format}文件设了打开密码。请用办公软件打开后去掉密码，另存一份再试。")]
    Encrypted { format: &'static str },

    /// A format that is recognised but not read.
    #[error("暂不支持{format}。{advice}")]
    Unsupported { format: &'static str, advice: &'static str },

    /// A PDF that gives no tables: locked, damaged, scanned, or without a map of its characters.
    #[cfg(feature = "pdf")]
    #[error("{}。", .0.to_string().trim_end_matches('。'))]
    Pdf(#[from] super::pdf::PdfError),

    /// The model that reads scans is not there or does not run.
    #[cfg(feature = "ocr")]
    #[error(transparent)]
    Model(#[from] super::model::ModelError),

    /// A picture in which no text was found.
    #[error("图片中没有认出文字，可能不是绩效表的扫描件或照片。请换一张端正、清晰的图片，或索取原文件。")]
    NoText,

    /// The text is in no encoding that could be made out.
    #[error("文本编码无法识别（约{broken}处无法解码）。请用记事本打开，另存为 UTF-8 编码后再试。")]
    Encoding { broken: usize },

    /// A fixed limit is exceeded; `what` says which one, `found` and `limit` in its unit.
    #[error("{what}过大：{found}，上限{limit}。请只保留绩效表，另存一份再试。")]
    TooLarge { what: &'static str, found: String, limit: String },

    /// A small archive that unpacks to an enormous amount of data.
    #[error("压缩内容异常：“{member}”解压后超过压缩前的{ratio}倍，疑似压缩炸弹，没有继续读取。请核对文件来源。")]
    Bomb { member: String, ratio: u64 },

    /// Reading took longer than the limit.
    #[error("读取超过{seconds}秒，已停止。文件可能已损坏，请用办公软件打开后另存一份再试。")]
    TooSlow { seconds: u64 },

    /// The reader itself failed on the file.
    #[error("读取程序在这个文件上出错。请用办公软件打开后另存一份再试；仍然出错的，请把文件反馈给开发者。")]
    Crashed,
}

impl ReadError {
    /// The reason without the file's name.
    pub fn reason(&self) -> &ReadError {
        match self {
            ReadError::InFile { reason, .. } => reason.reason(),
            other => other,
        }
    }

    /// The same reason, naming the file.
    pub(super) fn in_file(self, file: &str) -> ReadError {
        ReadError::InFile { file: file.to_owned(), reason: Box::new(self) }
    }

    /// A broken structure; `detail` is a short Chinese phrase.
    pub(super) fn damaged(format: &'static str, detail: impl Into<String>) -> ReadError {
        ReadError::Damaged { format, detail: detail.into() }
    }

    /// A limit exceeded.
    pub(super) fn too_large(what: &'static str, found: impl ToString, limit: impl ToString) -> ReadError {
        ReadError::TooLarge { what, found: found.to_string(), limit: limit.to_string() }
    }
}
