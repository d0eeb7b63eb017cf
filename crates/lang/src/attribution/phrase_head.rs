//! The head of a noun phrase, and the name within it.

use std::ops::Range;

use crate::word::token::{Token, TokenKind, lower_at, token_at};
use crate::word::word_class;

/// Where the head of `phrase` ends: before its first preposition, relative pronoun or participle ("the head | of the
/// union", "officials | briefed on the talks").
pub(crate) fn head_end(tokens: &[Token<'_>], phrase: &Range<usize>) -> usize {
    (phrase.start + 1..phrase.end)
        .find(|&i| {
            tokens.get(i).is_some_and(|token| {
                let is_in_name = token.lower == "of" && !token.is_capitalised && is_of_in_name(tokens, i);
                (word_class::is_noun_phrase_end(token) && !token.is_capitalised && !is_in_name)
                    || token.is('(')
                    || is_postmodifying_participle(tokens, i)
            })
        })
        .unwrap_or(phrase.end)
}

/// The name in the head of `phrase`: the capitalised words that end the head, without titles.
pub(crate) fn name_in(tokens: &[Token<'_>], phrase: &Range<usize>) -> Option<Range<usize>> {
    let end = head_end(tokens, phrase);
    let mut start = end;
    while start > phrase.start {
        let token = tokens.get(start - 1)?;
        let is_capitalised_word = token.is_capitalised && token.kind == TokenKind::Word;
        // "Bank of Tarn", "Vera van Holm"
        let is_link = start < end
            && start - 1 > phrase.start
            && word_class::is_name_link(token)
            && tokens.get(start - 2).is_some_and(|t| t.is_capitalised);
        if !(is_capitalised_word || is_link)
            || (token.is_possessive && start < end)
            || (word_class::is_determiner(token) && is_capitalised_word)
        {
            break;
        }
        start -= 1;
    }
    let is_title =
        |&i: &usize| word_class::is_title(token_at(tokens, i)) || word_class::is_role(token_at(tokens, i));
    match (start..end).rev().find(is_title) {
        // "the Arlandian Minister" has no name
        Some(last) if last + 1 == end => None,
        Some(last) if tokens.get(last).is_some_and(|token| token.is_capitalised) => Some(last + 1..end),
        _ => (start < end).then_some(start..end),
    }
}

/// Whether the word at `at` is a participle that modifies the noun before it ("officials briefed on the talks", "a
/// filing seen by reporters").
fn is_postmodifying_participle(tokens: &[Token<'_>], at: usize) -> bool {
    let is_lower_case = |t: &&Token<'_>| !t.is_capitalised && t.kind == TokenKind::Word;
    let Some(token) = tokens.get(at).filter(is_lower_case) else { return false };
    let is_participle = token.lower.len() > 5
        && (token.lower.ends_with("ing") || token.lower.ends_with("ed"))
        || matches!(&*token.lower, "seen" | "read" | "led" | "made");
    is_participle && !word_class::is_speaker_noun(token) && {
        let before = at.checked_sub(1).and_then(|i| token_at(tokens, i));
        word_class::is_speaker_noun(before) || word_class::is_document(before)
    }
}

/// Whether the "of" at `at` is part of the name of a body ("Bank of England").
fn is_of_in_name(tokens: &[Token<'_>], at: usize) -> bool {
    let is_capitalised =
        |i: usize| tokens.get(i).is_some_and(|token| token.is_capitalised && token.kind == TokenKind::Word);
    let follows_body =
        at.checked_sub(1).is_some_and(|i| is_capitalised(i) && word_class::is_body(token_at(tokens, i)));
    follows_body && (is_capitalised(at + 1) || (lower_at(tokens, at + 1) == "the" && is_capitalised(at + 2)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribution::test_tokens::{assert_hits, assert_misses, with_tokens, words};

    /// The head of the phrase, if it is shorter than the phrase.
    fn head(phrase: &str) -> Option<String> {
        with_tokens(phrase, |tokens| {
            let end = head_end(tokens, &(0..tokens.len()));
            (end < tokens.len()).then(|| words(tokens, &(0..end)))
        })
    }

    fn name(phrase: &str) -> Option<String> {
        with_tokens(phrase, |tokens| name_in(tokens, &(0..tokens.len())).map(|name| words(tokens, &name)))
    }

    #[test]
    fn the_head_ends_before_prepositions_relatives_and_participles() {
        assert_hits(
            &[
                ("the head of the union", "the head"),
                ("people close to the talks", "people"),
                ("an official who left", "an official"),
                ("officials briefed on the talks", "officials"),
                ("a report seen by Tarn Radio", "a report"),
                ("Ada Brenn (Reform)", "ada brenn"),
                // not the name of a body
                ("the port of Tarn", "the port"),
            ],
            head,
        );
        assert_misses(
            &[
                "the Bank of Tarn",
                "the Ministry of the Sea",
                "the acting minister",
                "the united ports",
                "Brenn",
            ],
            head,
        );
    }

    #[test]
    fn the_name_ends_the_head() {
        assert_hits(
            &[
                ("Ada Brenn", "ada brenn"),
                ("the trade minister Ada Brenn", "ada brenn"),
                ("Minister Ada Brenn of Arland", "ada brenn"),
                ("Arland’s Ada Brenn", "ada brenn"),
                ("Vera van Holm", "vera van holm"),
                ("the Bank of Tarn", "bank of tarn"),
                ("President Kerr", "kerr"),
            ],
            name,
        );
        assert_misses(
            &["the minister", "The Arlandian Minister", "officials in Tarn", "a head of Tarn Coal", "The"],
            name,
        );
    }
}
