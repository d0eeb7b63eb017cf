//! Attributions by "according to X" and "in the words of X".

use std::ops::Range;

use crate::attribution::apposition::apposition_after;
use crate::attribution::attribution_match::{AttributionMatch, reach_after};
use crate::attribution::source_phrase::source_starting_at;
use crate::word::token::{Token, lower_at};

/// Whether "according to" or "the words of" starts or continues at `at`, the index of "according" or "words".
pub(crate) fn is_according_to(tokens: &[Token<'_>], sentence: &Range<usize>, at: usize) -> bool {
    match lower_at(tokens, at) {
        "according" => lower_at(tokens, at + 1) == "to",
        "words" => {
            at > sentence.start && lower_at(tokens, at - 1) == "the" && lower_at(tokens, at + 1) == "of"
        }
        _ => false,
    }
}

/// The attribution whose two-word cue starts at `at`. Its content precedes the cue, unless the cue opens the
/// sentence.
pub(crate) fn according_to(
    tokens: &[Token<'_>],
    sentence: &Range<usize>,
    at: usize,
) -> Option<AttributionMatch> {
    let source = source_starting_at(tokens, reach_after(sentence, at + 2), true)?;
    // "According to the union, the offer is too low": a comma closes an apposition
    let is_closed = |apposition: &Range<usize>| {
        at > sentence.start + 1 || tokens.get(apposition.end).is_some_and(|token| token.is(','))
    };
    let apposition = apposition_after(tokens, source.end, sentence.end).filter(is_closed);
    let content = if at > sentence.start + 1 {
        sentence.start..at
    } else {
        apposition.as_ref().map_or(source.end, |a| a.end)..sentence.end
    };
    Some(AttributionMatch { source, apposition, cue: at..at + 2, content, is_trailing: false })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribution::test_tokens::{assert_hits, assert_misses, shown, with_tokens};

    fn found(text: &str) -> Option<String> {
        with_tokens(text, |tokens| {
            let sentence = 0..tokens.len();
            let at = sentence.clone().find(|&at| is_according_to(tokens, &sentence, at))?;
            according_to(tokens, &sentence, at).map(|matched| shown(tokens, &matched))
        })
    }

    #[test]
    fn according_to_a_source() {
        assert_hits(
            &[
                (
                    "According to the union, prices are too low.",
                    "the union | according to | prices are too low",
                ),
                (
                    "According to the union, the offer is too low.",
                    "the union | according to | the offer is too low",
                ),
                ("A deal is near, according to Ada Brenn.", "ada brenn | according to | a deal is near"),
                (
                    "According to Ada Brenn, the trade minister, talks will resume.",
                    "ada brenn | according to | talks will resume",
                ),
                (
                    "Exports rose, according to the latest figures.",
                    "the latest figures | according to | exports rose",
                ),
                (
                    "Talks failed, according to an official in Tarn.",
                    "an official in tarn | according to | talks failed",
                ),
                ("In the words of Ada Brenn, it is over.", "ada brenn | words of | in the"),
            ],
            found,
        );
    }

    #[test]
    fn other_uses_of_its_words() {
        assert_misses(
            &[
                "Everything went according plan.",
                "They acted accordingly.",
                "Few words of thanks were heard.",
                "The talks went according to.",
                "Nothing is going according to “the plan”.",
            ],
            found,
        );
    }
}
