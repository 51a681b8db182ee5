//! 目标表起草 (template): next year's target table from this year's form, each cell with its reasons.
//!
//! The policy is data ([`Policy`]); what a person must decide is marked and listed, never guessed in silence. The audit
//! finds nothing in a draft but what is marked.

mod agreement;
mod budget;
mod draft;
mod drafting;
pub mod fill;
mod funds;
mod goal;
mod level;
mod open;
mod page;
mod past;
mod policy;
mod rule;
mod scale;
mod standing;
mod target;
mod weights;
mod write;
mod year;

pub use draft::{Draft, DraftCell, DraftForm, DraftFunds, DraftInput, DraftRow, Need, OpenItem, is_clause};
pub use drafting::draft;
pub use open::{OpenGroup, gathered};
pub use policy::{Policy, PolicyError};
pub use write::{Look, WriteError};
