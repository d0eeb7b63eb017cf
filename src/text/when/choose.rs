//! Which of a statement's expressions dates what it describes, and whether that is old news.

use crate::Day;

use super::calendar::{Days, Meaning, Tense, Year, part_of};
use super::parse::{Expression, Tie};
use super::tense::{Mark, mark_at, past, tense};
use super::word::{Parted, Unit, Word};

/// Days by which an event lies before the article to be old news: news recalls a month with its
/// developments; what lies further back is history.
const OLD: i64 = 45;

/// The days of `expression`, held against `today` where it needs that.
pub(super) fn resolve(words: &[Word<'_>], expression: &Expression, today: Option<Day>) -> Option<Days> {
    let reference = match today {
        Some(today) => today,
        None if expression.meaning.absolute() => Day::new(2000, 1, 1)?,
        None => return None,
    };
    let days = match (expression.meaning, expression.weekday) {
        (Meaning::Date(Year::Open, month, day, _), Some(weekday)) => {
            beside(reference, month, day, weekday).map(|day| (day, day))
        }
        _ => None,
    };
    let days = days.or_else(|| expression.meaning.days(reference, tense(words, expression)))?;
    let (from, to) = part_of(days, expression.part);
    (from <= to).then_some((from, to))
}

/// The date nearest to `today` that falls on the weekday written beside it.
fn beside(today: Day, month: i8, day: i8, weekday: i8) -> Option<Day> {
    (-6..=6)
        .filter_map(|n| Day::new(today.year().saturating_add(n), month, day))
        .filter(|day| day.weekday() == weekday)
        .min_by_key(|day| day.days_since(today).abs())
}

/// The expression that dates the statement: the one that stands closest to its main clause.
pub(super) fn choose<'e>(words: &[Word<'_>], found: &'e [Expression]) -> Option<&'e Expression> {
    found
        .iter()
        .filter_map(|expression| Some((weight(words, expression)?, expression)))
        .min_by_key(|(weight, expression)| (*weight, expression.at))
        .map(|(_, expression)| expression)
}

/// How far the expression stands from the main clause; `None` where it dates no event.
fn weight(words: &[Word<'_>], expression: &Expression) -> Option<u32> {
    let lead = expression.lead.and_then(|lead| words.get(lead)).map_or("", |w| &w.lower);
    let governor = expression.lead.and_then(|lead| lead.checked_sub(1));
    let year = matches!(expression.meaning, Meaning::Unit(Unit::Year, _) | Meaning::WholeYear(_));
    match expression.meaning {
        Meaning::Run(..) => return None,
        Meaning::Away(_, n) if n > 0 && tense(words, expression) == Tense::Past => return None,
        _ => {}
    }
    // a state that goes on, a name ("the law of 1954"), a budget ("for 2021")
    if lead == "since" || (year && matches!(lead, "of" | "for")) {
        return None;
    }
    let mut weight = match expression.tie {
        Tie::On => 1,
        Tie::By => 3,
        Tie::Until | Tie::Since | Tie::After => 4,
    };
    if governor.is_some_and(|at| mark_at(words, at) == Mark::Past) {
        weight -= 1;
    }
    let from = expression.lead.unwrap_or(expression.at);
    let before = words.get(..from).unwrap_or_default();
    let clause = || before.iter().rev().take(12).take_while(|w| w.parted < Parted::Mark);
    let added = |word: &str| {
        matches!(
            word,
            "when"
                | "who"
                | "which"
                | "whose"
                | "where"
                | "because"
                | "while"
                | "if"
                | "unless"
                | "after"
                | "before"
                | "until"
        )
    };
    if clause().any(|w| added(&w.lower)) {
        weight += 2;
    }
    // ", founded in 1934," and "a mediator appointed in April" add to a noun
    if governor.and_then(|at| words.get(at)).is_some_and(|w| w.parted == Parted::Comma && past(&w.lower)) {
        weight += 3;
    }
    if lead == "for" {
        weight += 2;
    }
    let last = words.get(expression.end.saturating_sub(1));
    if last.is_some_and(|w| w.possessive) {
        weight += if year { 4 } else { 1 };
    }
    if year {
        weight += 1;
    }
    Some(weight).filter(|weight| *weight < FAR)
}

/// Weight from which an expression dates something else than the statement.
const FAR: u32 = 5;

/// Whether the statement opens with the clock time of a live report ("17:45 – …").
pub(super) fn live(words: &[Word<'_>]) -> bool {
    words.first().is_some_and(|w| {
        let mut parts = w.lower.split([':', '.']);
        let number = |part: Option<&str>, most: u8| {
            part.filter(|p| p.len() == 2).and_then(|p| p.parse::<u8>().ok()).is_some_and(|n| n < most)
        };
        number(parts.next(), 24) && number(parts.next(), 60) && parts.next().is_none()
    })
}

/// Whether the statement tells of old events: in the past perfect of its main clause, of how a known
/// dispute began, or of days well before `today`.
pub(super) fn background(words: &[Word<'_>], when: Option<Days>, today: Option<Day>) -> bool {
    let old = when.zip(today).is_some_and(|((_, to), today)| today.days_since(to) > OLD);
    let recent = when.zip(today).is_some_and(|((_, to), today)| today.days_since(to) <= OLD);
    old || (!recent && (past_perfect(words) || origin(words)))
}

/// Whether the first verb of the sentence is a past perfect: "had imposed", "had not yet agreed".
/// A verb of saying in another tense makes it a report of today.
fn past_perfect(words: &[Word<'_>]) -> bool {
    let first = (0..words.len()).find(|at| mark_at(words, *at) != Mark::None);
    let Some(had) = first.filter(|at| mark_at(words, *at) == Mark::Had) else { return false };
    let follows = words.get(had + 1..).unwrap_or_default();
    let participle = follows
        .iter()
        .take(4)
        .find(|w| {
            !matches!(
                &*w.lower,
                "not"
                    | "already"
                    | "long"
                    | "never"
                    | "also"
                    | "yet"
                    | "only"
                    | "previously"
                    | "once"
                    | "initially"
                    | "repeatedly"
                    | "earlier"
                    | "both"
            )
        })
        .is_some_and(|w| participle(&w.lower));
    let reported = words.iter().enumerate().any(|(at, w)| {
        at != had + 1 && matches!(&*w.lower, "said" | "says" | "told" | "added" | "adds" | "reported") && {
            let lead = at.checked_sub(1).and_then(|b| words.get(b)).map_or("", |w| &w.lower);
            !matches!(lead, "had" | "has" | "have") && at > had
        }
    });
    participle && !reported
}

fn participle(word: &str) -> bool {
    past(word)
        || matches!(
            word,
            "begun"
                | "broken"
                | "chosen"
                | "come"
                | "drawn"
                | "driven"
                | "fallen"
                | "forgotten"
                | "frozen"
                | "grown"
                | "hidden"
                | "known"
                | "risen"
                | "seen"
                | "spoken"
                | "sworn"
                | "thrown"
                | "torn"
                | "withdrawn"
                | "written"
                | "become"
                | "run"
                | "undertaken"
                | "struck"
                | "shown"
                | "cost"
        )
}

/// Whether it tells how the dispute began that the article takes as known: "launched the trade war".
fn origin(words: &[Word<'_>]) -> bool {
    words.iter().enumerate().any(|(at, word)| {
        let begins =
            matches!(&*word.lower, "launched" | "started" | "began" | "ignited" | "sparked" | "triggered");
        let the = words.get(at + 1).is_some_and(|w| w.lower == "the");
        let dispute =
            words.get(at + 2..at + 5).or_else(|| words.get(at + 2..)).unwrap_or_default().iter().any(|w| {
                matches!(&*w.lower, "war" | "dispute" | "conflict" | "standoff" | "row" | "feud" | "crisis")
            });
        let modal = at
            .checked_sub(1)
            .and_then(|b| words.get(b))
            .is_some_and(|w| matches!(&*w.lower, "has" | "have" | "be" | "if"));
        begins && the && dispute && !modal
    })
}
