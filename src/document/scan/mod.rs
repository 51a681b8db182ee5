//! 扫描件 (scan): pages that are pictures.
//!
//! A page picture is made level and clean (`bitmap`), its ruling lines are found (`segment`) and cut into cells by the same
//! lattice as the lines of a PDF, the lines of text in the cells (`line`) are recognised (`recognise`) and handed over as
//! placed text; from there on a scan is a PDF page like any other. What was read with little certainty carries a doubt.

mod bitmap;
mod closed;
mod line;
pub mod model;
mod page;
mod picture;
mod recognise;
mod segment;
mod tiff;

pub(super) use page::{Sheet, pages_read, read_sheet};
pub(super) use picture::read;
