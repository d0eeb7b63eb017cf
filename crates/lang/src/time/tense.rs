//! Whether the words around an expression look back or ahead.

use crate::time::calendar_word::{Parted, Word};
use crate::time::expression_type::{Expression, Tie};
use crate::time::meaning::{Meaning, Tense};
use crate::time::patterns::WINDOW;
use crate::word::calendar_class::{Kind, TenseCue};
use crate::word::class::Class;

/// The tense in which an expression stands: that of the nearest verb before it in its sentence,
/// else of the nearest after it, else ahead.
pub(crate) fn tense(words: &[Word<'_>], expression: &Expression) -> Tense {
    let lead = expression.lead.map_or("", |lead| words.get(lead).map_or("", |w| w.lower));
    let word = |at: Option<usize>| at.and_then(|at| words.get(at)).map_or("", |w| w.lower);
    let governor = word(expression.lead.and_then(|lead| lead.checked_sub(1)));
    if lead == "of" && matches!(expression.meaning, Meaning::Date(..)) {
        // "a deadline of 30 November", "the letter of 3 February"
        return if matches!(governor, "deadline" | "date") { Tense::Future } else { Tense::Past };
    }
    if lead == "since" {
        return Tense::Past;
    }
    let marked = |at: &usize| mark_at(words, *at) != TenseCue::None;
    let near = (0..expression.at).rev().take(WINDOW).find(marked);
    let before = near.map(|at| mark_at(words, at));
    let after = (expression.end..words.len()).take(WINDOW).find(marked).map(|at| mark_at(words, at));
    // "that in May he was certain", ", and by Monday they left": the clause begins with the expression
    let opens = near.is_none()
        || expression.lead.filter(|lead| mark_at(words, *lead) == TenseCue::None).is_some_and(|lead| {
            words.get(lead).is_some_and(|w| w.parted >= Parted::Comma)
                || ["that", "but", "and", "who", "for", "because", "when", "if"].contains(&governor)
        });
    // "Thursday's deadline" lies ahead of what comes before it, "Monday's close" behind
    let possessive = words.get(expression.end.saturating_sub(1)).is_some_and(|w| w.possessive);
    if possessive && matches!(expression.meaning, Meaning::Weekday(_, None)) {
        // "said after Wednesday's session that it would go on": what others followed is past
        let followed = expression.tie == Tie::After && before == Some(TenseCue::Past);
        let ahead =
            expression.tie == Tie::By || after == Some(TenseCue::Future) || before == Some(TenseCue::Future);
        let ahead = ahead && !followed;
        return if ahead { Tense::Future } else { Tense::Past };
    }
    let limit = matches!(expression.tie, Tie::By | Tie::Until)
        || matches!(lead, "for" | "from")
        || (lead == "to" && expression.lead.is_some_and(|lead| lead + 1 == expression.at));
    if limit {
        let passed = matches!(word(near), "was" | "were" | "had")
            && !words.iter().take(WINDOW).any(|w| mark(w) == TenseCue::Future);
        let opening = opens && matches!(after, Some(TenseCue::Past | TenseCue::Had));
        // "met before Christmas"
        let beside = lead == "before"
            && near.is_some()
            && near.map(|at| at + 1) == expression.lead
            && before == Some(TenseCue::Past);
        if !opening && !passed && !beside {
            return Tense::Future;
        }
    }
    match if opens { after.or(before) } else { before.or(after) } {
        Some(TenseCue::Past | TenseCue::Had) => Tense::Past,
        _ => Tense::Future,
    }
}

/// The mark of the word at `at` among its neighbours.
pub(crate) fn mark_at(words: &[Word<'_>], at: usize) -> TenseCue {
    let Some(word) = words.get(at) else { return TenseCue::None };
    let next = words.get(at + 1).map_or("", |w| w.lower);
    let words_before = at.checked_sub(1).and_then(|b| words.get(b));
    let before = words_before.map_or("", |w| w.lower);
    match mark(word) {
        // "is to meet", "plans to meet", "agreed to meet"
        TenseCue::None if word.lower == "to" && verb_after(words, at) => {
            if words_before.is_some_and(|w| w.entry.is(Class::Plans)) {
                TenseCue::Future
            } else {
                TenseCue::None
            }
        }
        TenseCue::Future if next == "have" => TenseCue::Past,
        // "will be announced", "to be held"
        TenseCue::Past if before == "be" => TenseCue::Future,
        // "to put", "may cut", "will stay shut"
        TenseCue::Past if before == "to" => TenseCue::None,
        // "has invited both to dinner on Sunday"
        TenseCue::Past if word.entry.is(Class::Arranges) && perfect(words, at) => TenseCue::Future,
        TenseCue::Past if (1..=2).any(|back| modal_at(words, at, back)) => TenseCue::Future,
        found => found,
    }
}

/// Whether a modal stands `back` words before `at`: "may", not "May"; "would have" does not look ahead.
fn modal_at(words: &[Word<'_>], at: usize, back: usize) -> bool {
    let word = |back: usize| at.checked_sub(back).and_then(|at| words.get(at));
    let have = back > 1 && word(1).is_some_and(|w| w.lower == "have");
    // "that vote, readers will recall, held up the rest"
    let apart = words.get(at).is_some_and(|w| w.parted >= Parted::Comma);
    !have
        && !apart
        && word(back).is_some_and(|w| w.entry.is(Class::Modal) && !(w.capital && w.lower == "may"))
}

/// Whether "has" or "have" stands before `at`, with at most one word between.
fn perfect(words: &[Word<'_>], at: usize) -> bool {
    (1..=2).any(|back| {
        at.checked_sub(back).and_then(|at| words.get(at)).is_some_and(|w| matches!(w.lower, "has" | "have"))
    })
}

fn verb_after(words: &[Word<'_>], at: usize) -> bool {
    words.get(at + 1).is_some_and(|w| {
        w.kind == Kind::Other
            && !w.capital
            && !matches!(w.lower, "the" | "its" | "their" | "his" | "her" | "be" | "on" | "in" | "at" | "by")
            || w.lower == "be"
    })
}

/// The mark of a word by itself.
pub(crate) fn mark(word: &Word<'_>) -> TenseCue {
    match word.entry.tense_cue() {
        TenseCue::Future if word.lower != "may" || !word.capital => TenseCue::Future,
        TenseCue::Had => TenseCue::Had,
        TenseCue::Past if !word.capital => TenseCue::Past,
        TenseCue::None if ends_past(word) && !word.capital => TenseCue::Past,
        _ => TenseCue::None,
    }
}

/// Whether the word is a past form: by its ending, or one of the common irregular verbs.
pub(crate) fn past(word: &Word<'_>) -> bool {
    ends_past(word) || word.entry.tense_cue() == TenseCue::Past
}

/// Whether the word ends like a past form and is one.
fn ends_past(word: &Word<'_>) -> bool {
    word.lower.len() > 4 && word.lower.ends_with("ed") && !word.entry.is(Class::NotPast)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;
    use crate::time::calendar_word::words;
    use crate::word::segments::Segments;

    #[test]
    fn past_forms_end_in_ed_or_are_irregular() {
        let past = |word: &str| {
            let runs = Segments::new(word);
            words(&runs, Span::new(0, word.len())).first().is_some_and(past)
        };
        assert!(past("broke") && past("signed") && past("used"));
        assert!(!past("need") && !past("united") && !past("signs"));
    }
}
