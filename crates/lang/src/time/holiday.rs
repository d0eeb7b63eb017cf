//! The days of holidays: fixed days, weekdays of a month, Easter and the Lunar New Year.

use crate::day::Day;
use crate::time::holiday_type::Holiday;
use crate::time::lunar_new_year_table::LUNAR_NEW_YEARS;

/// First year of the table of Lunar New Years.
const FIRST_LUNAR_NEW_YEAR: i16 = 1900;

impl Holiday {
    /// The day of the holiday in `year`; `None` where it is not known.
    pub(crate) fn day(self, year: i16) -> Option<Day> {
        match self {
            Self::Fixed(month, day) => Day::new(year, month, day),
            Self::NthWeekday(n, weekday, month) => nth_weekday(year, month, n, weekday),
            Self::DayAfterThanksgiving => Some(nth_weekday(year, 11, 4, 3)?.plus_days(1)),
            Self::Easter(offset) => Some(easter_sunday(year)?.plus_days(offset)),
            Self::LunarNewYear => lunar_new_year(year),
        }
    }
}

/// The `n`-th `weekday` of a month, counted from its end if negative; `None` where there is none.
pub(crate) fn nth_weekday(year: i16, month: i8, n: i64, weekday: i8) -> Option<Day> {
    let first = Day::new(year, month, 1)?;
    let day = if n > 0 {
        first.plus_days(i64::from((weekday - first.weekday()).rem_euclid(7)) + 7 * (n - 1))
    } else {
        let last = first.last_of_month();
        last.plus_days(7 * (n + 1) - i64::from((last.weekday() - weekday).rem_euclid(7)))
    };
    (day.month() == month).then_some(day)
}

/// Easter Sunday of the Gregorian calendar (algorithm of Meeus, Jones and Butcher).
fn easter_sunday(year: i16) -> Option<Day> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Day::new(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?)
}

/// The Lunar New Year, from 1900 to 2100.
fn lunar_new_year(year: i16) -> Option<Day> {
    let at = usize::try_from(year.checked_sub(FIRST_LUNAR_NEW_YEAR)?).ok()?;
    let (month, day) = LUNAR_NEW_YEARS.get(at)?;
    Day::new(year, *month, *day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_days(holiday: Holiday, days: &[&str]) {
        for expected in days {
            let year = expected[..4].parse().expect("a year");
            assert_eq!(holiday.day(year).map(|day| day.to_string()).as_deref(), Some(*expected));
        }
    }

    #[test]
    fn fixed_day() {
        assert_days(Holiday::Fixed(12, 25), &["1999-12-25", "2019-12-25"]);
        assert_days(Holiday::Fixed(2, 29), &["2016-02-29", "2020-02-29"]);
        assert_eq!(Holiday::Fixed(2, 29).day(2019), None);
        assert_eq!(Holiday::Fixed(13, 1).day(2019), None);
        assert_eq!(Holiday::Fixed(4, 31).day(2019), None);
    }

    #[test]
    fn weekday_of_a_month() {
        // Thanksgiving, Labor Day, and Memorial Day from the end of May
        assert_days(Holiday::NthWeekday(4, 3, 11), &["2018-11-22", "2019-11-28"]);
        assert_days(Holiday::NthWeekday(1, 0, 9), &["2019-09-02", "2020-09-07"]);
        assert_days(Holiday::NthWeekday(-1, 0, 5), &["2019-05-27", "2021-05-31"]);
        assert_days(Holiday::NthWeekday(5, 0, 12), &["2019-12-30"]);
        assert_eq!(Holiday::NthWeekday(5, 0, 2).day(2019), None);
        assert_eq!(Holiday::NthWeekday(6, 0, 12).day(2019), None);
        assert_eq!(Holiday::NthWeekday(-6, 0, 12).day(2019), None);
    }

    #[test]
    fn day_after_thanksgiving() {
        // in 2019 it is the fifth Friday of November
        assert_days(Holiday::DayAfterThanksgiving, &["2017-11-24", "2018-11-23", "2019-11-29", "2024-11-29"]);
        let fourth_friday = Holiday::NthWeekday(4, 4, 11);
        assert_ne!(Holiday::DayAfterThanksgiving.day(2019), fourth_friday.day(2019));
        assert_eq!(Holiday::DayAfterThanksgiving.day(2018), fourth_friday.day(2018));
    }

    #[test]
    fn easter() {
        // the earliest and the latest day are among them
        assert_days(
            Holiday::Easter(0),
            &["1818-03-22", "1943-04-25", "2000-04-23", "2019-04-21", "2024-03-31"],
        );
        // Good Friday, Ascension Day, Whit Monday
        assert_days(Holiday::Easter(-2), &["2019-04-19", "2025-04-18"]);
        assert_days(Holiday::Easter(39), &["2019-05-30", "2024-05-09"]);
        assert_days(Holiday::Easter(50), &["2019-06-10", "2024-05-20"]);
    }

    #[test]
    fn lunar_new_years() {
        assert_days(
            Holiday::LunarNewYear,
            &["1900-01-31", "1966-01-21", "2015-02-19", "2019-02-05", "2020-01-25", "2034-02-19"],
        );
        assert!(Holiday::LunarNewYear.day(2100).is_some());
        for year in [i16::MIN, 0, 1899, 2101, i16::MAX] {
            assert_eq!(Holiday::LunarNewYear.day(year), None, "{year}");
        }
    }
}
