//! The subject with which a sentence starts.

use std::ops::Range;

use crate::attribution::apposition::apposition_after;
use crate::attribution::source_phrase::{is_clock_time, is_source_phrase};
use crate::word::token::{Token, TokenKind, lower_at, token_at};
use crate::word::word_class;

/// Most tokens of an introductory phrase before the subject, and of the subject.
const REACH: usize = 14;

/// The subject of a sentence with its apposition, if any.
pub(crate) fn subject_with_apposition(
    tokens: &[Token<'_>],
    sentence: &Range<usize>,
) -> Option<(Range<usize>, Option<Range<usize>>)> {
    let source = main_subject(tokens, sentence)?;
    let apposition = apposition_after(tokens, source.end, sentence.end);
    Some((source, apposition))
}

/// The subject of a sentence, if it can be a source: the pronoun or noun phrase at its start, after an introductory
/// phrase if any.
pub(crate) fn main_subject(tokens: &[Token<'_>], sentence: &Range<usize>) -> Option<Range<usize>> {
    let start = subject_start(tokens, sentence);
    if word_class::is_pronoun(lower_at(tokens, start)) {
        return Some(start..start + 1);
    }
    let mut end = start;
    let mut noun_end = None;
    while end < sentence.end && end - start < REACH {
        let is_plain = |token: &&Token<'_>| token.kind == TokenKind::Word && token.quote == 0;
        let Some(token) = tokens.get(end).filter(is_plain) else { break };
        let is_noun = token.is_capitalised || word_class::is_speaker_noun(token);
        let may_continue = end == start
            || word_class::is_name_link(token)
            || word_class::is_determiner(token)
            || word_class::is_title(token)
            || noun_end.is_none();
        if !is_noun
            && (!may_continue
                || word_class::is_be(token)
                || word_class::is_before_verb(token)
                || word_class::is_clause_start(token))
        {
            break;
        }
        end += 1;
        if is_noun {
            noun_end = Some(end);
        }
    }
    let subject = start..noun_end?;
    is_source_phrase(tokens, &subject).then_some(subject)
}

/// Where the subject starts: after punctuation, the clock time of a live report ("14:05 Brenn says …"), and an
/// introductory phrase up to its comma ("On Monday, Brenn said …").
fn subject_start(tokens: &[Token<'_>], sentence: &Range<usize>) -> usize {
    let mut start = sentence.start;
    while start < sentence.end
        && tokens.get(start).is_some_and(|token| !token.is_word() || is_clock_time(token))
    {
        start += 1;
    }
    if word_class::is_before_subject(token_at(tokens, start)) {
        let is_comma = |&i: &usize| tokens.get(i).is_some_and(|token| token.is(','));
        let comma = (start..sentence.end.min(start + REACH)).find(is_comma);
        start = comma.map_or(start + 1, |comma| comma + 1);
    }
    start
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribution::test_tokens::{assert_hits, assert_misses, with_tokens, words};

    fn subject(text: &str) -> Option<String> {
        with_tokens(text, |tokens| main_subject(tokens, &(0..tokens.len())).map(|s| words(tokens, &s)))
    }

    #[test]
    fn subject_at_the_start() {
        assert_hits(
            &[
                ("Brenn left.", "brenn"),
                ("The trade minister left.", "the trade minister"),
                ("The Harbour Guild is late.", "the harbour guild"),
                ("She left.", "she"),
                ("Minister Ada Brenn also left.", "minister ada brenn"),
                ("– The union left.", "the union"),
            ],
            subject,
        );
    }

    #[test]
    fn introductory_phrases_are_skipped() {
        assert_hits(
            &[
                ("On Monday, Brenn left.", "brenn"),
                ("After a long night in Tarn, the union left.", "the union"),
                ("Then she left.", "she"),
                ("14:05 Brenn left.", "brenn"),
            ],
            subject,
        );
    }

    #[test]
    fn other_starts_have_no_subject_that_can_speak() {
        assert_misses(
            &["Nobody left.", "The rain fell.", "On Monday.", "If Brenn left.", "“Brenn left.”", ""],
            subject,
        );
    }
}
