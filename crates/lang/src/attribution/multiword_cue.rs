//! Cues of several words: "ruled out", "made it clear", "put the odds at", "was optimistic".
//!
//! The verb forms stand here and not in `data/lists`, because each belongs to one pattern only.

use std::ops::Range;

use crate::word::token::{Token, token_at};
use crate::word::word_class;

/// Within how many words after "put" its "at" or "odds" must stand: "put the chance of a deal before the summer at".
const ODDS_REACH: usize = 14;
/// Within how many words after "be" its adjective must stand: "was not very openly optimistic".
const ADJECTIVE_REACH: usize = 5;

/// Where the multi-word cue that starts at `at` ends; `None` if none starts there. For "put the odds at" the cue is
/// the verb alone.
pub(crate) fn end(tokens: &[Token<'_>], sentence: &Range<usize>, at: usize) -> Option<usize> {
    if !word_class::is_cue_start(token_at(tokens, at)) {
        return None;
    }
    let token = |n: usize| token_at(tokens, at + n).filter(|_| at + n < sentence.end);
    let next = |n: usize| token(n).map_or("", |token| &*token.lower);
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
        (verb @ ("put" | "puts" | "give" | "gives" | "gave" | "rate" | "rates" | "rated"), ..) => {
            let takes_at = matches!(verb, "put" | "puts");
            let gives_odds =
                |n| matches!(next(n), "odds" | "chance" | "chances") || takes_at && next(n) == "at";
            (1..ODDS_REACH).any(gives_odds).then_some(1)?
        }
        (verb, ..)
            if word_class::is_be(token(0)) || matches!(verb, "seems" | "seemed" | "sounded" | "remains") =>
        {
            let adjective = (1..ADJECTIVE_REACH).find(|&n| !is_before_adjective(token(n)))?;
            word_class::is_stance_adjective(token(adjective)).then_some(adjective + 1)?
        }
        _ => return None,
    };
    Some(at + len)
}

/// Whether the token may stand between "be" and an adjective: "very", "guardedly".
fn is_before_adjective(token: Option<&Token<'_>>) -> bool {
    word_class::is_before_adjective(token)
        || token.is_some_and(|token| token.lower.len() > 4 && token.lower.ends_with("ly"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribution::test_tokens::{assert_hits, assert_misses, with_tokens, words};

    fn found(text: &str) -> Option<String> {
        with_tokens(text, |tokens| {
            let sentence = 0..tokens.len();
            let (at, end) =
                sentence.clone().find_map(|at| end(tokens, &sentence, at).map(|end| (at, end)))?;
            Some(words(tokens, &(at..end)))
        })
    }

    #[test]
    fn fixed_phrases_are_cues() {
        assert_hits(
            &[
                ("She ruled out a deal.", "ruled out"),
                ("He made it clear that it was over.", "made it clear"),
                ("They let it be known that they would go.", "let it be known"),
                ("Brenn went on to say that it was over.", "went on"),
                ("The guild reserves the right to strike.", "reserves the right"),
                ("Brenn asked whether the port would open.", "asked whether"),
                ("The guild saw little hope.", "saw"),
            ],
            found,
        );
    }

    #[test]
    fn other_uses_of_their_verbs_are_not() {
        assert_misses(
            &[
                "The court ruled on Monday.",
                "He made tea.",
                "They let it be.",
                "The talks went on to midnight.",
                "Brenn asked the guild.",
                "The guild saw a ship.",
            ],
            found,
        );
    }

    #[test]
    fn verbs_that_give_odds_are_cues() {
        assert_hits(
            &[
                ("Brenn put the odds at two in three.", "put"),
                ("Brenn puts the loss at two million.", "puts"),
                ("Brenn rated the chance of a deal as low.", "rated"),
                ("The bank gives a deal even odds.", "gives"),
            ],
            found,
        );
        assert_misses(
            &["She put the letter down.", "Brenn gave a speech at noon.", "The bank rated it low."],
            found,
        );
    }

    #[test]
    fn be_with_a_stance_adjective_is_a_cue() {
        assert_hits(
            &[
                ("Brenn was guardedly optimistic about it.", "was guardedly optimistic"),
                ("Brenn was not very hopeful.", "was not very hopeful"),
                ("Brenn seemed confident of a deal.", "seemed confident"),
                ("Brenn was far less sceptical.", "was far less sceptical"),
            ],
            found,
        );
        assert_misses(
            &[
                "The sky was clear and the road was open.",
                "Brenn was a very optimistic woman.",
                "Brenn was late.",
            ],
            found,
        );
    }
}
