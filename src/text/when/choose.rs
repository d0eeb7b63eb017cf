//! Which of a statement's expressions dates what it describes, and whether that is old news.

use crate::Day;

use super::calendar::{Days, Meaning, Year, part_of};
use super::parse::{Expression, Tie};
use super::tense::{Mark, mark_at, past, tense};
use super::word::{Unit, Word};

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
    let days = expression.meaning.days(reference, tense(words, expression))?;
    let (from, to) = part_of(days, expression.part);
    (from <= to).then_some((from, to))
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
    if matches!(expression.meaning, Meaning::Run(..)) {
        return None;
    }
    let mut weight = 0;
    weight += match expression.tie {
        Tie::On => 0,
        Tie::By => 2,
        Tie::Until => 3,
        Tie::Since | Tie::After => 3,
    };
    let before = words.get(..expression.at).unwrap_or_default();
    // within a clause that only adds to the main one
    let clause = before.iter().rev().take(12).take_while(|w| w.parted < super::word::Parted::Mark);
    if clause.into_iter().any(|w| {
        matches!(
            &*w.lower,
            "when"
                | "who"
                | "which"
                | "after"
                | "before"
                | "since"
                | "that"
                | "whose"
                | "if"
                | "unless"
                | "because"
                | "while"
                | "where"
                | "until"
        )
    }) {
        weight += 2;
    }
    let last = words.get(expression.end.saturating_sub(1));
    let whole = matches!(expression.meaning, Meaning::Unit(Unit::Year, _) | Meaning::WholeYear(_));
    if last.is_some_and(|w| w.possessive) {
        weight += if whole { 4 } else { 1 };
    }
    if matches!(expression.meaning, Meaning::WholeYear(Year::Written(_))) {
        weight += 1;
    }
    Some(weight)
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
