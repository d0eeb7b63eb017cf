//! The forms that an expression of time takes, by the kind of word that it begins with.

use crate::time::calendar_word::{Parted, Word, joined, kind, lower};
use crate::time::holiday_type::Holiday;
use crate::time::meaning::{Meaning, Part, Year};
use crate::word::calendar_class::{Kind, Unit};

/// "Tuesday", "Tuesday night", "Friday of last week", "Tuesday, 14 May".
pub(crate) fn weekday_at(words: &[Word<'_>], at: usize, weekday: i8) -> Option<(Meaning, usize, Option<i8>)> {
    let mut next = at + 1;
    // "Tuesday night", "Tuesday, 14 May", "Friday of last week", "Tuesday, next week"
    if matches!(kind(words, next), Kind::Hours) {
        next += 1;
    }
    let beside = next + usize::from(matches!(lower(words, next), "of" | "from" | "in" | "on" | "the"));
    if let Kind::Relative(n) = joined(words, beside)
        && kind(words, beside + 1) == Kind::Unit(Unit::Week)
    {
        return Some((Meaning::WeekdayIn(weekday, n), beside + 2, None));
    }
    if lower(words, next) == "after" && lower(words, next + 1) == "next" {
        return Some((Meaning::Weekday(weekday, Some(2)), next + 2, None));
    }
    if let Some((found @ Meaning::Date(..), end)) = date_at(words, beside) {
        return Some((found, end, Some(weekday)));
    }
    // plural: "two Thursdays ago" is read from its number, "on Tuesdays" is a habit
    let plural = lower(words, at).ends_with('s') && !matches!(lower(words, at), "tues" | "thurs");
    (!plural).then_some((Meaning::Weekday(weekday, None), next, None))
}

/// A date with its month, where one begins at `at`.
fn date_at(words: &[Word<'_>], at: usize) -> Option<(Meaning, usize)> {
    let word = words.get(at).filter(|w| w.parted < Parted::Mark)?;
    match word.kind {
        Kind::Month(month) => month_at(words, at, month),
        Kind::Number(n) => number_at(words, at, n),
        Kind::Ordinal(n) => ordinal_at(words, at, n),
        Kind::Date(Some(year), month, Some(day)) => {
            Some((Meaning::Date(Year::Written(year), month, day, day), at + 1))
        }
        _ => None,
    }
}

/// A day of a month.
fn day_number(kind: Kind) -> Option<i8> {
    match kind {
        Kind::Number(n) | Kind::Ordinal(n) if (1..=31).contains(&n) => Some(n as i8),
        _ => None,
    }
}

/// "May", "May 2020", "May 13 to 15, 2020", "May of last year".
pub(crate) fn month_at(words: &[Word<'_>], at: usize, month: i8) -> Option<(Meaning, usize)> {
    let next = at + 1;
    let day_at = if lower(words, next) == "the" { next + 1 } else { next };
    if let Kind::Range(from, to) = joined(words, next) {
        return Some(with_year(words, next + 1, |year| Meaning::Date(year, month, from, to)));
    }
    if let Some(day) = day_number(joined(words, day_at))
        .filter(|_| words.get(day_at).is_some_and(|w| w.parted == Parted::Not))
    {
        let to = if matches!(lower(words, day_at + 1), "to" | "and" | "thru" | "through")
            || words.get(day_at + 1).is_some_and(|w| w.parted == Parted::Dash)
        {
            let second = day_at
                + 1
                + usize::from(!matches!(kind(words, day_at + 1), Kind::Number(_) | Kind::Ordinal(_)));
            day_number(kind(words, second)).filter(|to| *to > day).map(|to| (to, second + 1))
        } else {
            None
        };
        let (to, end) = to.unwrap_or((day, day_at + 1));
        return Some(with_year(words, end, |year| Meaning::Date(year, month, day, to)));
    }
    if !month_named(words, at) {
        return None;
    }
    if lower(words, next) == "after" && lower(words, next + 1) == "next" {
        return Some((Meaning::Month(Year::Open, month, Some(2)), next + 2));
    }
    Some(with_year(words, next, |year| Meaning::Month(year, month, None)))
}

/// Whether "May", "March" and the like name the month.
fn month_named(words: &[Word<'_>], at: usize) -> bool {
    let Some(word) = words.get(at) else { return false };
    let year = matches!(joined(words, at + 1), Kind::Number(1500..2200));
    let before = at.checked_sub(1).map_or("", |b| lower(words, b));
    let led = [
        "in", "by", "until", "since", "of", "last", "next", "this", "early", "late", "mid", "from", "before",
        "after", "to", "and", "for", "during", "till", "through", "late-",
    ]
    .contains(&before);
    match word.lower {
        "may" | "march" | "august" => {
            word.capital
                && (led
                    || lower(words, at + 1) == "after"
                    || year
                    || words.len() == 1
                    || (word.parted != Parted::Mark && at > 0))
                || (year && led)
        }
        "mar" | "dec" | "jan" | "sep" | "jun" | "jul" => year || (word.capital && led),
        _ => true,
    }
}

/// "last week", "next May", "this spring", "the past two years".
pub(crate) fn relative_at(words: &[Word<'_>], at: usize, n: i64, part: Part) -> Option<(Meaning, usize)> {
    let next = at + 1;
    if words.get(next)?.parted != Parted::Not {
        return None;
    }
    let name = lower(words, at);
    if let Some((holiday, count)) = Holiday::read(words, next) {
        return Some((Meaning::Holiday(holiday, Year::Open, Some(n)), next + count));
    }
    match kind(words, next) {
        Kind::Weekday(weekday) => {
            if name == "last"
                && matches!(lower(words, next + 1), "of" | "in")
                && let Kind::Month(month) = kind(words, next + 2)
            {
                return Some(with_year(words, next + 3, |y| Meaning::WeekdayOf(-1, weekday, y, month)));
            }
            let end = next + 1 + usize::from(matches!(kind(words, next + 1), Kind::Hours));
            Some((Meaning::Weekday(weekday, Some(n)), end))
        }
        // "this may be the last"
        Kind::Month(month) if name != "following" && name != "past" && words.get(next)?.capital => {
            Some((Meaning::Month(Year::Open, month, Some(n)), next + 1))
        }
        Kind::Season(season) => Some((Meaning::Season(season, Year::Open, Some(n)), next + 1)),
        Kind::Hours if n == 0 => Some((Meaning::Day(0), next + 1)),
        Kind::Hours if name == "last" && lower(words, next) == "night" => Some((Meaning::Day(-1), next + 1)),
        Kind::Unit(unit) if unit != Unit::Clock => {
            if name == "last"
                && matches!(lower(words, next + 1), "of" | "in")
                && let Kind::Month(month) = kind(words, next + 2)
            {
                return last_of(words, next + 3, unit, month);
            }
            let plural = lower(words, next).ends_with('s');
            // "the past year" is the stretch up to now, "the last day" the end of something
            let stretch = (name == "past" && part == Part::Whole) || unit == Unit::Day;
            (!plural && !stretch).then_some((Meaning::Unit(unit, n), next + 1))
        }
        Kind::Number(count) if n != 0 && count > 0 => {
            let Kind::Unit(unit) = kind(words, next + 1) else { return None };
            (unit != Unit::Clock).then_some((Meaning::Run(unit, n * count.min(999)), next + 2))
        }
        _ => None,
    }
}

/// "the last week of May".
fn last_of(words: &[Word<'_>], at: usize, unit: Unit, month: i8) -> Option<(Meaning, usize)> {
    match unit {
        Unit::Week => Some(with_year(words, at, |y| Meaning::WeekOf(-1, y, month))),
        Unit::Weekend => Some(with_year(words, at, |y| Meaning::WeekdayOf(-1, 5, y, month))),
        _ => None,
    }
}

/// "the first Monday of October", "the second week of May", "the third quarter", "15th".
pub(crate) fn ordinal_at(words: &[Word<'_>], at: usize, n: i64) -> Option<(Meaning, usize)> {
    let next = at + 1;
    let month_after = |at: usize| {
        let at = at + usize::from(lower(words, at) == "of" || lower(words, at) == "in");
        match kind(words, at) {
            Kind::Month(month) => Some((month, at + 1)),
            _ => None,
        }
    };
    match kind(words, next) {
        Kind::Weekday(weekday) => {
            if let Some((months, end)) = relative_month(words, next + 1) {
                return Some((Meaning::WeekdayOfMonth(n, weekday, months), end));
            }
            let (month, end) = month_after(next + 1)?;
            Some(with_year(words, end, |y| Meaning::WeekdayOf(n, weekday, y, month)))
        }
        Kind::Unit(Unit::Week) => {
            let (month, end) = month_after(next + 1)?;
            Some(with_year(words, end, |y| Meaning::WeekOf(n, y, month)))
        }
        Kind::Unit(Unit::Quarter) if (1..=4).contains(&n) => {
            Some(with_year(words, next + 1, |y| Meaning::Quarter(n, y)))
        }
        _ => day_month(words, at, n),
    }
}

/// "of this month", "in next month": months from now.
fn relative_month(words: &[Word<'_>], at: usize) -> Option<(i64, usize)> {
    let Kind::Relative(n) = kind(words, at + 1) else { return None };
    let of = matches!(lower(words, at), "of" | "in") && kind(words, at + 2) == Kind::Unit(Unit::Month);
    of.then_some((n, at + 3))
}

/// "15 February", "13 to 15 of July", "17 and 18 August 2020", "the 15th".
fn day_month(words: &[Word<'_>], at: usize, n: i64) -> Option<(Meaning, usize)> {
    let day = i8::try_from(n).ok().filter(|d| (1..=31).contains(d))?;
    let mut next = at + 1;
    let mut to = day;
    let month = relative_month(words, next + usize::from(lower(words, next) == "day"));
    if let Some((months, end)) = month {
        return Some((Meaning::DayOf(day, months), end));
    }
    let dashed = words.get(next).is_some_and(|w| w.parted == Parted::Dash);
    if matches!(lower(words, next), "to" | "and" | "thru" | "or") || dashed {
        let mut second = next + usize::from(!dashed);
        second += usize::from(lower(words, second) == "the");
        if let Some(last) = day_number(kind(words, second)).filter(|last| *last > day) {
            (to, next) = (last, second + 1);
        }
    }
    next += usize::from(lower(words, next) == "of");
    if let Kind::Month(month) = joined(words, next) {
        return Some(with_year(words, next + 1, |y| Meaning::Date(y, month, day, to)));
    }
    let before = at.checked_sub(1).map_or("", |b| lower(words, b));
    let lead = at.checked_sub(2).map_or("", |b| lower(words, b));
    let ends = to != day
        || words.get(at + 1).is_none_or(|w| {
            w.parted != Parted::Not || matches!(w.lower, "as" | "and" | "or" | "but" | "to" | "with" | "when")
        });
    let figure = lower(words, at).starts_with(|c: char| c.is_ascii_digit());
    let ordinal = matches!(kind(words, at), Kind::Ordinal(_)) && (figure || day > 9);
    let led = ["on", "by", "until", "before", "from", "since", "of", "for"].contains(&lead);
    (ordinal && before == "the" && ends && (led || at == 1))
        .then_some((Meaning::DayOfMonth(day), if to == day { at + 1 } else { next }))
}

/// "two weeks ago", "14 May", "2018" after a small word.
pub(crate) fn number_at(words: &[Word<'_>], at: usize, n: i64) -> Option<(Meaning, usize)> {
    let before = at.checked_sub(1).map_or("", |b| lower(words, b));
    let mut next = at + 1;
    if matches!(kind(words, next), Kind::Number(3)) && matches!(lower(words, next), "few") {
        return number_at(words, next, 3);
    }
    next += usize::from(lower(words, next) == "of" && lower(words, at) == "couple");
    match kind(words, next) {
        Kind::Weekday(weekday) if matches!(lower(words, next + 1), "ago" | "back") => {
            return Some((Meaning::Weekdays(weekday, -n), next + 2));
        }
        Kind::Unit(unit) => {
            let n = if lower(words, next) == "fortnight" { n.saturating_mul(2) } else { n };
            return match lower(words, next + 1) {
                "ago" if unit == Unit::Year && lower(words, next + 2) == "today" => {
                    Some((Meaning::Away(Unit::Month, n.saturating_mul(-12)), next + 3))
                }
                "ago" => Some((Meaning::Away(unit, -n), next + 2)),
                "hence" => Some((Meaning::Away(unit, n), next + 2)),
                "from" if matches!(lower(words, next + 2), "now" | "today") => {
                    Some((Meaning::Away(unit, n), next + 3))
                }
                _ => None,
            };
        }
        Kind::Relative(1) => {
            if let Kind::Unit(unit) = kind(words, next + 1) {
                return (unit != Unit::Clock).then_some((Meaning::Run(unit, n), next + 2));
            }
        }
        _ => {}
    }
    if (1500..2200).contains(&n) && lower(words, at).len() == 4 {
        let led = [
            "in", "since", "of", "until", "by", "before", "from", "through", "during", "to", "after", "year",
            "till", "early", "late", "mid", "into",
        ]
        .contains(&before);
        let word = words.get(at)?;
        let free = word.parted == Parted::Not && !counts(words, at + 1);
        return (led && free).then_some((Meaning::WholeYear(Year::Written(n as i16)), at + 1));
    }
    if before.is_empty() || words.get(at).is_some_and(|w| w.lower.starts_with(|c: char| c.is_ascii_digit())) {
        return day_month(words, at, n);
    }
    None
}

/// "the week of 14 June", "over the weekend", "the end of the year".
pub(crate) fn unit_at(words: &[Word<'_>], at: usize, unit: Unit, part: Part) -> Option<(Meaning, usize)> {
    let before = at.checked_sub(1).map_or("", |b| lower(words, b));
    let second = at.checked_sub(2).map_or("", |b| lower(words, b));
    let plural = lower(words, at).ends_with('s');
    if unit == Unit::Week
        && lower(words, at + 1) == "of"
        && let Some((Meaning::Date(year, month, day, _), end)) = date_at(words, at + 2)
    {
        return Some((Meaning::WeekWith(year, month, day), end));
    }
    let weekend = unit == Unit::Weekend
        && before == "the"
        && ["over", "at", "before", "by", "after", "during", "for"].contains(&second);
    if !plural && lower(words, at + 1) == "before" && lower(words, at + 2) == "last" {
        return Some((Meaning::Unit(unit, -2), at + 3));
    }
    // "the end of the year", "by the end of month"
    let whole = !plural
        && part != Part::Whole
        && matches!(unit, Unit::Week | Unit::Month | Unit::Quarter | Unit::Year);
    if weekend {
        return Some((Meaning::Weekday(5, None), at + 1));
    }
    whole.then_some((Meaning::Unit(unit, 0), at + 1))
}

/// "the day after tomorrow", "the rest of the week", "in two weeks".
pub(crate) fn other_at(words: &[Word<'_>], at: usize) -> Option<(Meaning, usize)> {
    let next = at + 1;
    match lower(words, at) {
        "the"
            if lower(words, next) == "day"
                && lower(words, next + 1) == "after"
                && lower(words, next + 2) == "tomorrow" =>
        {
            Some((Meaning::Day(2), next + 3))
        }
        "the"
            if lower(words, next) == "day"
                && lower(words, next + 1) == "before"
                && lower(words, next + 2) == "yesterday" =>
        {
            Some((Meaning::Day(-2), next + 3))
        }
        "rest" if lower(words, next) == "of" => {
            let unit_at = next + 1 + usize::from(matches!(lower(words, next + 1), "the" | "this"));
            match kind(words, unit_at) {
                Kind::Unit(unit) if unit != Unit::Clock => Some((Meaning::Rest(unit), unit_at + 1)),
                _ => None,
            }
        }
        "in" | "within" => {
            let Kind::Number(n) = kind(words, next) else { return None };
            let Kind::Unit(unit) = kind(words, next + 1) else { return None };
            let end = next + 2 + usize::from(lower(words, next + 2) == "time");
            (lower(words, at) == "within" || ahead(words, at)).then_some((Meaning::Away(unit, n), end))
        }
        _ => None,
    }
}

/// Whether "in two weeks" looks ahead rather than at a span ("the first time in two weeks").
fn ahead(words: &[Word<'_>], at: usize) -> bool {
    !words.get(..at).unwrap_or_default().iter().rev().take(WINDOW).any(|w| {
        [
            "once", "worst", "best", "least", "lowest", "highest", "biggest", "largest", "only", "than",
            "time", "times", "was", "were", "had", "has",
        ]
        .contains(&w.lower)
            || matches!(w.kind, Kind::Ordinal(_))
            || w.lower.ends_with("est")
    })
}
/// Words on either side of an expression that may bear on it; holds the work on a sentence linear.
pub(crate) const WINDOW: usize = 48;

/// A year after what ends before `at`: "2020", ", 2020", "of 2020", "of last year", "next year".
pub(crate) fn with_year(words: &[Word<'_>], at: usize, of: impl Fn(Year) -> Meaning) -> (Meaning, usize) {
    let from = if matches!(lower(words, at), "of" | "in" | "the") { at + 1 } else { at };
    let from = if lower(words, at) == "of" && lower(words, from) == "the" { from + 1 } else { from };
    match joined(words, from) {
        Kind::Number(n) if (1500..2200).contains(&n) && !counts(words, from + 1) => {
            (of(Year::Written(n as i16)), from + 1)
        }
        Kind::Relative(n) if kind(words, from + 1) == Kind::Unit(Unit::Year) => {
            (of(Year::Relative(n)), from + 2)
        }
        Kind::Unit(Unit::Year) if from > at && lower(words, at) == "of" => (of(Year::Relative(0)), from + 1),
        _ => (of(Year::Open), at),
    }
}

/// Whether the word makes the figure before it a count: "2000 tonnes".
pub(crate) fn counts(words: &[Word<'_>], at: usize) -> bool {
    words.get(at).is_some_and(|w| {
        w.parted == Parted::Not
            && [
                "tonnes",
                "tons",
                "people",
                "dollars",
                "euros",
                "jobs",
                "workers",
                "barrels",
                "km",
                "kilometres",
                "troops",
                "soldiers",
                "members",
                "companies",
                "products",
            ]
            .contains(&w.lower)
    })
}

/// Whether a season's word names a season, not a jump or a collapse.
pub(crate) fn season_named(words: &[Word<'_>], at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |b| lower(words, b));
    let second = at.checked_sub(2).map_or("", |b| lower(words, b));
    let of_time = |word: &str| {
        ["in", "by", "until", "before", "during", "since", "after", "for", "of", "over", "till", "through"]
            .contains(&word)
    };
    let followed = lower(words, at + 1) == "of" && matches!(kind(words, at + 2), Kind::Number(1500..2200));
    let alone = !matches!(lower(words, at + 1), "in" | "of" | "season") || followed;
    matches!(kind(words, at + 1), Kind::Number(1500..2200))
        || followed
        || (alone && (of_time(before) || (before == "the" && of_time(second))) && before != "of")
        || matches!(before, "late" | "early" | "mid")
}
