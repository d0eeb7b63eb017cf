//! Resolves a [`Meaning`] to days against a reference day.

use crate::day::Day;
use crate::time::holiday::nth_weekday;
use crate::time::meaning::{Days, Meaning, Part, Tense, Year};
use crate::word::calendar_class::{Season, Unit};

/// Years before and after the reference in which an occurrence is sought: 29 February is absent for up to
/// seven years (1896 to 1904).
const YEARS_AROUND: i16 = 8;

impl Meaning {
    /// The days denoted in a text of `today`; `None` where the calendar has no such day.
    pub(crate) fn days(self, today: Day, tense: Tense) -> Option<Days> {
        let one = |day: Day| (day, day);
        let is_day = matches!(self, Self::Date(..) | Self::Holiday(..));
        let occurrence = |year: Year, which: Option<i64>, days_in: &dyn Fn(i16) -> Option<Days>| {
            yearly_occurrence(today, tense, year, which, is_day, days_in)
        };
        match self {
            Self::DaysFromToday(n) => Some(one(today.plus_days(n))),
            Self::Weekday(weekday, which) => Some(one(weekday_near(today, weekday, which, tense))),
            Self::WeekdayOfWeek(weekday, n) => Some(one(weekday_of_week(today, weekday, n))),
            Self::WeekdaysFromToday(weekday, n) => Some(one(weekdays_from(today, weekday, n))),
            Self::Date(year, month, from, to) => {
                occurrence(year, None, &|y| Some((Day::new(y, month, from)?, Day::new(y, month, to)?)))
            }
            Self::DayOfMonth(day) => day_of_near_month(today, day, tense).map(one),
            Self::DayOfRelativeMonth(day, months) => {
                let first = today.first_of_month().plus_months(months);
                Day::new(first.year(), first.month(), day).map(one)
            }
            Self::Month(year, month, which) => occurrence(year, which, &|y| {
                let first = Day::new(y, month, 1)?;
                Some((first, first.last_of_month()))
            }),
            Self::WholeYear(Year::Written(y)) => days_of_year(y),
            Self::WholeYear(Year::Relative(n)) => days_of_unit(Unit::Year, today, n),
            Self::WholeYear(Year::Open) => None,
            Self::Season(season, year, which) => occurrence(year, which, &|y| days_of_season(season, y)),
            Self::Quarter(n, year) => occurrence(year, None, &|y| {
                let first = Day::new(y, 1, 1)?.plus_months(3 * (n - 1));
                Some((first, first.plus_months(2).last_of_month()))
            }),
            // "met this weekend", of a text written before it
            Self::CalendarUnit(Unit::Weekend, 0) if tense == Tense::Past && today.weekday() < 5 => {
                days_of_unit(Unit::Weekend, today, -1)
            }
            Self::CalendarUnit(unit, n) => days_of_unit(unit, today, n),
            Self::RestOfUnit(unit) => Some((today, days_of_unit(unit, today, 0)?.1)),
            Self::ConsecutiveUnits(unit, n) => {
                let (first, last) = if n < 0 { (n, -1) } else { (1, n) };
                Some((days_of_unit(unit, today, first)?.0, days_of_unit(unit, today, last)?.1))
            }
            Self::UnitsFromToday(unit, n) => days_away(unit, today, n),
            Self::Holiday(holiday, year, which) => occurrence(year, which, &|y| holiday.day(y).map(one)),
            Self::WeekdayOfMonth(n, weekday, year, month) => {
                occurrence(year, None, &|y| nth_weekday(y, month, n, weekday).map(one))
            }
            Self::WeekdayOfRelativeMonth(n, weekday, months) => {
                let first = today.first_of_month().plus_months(months);
                nth_weekday(first.year(), first.month(), n, weekday).map(one)
            }
            Self::WeekOfMonth(n, year, month) => occurrence(year, None, &|y| week_of_month(n, y, month)),
            Self::WeekContaining(year, month, day) => occurrence(year, None, &|y| {
                let monday = monday_of(Day::new(y, month, day)?);
                Some((monday, monday.plus_days(6)))
            }),
        }
    }
}

fn monday_of(day: Day) -> Day {
    day.plus_days(-i64::from(day.weekday()))
}

/// "Monday", "last Monday", "next Monday".
fn weekday_near(today: Day, weekday: i8, which: Option<i64>, tense: Tense) -> Day {
    let ahead = i64::from((weekday - today.weekday()).rem_euclid(7));
    let days = match (which, tense) {
        (Some(n), _) if n < 0 => ahead - 7,
        // of the next calendar week
        (Some(1), _) => i64::from(weekday - today.weekday()) + 7,
        (Some(2), _) => ahead + 7 + if ahead == 0 { 7 } else { 0 },
        // the article's own weekday is today
        (None, Tense::Past | Tense::Future | Tense::Open) if ahead == 0 => 0,
        (None, Tense::Past) => ahead - 7,
        _ if ahead == 0 => 7,
        _ => ahead,
    };
    today.plus_days(days)
}

/// "Friday of last week": the weekday of the week `n` weeks from this one.
fn weekday_of_week(today: Day, weekday: i8, n: i64) -> Day {
    today.plus_days(n.saturating_mul(7).saturating_add(i64::from(weekday - today.weekday())))
}

/// "two Thursdays ago".
fn weekdays_from(today: Day, weekday: i8, n: i64) -> Day {
    let ahead = i64::from((weekday - today.weekday()).rem_euclid(7));
    let first = if n > 0 && ahead == 0 { 7 } else { ahead };
    let weeks = if n > 0 { n - 1 } else { n };
    today.plus_days(weeks.saturating_mul(7).saturating_add(first))
}

/// "the 15th": of this month or a neighbouring one.
fn day_of_near_month(today: Day, day: i8, tense: Tense) -> Option<Day> {
    let near = [-1, 0, 1].map(|n| {
        let first = today.first_of_month().plus_months(n);
        Day::new(first.year(), first.month(), day)
    });
    let mut near = near.into_iter().flatten();
    match tense {
        Tense::Past => near.rfind(|d| *d <= today),
        Tense::Future | Tense::Listed => near.find(|d| *d >= today),
        Tense::Open => near.min_by_key(|d| d.days_since(today).abs()),
    }
}

/// "the second week of May": the week of the month's `n`-th Monday. The last week is the last whole one.
fn week_of_month(n: i64, year: i16, month: i8) -> Option<Days> {
    let monday = nth_weekday(year, month, n, 0)?;
    let is_cut = n < 0 && monday.plus_days(6).month() != month;
    let monday = if is_cut { monday.plus_days(-7) } else { monday };
    Some((monday, monday.plus_days(6)))
}

/// The days of what recurs each year: in the year that is stated, else the occurrence that "last", "next" or
/// the tense picks; without a tense a day (`is_day`) is the nearest.
fn yearly_occurrence(
    today: Day,
    tense: Tense,
    year: Year,
    which: Option<i64>,
    is_day: bool,
    days_in: &dyn Fn(i16) -> Option<Days>,
) -> Option<Days> {
    let this = today.year();
    match (year, which) {
        (Year::Written(year), _) => return days_in(year),
        (Year::Relative(n), _) => return days_in(this.checked_add(i16::try_from(n).ok()?)?),
        _ => {}
    }
    let mut near =
        (this.saturating_sub(YEARS_AROUND)..=this.saturating_add(YEARS_AROUND)).filter_map(days_in);
    match (which, tense) {
        (Some(n), _) if n < 0 => near.rfind(|(_, to)| *to < today),
        (Some(0), _) => days_in(this),
        (Some(1), _) => near.find(|(from, _)| *from > today),
        (Some(_), _) => near.filter(|(from, _)| *from > today).nth(1),
        (None, Tense::Past) => near.rfind(|(from, _)| *from <= today),
        (None, Tense::Open) if is_day => near.min_by_key(|(from, _)| from.days_since(today).abs()),
        (None, _) => near.find(|(_, to)| *to >= today),
    }
}

fn days_of_year(year: i16) -> Option<Days> {
    Some((Day::new(year, 1, 1)?, Day::new(year, 12, 31)?))
}

/// The meteorological season that starts in `year`; winter starts in December.
fn days_of_season(season: Season, year: i16) -> Option<Days> {
    let month = match season {
        Season::Spring => 3,
        Season::Summer => 6,
        Season::Autumn => 9,
        Season::Winter => 12,
    };
    let first = Day::new(year, month, 1)?;
    Some((first, first.plus_months(2).last_of_month()))
}

/// "last week", "this quarter": the calendar unit `n` after the one with `today`.
fn days_of_unit(unit: Unit, today: Day, n: i64) -> Option<Days> {
    let monday = monday_of(today).plus_days(n.saturating_mul(7));
    Some(match unit {
        Unit::Clock => (today, today),
        Unit::Day => (today.plus_days(n), today.plus_days(n)),
        Unit::Weekend => (monday.plus_days(5), monday.plus_days(6)),
        Unit::Week => (monday, monday.plus_days(6)),
        Unit::Month => {
            let first = today.first_of_month().plus_months(n);
            (first, first.last_of_month())
        }
        Unit::Quarter => {
            let first = today
                .first_of_month()
                .plus_months(n.saturating_mul(3).saturating_sub(i64::from((today.month() - 1) % 3)));
            (first, first.plus_months(2).last_of_month())
        }
        Unit::Year => return days_of_year(today.year().checked_add(i16::try_from(n).ok()?)?),
        Unit::Decade => {
            let first =
                today.year() - today.year().rem_euclid(10) + i16::try_from(n.checked_mul(10)?).ok()?;
            (Day::new(first, 1, 1)?, Day::new(first.checked_add(9)?, 12, 31)?)
        }
    })
}

/// "two weeks ago", "in ten days": as exact as the unit is. Years ago denote a month, decades ago a year.
fn days_away(unit: Unit, today: Day, n: i64) -> Option<Days> {
    let day = match unit {
        Unit::Clock => today,
        Unit::Day => today.plus_days(n),
        Unit::Weekend => return days_of_unit(Unit::Weekend, today, n),
        Unit::Week => today.plus_days(n.checked_mul(7)?),
        Unit::Month => today.plus_months(n),
        Unit::Quarter => today.plus_months(n.checked_mul(3)?),
        Unit::Year if n > 0 => today.plus_months(n.checked_mul(12)?),
        Unit::Year => {
            let first = today.first_of_month().plus_months(n.checked_mul(12)?);
            return Some((first, first.last_of_month()));
        }
        Unit::Decade => {
            return days_of_year(today.year().checked_add(i16::try_from(n.checked_mul(10)?).ok()?)?);
        }
    };
    Some((day, day))
}

/// The `part` of `days`. Thirds of a month have ten days, as in almanacs; the early and late parts of a year
/// are its first and last quarter.
pub(crate) fn part_of(days: Days, part: Part) -> Days {
    let (from, to) = days;
    let length = to.days_since(from) + 1;
    let (early_end, late_start) = match length {
        0..=6 => return if part == Part::End { (to, to) } else { days },
        7 => (from.plus_days(2), from.plus_days(4)),
        8..=31 => (from.plus_days(9), from.plus_days(20)),
        32..=100 => (from.plus_months(1).plus_days(-1), to.first_of_month()),
        _ => (from.plus_months(3).plus_days(-1), from.plus_months(8)),
    };
    match part {
        Part::Whole => days,
        Part::Early => (from, early_end),
        Part::Middle => (early_end.plus_days(1), late_start.plus_days(-1)),
        Part::Late => (late_start, to),
        Part::End => (to, to),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::holiday_type::Holiday;
    use crate::time::testing::{TODAY, day, shown};

    /// The days of each meaning on 12 December 2019, a Thursday, in the past and in the future tense.
    #[track_caller]
    fn assert_days(cases: &[(Meaning, &str, &str)]) {
        let days = |meaning: Meaning, tense| meaning.days(day(TODAY), tense).map(shown).unwrap_or_default();
        for (meaning, past, future) in cases {
            let found = [Tense::Past, Tense::Future].map(|tense| days(*meaning, tense));
            assert_eq!(found, [*past, *future], "{meaning:?}");
        }
    }

    #[test]
    fn weekday_near_today() {
        assert_days(&[
            (Meaning::Weekday(0, None), "2019-12-09", "2019-12-16"),
            (Meaning::Weekday(3, None), "2019-12-12", "2019-12-12"),
            (Meaning::Weekday(4, Some(-1)), "2019-12-06", "2019-12-06"),
            (Meaning::Weekday(3, Some(-1)), "2019-12-05", "2019-12-05"),
            (Meaning::Weekday(0, Some(1)), "2019-12-16", "2019-12-16"),
            (Meaning::Weekday(6, Some(1)), "2019-12-22", "2019-12-22"),
            (Meaning::Weekday(3, Some(2)), "2019-12-26", "2019-12-26"),
            (Meaning::Weekday(4, Some(0)), "2019-12-13", "2019-12-13"),
        ]);
    }

    #[test]
    fn weekday_of_a_relative_week() {
        assert_days(&[
            (Meaning::WeekdayOfWeek(0, -1), "2019-12-02", "2019-12-02"),
            (Meaning::WeekdayOfWeek(6, -1), "2019-12-08", "2019-12-08"),
            (Meaning::WeekdayOfWeek(3, 0), "2019-12-12", "2019-12-12"),
            (Meaning::WeekdayOfWeek(0, 1), "2019-12-16", "2019-12-16"),
        ]);
    }

    #[test]
    fn weekdays_from_today() {
        assert_days(&[
            (Meaning::WeekdaysFromToday(3, -2), "2019-11-28", "2019-11-28"),
            (Meaning::WeekdaysFromToday(4, -1), "2019-12-06", "2019-12-06"),
            (Meaning::WeekdaysFromToday(3, 1), "2019-12-19", "2019-12-19"),
            (Meaning::WeekdaysFromToday(4, 2), "2019-12-20", "2019-12-20"),
        ]);
    }

    #[test]
    fn dates() {
        assert_days(&[
            (
                Meaning::Date(Year::Written(2013), 7, 13, 15),
                "2013-07-13..2013-07-15",
                "2013-07-13..2013-07-15",
            ),
            (Meaning::Date(Year::Open, 12, 12, 12), "2019-12-12", "2019-12-12"),
            (Meaning::Date(Year::Open, 12, 13, 13), "2018-12-13", "2019-12-13"),
            (Meaning::Date(Year::Relative(-1), 5, 3, 3), "2018-05-03", "2018-05-03"),
            (Meaning::Date(Year::Open, 2, 29, 29), "2016-02-29", "2020-02-29"),
            (Meaning::Date(Year::Written(2019), 2, 30, 30), "", ""),
        ]);
    }

    #[test]
    fn days_of_months() {
        assert_days(&[
            (Meaning::DayOfMonth(15), "2019-11-15", "2019-12-15"),
            (Meaning::DayOfMonth(12), "2019-12-12", "2019-12-12"),
            (Meaning::DayOfMonth(31), "", "2019-12-31"),
            (Meaning::DayOfRelativeMonth(20, 1), "2020-01-20", "2020-01-20"),
            (Meaning::DayOfRelativeMonth(31, -1), "", ""),
        ]);
    }

    #[test]
    fn months() {
        assert_days(&[
            (Meaning::Month(Year::Open, 5, None), "2019-05-01..2019-05-31", "2020-05-01..2020-05-31"),
            (Meaning::Month(Year::Open, 12, None), "2019-12-01..2019-12-31", "2019-12-01..2019-12-31"),
            (Meaning::Month(Year::Open, 5, Some(-1)), "2019-05-01..2019-05-31", "2019-05-01..2019-05-31"),
            (Meaning::Month(Year::Open, 5, Some(2)), "2021-05-01..2021-05-31", "2021-05-01..2021-05-31"),
            (
                Meaning::Month(Year::Written(1999), 2, None),
                "1999-02-01..1999-02-28",
                "1999-02-01..1999-02-28",
            ),
        ]);
    }

    #[test]
    fn years_seasons_and_quarters() {
        assert_days(&[
            (Meaning::WholeYear(Year::Written(2016)), "2016-01-01..2016-12-31", "2016-01-01..2016-12-31"),
            (Meaning::WholeYear(Year::Relative(1)), "2020-01-01..2020-12-31", "2020-01-01..2020-12-31"),
            (Meaning::WholeYear(Year::Open), "", ""),
            (
                Meaning::Season(Season::Spring, Year::Open, None),
                "2019-03-01..2019-05-31",
                "2020-03-01..2020-05-31",
            ),
            (
                Meaning::Season(Season::Winter, Year::Open, None),
                "2019-12-01..2020-02-29",
                "2019-12-01..2020-02-29",
            ),
            (Meaning::Quarter(3, Year::Open), "2019-07-01..2019-09-30", "2020-07-01..2020-09-30"),
            (Meaning::Quarter(1, Year::Relative(0)), "2019-01-01..2019-03-31", "2019-01-01..2019-03-31"),
        ]);
    }

    #[test]
    fn calendar_units() {
        let both = |meaning, days| (meaning, days, days);
        assert_days(&[
            both(Meaning::CalendarUnit(Unit::Week, -1), "2019-12-02..2019-12-08"),
            (Meaning::CalendarUnit(Unit::Weekend, 0), "2019-12-07..2019-12-08", "2019-12-14..2019-12-15"),
            both(Meaning::CalendarUnit(Unit::Month, 1), "2020-01-01..2020-01-31"),
            both(Meaning::CalendarUnit(Unit::Quarter, -1), "2019-07-01..2019-09-30"),
            both(Meaning::CalendarUnit(Unit::Year, 1), "2020-01-01..2020-12-31"),
            both(Meaning::CalendarUnit(Unit::Decade, -1), "2000-01-01..2009-12-31"),
            both(Meaning::RestOfUnit(Unit::Month), "2019-12-12..2019-12-31"),
            both(Meaning::ConsecutiveUnits(Unit::Week, 3), "2019-12-16..2020-01-05"),
            both(Meaning::ConsecutiveUnits(Unit::Month, -2), "2019-10-01..2019-11-30"),
        ]);
    }

    #[test]
    fn units_from_today() {
        let both = |meaning, days| (meaning, days, days);
        assert_days(&[
            both(Meaning::UnitsFromToday(Unit::Day, -10), "2019-12-02"),
            both(Meaning::UnitsFromToday(Unit::Week, 2), "2019-12-26"),
            both(Meaning::UnitsFromToday(Unit::Month, -1), "2019-11-12"),
            both(Meaning::UnitsFromToday(Unit::Quarter, 1), "2020-03-12"),
            both(Meaning::UnitsFromToday(Unit::Year, 2), "2021-12-12"),
            both(Meaning::UnitsFromToday(Unit::Year, -2), "2017-12-01..2017-12-31"),
            both(Meaning::UnitsFromToday(Unit::Decade, -1), "2009-01-01..2009-12-31"),
            both(Meaning::UnitsFromToday(Unit::Weekend, -1), "2019-12-07..2019-12-08"),
            both(Meaning::UnitsFromToday(Unit::Week, i64::MAX), ""),
        ]);
    }

    #[test]
    fn weekdays_and_weeks_of_months() {
        let both = |meaning, days| (meaning, days, days);
        assert_days(&[
            (Meaning::WeekdayOfMonth(1, 0, Year::Open, 10), "2019-10-07", "2020-10-05"),
            both(Meaning::WeekdayOfMonth(-1, 0, Year::Written(2018), 5), "2018-05-28"),
            both(Meaning::WeekdayOfRelativeMonth(3, 3, 1), "2020-01-16"),
            both(Meaning::WeekdayOfRelativeMonth(5, 0, -1), ""),
            (Meaning::WeekOfMonth(2, Year::Open, 1), "2019-01-14..2019-01-20", "2020-01-13..2020-01-19"),
            // the last Monday of May 2019 is in a week that ends in June
            both(Meaning::WeekOfMonth(-1, Year::Written(2019), 5), "2019-05-20..2019-05-26"),
            both(Meaning::WeekContaining(Year::Written(2018), 6, 14), "2018-06-11..2018-06-17"),
        ]);
    }

    #[test]
    fn holidays() {
        let thanksgiving = Holiday::NthWeekday(4, 3, 11);
        assert_days(&[
            (Meaning::Holiday(thanksgiving, Year::Open, None), "2019-11-28", "2020-11-26"),
            (Meaning::Holiday(thanksgiving, Year::Open, Some(-1)), "2019-11-28", "2019-11-28"),
            (Meaning::Holiday(thanksgiving, Year::Written(2017), None), "2017-11-23", "2017-11-23"),
            (Meaning::Holiday(Holiday::LunarNewYear, Year::Written(1850), None), "", ""),
        ]);
    }

    #[test]
    fn parts() {
        let part = |meaning: Meaning, part| {
            shown(part_of(meaning.days(day(TODAY), Tense::Past).expect("days"), part))
        };
        let week = Meaning::CalendarUnit(Unit::Week, -1);
        assert_eq!(part(week, Part::Early), "2019-12-02..2019-12-04");
        assert_eq!(part(week, Part::Middle), "2019-12-05");
        assert_eq!(part(week, Part::Late), "2019-12-06..2019-12-08");
        let month = Meaning::Month(Year::Written(2018), 5, None);
        assert_eq!(part(month, Part::Early), "2018-05-01..2018-05-10");
        assert_eq!(part(month, Part::Middle), "2018-05-11..2018-05-20");
        assert_eq!(part(month, Part::Late), "2018-05-21..2018-05-31");
        assert_eq!(part(month, Part::End), "2018-05-31");
        let quarter = Meaning::Quarter(2, Year::Written(2018));
        assert_eq!(part(quarter, Part::Early), "2018-04-01..2018-04-30");
        assert_eq!(part(quarter, Part::Late), "2018-06-01..2018-06-30");
        let year = Meaning::WholeYear(Year::Written(2018));
        assert_eq!(part(year, Part::Early), "2018-01-01..2018-03-31");
        assert_eq!(part(year, Part::Late), "2018-09-01..2018-12-31");
        // a day has no early or late part
        let day = Meaning::DaysFromToday(-1);
        assert_eq!(part(day, Part::Late), "2019-12-11");
        assert_eq!(part(day, Part::End), "2019-12-11");
    }
}
