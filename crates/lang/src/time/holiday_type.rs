//! How the day of a holiday follows from the year.

/// A holiday that recurs each year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holiday {
    /// Month and day.
    Fixed(i8, i8),
    /// Which (from 1; -1 is the last) of the weekdays (Monday is 0) of a month.
    Nth(i64, i8, i8),
    /// Days from Easter Sunday.
    Easter(i64),
    /// The second new moon after the winter solstice.
    LunarNewYear,
}
