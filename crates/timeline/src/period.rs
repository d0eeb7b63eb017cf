//! [`Period`]: the calendar unit of one point in a series.

use detente::{Day, Error};
use serde::Serialize;
use strum::{Display, EnumString, IntoStaticStr, VariantNames};

/// The length of one point in a series. Dates are civil days without time or time zone.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Display, EnumString, IntoStaticStr, VariantNames,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case", parse_err_ty = Error, parse_err_fn = unknown_period)]
pub enum Period {
    /// One day.
    Day,
    /// One week, Monday to Sunday.
    #[default]
    Week,
    /// One week that ends on a Monday.
    WeekMon,
    /// One week that ends on a Tuesday.
    WeekTue,
    /// One week that ends on a Wednesday.
    WeekWed,
    /// One week that ends on a Thursday.
    WeekThu,
    /// One week that ends on a Friday.
    WeekFri,
    /// One week that ends on a Saturday.
    WeekSat,
    /// One calendar month.
    Month,
    /// Three months, starting in January, April, July or October.
    Quarter,
    /// One calendar year.
    Year,
}

fn unknown_period(name: &str) -> Error {
    crate::option_name::unknown::<Period>("period", name)
}

impl Period {
    /// The first day of the period that contains `day`.
    pub(crate) fn start(self, day: Day) -> Day {
        let first = day.first_of_month();
        if let Some(last) = self.last_weekday() {
            return day.plus_days(-(i64::from(day.weekday()) - last - 1).rem_euclid(7));
        }
        match self {
            Self::Month => first,
            Self::Quarter => first.plus_months(-i64::from((day.month() - 1) % 3)),
            Self::Year => first.plus_months(1 - i64::from(day.month())),
            _ => day,
        }
    }

    /// The last weekday of a week, counted from 0 for Monday; `None` for other periods.
    fn last_weekday(self) -> Option<i64> {
        Some(match self {
            Self::WeekMon => 0,
            Self::WeekTue => 1,
            Self::WeekWed => 2,
            Self::WeekThu => 3,
            Self::WeekFri => 4,
            Self::WeekSat => 5,
            Self::Week => 6,
            Self::Day | Self::Month | Self::Quarter | Self::Year => return None,
        })
    }

    /// The first day of the period after the one that starts on `start`.
    pub(crate) fn next_start(self, start: Day) -> Day {
        match self {
            Self::Day => start.plus_days(1),
            Self::Month => start.plus_months(1),
            Self::Quarter => start.plus_months(3),
            Self::Year => start.plus_months(12),
            _ => start.plus_days(7),
        }
    }

    /// The name, as on the command line and in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_lies_in_its_period() {
        let mut day: Day = "2019-11-20".parse().expect("a day");
        for _ in 0..800 {
            for name in Period::VARIANTS {
                let period: Period = name.parse().expect("a period");
                let start = period.start(day);
                assert!(start <= day && day < period.next_start(start), "{name} {day}");
                assert_eq!(period.start(start), start);
            }
            day = day.plus_days(1);
        }
        let week = Period::Week.start("2020-01-01".parse().expect("a day"));
        assert_eq!(week.to_string(), "2019-12-30");
    }

    #[test]
    fn weeks_end_on_the_named_weekday() {
        let day: Day = "2020-01-01".parse().expect("a Wednesday");
        for (name, first, last) in [
            ("week", "2019-12-30", "2020-01-05"),
            ("week-sat", "2019-12-29", "2020-01-04"),
            ("week-fri", "2019-12-28", "2020-01-03"),
            ("week-thu", "2019-12-27", "2020-01-02"),
            ("week-wed", "2019-12-26", "2020-01-01"),
            ("week-tue", "2020-01-01", "2020-01-07"),
            ("week-mon", "2019-12-31", "2020-01-06"),
        ] {
            let period: Period = name.parse().expect("a period");
            let start = period.start(day);
            let end = period.next_start(start).plus_days(-1);
            assert_eq!((start.to_string().as_str(), end.to_string().as_str()), (first, last), "{name}");
        }
    }

    #[test]
    fn unknown_name_is_refused_with_the_valid_names() {
        let error = "fortnight".parse::<Period>().expect_err("not a period");
        assert_eq!(
            error.to_string(),
            "period must be one of day, week, week-mon, week-tue, week-wed, week-thu, week-fri, week-sat, month, \
             quarter, year, not \"fortnight\""
        );
        assert!("Week".parse::<Period>().is_err(), "names are lower case");
        assert_eq!((Period::Week.as_str(), format!("{:>6}", Period::Week)), ("week", "  week".to_owned()));
    }
}
