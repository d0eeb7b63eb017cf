//! [`Holiday`]: the rule for the day of a holiday.

/// A holiday that recurs each year, by the rule for its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holiday {
    /// Month and day.
    Fixed(i8, i8),
    /// Which (from 1; -1 is the last) of the weekdays (Monday is 0) of a month.
    NthWeekday(i64, i8, i8),
    /// The day after the fourth Thursday of November, which is not always its fourth Friday.
    DayAfterThanksgiving,
    /// Days from Easter Sunday.
    Easter(i64),
    /// The second new moon after the winter solstice.
    LunarNewYear,
}
