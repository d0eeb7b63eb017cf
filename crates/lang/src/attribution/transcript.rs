//! Transcripts: lines that start with the name of who speaks and a colon ("BRENN: We will sign.").

use std::ops::Range;

use crate::attribution::phrase_head::name_in;
use crate::word::class::WordClasses;
use crate::word::token::{Token, TokenKind};

/// Most tokens of a label ("Trade Minister Ada Brenn").
const MAX_LABEL: usize = 6;

/// Letters of the shortest label of one word: "Q:" is that of an interview.
const MIN_SURNAME: usize = 3;

/// The name that labels the turn of each sentence, up to the next label or, without one, the end of the paragraph. A
/// text is a transcript if it has two labels.
pub(crate) fn transcript_turns(
    tokens: &[Token<'_>],
    sentences: &[Range<usize>],
) -> Vec<Option<Range<usize>>> {
    let labels: Vec<Option<Range<usize>>> =
        sentences.iter().map(|sentence| label(tokens, sentence)).collect();
    if labels.iter().flatten().nth(1).is_none() {
        return vec![None; sentences.len()];
    }
    let mut current: Option<(Range<usize>, u32)> = None;
    let turns = sentences.iter().zip(labels).map(|(sentence, label)| {
        let paragraph = tokens.get(sentence.start).map_or(0, |token| token.paragraph);
        current =
            label.map(|label| (label, paragraph)).or(current.take().filter(|(_, last)| *last == paragraph));
        current.as_ref().map(|(label, _)| label.clone())
    });
    turns.collect()
}

/// The name at the start of the sentence that a colon follows, without quotation: "Ada Brenn: We will sign."
fn label(tokens: &[Token<'_>], sentence: &Range<usize>) -> Option<Range<usize>> {
    let reach = sentence.start..sentence.end.min(sentence.start + MAX_LABEL + 1);
    let colon = reach.clone().find(|&at| tokens.get(at).is_some_and(|token| token.is(':')))?;
    let words = sentence.start..colon;
    let is_name = |token: &Token<'_>| token.kind == TokenKind::Word && token.is_capitalised;
    let has_text = tokens
        .get(colon + 1)
        .is_some_and(|token| colon + 1 < sentence.end && token.kind != TokenKind::OpenQuote);
    let is_label = has_text && !words.is_empty() && tokens.get(words.clone())?.iter().all(is_name);
    let name = name_in(tokens, &words).filter(|_| is_label)?;
    let last = tokens.get(name.end - 1)?;
    // "Update:", "Talks:": a label of one word is a name only if nothing else is known of it
    let may_be_surname = last.classes == WordClasses::default() && last.lower.len() >= MIN_SURNAME;
    (name.len() > 1 || may_be_surname).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribution::test_tokens::{assert_hits, assert_misses, with_tokens, words};
    use crate::sentence::split::sentences;
    use crate::span::Span;
    use crate::word::token::sentence_ranges;

    /// The labels of the sentences; "-" for none.
    fn turns(text: &str) -> Option<String> {
        with_tokens(text, |tokens| {
            let spans: Vec<Span> =
                sentences(text, Span::new(0, text.len())).into_iter().map(|sentence| sentence.span).collect();
            let turns = transcript_turns(tokens, &sentence_ranges(tokens, &spans));
            let shown = |turn: &Option<Range<usize>>| {
                turn.as_ref().map_or_else(|| "-".to_owned(), |name| words(tokens, name))
            };
            turns.iter().any(Option::is_some).then(|| turns.iter().map(shown).collect::<Vec<_>>().join(", "))
        })
    }

    #[test]
    fn turns_start_with_a_name() {
        assert_hits(
            &[
                ("ADA BRENN: We sign.\n\nULF KERR: We do not.", "ada brenn, ulf kerr"),
                (
                    "Ada Brenn: We sign. It is late.\n\nIt rained.\n\nBrenn: Yes.",
                    "ada brenn, ada brenn, -, brenn",
                ),
                ("Ada Brenn: We sign.\nUlf Kerr: We do not.", "ada brenn, ulf kerr"),
                ("Minister Ada Brenn: We sign.\n\nKerr: No.", "ada brenn, kerr"),
            ],
            turns,
        );
        assert_misses(
            &[
                "Ada Brenn: We sign.",
                "Q: Do you sign?\n\nA: We do.\n\nQ: Why?",
                "Talks: It is late.\n\nThe offer: ten ships.",
                "Ada Brenn: “We sign.”\n\nUlf Kerr: “No.”",
                "It was over: Ada Brenn left.\n\nIt was late: Ulf Kerr left.",
            ],
            turns,
        );
    }
}
