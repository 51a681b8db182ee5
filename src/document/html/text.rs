//! The text of a cell or paragraph, with white space as a page shows it.

use markup5ever_rcdom::{Handle, NodeData};

use super::super::{Limits, ReadError};
use super::{INLINE, check_depth, input_value, is_hidden};

/// 文字: text that is put together with its white space folded.
#[derive(Default)]
pub(super) struct Words {
    text: String,
}

impl Words {
    /// Adds text; white space of the source is one blank at most.
    pub fn push(&mut self, part: &str) {
        for c in part.chars() {
            if !c.is_ascii_whitespace() {
                self.text.push(if c == '\u{a0}' { ' ' } else { c });
            } else if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
                self.text.push(' ');
            }
        }
    }

    /// Begins a new line, unless one has just begun.
    fn end_line(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// The text so far, without white space around it.
    pub fn take(&mut self) -> String {
        let text = std::mem::take(&mut self.text);
        text.trim().to_owned()
    }
}

/// The text of a cell; the tables in it are set aside.
pub(super) fn cell_text(cell: &Handle, limits: &Limits, nested: &mut Vec<Handle>) -> Result<String, ReadError> {
    let mut words = Words::default();
    collect(cell, limits, &mut words, nested, 0)?;
    let text = words.take();
    limits.check_text(&text)?;
    Ok(text)
}

fn collect(
    node: &Handle,
    limits: &Limits,
    words: &mut Words,
    nested: &mut Vec<Handle>,
    depth: usize,
) -> Result<(), ReadError> {
    check_depth(depth, limits)?;
    for child in node.children.borrow().iter() {
        match &child.data {
            NodeData::Text { contents } => words.push(&contents.borrow()),
            NodeData::Element { name, .. } => match &*name.local {
                name if is_hidden(child, name) => {}
                "table" => nested.push(child.clone()),
                "br" => words.text.push('\n'),
                "input" => words.push(&input_value(child)),
                name if INLINE.contains(&name) => collect(child, limits, words, nested, depth + 1)?,
                _ => {
                    words.end_line();
                    collect(child, limits, words, nested, depth + 1)?;
                    words.end_line();
                }
            },
            _ => {}
        }
    }
    Ok(())
}
