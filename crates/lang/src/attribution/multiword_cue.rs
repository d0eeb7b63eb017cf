//! Sayings of several words: "ruled out", "made it clear", "put the odds at", "was optimistic".

use std::ops::Range;

use crate::word::token::{Word, nth};
use crate::word::word_class;

/// How many words after "put" its "at" may stand.
const REACH: usize = 14;

/// Where the saying that begins at `at` ends; `None` where none begins there.
pub(crate) fn end(words: &[Word<'_>], of: &Range<usize>, at: usize) -> Option<usize> {
    if !word_class::is_opening(nth(words, at)) {
        return None;
    }
    let word = |n: usize| nth(words, at + n).filter(|_| at + n < of.end);
    let next = |n: usize| word(n).map_or("", |w| &*w.low);
    let len = match (next(0), next(1), next(2), next(3)) {
        ("rule" | "rules" | "ruled" | "point" | "points" | "pointed", "out", ..)
        | ("let" | "lets", "slip", ..)
        | ("make" | "makes" | "made", "clear" | "plain", ..)
        | ("stop" | "stops" | "stopped", "short", ..)
        | ("take" | "takes" | "took", "note", ..)
        | ("draw" | "draws" | "drew", "attention", ..)
        | ("play" | "plays" | "played", "down", ..)
        | ("hit" | "hits", "back", ..)
        | ("ask" | "asks" | "asked", "whether" | "if", ..)
        | ("put" | "puts", "it", ..)
        | ("goes" | "went", "on", "", _)
        | ("goes" | "went", "on", "to", "say") => 2,
        ("make" | "makes" | "made", "it", "clear" | "plain", _)
        | ("reserve" | "reserves" | "reserved", "the", "right", _) => 3,
        ("let" | "lets", "it", "be", "known") => 4,
        ("see" | "saw", "little" | "no", ..) => 1,
        ("put" | "puts" | "give" | "gives" | "gave" | "rate" | "rates" | "rated", ..) => {
            let rated =
                |n| matches!(next(n), "odds" | "chance" | "chances") || next(n) == "at" && put(next(0));
            (1..REACH).any(rated).then_some(1)?
        }
        (first, ..)
            if word_class::is_be(word(0)) || matches!(first, "seems" | "seemed" | "sounded" | "remains") =>
        {
            let adjective = (1..5).find(|&n| !is_degree(next(n)))?;
            if !word_class::is_stance_adjective(word(adjective)) {
                return None;
            }
            adjective + 1
        }
        _ => return None,
    };
    Some(at + len)
}

/// Whether `word` is "put", which gives a figure with "at".
fn put(word: &str) -> bool {
    matches!(word, "put" | "puts")
}

/// Whether `word` tells how far an adjective holds.
fn is_degree(word: &str) -> bool {
    matches!(
        word,
        "not"
            | "less"
            | "more"
            | "so"
            | "no"
            | "nevertheless"
            | "however"
            | "far"
            | "rather"
            | "very"
            | "quite"
    ) || (word.len() > 4 && word.ends_with("ly"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::word::annotate::scan;
    use crate::word::segments::Runs;

    fn found(text: &str) -> Option<String> {
        let runs = Runs::of(text);
        let words = scan(&runs);
        let of = 0..words.len();
        let (at, end) = of.clone().find_map(|at| end(&words, &of, at).map(|end| (at, end)))?;
        Some(words.get(at..end)?.iter().map(|w| &*w.low).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn sayings_of_several_words_are_found() {
        for (text, saying) in [
            ("She ruled out a deal.", "ruled out"),
            ("He made it clear that it was over.", "made it clear"),
            ("Brenn put the odds at two in three.", "put"),
            ("Brenn was guardedly optimistic about it.", "was guardedly optimistic"),
            ("They let it be known that they would go.", "let it be known"),
        ] {
            assert_eq!(found(text).as_deref(), Some(saying), "{text}");
        }
    }

    #[test]
    fn other_uses_are_not() {
        for text in [
            "The court ruled on Monday.",
            "He made tea.",
            "She put the letter down.",
            "The sky was clear and the road was open.",
            "They let it be.",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
