//! Checks the publication date that an article claims against the dated expressions of its text.

use crate::day::Day;
use crate::span::Span;
use crate::time::calendar_word::{CalendarWord, lower_at};
use crate::time::expression_type::Expression;
use crate::time::holiday_type::Holiday;
use crate::time::meaning::{Meaning, Year};
use crate::word::calendar_class::{CalendarSense, Unit};

/// Days before and after the claimed date in which the true one is sought.
const SEARCH_DAYS: i64 = 500;

/// Most days by which an interval of fitting days extends to either side.
const MAX_EXTENSION: i64 = 40;

/// Most expressions of a sentence that are checked: keeps the work on a sentence linear.
const MAX_EXPRESSIONS: usize = 16;

/// A contradiction between the date that an article claims and its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DateContradiction {
    /// The words that contradict the date.
    pub evidence: Span,
    /// First day on which the words could have been written.
    pub from: Day,
    /// Last day on which they could have been written.
    pub to: Day,
}

impl DateContradiction {
    /// The day from `from` to `to` that is closest to `claimed`.
    #[must_use]
    pub fn nearest(&self, claimed: Day) -> Day {
        claimed.clamp(self.from, self.to)
    }
}

/// The first contradiction of `claimed` in the words of a sentence.
pub(crate) fn find_contradiction(
    words: &[CalendarWord<'_>],
    expressions: &[Expression],
    claimed: Day,
) -> Option<DateContradiction> {
    let contradiction = |first: &Expression, last: &Expression, fits: &dyn Fn(Day) -> bool| {
        let (from, to) = fitting_interval(claimed, fits)?;
        let evidence = evidence_span(words, first.start, last.end);
        (!(from..=to).contains(&claimed)).then_some(DateContradiction { evidence, from, to })
    };
    expressions.iter().enumerate().take(MAX_EXPRESSIONS).find_map(|(at, expression)| {
        let adjacent = expressions.get(at + 1).filter(|next| is_adjacent(words, expression, next))?;
        if let Some(holiday) = unqualified_holiday(&adjacent.meaning) {
            let fits = |today: Day| is_holiday_on(holiday, &expression.meaning, today);
            if let Some(found) = contradiction(expression, adjacent, &fits) {
                return Some(found);
            }
        }
        let (Meaning::DaysFromToday(n), Meaning::Date(year, month, day, _)) =
            (expression.meaning, adjacent.meaning)
        else {
            return None;
        };
        let fits = |today: Day| is_date(today.plus_days(n), year, month, day);
        contradiction(expression, adjacent, &fits)
    })
}

/// "today, 21 November", "today, the 21st of November": nothing but "the" stands between; "today for 21 November" is
/// of two days.
fn is_adjacent(words: &[CalendarWord<'_>], first: &Expression, next: &Expression) -> bool {
    next.start == first.end || next.start == first.end + 1 && lower_at(words, first.end) == "the"
}

/// Whether a sentence can contradict a date: one of its words has a calendar sense other than a number.
pub(crate) fn may_contradict(words: &[CalendarWord<'_>]) -> bool {
    words.iter().any(|w| !matches!(w.sense, CalendarSense::Other | CalendarSense::Number(_)))
}

/// The span of the words from `start` to `end`, and of a noun that belongs to the holiday's name.
fn evidence_span(words: &[CalendarWord<'_>], start: usize, end: usize) -> Span {
    let has_noun = words.get(end).is_some_and(|w| matches!(w.lower, "holiday" | "weekend"));
    let last = words.get((end + usize::from(has_noun)).saturating_sub(1));
    let from = words.get(start).map_or(0, |w| w.span.start as usize);
    Span::new(from, last.map_or(from, |w| w.span.end as usize))
}

/// The holiday of "Thanksgiving", without a year, "last" or "next".
fn unqualified_holiday(meaning: &Meaning) -> Option<Holiday> {
    match meaning {
        Meaning::Holiday(holiday, Year::Open, None) => Some(*holiday),
        _ => None,
    }
}

/// "next Thursday's Thanksgiving holiday": whether a text of `today` can state `meaning` of the holiday.
fn is_holiday_on(holiday: Holiday, meaning: &Meaning, today: Day) -> bool {
    let near = [-1, 0, 1].map(|n| holiday.day(today.year().saturating_add(n)));
    near.into_iter().flatten().any(|day| can_denote(meaning, today, day))
}

/// "today, 21 November": whether `named` is the date beside it.
fn is_date(named: Day, year: Year, month: i8, day: i8) -> bool {
    named.month() == month
        && named.day() == day
        && (!matches!(year, Year::Written(_)) || year == Year::Written(named.year()))
}

/// Whether a text of `today` can state `meaning` of `day`.
fn can_denote(meaning: &Meaning, today: Day, day: Day) -> bool {
    let ahead = day.days_since(today);
    let is_in_week = |n: i64| {
        let monday = today.plus_days(7 * n - i64::from(today.weekday()));
        (0..7).contains(&day.days_since(monday))
    };
    match *meaning {
        // the weekday after the coming one: of the coming one writers say "this Thursday" or "Thursday"
        Meaning::Weekday(weekday, Some(1)) => day.weekday() == weekday && (7..14).contains(&ahead),
        Meaning::Weekday(weekday, Some(-1)) => day.weekday() == weekday && (-13..0).contains(&ahead),
        Meaning::Weekday(weekday, _) => day.weekday() == weekday && (-7..=7).contains(&ahead),
        Meaning::WeekdayOfWeek(weekday, n) => day.weekday() == weekday && is_in_week(n),
        Meaning::CalendarUnit(Unit::Week, n) => is_in_week(n),
        Meaning::CalendarUnit(Unit::Month, n) => {
            today.first_of_month().plus_months(n) == day.first_of_month()
        }
        Meaning::DaysFromToday(n) => ahead == n,
        _ => false,
    }
}

/// First and last of the adjacent fitting days nearest to `claimed`.
fn fitting_interval(claimed: Day, fits: &dyn Fn(Day) -> bool) -> Option<(Day, Day)> {
    let nearest = (0..=SEARCH_DAYS)
        .flat_map(|n| [claimed.plus_days(-n), claimed.plus_days(n)])
        .find(|day| fits(*day))?;
    let extend = |step: i64| {
        let mut day = nearest;
        while fits(day.plus_days(step)) && day.plus_days(step).days_since(nearest).abs() < MAX_EXTENSION {
            day = day.plus_days(step);
        }
        day
    };
    Some((extend(-1), extend(1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::dating::date_contradiction;
    use crate::time::testing::{assert_rule, day, with_words};

    fn contradiction(text: &str, claimed: &str) -> Option<DateContradiction> {
        date_contradiction(text, &[Span::new(0, text.len())], day(claimed))
    }

    /// Whether the text contradicts 12 December 2019, a Thursday.
    fn contradicts(text: &str) -> bool {
        contradiction(text, crate::time::testing::TODAY).is_some()
    }

    #[test]
    fn weekday_of_a_holiday() {
        assert_rule(
            contradicts,
            &[
                "They hope to sign before next Thursday's Thanksgiving holiday.",
                "They meet on Thursday, Thanksgiving.",
                "They meet next week, Thanksgiving week.",
                "They meet this month, Easter month.",
            ],
            &[
                "They meet next Wednesday, Christmas Day.",
                "They meet this month, Christmas month.",
                "They meet on Thursday, now that Thanksgiving is over.",
                "They meet on Thursday and hope for Thanksgiving.",
            ],
        );
    }

    #[test]
    fn date_of_today() {
        assert_rule(
            contradicts,
            &[
                "They met today, 21 November.",
                "They meet tomorrow, May 3.",
                "They met yesterday, 12 December.",
                "They met today, 12 December 2018.",
            ],
            &[
                "They met today, 12 December.",
                "They meet tomorrow, December 13.",
                "They met today, 12 December 2019.",
                "They met today and 2 envoys left on 21 November.",
                "They meet today and will meet again on 3 May.",
            ],
        );
    }

    #[test]
    fn evidence_and_fitting_days() {
        let text = "They hope to sign before next Thursday's Thanksgiving holiday.";
        assert_eq!(contradiction(text, "2019-11-18"), None);
        let found = contradiction(text, "2019-12-12").expect("a contradiction");
        assert_eq!((found.from, found.to), (day("2019-11-15"), day("2019-11-21")));
        assert_eq!(found.evidence.slice(text), "next Thursday's Thanksgiving holiday");
        assert_eq!(found.nearest(day("2019-12-12")), day("2019-11-21"));
        let later = contradiction("They met today, 21 November.", "2019-11-01").expect("a contradiction");
        assert_eq!((later.from, later.to), (day("2019-11-21"), day("2019-11-21")));
    }

    #[test]
    fn sentences_that_may_contradict() {
        assert_rule(
            |text| with_words(text, may_contradict),
            &[
                "They met today.",
                "They met on Monday.",
                "They met at 9 in the morning.",
                "They met in spring.",
            ],
            &["They met.", "They sent 14 envoys.", "They had two offers."],
        );
    }

    #[test]
    fn expressions_that_can_denote_a_day() {
        let today = day(crate::time::testing::TODAY);
        let can = |meaning: Meaning, on: &str| can_denote(&meaning, today, day(on));
        assert!(
            can(Meaning::Weekday(3, Some(1)), "2019-12-19")
                && !can(Meaning::Weekday(3, Some(1)), "2019-12-12")
        );
        assert!(
            can(Meaning::Weekday(3, Some(-1)), "2019-12-05")
                && !can(Meaning::Weekday(3, Some(-1)), "2019-11-28")
        );
        assert!(
            can(Meaning::Weekday(3, None), "2019-12-19") && !can(Meaning::Weekday(3, None), "2019-12-26")
        );
        assert!(
            can(Meaning::WeekdayOfWeek(0, 1), "2019-12-16")
                && !can(Meaning::WeekdayOfWeek(0, 1), "2019-12-23")
        );
        assert!(can(Meaning::CalendarUnit(Unit::Week, -1), "2019-12-08"));
        assert!(!can(Meaning::CalendarUnit(Unit::Week, -1), "2019-12-09"));
        assert!(can(Meaning::CalendarUnit(Unit::Month, 1), "2020-01-31"));
        assert!(!can(Meaning::CalendarUnit(Unit::Month, 1), "2019-12-31"));
        assert!(
            can(Meaning::DaysFromToday(-1), "2019-12-11") && !can(Meaning::DaysFromToday(-1), "2019-12-12")
        );
        assert!(!can(Meaning::CalendarUnit(Unit::Year, 0), "2019-12-12"));
    }
}
