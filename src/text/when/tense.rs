//! Whether the words around an expression look back or ahead.

use super::calendar::Tense;
use super::parse::{Expression, Tie};
use super::word::{Kind, Parted, Word};

/// What a single word says of the time of its clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Past,
    Future,
    /// "had"
    Had,
    None,
}

/// The tense in which an expression stands: that of the nearest verb before it in its sentence,
/// else of the nearest after it, else ahead.
pub(super) fn tense(words: &[Word<'_>], expression: &Expression) -> Tense {
    let lead = expression.lead.map_or("", |lead| words.get(lead).map_or("", |w| &w.lower));
    if matches!(expression.tie, Tie::By | Tie::Until) || matches!(lead, "for") {
        let passed = words
            .get(..expression.at)
            .unwrap_or_default()
            .iter()
            .any(|w| matches!(&*w.lower, "was" | "were" | "had"));
        let ahead = words.iter().any(|w| mark(w) == Mark::Future);
        if !passed || ahead {
            return Tense::Future;
        }
    }
    if matches!(expression.tie, Tie::Since) && lead == "since" {
        return Tense::Past;
    }
    let before = words.get(..expression.at).unwrap_or_default();
    for (at, word) in before.iter().enumerate().rev() {
        match mark_at(words, at) {
            Mark::Past | Mark::Had => return Tense::Past,
            Mark::Future => return Tense::Future,
            Mark::None => {}
        }
        // a new clause without a verb of its own before the expression: look after it
        if word.parted == Parted::Mark && at > 0 && expression.at - at < 3 {
            break;
        }
    }
    for at in expression.end..words.len() {
        match mark_at(words, at) {
            Mark::Past | Mark::Had => return Tense::Past,
            Mark::Future => return Tense::Future,
            Mark::None => {}
        }
    }
    Tense::Future
}

/// The mark of the word at `at` among its neighbours.
pub(super) fn mark_at(words: &[Word<'_>], at: usize) -> Mark {
    let Some(word) = words.get(at) else { return Mark::None };
    let next = words.get(at + 1).map_or("", |w| &w.lower);
    match mark(word) {
        // "is to meet", "plans to meet", "agreed to meet"
        Mark::None if word.lower == "to" && at > 0 && verb_after(words, at) => {
            let before = words.get(at - 1).map_or("", |w| &w.lower);
            if planned(before) { Mark::Future } else { Mark::None }
        }
        // "would" of a report in the past still looks ahead; "would have" does not
        Mark::Future if next == "have" => Mark::Past,
        // "the proposed levy", "a planned visit": before a noun
        found => found,
    }
}

fn verb_after(words: &[Word<'_>], at: usize) -> bool {
    words.get(at + 1).is_some_and(|w| {
        w.kind == Kind::Other
            && !w.capital
            && !matches!(&*w.lower, "the" | "its" | "their" | "his" | "her" | "be")
            || w.lower == "be"
    })
}

/// Whether "to" with a verb after this word looks ahead.
fn planned(word: &str) -> bool {
    matches!(
        word,
        "is" | "are"
            | "agreed"
            | "agree"
            | "agrees"
            | "plans"
            | "plan"
            | "planned"
            | "planning"
            | "intends"
            | "intend"
            | "intended"
            | "hopes"
            | "hope"
            | "hoped"
            | "wants"
            | "want"
            | "wanted"
            | "promised"
            | "invited"
            | "pledged"
            | "vowed"
            | "ready"
            | "prepared"
            | "likely"
            | "set"
            | "due"
            | "expected"
            | "expects"
            | "scheduled"
            | "supposed"
            | "offered"
            | "aims"
            | "aimed"
            | "aim"
            | "asked"
            | "urged"
            | "threatened"
            | "decided"
            | "has"
            | "have"
            | "not"
            | "deadline"
            | "willing"
            | "called"
    )
}

/// The mark of a word by itself.
pub(super) fn mark(word: &Word<'_>) -> Mark {
    match &*word.lower {
        "will" | "would" | "shall" | "can" | "could" | "might" | "should" | "must" | "expected"
        | "expects" | "expect" | "due" | "scheduled" | "planned" | "slated" | "hopes" | "plans" | "going"
        | "won't" | "won’t" | "upcoming" | "deadline" | "cannot" | "i'll" | "we'll" | "we’ll" | "i’ll"
        | "unless" | "if" => Mark::Future,
        "may" if !word.capital => Mark::Future,
        "had" => Mark::Had,
        lower if past(lower) && !word.capital => Mark::Past,
        _ => Mark::None,
    }
}

/// Whether the word is a past form: by its ending, or one of the common irregular verbs.
pub(super) fn past(word: &str) -> bool {
    (word.len() > 4
        && word.ends_with("ed")
        && !matches!(
            word,
            "need"
                | "indeed"
                | "speed"
                | "proceed"
                | "succeed"
                | "exceed"
                | "hundred"
                | "united"
                | "agreed-upon"
        ))
        || matches!(
            word,
            "was"
                | "were"
                | "did"
                | "didn't"
                | "didn’t"
                | "said"
                | "told"
                | "met"
                | "broke"
                | "fell"
                | "rose"
                | "held"
                | "made"
                | "took"
                | "came"
                | "went"
                | "gave"
                | "got"
                | "began"
                | "became"
                | "left"
                | "lost"
                | "won"
                | "sent"
                | "spent"
                | "paid"
                | "put"
                | "cut"
                | "set"
                | "hit"
                | "let"
                | "saw"
                | "wrote"
                | "spoke"
                | "struck"
                | "swore"
                | "tore"
                | "threw"
                | "withdrew"
                | "drew"
                | "grew"
                | "knew"
                | "flew"
                | "led"
                | "fought"
                | "brought"
                | "bought"
                | "sought"
                | "thought"
                | "caught"
                | "taught"
                | "sold"
                | "stood"
                | "understood"
                | "built"
                | "kept"
                | "slept"
                | "felt"
                | "dealt"
                | "meant"
                | "heard"
                | "found"
                | "shot"
                | "sat"
                | "ran"
                | "read"
                | "rang"
                | "sank"
                | "sprang"
                | "wore"
                | "chose"
                | "froze"
                | "woke"
                | "rode"
                | "drove"
                | "dined"
                | "ate"
                | "quit"
                | "overran"
                | "undid"
                | "undertook"
                | "forgave"
                | "shook"
                | "split"
                | "shut"
                | "opened"
                | "died"
                | "used"
                | "tied"
                | "laid"
                | "repaid"
                | "rebuilt"
                | "forbade"
                | "gone"
                | "done"
                | "been"
                | "taken"
                | "given"
                | "lapsed"
                | "ended"
        )
}
