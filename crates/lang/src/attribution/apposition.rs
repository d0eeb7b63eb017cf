//! Appositions to a source: ", the trade minister,", ", Ada Brenn,", ", who leads the union,".

use std::ops::Range;

use crate::attribution::phrase_head::name_in;
use crate::attribution::source_phrase::{is_source_phrase, source_ending_at};
use crate::word::token::{Token, lower_at, token_at};
use crate::word::word_class;

/// Most tokens of an apposition.
const MAX_APPOSITION: usize = 40;
/// Most segments between commas before a verb that are searched for its source: "Ada Brenn, the minister for ports,
/// a former captain, said".
const MAX_SEGMENTS: usize = 4;

/// The apposition that starts with the comma at `at`, before `end`: ", the trade minister," or ", who leads …,".
pub(crate) fn apposition_after(tokens: &[Token<'_>], at: usize, end: usize) -> Option<Range<usize>> {
    if at >= end || !tokens.get(at)?.is(',') {
        return None;
    }
    let end = end.min(at + MAX_APPOSITION);
    let is_end = |&i: &usize| tokens.get(i).is_none_or(|token| !token.is_word());
    let phrase = at + 1..(at + 1..end).find(is_end).unwrap_or(end);
    let first = tokens.get(phrase.start).filter(|_| !phrase.is_empty())?;
    let describes_source = word_class::is_determiner(first)
        || first.lower == "who"
        || word_class::is_speaker_noun(first)
        || first.is_capitalised
        || first.is_possessive
        || phrase.clone().any(|i| word_class::is_speaker_noun(token_at(tokens, i)));
    describes_source.then_some(phrase)
}

/// The name that an apposition gives to an unnamed source: ", Ada Brenn" or ", a judge called Ada Brenn".
pub(crate) fn name_in_apposition(tokens: &[Token<'_>], apposition: &Range<usize>) -> Option<Range<usize>> {
    let called = apposition.clone().find(|&i| matches!(lower_at(tokens, i), "called" | "named"));
    let phrase = called.map_or(apposition.start, |i| i + 1)..apposition.end;
    let first = tokens
        .get(phrase.start)
        .filter(|token| !word_class::is_determiner(token) && !token.is_possessive && token.lower != "who")?;
    let name = name_in(tokens, &phrase)
        .filter(|name| name.len() > 1 || name.start > phrase.start || called.is_some())?;
    let is_introduced =
        first.is_capitalised || word_class::is_role(token_at(tokens, name.start - 1)) || called.is_some();
    is_introduced.then_some(name)
}

/// The source before the comma at `within.end`, with the apposition between them if any: "Ada Brenn, the minister,
/// said", "the minister, Ada Brenn, said".
pub(crate) fn source_before_comma(
    tokens: &[Token<'_>],
    within: Range<usize>,
) -> Option<(Range<usize>, Option<Range<usize>>)> {
    let mut end = within.end;
    let mut apposition: Option<Range<usize>> = None;
    for _ in 0..MAX_SEGMENTS {
        let segment = segment_start(tokens, &within, end)..end;
        if segment.is_empty() {
            return None;
        }
        if let Some(apposition) = &apposition {
            if is_name_after_description(tokens, apposition, &segment) {
                let describes = |i: usize| {
                    word_class::is_speaker_noun(token_at(tokens, i))
                        || tokens.get(i).is_some_and(|token| token.is_possessive)
                };
                return Some((apposition.clone(), segment.clone().any(describes).then_some(segment)));
            }
            if let Some(source) = source_ending_at(tokens, segment.clone(), false) {
                let is_name = is_source_phrase(tokens, apposition)
                    && name_in(tokens, apposition).as_ref() == Some(apposition);
                return Some(if is_name && name_in(tokens, &source).is_none() {
                    (apposition.clone(), Some(source))
                } else {
                    (source, Some(apposition.clone()))
                });
            }
        }
        apposition = Some(segment.start..apposition.map_or(segment.end, |apposition| apposition.end));
        let comma = segment.start.checked_sub(1).filter(|_| segment.start > within.start)?;
        if !tokens.get(comma).is_some_and(|token| token.is(',')) {
            return None;
        }
        end = comma;
    }
    None
}

/// Where the segment that ends at `end` starts: after a comma, semicolon, colon or quotation.
fn segment_start(tokens: &[Token<'_>], within: &Range<usize>, end: usize) -> usize {
    let is_part = |token: &Token<'_>| !token.is(',') && token.quote == 0 && !token.is(';') && !token.is(':');
    let mut start = end;
    while start > within.start && tokens.get(start - 1).is_some_and(is_part) {
        start -= 1;
    }
    start
}

/// Whether `apposition` is a full name and the `segment` before it does not end in a name ("the minister for ports,
/// Ada Brenn,").
fn is_name_after_description(
    tokens: &[Token<'_>],
    apposition: &Range<usize>,
    segment: &Range<usize>,
) -> bool {
    apposition.len() > 1
        && name_in(tokens, apposition).as_ref() == Some(apposition)
        && !segment
            .end
            .checked_sub(1)
            .and_then(|last| tokens.get(last))
            .is_some_and(|token| token.is_capitalised)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribution::test_tokens::{assert_hits, assert_misses, with_marked, with_tokens, words};

    /// The apposition after the first comma.
    fn after(text: &str) -> Option<String> {
        with_tokens(text, |tokens| {
            let comma = tokens.iter().position(|token| token.is(','))?;
            apposition_after(tokens, comma, tokens.len()).map(|range| words(tokens, &range))
        })
    }

    #[test]
    fn appositions_describe_the_source() {
        assert_hits(
            &[
                ("Brenn, the trade minister, left.", "the trade minister"),
                ("Brenn, who leads the union, left.", "who leads the union"),
                ("Brenn, minister for ports, left.", "minister for ports"),
                ("The minister, Ada Brenn, left.", "ada brenn"),
                ("Kerr, long an analyst, left.", "long an analyst"),
            ],
            after,
        );
        assert_misses(
            &["Brenn, however, left.", "Brenn left, too.", "Brenn,", "Brenn, “the fox”, left."],
            after,
        );
    }

    #[test]
    fn appositions_name_an_unnamed_source() {
        let name = |apposition: &str| {
            with_tokens(apposition, |tokens| {
                name_in_apposition(tokens, &(0..tokens.len())).map(|name| words(tokens, &name))
            })
        };
        assert_hits(
            &[
                ("Ada Brenn", "ada brenn"),
                ("a judge called Ada Brenn", "ada brenn"),
                ("a dog named Rex", "rex"),
                ("spokesman Ulf Tarn", "ulf tarn"),
                ("Minister Kerr", "kerr"),
            ],
            name,
        );
        assert_misses(
            &["Tarn", "the judge Ada Brenn", "who leads Tarn Coal", "Arland’s Ada Brenn", "a judge"],
            name,
        );
    }

    /// Source and apposition before the comma before the marked token.
    fn before(text: &str) -> Option<String> {
        with_marked(text, |tokens, at| {
            let (source, apposition) = source_before_comma(tokens, 0..at - 1)?;
            let apposition = apposition.map_or(String::new(), |range| words(tokens, &range));
            Some(format!("{} | {apposition}", words(tokens, &source)))
        })
    }

    #[test]
    fn source_and_apposition_before_a_comma() {
        assert_hits(
            &[
                ("Ada Brenn, the trade minister, ^said", "ada brenn | the trade minister"),
                ("The trade minister, Ada Brenn, ^said", "ada brenn | the trade minister"),
                ("The head of the guild, Ulla Kerr, ^said", "ulla kerr | the head of the guild"),
                ("Brenn, who leads the union, ^said", "brenn | who leads the union"),
                (
                    "The union, which called the strike in May, ^said",
                    "the union | which called the strike in may",
                ),
            ],
            before,
        );
        assert_misses(
            &[
                "Prices rose, it seems, ^said",
                "In the end, ^said",
                "Brenn left; now, ^said",
                "“Brenn”, ^said",
            ],
            before,
        );
    }
}
