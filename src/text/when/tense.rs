//! Whether the words around an expression look back or ahead.

use super::calendar::Tense;
use super::parse::{Expression, Tie};
use super::word::{Kind, Word};

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
    let dated = lead == "of"
        && expression
            .lead
            .and_then(|l| l.checked_sub(1))
            .and_then(|n| words.get(n))
            .is_some_and(|w| matches!(&*w.lower, "deadline" | "date"));
    if dated {
        return Tense::Future;
    }
    if lead == "since" {
        return Tense::Past;
    }
    let before = (0..expression.at).rev().map(|at| mark_at(words, at)).find(|mark| *mark != Mark::None);
    let after = (expression.end..words.len()).map(|at| mark_at(words, at)).find(|mark| *mark != Mark::None);
    if matches!(expression.tie, Tie::By | Tie::Until) || matches!(lead, "for" | "from") {
        let passed = words
            .get(..expression.at)
            .unwrap_or_default()
            .iter()
            .any(|w| matches!(&*w.lower, "was" | "were" | "had"));
        let opening = before.is_none() && matches!(after, Some(Mark::Past | Mark::Had));
        if !opening && (!passed || words.iter().any(|w| mark(w) == Mark::Future)) {
            return Tense::Future;
        }
    }
    match before.or(after) {
        Some(Mark::Past | Mark::Had) => Tense::Past,
        _ => Tense::Future,
    }
}

/// The mark of the word at `at` among its neighbours.
pub(super) fn mark_at(words: &[Word<'_>], at: usize) -> Mark {
    let Some(word) = words.get(at) else { return Mark::None };
    let next = words.get(at + 1).map_or("", |w| &w.lower);
    let before = at.checked_sub(1).and_then(|b| words.get(b)).map_or("", |w| &w.lower);
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
        // "to put", "may cut"
        Mark::Past if matches!(before, "to" | "not") || modal(before) => Mark::None,
        found => found,
    }
}

fn modal(word: &str) -> bool {
    matches!(
        word,
        "will"
            | "would"
            | "shall"
            | "can"
            | "could"
            | "may"
            | "might"
            | "should"
            | "must"
            | "did"
            | "didn't"
            | "cannot"
    )
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
        | "won't" | "won’t" | "upcoming" | "hopeful" | "forward" | "cannot" | "is" | "are" | "runs"
        | "run" | "expires" | "lapses" | "expire" | "lapse" | "ends" | "meets" | "meet" | "opens"
        | "begins" | "starts" | "takes" | "goes" | "go" | "holds" | "resumes" | "returns" | "closes"
        | "votes" | "faces" | "comes" | "falls" | "i'll" | "we'll" | "we’ll" | "i’ll" | "unless" | "if" => {
            Mark::Future
        }
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
