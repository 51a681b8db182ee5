//! 单元格内容 (field): a printed text that knows where it stands.

use crate::document::{Doubt, Place, Repair};
use crate::text::{calm, squeeze};

/// 单元格内容: the text of one cell of a form.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Field {
    /// The text as read, line breaks kept.
    pub text: String,
    pub place: Place,
    /// What was printed, where the reading had to mend it.
    pub repair: Option<Box<Repair>>,
    /// Why the text may be wrong, where the reading was not certain.
    pub doubt: Option<Box<Doubt>>,
}

impl Field {
    /// A field read as printed; what would steer a terminal or turn the order of reading is left out.
    pub fn new(text: impl Into<String>, place: Place) -> Self {
        Field { text: calm(text.into()), place, repair: None, doubt: None }
    }

    /// A field that was read otherwise than printed.
    pub fn repaired(text: impl Into<String>, place: Place, printed: impl Into<String>, why: impl Into<String>) -> Self {
        let repair = Repair { printed: calm(printed.into()), why: why.into() };
        Field { text: calm(text.into()), place, repair: Some(Box::new(repair)), doubt: None }
    }

    /// The text with white space removed, as the JSON contract shows it.
    pub fn squeezed(&self) -> String {
        squeeze(&self.text)
    }

    /// Whether nothing is written in the cell.
    pub fn is_blank(&self) -> bool {
        self.text.chars().all(crate::text::is_blank)
    }
}
