//! Attributions without a verb: a quotation after a colon ("Ada Brenn: “We shall see.”").

use std::ops::Range;

use crate::attribution::attribution_match::AttributionMatch;
use crate::attribution::phrase_head::{head_end, name_in};
use crate::attribution::subject::subject_with_apposition;
use crate::word::token::{Token, TokenKind, lower_at, token_at};
use crate::word::word_class;

/// The attribution of a quotation after a colon to the subject of the sentence, if that is a person.
pub(crate) fn colon_quotation(tokens: &[Token<'_>], sentence: &Range<usize>) -> Option<AttributionMatch> {
    let colon = sentence.clone().find(|&i| {
        tokens.get(i).is_some_and(|token| token.is(':') && token.quote == 0)
            && tokens.get(i + 1).is_some_and(|token| token.kind == TokenKind::OpenQuote)
    })?;
    let (source, apposition) = subject_with_apposition(tokens, &(sentence.start..colon))?;
    let has_name = |range: &Range<usize>| name_in(tokens, range).is_some();
    let is_person = has_name(&source)
        || apposition.as_ref().is_some_and(has_name)
        || word_class::is_pronoun(lower_at(tokens, source.start))
        || word_class::is_role(token_at(tokens, head_end(tokens, &source) - 1));
    is_person.then_some(AttributionMatch {
        source,
        apposition,
        cue: colon..colon + 1,
        content: colon + 1..sentence.end,
        is_trailing: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribution::test_tokens::{assert_hits, assert_misses, shown, with_tokens};

    fn found(text: &str) -> Option<String> {
        with_tokens(text, |tokens| colon_quotation(tokens, &(0..tokens.len())).map(|m| shown(tokens, &m)))
    }

    #[test]
    fn quotation_after_a_colon() {
        assert_hits(
            &[
                ("Ada Brenn: “We shall see.”", "ada brenn |  | we shall see"),
                ("She was blunt: “It is over.”", "she |  | it is over"),
                ("The minister shrugged: “No comment.”", "the minister |  | no comment"),
                ("The captain, Ulla Kerr, shouted: “Stop!”", "the captain |  | stop"),
                ("14:05 Brenn again: “Not today.”", "brenn |  | not today"),
            ],
            found,
        );
    }

    #[test]
    fn colon_without_a_person_or_a_quotation() {
        assert_misses(
            &[
                "The offer in full: “Ten ships for two ports.”",
                "Ada Brenn: no deal is near.",
                "“Two rules: “none” and “all”.”",
                "Talks at last “resume: now”.",
                "Delegates met: Brenn, Kerr and Tarn.",
            ],
            found,
        );
    }
}
