//! Word 文件 (word): what a .docx needs that this program writes: the package, and pages of text and tables.

mod package;
mod paper;

pub(crate) use package::{DECLARATION, NAMESPACE, escape, package};
pub(crate) use paper::{Align, Column, Orientation, Paper, Style};
