//! What an expression means, and the days that it stands for.

use crate::day::Day;
use crate::time::holiday::nth_weekday;
use crate::time::holiday_type::Holiday;
use crate::word::calendar_class::{Season, Unit};

/// First and last day.
pub(crate) type Days = (Day, Day);

/// Which of the recurring days is meant where the expression leaves it open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tense {
    Past,
    Future,
}

/// A year as written: in figures, or against the reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Year {
    Written(i16),
    /// "next year": +1.
    Relative(i64),
    Open,
}

/// What an expression names, before it is held against a reference day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// Days from the reference.
    Day(i64),
    /// "Tuesday"; "last Tuesday" is -1, "next Tuesday" +1.
    Weekday(i8, Option<i64>),
    /// "Tuesday of last week".
    WeekdayIn(i8, i64),
    /// "two Thursdays ago" is -2.
    Weekdays(i8, i64),
    /// "13 to 15 July 2013", both days alike where one is named.
    Date(Year, i8, i8, i8),
    /// "the 15th".
    DayOfMonth(i8),
    Month(Year, i8, Option<i64>),
    WholeYear(Year),
    Season(Season, Year, Option<i64>),
    Quarter(i64, Year),
    /// "last week" is -1.
    Unit(Unit, i64),
    /// "the rest of the week".
    Rest(Unit),
    /// "the next 3 years".
    Run(Unit, i64),
    /// "two weeks ago" is -2.
    Away(Unit, i64),
    Holiday(Holiday, Year, Option<i64>),
    /// "the first Monday of October".
    WeekdayOf(i64, i8, Year, i8),
    /// "the first Monday of this month": which, weekday, months from now.
    WeekdayOfMonth(i64, i8, i64),
    /// "the 20th of next month": day, months from now.
    DayOf(i8, i64),
    /// "the second week of December".
    WeekOf(i64, Year, i8),
    /// "the week of 14 June".
    WeekWith(Year, i8, i8),
}

/// Which part of the stretch is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Whole,
    Early,
    Middle,
    Late,
    /// "the end of", where a limit rather than a stretch is meant.
    End,
}

impl Meaning {
    /// Whether the days are known without a reference.
    pub(crate) fn absolute(&self) -> bool {
        matches!(
            self,
            Self::Date(Year::Written(_), ..)
                | Self::Month(Year::Written(_), ..)
                | Self::WholeYear(Year::Written(_))
                | Self::Season(_, Year::Written(_), _)
                | Self::Quarter(_, Year::Written(_))
                | Self::Holiday(_, Year::Written(_), _)
                | Self::WeekdayOf(_, _, Year::Written(_), _)
                | Self::WeekOf(_, Year::Written(_), _)
                | Self::WeekWith(Year::Written(_), ..)
        )
    }

    /// The days meant in a text of `today`; `None` where the calendar has no such day.
    pub(crate) fn days(self, today: Day, tense: Tense) -> Option<Days> {
        let one = |day: Day| (day, day);
        let pick = |year: Year, which: Option<i64>, of: &dyn Fn(i16) -> Option<Days>| {
            recurring(today, tense, year, which, of)
        };
        match self {
            Self::Day(n) => Some(one(today.plus_days(n))),
            Self::Weekday(weekday, which) => {
                let ahead = i64::from((weekday - today.weekday()).rem_euclid(7));
                let days = match (which, tense) {
                    (Some(n), _) if n < 0 => ahead - 7,
                    // of the next calendar week
                    (Some(1), _) => i64::from(weekday - today.weekday()) + 7,
                    (Some(2), _) => ahead + 7 + if ahead == 0 { 7 } else { 0 },
                    (None, Tense::Past) if ahead == 0 => 0,
                    (None, Tense::Past) => ahead - 7,
                    _ if ahead == 0 => 7,
                    _ => ahead,
                };
                Some(one(today.plus_days(days)))
            }
            Self::WeekdayIn(weekday, n) => {
                Some(one(today.plus_days(i64::from(weekday - today.weekday()) + 7 * n)))
            }
            Self::Weekdays(weekday, n) => {
                let ahead = i64::from((weekday - today.weekday()).rem_euclid(7));
                let first = if n > 0 && ahead == 0 { 7 } else { ahead };
                Some(one(today.plus_days(first + 7 * if n > 0 { n - 1 } else { n })))
            }
            Self::Date(year, month, from, to) => {
                pick(year, None, &|y| Some((Day::new(y, month, from)?, Day::new(y, month, to)?)))
            }
            Self::DayOfMonth(day) => {
                let near = [-1, 0, 1].map(|n| {
                    let first = today.first_of_month().plus_months(n);
                    Day::new(first.year(), first.month(), day)
                });
                let mut near = near.into_iter().flatten();
                match tense {
                    Tense::Past => near.rfind(|d| *d <= today),
                    Tense::Future => near.find(|d| *d >= today),
                }
                .map(one)
            }
            Self::Month(year, month, which) => pick(year, which, &|y| {
                let first = Day::new(y, month, 1)?;
                Some((first, first.last_of_month()))
            }),
            Self::WholeYear(Year::Written(y)) => year_of(y),
            Self::WholeYear(Year::Relative(n)) => stretch(Unit::Year, today, n),
            Self::WholeYear(Year::Open) => None,
            Self::Season(season, year, which) => pick(year, which, &|y| season_of(season, y)),
            Self::Quarter(n, year) => pick(year, None, &|y| {
                let first = Day::new(y, 1, 1)?.plus_months(3 * (n - 1));
                Some((first, first.plus_months(2).last_of_month()))
            }),
            Self::Unit(unit, n) => stretch(unit, today, n),
            Self::Rest(unit) => Some((today, stretch(unit, today, 0)?.1)),
            Self::Run(unit, n) if n < 0 => Some((stretch(unit, today, n)?.0, stretch(unit, today, -1)?.1)),
            Self::Run(unit, n) => Some((stretch(unit, today, 1)?.0, stretch(unit, today, n)?.1)),
            Self::Away(unit, n) => away(unit, today, n),
            Self::Holiday(holiday, year, which) => pick(year, which, &|y| holiday.day(y).map(one)),
            Self::WeekdayOf(n, weekday, year, month) => {
                pick(year, None, &|y| nth_weekday(y, month, n, weekday).map(one))
            }
            Self::WeekdayOfMonth(n, weekday, months) => {
                let first = today.first_of_month().plus_months(months);
                nth_weekday(first.year(), first.month(), n, weekday).map(one)
            }
            Self::DayOf(day, months) => {
                let first = today.first_of_month().plus_months(months);
                Day::new(first.year(), first.month(), day).map(one)
            }
            Self::WeekOf(n, year, month) => pick(year, None, &|y| {
                let monday = nth_weekday(y, month, n, 0)?;
                // the last week is the last whole one
                let spills = n < 0 && monday.plus_days(6).month() != month;
                let monday = if spills { monday.plus_days(-7) } else { monday };
                Some((monday, monday.plus_days(6)))
            }),
            Self::WeekWith(year, month, day) => pick(year, None, &|y| {
                let day = Day::new(y, month, day)?;
                let monday = day.plus_days(-i64::from(day.weekday()));
                Some((monday, monday.plus_days(6)))
            }),
        }
    }
}

/// The `part` of `days`.
pub(crate) fn part_of(days: Days, part: Part) -> Days {
    let (from, to) = days;
    let length = to.days_since(from) + 1;
    // thirds of a month are tens of days, as almanacs count; a year has quarters at its ends
    let (early, late) = match length {
        0..=6 => return if part == Part::End { (to, to) } else { days },
        7 => (from.plus_days(2), from.plus_days(4)),
        8..=31 => (from.plus_days(9), from.plus_days(20)),
        32..=100 => (from.plus_months(1).plus_days(-1), to.first_of_month()),
        _ => (from.plus_months(3).plus_days(-1), from.plus_months(8)),
    };
    match part {
        Part::Whole => days,
        Part::Early => (from, early),
        Part::Middle => (early.plus_days(1), late.plus_days(-1)),
        Part::Late => (late, to),
        Part::End => (to, to),
    }
}

/// What recurs each year: in the year that is written, else the occurrence that tense and
/// "last" or "next" pick.
fn recurring(
    today: Day,
    tense: Tense,
    year: Year,
    which: Option<i64>,
    of: &dyn Fn(i16) -> Option<Days>,
) -> Option<Days> {
    let this = today.year();
    match (year, which) {
        (Year::Written(year), _) => return of(year),
        (Year::Relative(n), _) => return of(this.checked_add(i16::try_from(n).ok()?)?),
        _ => {}
    }
    // a leap day may be absent for seven years
    let mut near = (this.saturating_sub(8)..=this.saturating_add(8)).filter_map(of);
    match (which, tense) {
        (Some(n), _) if n < 0 => near.rfind(|(_, to)| *to < today),
        (Some(0), _) => of(this),
        (Some(1), _) => near.find(|(from, _)| *from > today),
        (Some(_), _) => near.filter(|(from, _)| *from > today).nth(1),
        (None, Tense::Past) => near.rfind(|(from, _)| *from <= today),
        (None, Tense::Future) => near.find(|(_, to)| *to >= today),
    }
}

fn year_of(year: i16) -> Option<Days> {
    Some((Day::new(year, 1, 1)?, Day::new(year, 12, 31)?))
}

/// The season that begins in `year`, by the months of the weather services; winter begins in December.
fn season_of(season: Season, year: i16) -> Option<Days> {
    let month = match season {
        Season::Spring => 3,
        Season::Summer => 6,
        Season::Autumn => 9,
        Season::Winter => 12,
    };
    let first = Day::new(year, month, 1)?;
    Some((first, first.plus_months(2).last_of_month()))
}

/// The week, month, … `n` after the one with `today`.
fn stretch(unit: Unit, today: Day, n: i64) -> Option<Days> {
    let monday = today.plus_days(-i64::from(today.weekday()) + 7 * n);
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
            let first = today.first_of_month().plus_months(i64::from(-((today.month() - 1) % 3)) + 3 * n);
            (first, first.plus_months(2).last_of_month())
        }
        Unit::Year => return year_of(today.year().checked_add(i16::try_from(n).ok()?)?),
        Unit::Decade => {
            let first = today.year() - today.year().rem_euclid(10) + i16::try_from(10 * n).ok()?;
            (Day::new(first, 1, 1)?, Day::new(first.checked_add(9)?, 12, 31)?)
        }
    })
}

/// The days `n` units away: as exact as the unit lets expect.
fn away(unit: Unit, today: Day, n: i64) -> Option<Days> {
    let day = match unit {
        Unit::Clock => today,
        Unit::Day => today.plus_days(n),
        Unit::Weekend => return stretch(Unit::Weekend, today, n),
        Unit::Week => today.plus_days(n.checked_mul(7)?),
        Unit::Month => today.plus_months(n),
        Unit::Quarter => today.plus_months(n.checked_mul(3)?),
        Unit::Year if n > 0 => today.plus_months(n.checked_mul(12)?),
        Unit::Year => {
            let first = today.first_of_month().plus_months(n.checked_mul(12)?);
            return Some((first, first.last_of_month()));
        }
        Unit::Decade => {
            return year_of(today.year().checked_add(i16::try_from(n.checked_mul(10)?).ok()?)?);
        }
    };
    Some((day, day))
}
