//! The calendar witness: what the text itself says of the day it was written.

use crate::day::Day;
use crate::span::Span;
use crate::time::calendar_word::Word;
use crate::time::expression_type::Expression;
use crate::time::holiday_type::Holiday;
use crate::time::meaning::{Meaning, Year};
use crate::word::calendar_class::Kind;

/// Days before and after the claimed date in which the true one is sought.
const REACH: i64 = 500;

/// Most expressions of a sentence that are heard.
const MOST: usize = 16;

/// A contradiction between the claimed date and the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateDoubt {
    /// The words that contradict the date.
    pub evidence: Span,
    /// First day on which the words fit.
    pub from: Day,
    /// Last day on which they fit.
    pub to: Day,
}

impl DateDoubt {
    /// The day of the interval that is closest to `claimed`.
    #[must_use]
    pub fn nearest(&self, claimed: Day) -> Day {
        claimed.clamp(self.from, self.to)
    }
}

/// Days on which words could have been written, nearest to the claimed date.
pub(crate) fn testimony(words: &[Word<'_>], found: &[Expression], claimed: Day) -> Option<DateDoubt> {
    let around = |fits: &dyn Fn(Day) -> bool| interval(claimed, fits);
    for (at, expression) in found.iter().enumerate().take(MOST) {
        let adjacent = found.get(at + 1).filter(|next| next.at <= expression.end + 1);
        // "next Thursday's Thanksgiving holiday", "Thursday, Thanksgiving"
        if let Some(holiday) = adjacent.and_then(|next| holiday(&next.meaning)) {
            let end = adjacent.map_or(expression.end, |next| next.end);
            let fits = |day: Day| {
                holiday_days(holiday, day)
                    .into_iter()
                    .flatten()
                    .any(|feast| fits(&expression.meaning, day, feast))
            };
            if let Some((from, to)) = around(&fits)
                && !(from..=to).contains(&claimed)
            {
                return Some(DateDoubt { evidence: span(words, expression.at, end), from, to });
            }
        }
        // "today, 21 November", "tomorrow, May 3"
        if let (Meaning::Day(n), Some(Meaning::Date(year, month, day, _))) =
            (expression.meaning, adjacent.map(|next| next.meaning))
        {
            let end = adjacent.map_or(expression.end, |next| next.end);
            let fits = |today: Day| {
                let named = today.plus_days(n);
                named.month() == month
                    && named.day() == day
                    && (!matches!(year, Year::Written(_)) || year == Year::Written(named.year()))
            };
            if let Some((from, to)) = around(&fits)
                && !(from..=to).contains(&claimed)
            {
                return Some(DateDoubt { evidence: span(words, expression.at, end), from, to });
            }
        }
    }
    None
}

fn span(words: &[Word<'_>], at: usize, end: usize) -> Span {
    // a noun that belongs to the holiday's name
    let end = end + usize::from(words.get(end).is_some_and(|w| matches!(w.lower, "holiday" | "weekend")));
    let start = words.get(at).map_or(0, |w| w.span.start as usize);
    Span::new(start, words.get(end.saturating_sub(1)).map_or(start, |w| w.span.end as usize))
}

fn holiday(meaning: &Meaning) -> Option<Holiday> {
    match meaning {
        Meaning::Holiday(holiday, Year::Open, None) => Some(*holiday),
        _ => None,
    }
}

fn holiday_days(holiday: Holiday, near: Day) -> [Option<Day>; 3] {
    [-1, 0, 1].map(|n| holiday.day(near.year().saturating_add(n)))
}

/// Whether a text of `today` would call `feast` so.
fn fits(meaning: &Meaning, today: Day, feast: Day) -> bool {
    let ahead = feast.days_since(today);
    let weeks = |n: i64| {
        let monday = today.plus_days(7 * n - i64::from(today.weekday()));
        (0..7).contains(&feast.days_since(monday))
    };
    match *meaning {
        // the one after the coming one; closer by, writers say "this" or nothing
        Meaning::Weekday(weekday, Some(1)) => feast.weekday() == weekday && (7..14).contains(&ahead),
        Meaning::Weekday(weekday, Some(-1)) => feast.weekday() == weekday && (-13..0).contains(&ahead),
        Meaning::Weekday(weekday, _) => feast.weekday() == weekday && (-7..=7).contains(&ahead),
        Meaning::WeekdayIn(weekday, n) => feast.weekday() == weekday && weeks(n),
        Meaning::Unit(crate::word::calendar_class::Unit::Week, n) => weeks(n),
        Meaning::Unit(crate::word::calendar_class::Unit::Month, n) => {
            let first = today.first_of_month().plus_months(n);
            first == feast.first_of_month()
        }
        Meaning::Day(n) => ahead == n,
        _ => false,
    }
}

/// The run of fitting days nearest to `claimed`.
fn interval(claimed: Day, fits: &dyn Fn(Day) -> bool) -> Option<(Day, Day)> {
    let nearest =
        (0..=REACH).flat_map(|n| [claimed.plus_days(-n), claimed.plus_days(n)]).find(|day| fits(*day))?;
    let reach = |step: i64| {
        let mut day = nearest;
        while fits(day.plus_days(step)) && day.plus_days(step).days_since(nearest).abs() < 40 {
            day = day.plus_days(step);
        }
        day
    };
    Some((reach(-1), reach(1)))
}

/// Whether a sentence may hold testimony at all: a cheap look before the search.
pub(crate) fn worth(words: &[Word<'_>]) -> bool {
    words.iter().any(|w| !matches!(w.kind, Kind::Other | Kind::Number(_)))
}
