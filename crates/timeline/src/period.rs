//! [`Period`]: the calendar steps of a series.

use detente::Day;
use serde::Serialize;

/// How long a step of the series is. Dates are civil days, without clock or time zone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Period {
    /// A day.
    Day,
    /// A week, from Monday.
    #[default]
    Week,
    /// A calendar month.
    Month,
    /// Three months, from January, April, July, October.
    Quarter,
    /// A calendar year.
    Year,
}

impl Period {
    /// The first day of the period that `day` lies in.
    #[must_use]
    pub fn start(self, day: Day) -> Day {
        let first = day.first_of_month();
        match self {
            Self::Day => day,
            Self::Week => day.plus_days(-i64::from(day.weekday())),
            Self::Month => first,
            Self::Quarter => first.plus_months(-i64::from((day.month() - 1) % 3)),
            Self::Year => first.plus_months(1 - i64::from(day.month())),
        }
    }

    /// The first day of the period behind the one that starts at `start`.
    #[must_use]
    pub fn next(self, start: Day) -> Day {
        match self {
            Self::Day => start.plus_days(1),
            Self::Week => start.plus_days(7),
            Self::Month => start.plus_months(1),
            Self::Quarter => start.plus_months(3),
            Self::Year => start.plus_months(12),
        }
    }
}

named!(Period, "period", 5, Day => "day", Week => "week", Month => "month", Quarter => "quarter", Year => "year");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_lies_in_its_period() {
        let mut day: Day = "2019-11-20".parse().expect("a day");
        for _ in 0..800 {
            for name in Period::NAMES {
                let period: Period = name.parse().expect("a period");
                let start = period.start(day);
                assert!(start <= day && day < period.next(start), "{name} {day}");
                assert_eq!(period.start(start), start);
            }
            day = day.plus_days(1);
        }
        let week = Period::Week.start("2020-01-01".parse().expect("a day"));
        assert_eq!(week.to_string(), "2019-12-30");
    }
}
