//! [`Meaning`]: what a time expression denotes, before it is resolved against a reference day.

use crate::day::Day;
use crate::time::holiday_type::Holiday;
use crate::word::calendar_class::{Season, Unit};

/// First and last day.
pub(crate) type Days = (Day, Day);

/// What a time expression denotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// "yesterday" is -1.
    DaysFromToday(i64),
    /// "Tuesday"; "last Tuesday" is -1, "next Tuesday" +1, "the Tuesday after next" +2.
    Weekday(i8, Option<i64>),
    /// "Tuesday of last week": weekday, weeks from this one.
    WeekdayOfWeek(i8, i64),
    /// "two Thursdays ago" is -2.
    WeekdaysFromToday(i8, i64),
    /// "13 to 15 July 2013": year, month, first and last day; both are the same in "13 July 2013".
    Date(Year, i8, i8, i8),
    /// "the 15th".
    DayOfMonth(i8),
    /// "the 20th of next month": day, months from this one.
    DayOfRelativeMonth(i8, i64),
    /// "May"; "last May" is -1.
    Month(Year, i8, Option<i64>),
    /// "2018".
    WholeYear(Year),
    /// "spring"; "last spring" is -1.
    Season(Season, Year, Option<i64>),
    /// "the third quarter".
    Quarter(i64, Year),
    /// "last week" is -1.
    CalendarUnit(Unit, i64),
    /// "the rest of the week".
    RestOfUnit(Unit),
    /// "the next three years" is +3.
    ConsecutiveUnits(Unit, i64),
    /// "two weeks ago" is -2.
    UnitsFromToday(Unit, i64),
    /// "Easter"; "last Easter" is -1.
    Holiday(Holiday, Year, Option<i64>),
    /// "the first Monday of October": ordinal, weekday, year, month.
    WeekdayOfMonth(i64, i8, Year, i8),
    /// "the first Monday of this month": ordinal, weekday, months from this one.
    WeekdayOfRelativeMonth(i64, i8, i64),
    /// "the second week of December".
    WeekOfMonth(i64, Year, i8),
    /// "the week of 14 June".
    WeekContaining(Year, i8, i8),
}

/// A year, as an expression states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Year {
    /// "2020".
    Written(i16),
    /// "next year" is +1.
    Relative(i64),
    /// Not stated.
    Open,
}

/// The part of the days that an expression denotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Whole,
    /// "early", "the beginning of".
    Early,
    /// "mid".
    Middle,
    /// "late".
    Late,
    /// "by the end of": the last day.
    End,
}

/// The tense of the clause of an expression. It picks the occurrence of what recurs: "on Monday" is the
/// last Monday after "met", the next one after "will meet".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tense {
    Past,
    Future,
    /// No verb shows it.
    Open,
    /// The expression stands alone, as in a calendar: what comes next is meant.
    Listed,
}

impl Meaning {
    /// Whether the days are those of a whole year: "2018", "last year".
    pub(crate) fn is_year(&self) -> bool {
        matches!(self, Self::CalendarUnit(Unit::Year, _) | Self::WholeYear(_))
    }

    /// Whether the days do not depend on a reference day.
    pub(crate) fn is_absolute(&self) -> bool {
        matches!(
            self,
            Self::Date(Year::Written(_), ..)
                | Self::Month(Year::Written(_), ..)
                | Self::WholeYear(Year::Written(_))
                | Self::Season(_, Year::Written(_), _)
                | Self::Quarter(_, Year::Written(_))
                | Self::Holiday(_, Year::Written(_), _)
                | Self::WeekdayOfMonth(_, _, Year::Written(_), _)
                | Self::WeekOfMonth(_, Year::Written(_), _)
                | Self::WeekContaining(Year::Written(_), ..)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn meanings_with_a_written_year_are_absolute() {
        let year = Year::Written(2018);
        for meaning in [
            Meaning::Date(year, 5, 3, 3),
            Meaning::Month(year, 5, None),
            Meaning::WholeYear(year),
            Meaning::Season(Season::Spring, year, None),
            Meaning::Quarter(1, year),
            Meaning::Holiday(Holiday::LunarNewYear, year, None),
            Meaning::WeekdayOfMonth(1, 0, year, 5),
            Meaning::WeekOfMonth(1, year, 5),
            Meaning::WeekContaining(year, 5, 3),
        ] {
            assert!(meaning.is_absolute(), "{meaning:?}");
        }
        for meaning in [
            Meaning::Date(Year::Open, 5, 3, 3),
            Meaning::Month(Year::Relative(-1), 5, None),
            Meaning::DaysFromToday(0),
            Meaning::CalendarUnit(Unit::Week, 0),
        ] {
            assert!(!meaning.is_absolute(), "{meaning:?}");
        }
    }
}
