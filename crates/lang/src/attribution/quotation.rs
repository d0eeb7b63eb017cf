//! Propagates speakers through quotations of several sentences.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::attribution::types::SpeakerMention;
use crate::word::token::{Token, span_of};

/// Gives each sentence that is entirely quoted and has no speaker the speaker of its quotation: that of the first
/// sentence of the quotation with one, else that of the sentence before.
pub(crate) fn propagate_through_quotations(
    tokens: &[Token<'_>],
    sentences: &[Range<usize>],
    speakers: &mut [Option<SpeakerMention>],
) {
    let mut sentence_of_quote: BTreeMap<u32, usize> = BTreeMap::new();
    for (at, sentence) in sentences.iter().enumerate() {
        if speakers.get(at).is_some_and(Option::is_some) {
            let quoted = tokens.get(sentence.clone()).unwrap_or(&[]).iter().filter(|t| t.quote > 0);
            for token in quoted {
                sentence_of_quote.entry(token.quote).or_insert(at);
            }
        }
    }
    for (at, sentence) in sentences.iter().enumerate() {
        if speakers.get(at).is_none_or(Option::is_some) {
            continue;
        }
        let Some(quote) = enclosing_quote(tokens, sentence) else { continue };
        let from = sentence_of_quote.get(&quote).copied().or(at.checked_sub(1));
        let speaker = from.and_then(|from| speakers.get(from).cloned().flatten());
        if let (Some(slot), Some(speaker)) = (speakers.get_mut(at), speaker) {
            *slot = Some(SpeakerMention { cue: None, content: span_of(tokens, sentence), ..speaker });
        }
    }
}

/// The quotation that the first word of the sentence is in, if all of its words are quoted.
fn enclosing_quote(tokens: &[Token<'_>], sentence: &Range<usize>) -> Option<u32> {
    let words = tokens.get(sentence.clone()).unwrap_or(&[]).iter().filter(|token| token.is_word());
    let mut quotes = words.map(|token| token.quote);
    let first = quotes.next().filter(|quote| *quote > 0)?;
    quotes.all(|quote| quote > 0).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribution::test_tokens::{assert_hits, assert_misses, with_tokens};
    use crate::attribution::types::SpeakerKind;
    use crate::span::Span;
    use crate::word::token::sentence_ranges;

    /// The speakers after propagation, a letter for each sentence and "-" for none. Sentences are separated by "|";
    /// "b:" and "k:" start sentences that the speakers b and k were found in.
    fn propagated(text: &str) -> Option<String> {
        let (mut plain, mut spans, mut speakers) = (String::new(), Vec::new(), Vec::new());
        for part in text.split('|') {
            let (name, part) = match part.split_once(':') {
                Some((name, part)) => (Some(name.trim().to_owned()), part),
                None => (None, part),
            };
            spans.push(Span::new(plain.len(), plain.len() + part.len()));
            plain += part;
            speakers.push(name.map(|name| SpeakerMention {
                name,
                side: None,
                kind: SpeakerKind::Other,
                source: Span::default(),
                cue: Some(Span::default()),
                content: Span::default(),
                channel: None,
            }));
        }
        with_tokens(&plain, |tokens| {
            propagate_through_quotations(tokens, &sentence_ranges(tokens, &spans), &mut speakers);
        });
        let has_cue = |speaker: &SpeakerMention| speaker.cue.is_some();
        let found =
            speakers.iter().map(|speaker| speaker.as_ref().map_or("-", |speaker| speaker.name.as_str()));
        speakers.iter().flatten().any(|speaker| !has_cue(speaker)).then(|| found.collect())
    }

    #[test]
    fn quoted_sentences_have_the_speaker_of_their_quotation() {
        assert_hits(
            &[
                ("b:“No,” Brenn said. |“It is over.”", "bb"),
                ("b:“No,” Brenn said. “It is over. |It is late.”", "bb"),
                ("“It is over. |b: It is late,” Brenn said.", "bb"),
                ("b:Brenn said no. |“It is over.” |“It is late.”", "bbb"),
                ("b:“One,” Brenn said.\n\n|“Two.\n\n|“Three.”", "bbb"),
                ("k:Kerr left. |“One. |b: Two,” Brenn said.", "kbb"),
            ],
            propagated,
        );
        assert_misses(
            &[
                "b:“No,” Brenn said. |It is over.",
                "b:“No,” Brenn said. |He called it “over”.",
                "“It is over.” |It rained.",
                "b:Brenn said no. |It rained. |“It is over.”",
            ],
            propagated,
        );
    }
}
