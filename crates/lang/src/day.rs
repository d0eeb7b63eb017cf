//! [`Day`]: a calendar date without time of day or time zone.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, Weekday};
use jiff::{Span as JiffSpan, Unit};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A date of the Gregorian calendar, written `YYYY-MM-DD`.
///
/// ```
/// use detente_lang::Day;
/// let day: Day = "2019-12-12".parse()?;
/// assert_eq!(day.plus_days(-21).to_string(), "2019-11-21");
/// assert_eq!(day.weekday(), 3); // Monday is 0
/// # Ok::<(), detente_lang::ParseDayError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(Date);

/// Below the greatest number of days in a `jiff::Span`, beyond which its constructor panics.
const MAX_DAYS: i64 = 7_000_000;
/// Below the greatest number of months in a `jiff::Span`.
const MAX_MONTHS: i64 = 200_000;

impl Day {
    /// The date `year`-`month`-`day`; `None` if the calendar has no such date.
    #[must_use]
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        Date::new(year, month, day).ok().map(Self)
    }

    /// The year, which may be negative.
    #[must_use]
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// The month, 1..=12.
    #[must_use]
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// The day of the month, 1..=31.
    #[must_use]
    pub fn day(self) -> i8 {
        self.0.day()
    }

    /// The day of the week: Monday is 0, Sunday is 6.
    #[must_use]
    pub fn weekday(self) -> i8 {
        match self.0.weekday() {
            Weekday::Monday => 0,
            Weekday::Tuesday => 1,
            Weekday::Wednesday => 2,
            Weekday::Thursday => 3,
            Weekday::Friday => 4,
            Weekday::Saturday => 5,
            Weekday::Sunday => 6,
        }
    }

    /// The day `days` later (earlier if negative), clamped to the calendar's range.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        let days = days.clamp(-MAX_DAYS, MAX_DAYS);
        Self(self.0.saturating_add(JiffSpan::new().days(days)))
    }

    /// The same day of the month `months` later (earlier if negative), or the last day of that month if it is shorter.
    #[must_use]
    pub fn plus_months(self, months: i64) -> Self {
        let months = months.clamp(-MAX_MONTHS, MAX_MONTHS);
        Self(self.0.saturating_add(JiffSpan::new().months(months)))
    }

    /// The first day of this month.
    #[must_use]
    pub fn first_of_month(self) -> Self {
        Self(self.0.first_of_month())
    }

    /// The last day of this month.
    #[must_use]
    pub fn last_of_month(self) -> Self {
        Self(self.0.last_of_month())
    }

    /// Days from `earlier` to this day; negative if `earlier` is later.
    #[must_use]
    pub fn days_since(self, earlier: Day) -> i64 {
        self.0.since((Unit::Day, earlier.0)).map_or(0, |span| i64::from(span.get_days()))
    }

    /// Days since 1970-01-01.
    #[must_use]
    pub fn epoch_days(self) -> i64 {
        self.days_since(Self(Date::constant(1970, 1, 1)))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl FromStr for Day {
    type Err = ParseDayError;

    /// Parses `YYYY-MM-DD` and no other format.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bytes = text.as_bytes();
        let has_form = bytes.len() == 10
            && bytes
                .iter()
                .enumerate()
                .all(|(i, b)| if i == 4 || i == 7 { *b == b'-' } else { b.is_ascii_digit() });
        let date = if has_form { text.parse::<Date>().ok() } else { None };
        date.map(Self).ok_or_else(|| ParseDayError(text.to_owned()))
    }
}

/// The error of parsing a text that is not a date in the form `YYYY-MM-DD`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseDayError(String);

impl fmt::Display for ParseDayError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "date must be a day as YYYY-MM-DD, not {:?}", self.0)
    }
}

impl std::error::Error for ParseDayError {}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_existing_dates_are_parsed() {
        for bad in
            ["", "2019-2-30", "2019-02-30", "2019-13-01", "19-01-01", "2019-01-01T00:00", " 2019-01-01"]
        {
            assert!(bad.parse::<Day>().is_err(), "{bad:?}");
        }
        assert_eq!("2020-02-29".parse::<Day>().map(Day::day).ok(), Some(29));
    }

    #[test]
    fn arithmetic_stays_in_range() {
        let day = Day::new(2019, 12, 12).expect("a date");
        assert_eq!(day.plus_months(-1).to_string(), "2019-11-12");
        assert_eq!(day.days_since(day.plus_days(-400)), 400);
        assert!(day.plus_days(i64::MAX) > day && day.plus_days(i64::MIN) < day);
    }
}
