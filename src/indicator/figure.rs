//! 数字 (figure): a printed number that remembers how precisely it was printed.

use rust_decimal::Decimal;

/// 数字: a number as printed; `99.8%` is 99.8 with one place, marked as a percentage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure {
    /// The number, exact.
    pub value: Decimal,
    /// Digits printed after the point: the figure stands for itself and half a unit of the last place either side.
    pub places: u32,
    /// Whether a percent sign followed.
    pub percent: bool,
}

/// What a cell that should hold a number holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading<T> {
    /// The form has no such column.
    Absent,
    /// Nothing is written, or a dash that says that nothing belongs here.
    Blank,
    /// The number.
    Read(T),
    /// Something that is no number, as printed.
    NotUnderstood(String),
}

impl<T> Reading<T> {
    /// The number, where there is one.
    pub fn get(&self) -> Option<&T> {
        match self {
            Reading::Read(value) => Some(value),
            _ => None,
        }
    }
}
