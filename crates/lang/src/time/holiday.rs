//! Holidays: fixed days, weekdays of a month, Easter and the Lunar New Year.

use crate::day::Day;
use crate::time::calendar_word::Word;
use crate::time::holiday_table::HOLIDAYS;
use crate::time::holiday_type::Holiday;
use crate::word::calendar_class::ExpressionStart;

impl Holiday {
    /// The holiday whose name begins at `at`, and the number of its words.
    pub(crate) fn read(words: &[Word<'_>], at: usize) -> Option<(Self, usize)> {
        let rest = words.get(at..)?;
        if rest.first()?.entry.starts() != ExpressionStart::Holiday {
            return None;
        }
        let fits =
            |name: &[&str]| rest.len() >= name.len() && name.iter().zip(rest).all(|(n, w)| *n == w.lower);
        // "Christmas Eve" is not "Christmas"
        let (name, holiday) =
            HOLIDAYS.iter().filter(|(name, _)| fits(name)).max_by_key(|(name, _)| name.len())?;
        let more = rest.get(name.len()).is_some_and(|w| matches!(w.lower, "day" | "sunday"));
        Some((*holiday, name.len() + usize::from(more)))
    }

    /// The holiday in `year`.
    pub(crate) fn day(self, year: i16) -> Option<Day> {
        match self {
            Self::Fixed(month, day) => Day::new(year, month, day),
            // the day after Thanksgiving is not always the fourth Friday
            Self::Nth(4, 4, 11) => Some(nth_weekday(year, 11, 4, 3)?.plus_days(1)),
            Self::Nth(n, weekday, month) => nth_weekday(year, month, n, weekday),
            Self::Easter(offset) => Some(easter(year)?.plus_days(offset)),
            Self::LunarNewYear => lunar_new_year(year),
        }
    }
}

/// The `n`-th `weekday` of a month, counted from its end if negative; `None` where there is none.
pub(crate) fn nth_weekday(year: i16, month: i8, n: i64, weekday: i8) -> Option<Day> {
    let first = Day::new(year, month, 1)?;
    let found = if n > 0 {
        first.plus_days(i64::from((weekday - first.weekday()).rem_euclid(7)) + 7 * (n - 1))
    } else {
        let last = first.last_of_month();
        last.plus_days(7 * (n + 1) - i64::from((last.weekday() - weekday).rem_euclid(7)))
    };
    (found.month() == month).then_some(found)
}

/// Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher).
fn easter(year: i16) -> Option<Day> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Day::new(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?)
}

/// The second new moon after the winter solstice, Beijing time, and not before 21 January
/// (a leap month in between). Good for 1900 to 2100.
fn lunar_new_year(year: i16) -> Option<Day> {
    if !(1900..=2100).contains(&year) {
        return None;
    }
    let solstice = beijing_day(winter_solstice(f64::from(year - 1)))?;
    let earliest = Day::new(year, 1, 21)?;
    let guess = ((f64::from(year) - 2000.0) * 12.3685).floor();
    (-3..6)
        .filter_map(|k| beijing_day(new_moon(guess + f64::from(k))))
        .filter(|day| *day > solstice)
        .skip(1)
        .find(|day| *day >= earliest)
}

/// Julian day of the December solstice (Meeus, Astronomical Algorithms, table 27.B, mean).
fn winter_solstice(year: f64) -> f64 {
    let y = (year - 2000.0) / 1000.0;
    2_451_900.059_52 + y * (365_242.740_49 + y * (-0.062_23 + y * (-0.008_23 + y * 0.000_32)))
}

/// Julian day of new moon number `k` since 2000 (Meeus, chapter 49, its largest terms).
fn new_moon(k: f64) -> f64 {
    let t = k / 1236.85;
    let mean = 2_451_550.097_66 + 29.530_588_861 * k + 0.000_154_37 * t * t;
    let sun = (2.5534 + 29.105_356_70 * k).to_radians();
    let moon = (201.5643 + 385.816_935_28 * k + 0.010_758_2 * t * t).to_radians();
    let node = (160.7108 + 390.670_502_84 * k - 0.001_611_8 * t * t).to_radians();
    mean - 0.407_20 * moon.sin()
        + 0.172_41 * sun.sin()
        + 0.016_08 * (2.0 * moon).sin()
        + 0.010_39 * (2.0 * node).sin()
        + 0.007_39 * (moon - sun).sin()
        - 0.005_14 * (moon + sun).sin()
        + 0.002_08 * (2.0 * sun).sin()
}

/// The civil day at Beijing of a Julian day.
fn beijing_day(julian: f64) -> Option<Day> {
    let since_1970 = (julian - 2_440_587.5 + 8.0 / 24.0).floor();
    Day::new(1970, 1, 1).map(|epoch| epoch.plus_days(since_1970 as i64))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(holiday: Holiday, year: i16) -> String {
        holiday.day(year).map(|day| day.to_string()).unwrap_or_default()
    }

    #[test]
    fn moveable_feasts_fall_where_almanacs_have_them() {
        assert_eq!(shown(Holiday::Nth(4, 3, 11), 2019), "2019-11-28");
        assert_eq!(shown(Holiday::Nth(-1, 0, 5), 2021), "2021-05-31");
        assert_eq!(shown(Holiday::Easter(0), 2019), "2019-04-21");
        assert_eq!(shown(Holiday::Easter(0), 2024), "2024-03-31");
        assert_eq!(shown(Holiday::Easter(-2), 2025), "2025-04-18");
        // Lunar New Years of the almanac, the rare early and late ones among them
        for day in [
            "1966-01-21",
            "2012-01-23",
            "2015-02-19",
            "2018-02-16",
            "2019-02-05",
            "2020-01-25",
            "2021-02-12",
            "2023-01-22",
            "2024-02-10",
            "2025-01-29",
            "2026-02-17",
            "2034-02-19",
        ] {
            let year = day[..4].parse().expect("a year");
            assert_eq!(shown(Holiday::LunarNewYear, year), day);
        }
    }
}
