//! Whether the words around an expression look back or ahead.

use crate::time::calendar_word::{Parted, Word};
use crate::time::expression_type::{Expression, Tie};
use crate::time::meaning::{Meaning, Tense};
use crate::time::patterns::WINDOW;
use crate::word::calendar_class::{Kind, Mark};
use crate::word::lexis::Dictionary;

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
    let marked = |at: &usize| mark_at(words, *at) != Mark::None;
    let near = (0..expression.at).rev().take(WINDOW).find(marked);
    let before = near.map(|at| mark_at(words, at));
    let after = (expression.end..words.len()).take(WINDOW).find(marked).map(|at| mark_at(words, at));
    // "that in May he was certain", ", and by Monday they left": the clause begins with the expression
    let opens = near.is_none()
        || expression.lead.filter(|lead| mark_at(words, *lead) == Mark::None).is_some_and(|lead| {
            words.get(lead).is_some_and(|w| w.parted >= Parted::Comma)
                || ["that", "but", "and", "who", "for", "because", "when", "if"].contains(&governor)
        });
    // "Thursday's deadline" lies ahead of what comes before it, "Monday's close" behind
    let possessive = words.get(expression.end.saturating_sub(1)).is_some_and(|w| w.possessive);
    if possessive && matches!(expression.meaning, Meaning::Weekday(_, None)) {
        // "said after Wednesday's session that it would go on": what others followed is past
        let followed = expression.tie == Tie::After && before == Some(Mark::Past);
        let ahead = expression.tie == Tie::By || after == Some(Mark::Future) || before == Some(Mark::Future);
        let ahead = ahead && !followed;
        return if ahead { Tense::Future } else { Tense::Past };
    }
    let limit = matches!(expression.tie, Tie::By | Tie::Until)
        || matches!(lead, "for" | "from")
        || (lead == "to" && expression.lead.is_some_and(|lead| lead + 1 == expression.at));
    if limit {
        let passed = matches!(word(near), "was" | "were" | "had")
            && !words.iter().take(WINDOW).any(|w| mark(w) == Mark::Future);
        let opening = opens && matches!(after, Some(Mark::Past | Mark::Had));
        // "met before Christmas"
        let beside = lead == "before"
            && near.is_some()
            && near.map(|at| at + 1) == expression.lead
            && before == Some(Mark::Past);
        if !opening && !passed && !beside {
            return Tense::Future;
        }
    }
    match if opens { after.or(before) } else { before.or(after) } {
        Some(Mark::Past | Mark::Had) => Tense::Past,
        _ => Tense::Future,
    }
}

/// The mark of the word at `at` among its neighbours.
pub(crate) fn mark_at(words: &[Word<'_>], at: usize) -> Mark {
    let Some(word) = words.get(at) else { return Mark::None };
    let next = words.get(at + 1).map_or("", |w| w.lower);
    let before = at.checked_sub(1).and_then(|b| words.get(b)).map_or("", |w| w.lower);
    match mark(word) {
        // "is to meet", "plans to meet", "agreed to meet"
        Mark::None if word.lower == "to" && verb_after(words, at) => {
            if planned(before) {
                Mark::Future
            } else {
                Mark::None
            }
        }
        Mark::Future if next == "have" => Mark::Past,
        // "will be announced", "to be held"
        Mark::Past if before == "be" => Mark::Future,
        // "to put", "may cut", "will stay shut"
        Mark::Past if before == "to" => Mark::None,
        // "has invited both to dinner on Sunday"
        Mark::Past if arranged(word.lower) && perfect(words, at) => Mark::Future,
        Mark::Past if (1..=2).any(|back| modal_at(words, at, back)) => Mark::Future,
        found => found,
    }
}

/// Whether a modal stands `back` words before `at`: "may", not "May"; "would have" does not look ahead.
fn modal_at(words: &[Word<'_>], at: usize, back: usize) -> bool {
    let word = |back: usize| at.checked_sub(back).and_then(|at| words.get(at));
    let have = back > 1 && word(1).is_some_and(|w| w.lower == "have");
    // "that vote, readers will recall, held up the rest"
    let apart = words.get(at).is_some_and(|w| w.parted >= Parted::Comma);
    !have && !apart && word(back).is_some_and(|w| modal(w.lower) && !(w.capital && w.lower == "may"))
}

/// Whether the verb sets up what is still to come.
fn arranged(word: &str) -> bool {
    matches!(word, "invited" | "summoned" | "asked" | "booked" | "convened" | "postponed" | "adjourned")
}

/// Whether "has" or "have" stands before `at`, with at most one word between.
fn perfect(words: &[Word<'_>], at: usize) -> bool {
    (1..=2).any(|back| {
        at.checked_sub(back).and_then(|at| words.get(at)).is_some_and(|w| matches!(w.lower, "has" | "have"))
    })
}

fn modal(word: &str) -> bool {
    ["will", "would", "shall", "can", "could", "may", "might", "should", "must", "did", "didn't", "cannot"]
        .contains(&word)
}

fn verb_after(words: &[Word<'_>], at: usize) -> bool {
    words.get(at + 1).is_some_and(|w| {
        w.kind == Kind::Other
            && !w.capital
            && !matches!(w.lower, "the" | "its" | "their" | "his" | "her" | "be" | "on" | "in" | "at" | "by")
            || w.lower == "be"
    })
}

/// Whether "to" with a verb after this word looks ahead.
fn planned(word: &str) -> bool {
    [
        "is",
        "are",
        "was",
        "were",
        "agreed",
        "agree",
        "agrees",
        "plans",
        "plan",
        "planned",
        "planning",
        "intends",
        "intend",
        "intended",
        "hopes",
        "hope",
        "hoped",
        "wants",
        "want",
        "wanted",
        "promised",
        "invited",
        "pledged",
        "vowed",
        "ready",
        "prepared",
        "likely",
        "set",
        "due",
        "expected",
        "expects",
        "scheduled",
        "supposed",
        "offered",
        "aims",
        "aimed",
        "aim",
        "asked",
        "urged",
        "threatened",
        "decided",
        "has",
        "have",
        "not",
        "deadline",
        "willing",
        "called",
    ]
    .contains(&word)
}

/// The mark of a word by itself.
pub(crate) fn mark(word: &Word<'_>) -> Mark {
    match word.sense.mark {
        Mark::Future if word.lower != "may" || !word.capital => Mark::Future,
        Mark::Had => Mark::Had,
        Mark::Past if !word.capital => Mark::Past,
        Mark::None if ends_past(word.lower) && !word.capital => Mark::Past,
        _ => Mark::None,
    }
}

/// Whether the word is a past form: by its ending, or one of the common irregular verbs.
pub(crate) fn past(word: &Word<'_>) -> bool {
    ends_past(word.lower) || word.sense.mark == Mark::Past
}

/// Whether the word ends like a past form.
fn ends_past(word: &str) -> bool {
    word.len() > 4 && word.ends_with("ed") && !NOT_PAST.contains(&word)
}

/// Enters the marks of words that do not show them in their ending.
pub(crate) fn enter(dictionary: &mut Dictionary) {
    for (list, mark) in [(FUTURE, Mark::Future), ("had", Mark::Had)] {
        dictionary.enter(list, |entry| entry.time.mark = mark);
    }
    for word in IRREGULAR {
        dictionary.enter(word, |entry| entry.time.mark = Mark::Past);
    }
}

/// Verbs that look ahead, and words that do.
const FUTURE: &str = "will would shall can could might should must expected expects expect due scheduled planned \
     slated hopes plans going won't won’t upcoming hopeful cannot is are runs run expires lapses \
     expire lapse ends meets meet opens begins starts takes goes go holds resumes looking closes \
     faces comes falls i'll we'll we’ll i’ll unless if may";

/// Words in "-ed" that are no past forms.
const NOT_PAST: &[&str] =
    &["need", "indeed", "speed", "proceed", "succeed", "exceed", "hundred", "united", "agreed-upon"];

/// Irregular past forms, sorted.
const IRREGULAR: &[&str] = &[
    "ate",
    "became",
    "been",
    "began",
    "bought",
    "broke",
    "brought",
    "built",
    "came",
    "caught",
    "chose",
    "cut",
    "dealt",
    "did",
    "didn't",
    "didn’t",
    "died",
    "dined",
    "done",
    "drew",
    "drove",
    "fell",
    "felt",
    "flew",
    "forbade",
    "forgave",
    "fought",
    "found",
    "froze",
    "gave",
    "given",
    "gone",
    "got",
    "grew",
    "heard",
    "held",
    "hit",
    "kept",
    "knew",
    "laid",
    "led",
    "left",
    "let",
    "lost",
    "made",
    "meant",
    "met",
    "overran",
    "paid",
    "put",
    "quit",
    "ran",
    "rang",
    "read",
    "rebuilt",
    "repaid",
    "rode",
    "rose",
    "said",
    "sank",
    "sat",
    "saw",
    "sent",
    "set",
    "shook",
    "shot",
    "shut",
    "slept",
    "sold",
    "sought",
    "spent",
    "split",
    "spoke",
    "sprang",
    "stood",
    "struck",
    "swore",
    "taken",
    "taught",
    "thought",
    "threw",
    "tied",
    "told",
    "took",
    "tore",
    "understood",
    "undertook",
    "undid",
    "used",
    "was",
    "went",
    "were",
    "withdrew",
    "woke",
    "won",
    "wore",
    "wrote",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;
    use crate::time::calendar_word::words;
    use crate::word::segments::Runs;

    #[test]
    fn irregular_forms_are_sorted_and_found() {
        assert!(IRREGULAR.is_sorted());
        let past = |word: &str| {
            let runs = Runs::of(word);
            words(&runs, Span::new(0, word.len())).first().is_some_and(past)
        };
        assert!(past("broke") && past("signed") && past("used"));
        assert!(!past("need") && !past("united") && !past("signs"));
    }
}
