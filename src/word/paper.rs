//! 公文 (paper): headings, paragraphs, tables and sections in the fonts and on the page that offices use.

use std::fmt::Write as _;

use super::package::{DECLARATION, NAMESPACE, escape, report_package};

/// 公文: a document that is written from top to bottom.
#[derive(Debug)]
pub(crate) struct Paper {
    body: String,
    orientation: Orientation,
}

/// 纸张方向
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Orientation {
    Portrait,
    Landscape,
}

/// How a paragraph is set: typeface, size in half points, weight and layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// 标题: 宋体 二号, centred.
    Title,
    /// 副标题: 楷体 三号, centred.
    Subtitle,
    /// 一级标题: 黑体 三号.
    Heading,
    /// 二级标题: 楷体 四号.
    Subheading,
    /// 正文: 仿宋 四号, first line indented by two characters.
    Body,
    /// 小字: 仿宋 小五, for what is there to be looked up.
    Small,
    /// 落款: 仿宋 四号, set to the right.
    Signature,
}

/// How a column of a table is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Centre,
    Right,
}

/// 栏: heading, share of the width, and setting.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Column {
    pub heading: &'static str,
    pub share: usize,
    pub align: Align,
}

impl Orientation {
    /// Width and height of A4 and the margins, in twentieths of a point.
    const LONG: usize = 16_838;
    const SHORT: usize = 11_906;
    const MARGIN: usize = 1_134;

    /// The width between the margins.
    fn text_width(self) -> usize {
        let width = match self {
            Orientation::Portrait => Self::SHORT,
            Orientation::Landscape => Self::LONG,
        };
        width - 2 * Self::MARGIN
    }

    fn section(self) -> String {
        let (width, height, turned) = match self {
            Orientation::Portrait => (Self::SHORT, Self::LONG, ""),
            Orientation::Landscape => (Self::LONG, Self::SHORT, r#" w:orient="landscape""#),
        };
        let margin = Self::MARGIN;
        format!(
            r#"<w:sectPr><w:pgSz w:w="{width}" w:h="{height}"{turned}/><w:pgMar w:top="{margin}" w:right="{margin}" w:bottom="{margin}" w:left="{margin}" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>"#
        )
    }
}

impl Style {
    /// Typeface, size in half points, bold, and the layout of the paragraph.
    fn parts(self) -> (&'static str, u32, bool, &'static str) {
        match self {
            Style::Title => ("宋体", 44, true, r#"<w:spacing w:before="240" w:after="120"/><w:jc w:val="center"/>"#),
            Style::Subtitle => ("楷体", 32, false, r#"<w:spacing w:after="240"/><w:jc w:val="center"/>"#),
            Style::Heading => ("黑体", 32, false, r#"<w:keepNext/><w:spacing w:before="240" w:after="120"/>"#),
            Style::Subheading => ("楷体", 28, false, r#"<w:keepNext/><w:spacing w:before="160" w:after="80"/>"#),
            Style::Body => (
                "仿宋",
                28,
                false,
                r#"<w:spacing w:line="480" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="560"/>"#,
            ),
            Style::Small => ("仿宋", 18, false, r#"<w:spacing w:before="20"/>"#),
            Style::Signature => ("仿宋", 28, false, r#"<w:spacing w:before="240"/><w:ind w:left="3600"/>"#),
        }
    }
}

impl Paper {
    /// An empty document.
    pub fn new(orientation: Orientation) -> Self {
        Paper { body: String::new(), orientation }
    }

    /// One paragraph; line breaks in the text are kept.
    pub fn paragraph(&mut self, style: Style, text: &str) {
        let (typeface, size, bold, layout) = style.parts();
        let _ = write!(self.body, "<w:p><w:pPr>{layout}</w:pPr>");
        self.run(text, typeface, size, bold);
        self.body.push_str("</w:p>");
    }

    /// What follows stands on pages of another orientation.
    pub fn turn(&mut self, orientation: Orientation) {
        if orientation != self.orientation {
            let _ = write!(self.body, "<w:p><w:pPr>{}</w:pPr></w:p>", self.orientation.section());
            self.orientation = orientation;
        }
    }

    /// A table with a heading row that is repeated on every page; a row has one text for each column.
    pub fn table(&mut self, columns: &[Column], rows: &[Vec<String>]) {
        let shares: usize = columns.iter().map(|column| column.share).sum();
        let width = self.orientation.text_width();
        let widths: Vec<usize> = columns.iter().map(|column| column.share * width / shares.max(1)).collect();
        let _ =
            write!(self.body, r#"<w:tbl><w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:jc w:val="center"/>{BORDERS}"#);
        self.body.push_str(r#"<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>"#);
        for width in &widths {
            let _ = write!(self.body, r#"<w:gridCol w:w="{width}"/>"#);
        }
        self.body.push_str("</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
        for (column, width) in columns.iter().zip(&widths) {
            self.cell(column.heading, *width, Align::Centre, true);
        }
        self.body.push_str("</w:tr>");
        for row in rows {
            self.body.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
            for ((column, width), text) in columns.iter().zip(&widths).zip(row) {
                self.cell(text, *width, column.align, false);
            }
            self.body.push_str("</w:tr>");
        }
        // Two tables in a row would run into one.
        self.body.push_str("</w:tbl><w:p/>");
    }

    fn cell(&mut self, text: &str, width: usize, align: Align, heading: bool) {
        let align = match align {
            Align::Left => "left",
            Align::Centre => "center",
            Align::Right => "right",
        };
        let shade = if heading { r#"<w:shd w:val="clear" w:color="auto" w:fill="EDEDED"/>"# } else { "" };
        let _ = write!(
            self.body,
            r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}<w:vAlign w:val="center"/></w:tcPr>"#
        );
        for line in text.split('\n') {
            let _ = write!(self.body, r#"<w:p><w:pPr><w:jc w:val="{align}"/></w:pPr>"#);
            self.run(line, if heading { "黑体" } else { "仿宋" }, 18, false);
            self.body.push_str("</w:p>");
        }
        self.body.push_str("</w:tc>");
    }

    fn run(&mut self, text: &str, typeface: &str, size: u32, bold: bool) {
        let bold = if bold { "<w:b/>" } else { "" };
        let properties = format!(
            r#"<w:rPr><w:rFonts w:eastAsia="{typeface}"/>{bold}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>"#
        );
        for (index, line) in text.split('\n').enumerate() {
            let broken = if index > 0 { "<w:br/>" } else { "" };
            let line = escape(line);
            let _ = write!(self.body, r#"<w:r>{properties}{broken}<w:t xml:space="preserve">{line}</w:t></w:r>"#);
        }
    }

    /// The document as the bytes of a .docx file.
    pub fn finish(self) -> zip::result::ZipResult<Vec<u8>> {
        let section = self.orientation.section();
        let document =
            format!("{DECLARATION}<w:document {NAMESPACE}><w:body>{}{section}</w:body></w:document>", self.body);
        report_package(document)
    }
}

const BORDERS: &str = concat!(
    "<w:tblBorders>",
    r#"<w:top w:val="single" w:sz="4" w:color="000000"/><w:left w:val="single" w:sz="4" w:color="000000"/>"#,
    r#"<w:bottom w:val="single" w:sz="4" w:color="000000"/><w:right w:val="single" w:sz="4" w:color="000000"/>"#,
    r#"<w:insideH w:val="single" w:sz="4" w:color="000000"/><w:insideV w:val="single" w:sz="4" w:color="000000"/>"#,
    "</w:tblBorders>"
);
