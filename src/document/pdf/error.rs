//! Why a PDF cannot be read.

/// PDF 读取错误: why no tables come out of a PDF; the message says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PdfError {
    /// 打开密码: it does not open without the user's password.
    #[error("PDF 文件设有打开密码，无法读取；请去掉密码后另存一份，或索取未加密的文件")]
    PasswordNeeded,
    /// 加密方式: encrypted in a way the reader does not know.
    #[error("PDF 文件的加密方式无法识别；请用阅读软件打开后另存（打印）为普通 PDF，或索取未加密的文件")]
    EncryptionUnknown,
    /// 损坏: cut off or not a PDF inside.
    #[error("PDF 文件已损坏或不完整，无法读取；请重新下载或重新索取原文件")]
    Damaged,
    /// 扫描件: pages are pictures.
    #[error("扫描件，没有文字层，请先做文字识别（OCR）或索取原文件")]
    Scanned,
    /// 没有模型: pages are pictures, and the model that reads them is not there.
    #[cfg(feature = "ocr")]
    #[error(transparent)]
    Model(#[from] crate::document::model::ModelError),
    /// 扫描页过多
    #[error("PDF 文件有 {pages} 页是扫描件，超过一次识别的上限 {limit} 页；请只保留绩效表所在的页，另存一份再试")]
    TooManyScans { pages: usize, limit: usize },
    /// 没有内容: neither text nor pictures.
    #[error("PDF 文件共 {pages} 页，其中没有任何文字或图片；请检查是否选错文件")]
    Empty { pages: usize },
    /// 文字无法解码: fonts without a map from glyphs to characters.
    #[error(
        "PDF 中的文字无法解码：共 {glyphs} 个字，其中 {unreadable} 个缺少字符对照表；请索取 Word、Excel 原文件，或先做文字识别（OCR）"
    )]
    Undecodable { glyphs: usize, unreadable: usize },
    /// 页数过多
    #[error("PDF 文件共 {pages} 页，超过一次读取的上限 {limit} 页；请拆分后分别读取")]
    TooManyPages { pages: usize, limit: usize },
    /// 文字过多
    #[error("PDF 文件中的文字超过一次读取的上限 {limit} 个；请拆分后分别读取")]
    TooManyGlyphs { limit: usize },
    /// 图形过多
    #[error("PDF 文件中的线条和图形超过一次读取的上限 {limit} 个；请拆分后分别读取")]
    TooManyShapes { limit: usize },
}
