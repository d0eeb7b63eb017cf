//! Finds the attributions of a sentence: the source, the cue and the reported content of each.

use std::ops::Range;

use crate::attribution::according_to::{according_to, is_according_to};
use crate::attribution::attribution_match::AttributionMatch;
use crate::attribution::colon_quotation::colon_quotation;
use crate::attribution::finite_clause::finite_clause;
use crate::attribution::multiword_cue;
use crate::attribution::participle_cue::participle_cue;
use crate::attribution::types::Attribution;
use crate::span::Span;
use crate::word::annotate::annotate;
use crate::word::segments::Segments;
use crate::word::token::{Token, TokenKind, lower_at, sentence_ranges, span_of, token_at};
use crate::word::word_class::{self, SpeechVerb};

/// The attributions of `text` in order of sentences and cues, nested ones included.
///
/// Known misses on real news, the most frequent first (`tests/voice.rs` measures them): content that ends before
/// the sentence does or stands on both sides of the source; quotations in another sentence than their cue; sources
/// with more than one apposition ("Kerr, the author of “Tides”, a book on ports, said"); shares of a survey ("59
/// percent said"); relative pronouns, "I" and "we" as sources; participles at the start of a sentence ("Adding
/// that …").
#[must_use]
pub fn attributions(text: &str, sentences: &[Span]) -> Vec<Attribution> {
    let segments = Segments::new(text);
    let tokens = annotate(&segments);
    let mut found = Vec::new();
    for sentence in sentence_ranges(&tokens, sentences) {
        found.extend(find_attributions(&tokens, &sentence).iter().map(|matched| Attribution {
            source: span_of(&tokens, &matched.source),
            cue: span_of(&tokens, &matched.cue),
            content: span_of(&tokens, &matched.content),
        }));
    }
    found
}

/// The attributions of a sentence, in order of their cues.
pub(crate) fn find_attributions(tokens: &[Token<'_>], sentence: &Range<usize>) -> Vec<AttributionMatch> {
    let mut found: Vec<AttributionMatch> = Vec::new();
    let mut last_main: Option<usize> = None;
    for at in sentence.clone() {
        let earlier = last_main.and_then(|index| found.get(index));
        let matched = attribution_at(tokens, sentence, at, earlier);
        if matched.as_ref().is_some_and(|matched| !matched.is_trailing) {
            last_main = Some(found.len());
        }
        found.extend(matched);
    }
    if found.is_empty() {
        found.extend(colon_quotation(tokens, sentence));
    }
    found
}

/// The attribution whose cue starts at `at`; `earlier` is the last one before it that is not trailing.
fn attribution_at(
    tokens: &[Token<'_>],
    sentence: &Range<usize>,
    at: usize,
    earlier: Option<&AttributionMatch>,
) -> Option<AttributionMatch> {
    let is_candidate =
        |t: &&Token<'_>| word_class::may_start_cue(*t) && t.kind == TokenKind::Word && t.quote == 0;
    let token = tokens.get(at).filter(is_candidate)?;
    if is_according_to(tokens, sentence, at) {
        according_to(tokens, sentence, at)
    } else if word_class::is_say_participle(token) && !token.is_capitalised {
        participle_cue(tokens, sentence, at, earlier)
    } else if token.is_capitalised || token.is_possessive {
        None
    } else if let Some(end) = multiword_cue::end(tokens, sentence, at) {
        finite_clause(tokens, sentence, at..end, SpeechVerb::Stance, earlier)
    } else {
        let verb = word_class::speech_verb(token).filter(|_| !is_noun_use(tokens, sentence, at))?;
        finite_clause(tokens, sentence, at..at + 1, verb, earlier)
    }
}

/// Whether the verb form at `at` is used as a noun ("the member states have", "a call for") or with a particle that
/// makes it an act ("called off").
fn is_noun_use(tokens: &[Token<'_>], sentence: &Range<usize>, at: usize) -> bool {
    let word = lower_at(tokens, at);
    let after = token_at(tokens, at + 1).filter(|_| at + 1 < sentence.end);
    let next = after.map_or("", |token| &*token.lower);
    if matches!(word, "call" | "calls" | "called") && matches!(next, "off" | "up" | "in") {
        return true;
    }
    if !word_class::is_noun_or_verb(token_at(tokens, at)) {
        return false;
    }
    let before = at.checked_sub(1).and_then(|i| tokens.get(i));
    // these are verbs only before "that" or after a comma
    let is_mostly_noun = matches!(word, "state" | "states" | "text" | "texts" | "voice" | "voices")
        && next != "that"
        && !before.is_some_and(|token| token.is(','));
    // "the Arlandian claim"
    let follows_adjective = before.is_some_and(|token| token.is_capitalised && !word.ends_with('s'));
    is_mostly_noun
        || follows_adjective
        || word_class::is_tensed(after)
        || word_class::is_be(after)
        || matches!(next, "of" | "from" | "by" | "in" | "were" | "was" | "at" | "over")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribution::test_tokens::{assert_hits, assert_misses, with_marked, with_tokens, words};

    /// Source and cue of each attribution of the sentence `text`.
    fn found(text: &str) -> Option<String> {
        with_tokens(text, |tokens| {
            let found = find_attributions(tokens, &(0..tokens.len()));
            let shown =
                found.iter().map(|m| [&m.source, &m.cue].map(|range| words(tokens, range)).join(" | "));
            let shown: Vec<String> = shown.collect();
            (!shown.is_empty()).then(|| shown.join("; "))
        })
    }

    /// The marked verb form, if it is used as a noun.
    fn noun(text: &str) -> Option<String> {
        with_marked(text, |tokens, at| {
            is_noun_use(tokens, &(0..tokens.len()), at).then(|| lower_at(tokens, at).to_owned())
        })
    }

    #[test]
    fn attributions_are_in_order_of_their_cues() {
        assert_hits(
            &[
                ("Brenn said the union denied it.", "brenn | said; the union | denied"),
                ("According to Brenn, the union said no.", "brenn | according to; the union | said"),
                ("Brenn said no, adding that it was late.", "brenn | said; brenn | adding"),
                ("Brenn said no and warned of a strike.", "brenn | said; brenn | warned"),
                ("Brenn ruled out a deal.", "brenn | ruled out"),
                ("Brenn: “No deal.”", "brenn | "),
            ],
            found,
        );
        assert_misses(
            &[
                "“He said no” was the title.",
                "Talks resumed on Monday.",
                "The Said family left.",
                "It was said.",
            ],
            found,
        );
    }

    #[test]
    fn verb_forms_used_as_nouns() {
        assert_hits(
            &[
                ("The member ^states have until Friday.", "states"),
                ("The union ^called off the strike.", "called"),
                ("The Arlandian ^claim failed.", "claim"),
                ("Their ^demands were met.", "demands"),
                ("A ^report by the guild was late.", "report"),
                ("New ^fears of a strike grew.", "fears"),
            ],
            noun,
        );
        assert_misses(
            &[
                "The law ^states that ports stay open.",
                "The union ^called the strike a success.",
                "The unions ^claim that it is late.",
                "Brenn ^demands a vote.",
                "Brenn ^said it was late.",
            ],
            noun,
        );
    }
}
