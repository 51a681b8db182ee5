//! 展示规则集 (present): rule sets as people read them: lists, prose, drawn curves, differences, a starting file.
//!
//! What the engine would give is always asked of the engine, never worked out a second time here.

mod difference;
mod listing;
mod outline;
mod probe;
mod prose;

pub use difference::{Difference, differences};
pub use listing::{Listing, listings};
pub use outline::starting_file;
pub use probe::{drawn_curve, points_at};
pub use prose::{Passage, passages, prose};
