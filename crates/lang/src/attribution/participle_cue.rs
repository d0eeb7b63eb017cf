//! Attributions whose cue is a participle: "saying", "adding that", "is warning", "citing".

use std::ops::Range;

use crate::attribution::attribution_match::{AttributionMatch, reach_after, reach_before};
use crate::attribution::source_phrase::{source_ending_at, source_starting_at};
use crate::attribution::subject::subject_with_apposition;
use crate::word::token::{Token, TokenKind, lower_at, token_at};
use crate::word::word_class;

/// Most adverbs between "be" and its participle ("is now also openly saying").
const MAX_ADVERBS: usize = 4;

/// The attribution whose cue is the participle at `at`; `earlier` is the last one before it that is not trailing.
pub(crate) fn participle_cue(
    tokens: &[Token<'_>],
    sentence: &Range<usize>,
    at: usize,
    earlier: Option<&AttributionMatch>,
) -> Option<AttributionMatch> {
    if lower_at(tokens, at) == "citing" {
        return citing(tokens, sentence, at);
    }
    if let Some(be) = form_of_be_before(tokens, sentence, at) {
        return progressive(tokens, sentence, be, at);
    }
    let before = tokens.get(at.checked_sub(1)?)?;
    if before.is(',') || before.kind == TokenKind::CloseQuote || before.lower == "and" {
        trailing_participle(tokens, sentence, at, earlier)
    } else {
        with_participle(tokens, sentence, at)
    }
}

/// "…, citing X": X is the source of what precedes.
fn citing(tokens: &[Token<'_>], sentence: &Range<usize>, at: usize) -> Option<AttributionMatch> {
    let source = source_starting_at(tokens, reach_after(sentence, at + 1), false)?;
    let content = sentence.start..at;
    Some(AttributionMatch { source, apposition: None, cue: at..at + 1, content, is_trailing: false })
}

/// The index of the form of "be" that makes the participle at `at` a progressive verb.
fn form_of_be_before(tokens: &[Token<'_>], sentence: &Range<usize>, at: usize) -> Option<usize> {
    let mut start = at;
    while start > sentence.start
        && at - start < MAX_ADVERBS
        && word_class::is_before_verb(token_at(tokens, start - 1))
    {
        start -= 1;
    }
    let be = start.checked_sub(1).filter(|&be| be >= sentence.start)?;
    (word_class::is_be(token_at(tokens, be)) && lower_at(tokens, be) != "being").then_some(be)
}

/// "X is saying", with the form of "be" at `be` and the participle at `at`.
fn progressive(
    tokens: &[Token<'_>],
    sentence: &Range<usize>,
    be: usize,
    at: usize,
) -> Option<AttributionMatch> {
    let mut start = be;
    while start > sentence.start && word_class::is_before_verb(token_at(tokens, start - 1)) {
        start -= 1;
    }
    let source = source_ending_at(tokens, reach_before(sentence, start), false)?;
    let content = at + 1..sentence.end;
    Some(AttributionMatch { source, apposition: None, cue: start..at + 1, content, is_trailing: false })
}

/// "with X saying".
fn with_participle(tokens: &[Token<'_>], sentence: &Range<usize>, at: usize) -> Option<AttributionMatch> {
    let source = source_ending_at(tokens, reach_before(sentence, at), false)?;
    let before = source.start.checked_sub(1).map_or("", |i| lower_at(tokens, i));
    let content = at + 1..sentence.end;
    (before == "with").then_some(AttributionMatch {
        source,
        apposition: None,
        cue: at..at + 1,
        content,
        is_trailing: false,
    })
}

/// "X said …, adding that …": the participle shares the source of the earlier attribution, or else the subject of
/// the sentence.
fn trailing_participle(
    tokens: &[Token<'_>],
    sentence: &Range<usize>,
    at: usize,
    earlier: Option<&AttributionMatch>,
) -> Option<AttributionMatch> {
    let (source, apposition) = match earlier {
        Some(earlier) => (earlier.source.clone(), earlier.apposition.clone()),
        None => subject_with_apposition(tokens, sentence)?,
    };
    let content = at + 1..sentence.end;
    Some(AttributionMatch { source, apposition, cue: at..at + 1, content, is_trailing: true })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribution::test_tokens::{assert_hits, assert_misses, shown, with_marked};

    /// The attribution of the marked participle, if it is trailing or not as asked.
    fn found(text: &str, is_trailing: bool) -> Option<String> {
        with_marked(text, |tokens, at| {
            let found = participle_cue(tokens, &(0..tokens.len()), at, None);
            found.filter(|m| m.is_trailing == is_trailing).map(|m| shown(tokens, &m))
        })
    }

    fn found_main(text: &str) -> Option<String> {
        found(text, false)
    }

    fn found_trailing(text: &str) -> Option<String> {
        found(text, true)
    }

    #[test]
    fn citing_a_source() {
        assert_hits(
            &[
                (
                    "The port will close, ^citing two officials.",
                    "two officials | citing | the port will close",
                ),
                ("A deal is near, ^citing Ada Brenn.", "ada brenn | citing | a deal is near"),
                (
                    "Talks failed, ^citing people close to the union.",
                    "people close to the union | citing | talks failed",
                ),
                (
                    "Talks failed, ^citing the Harbour Guild on Monday.",
                    "the harbour guild | citing | talks failed",
                ),
            ],
            found_main,
        );
        assert_misses(
            &["The guild struck, ^citing low pay.", "She left, ^citing.", "He resigned, ^citing “reasons”."],
            found_main,
        );
    }

    #[test]
    fn progressive_verbs() {
        assert_hits(
            &[
                ("Brenn is ^saying no.", "brenn | is saying | no"),
                ("The union was ^warning of a strike.", "the union | was warning | of a strike"),
                ("Officials are now openly ^saying it.", "officials | are now openly saying | it"),
                ("The union has been ^warning of a strike.", "the union | has been warning | of a strike"),
            ],
            found_main,
        );
        assert_misses(
            &["The clock is ^saying noon.", "Nobody is ^saying that.", "No one was ^saying a word."],
            found_main,
        );
    }

    #[test]
    fn with_a_source_and_a_participle() {
        assert_hits(
            &[
                ("Talks slowed, with Brenn ^saying no.", "brenn | saying | no"),
                ("It slowed, with the union ^warning of a strike.", "the union | warning | of a strike"),
                ("Views differ, with analysts ^saying it is late.", "analysts | saying | it is late"),
                (
                    "With officials ^insisting it is safe, it opened.",
                    "officials | insisting | it is safe it opened",
                ),
            ],
            found_main,
        );
        assert_misses(
            &[
                "They heard Brenn ^saying no.",
                "A letter ^saying no was sent.",
                "Talks slowed, with rain ^warning nobody.",
            ],
            found_main,
        );
    }

    #[test]
    fn trailing_participles_share_the_subject() {
        assert_hits(
            &[
                ("Brenn left early, ^saying she was tired.", "brenn | saying | she was tired"),
                ("The union walked out, ^warning of a strike.", "the union | warning | of a strike"),
                ("The minister rose and ^adding a joke left.", "the minister | adding | a joke left"),
                (
                    "Ada Brenn spoke “at length” ^insisting it was safe.",
                    "ada brenn | insisting | it was safe",
                ),
            ],
            found_trailing,
        );
        assert_misses(
            &[
                "The cost rose, ^adding pressure.",
                "The rain fell, ^saying nothing.",
                "If Brenn left, ^saying nothing, it ended.",
            ],
            found_trailing,
        );
    }

    #[test]
    fn trailing_participles_share_an_earlier_source() {
        with_marked("Prices fell, Brenn said, ^adding that it was late.", |tokens, at| {
            let earlier = AttributionMatch {
                source: 3..4,
                apposition: None,
                cue: 4..5,
                content: 0..3,
                is_trailing: false,
            };
            let found = participle_cue(tokens, &(0..tokens.len()), at, Some(&earlier));
            assert_eq!(found.map(|m| (m.source, m.is_trailing)), Some((3..4, true)));
        });
    }
}
