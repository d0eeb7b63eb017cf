//! [`clutter`]: which sentences of a text do not belong to its article.

use crate::clutter::label::{byline, link_label, live_furniture, picture_caption, share_line, topic_tags};
use crate::clutter::line::Line;
use crate::clutter::notice::{
    advertisement, comment_rules, consent_notice, correction_note, page_furniture, reader_appeal,
    rights_notice, subscription_offer,
};
use crate::span::Span;
use crate::word::annotate::annotate;
use crate::word::class::Class;
use crate::word::segments::Segments;
use crate::word::token::Token;
use crate::word::word_class;

/// Whether a line is clutter of one kind.
type Rule = fn(&Line<'_>) -> bool;

/// Most sentences of a line that is clutter as a whole if one of them is.
const MAX_LINE: usize = 4;

/// Whether each of the `sentences` of a text is clutter: a notice to the reader, an offer, the label of a link or
/// picture, a byline. What somebody says is never clutter.
///
/// ```
/// use detente_lang::{Segments, Span, clutter};
/// let text = "Read more: Talks collapse\n\nTalks resumed on Monday.";
/// assert_eq!(clutter(&Segments::new(text), &[Span::new(0, 25), Span::new(27, text.len())]), [true, false]);
/// ```
#[must_use]
pub fn clutter(segments: &Segments<'_>, sentences: &[Span]) -> Vec<bool> {
    let text = segments.text();
    let mut found: Vec<bool> = sentences
        .iter()
        .map(|sentence| may_be_clutter(segments, *sentence) && is_clutter(text, *sentence))
        .collect();
    if found.contains(&true) {
        extend_to_lines(text, sentences, &mut found);
    }
    found
}

/// Whether a sentence has a word that clutter starts with, or one that hardly anything else has.
fn may_be_clutter(segments: &Segments<'_>, sentence: Span) -> bool {
    let Some(words) = segments.within(sentence) else { return false };
    let is = |at: usize, class: Class| words.get(at).is_some_and(|word| segments.entry(word).is(class));
    is(0, Class::ClutterStart)
        || words.first().is_some_and(|word| word.has_digit)
        || (0..words.len()).any(|at| is(at, Class::ClutterWord))
        || sentence.slice(segments.text()).starts_with('©')
}

fn is_clutter(text: &str, sentence: Span) -> bool {
    const RULES: [Rule; 14] = [
        page_furniture,
        topic_tags,
        consent_notice,
        subscription_offer,
        reader_appeal,
        correction_note,
        rights_notice,
        advertisement,
        comment_rules,
        link_label,
        share_line,
        picture_caption,
        byline,
        live_furniture,
    ];
    let segments = Segments::new(sentence.slice(text));
    let tokens = annotate(&segments);
    let line = Line { tokens: &tokens, is_alone: starts_line(text, sentence) && ends_line(text, sentence) };
    !is_reported(&tokens) && RULES.iter().any(|rule| rule(&line))
}

/// Whether somebody says the sentence: it has a verb of saying or a quotation outside a label.
fn is_reported(tokens: &[Token<'_>]) -> bool {
    let is_label_end = tokens.iter().position(|token| token.is(':')).filter(|&colon| colon < MAX_LINE);
    let own = tokens.get(..is_label_end.unwrap_or(tokens.len())).unwrap_or_default();
    own.iter().any(|token| {
        matches!(&*token.lower, "said" | "says" | "told") || token.quote > 0 && word_class::is_say(token)
    })
}

/// Marks the other sentences of short lines that have clutter: "All rights reserved. Ask us first."
fn extend_to_lines(text: &str, sentences: &[Span], found: &mut [bool]) {
    let mut from = 0;
    while from < sentences.len() {
        let mut to = from + 1;
        while to < sentences.len() && sentences.get(to).is_some_and(|next| !starts_line(text, *next)) {
            to += 1;
        }
        let line = from..to;
        if line.len() > 1
            && line.len() <= MAX_LINE
            && found.get(line.clone()).is_some_and(|line| line.contains(&true))
        {
            for at in line {
                if let (Some(sentence), Some(slot)) = (sentences.get(at), found.get_mut(at)) {
                    *slot = *slot || addresses_reader(sentence.slice(text));
                }
            }
        }
        from = to;
    }
}

/// Whether a sentence speaks to the reader and reports nothing.
fn addresses_reader(sentence: &str) -> bool {
    let segments = Segments::new(sentence);
    let tokens = annotate(&segments);
    let speaks_to =
        |token: &Token<'_>| matches!(&*token.lower, "you" | "your" | "us" | "our" | "we" | "here");
    !is_reported(&tokens) && tokens.iter().any(speaks_to)
}

/// Whether nothing but space precedes the sentence in its line.
fn starts_line(text: &str, sentence: Span) -> bool {
    let before = text.get(..sentence.start as usize).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    line.trim_matches(|c: char| !c.is_alphanumeric()).is_empty()
}

/// Whether nothing but space follows the sentence in its line.
fn ends_line(text: &str, sentence: Span) -> bool {
    let after = text.get(sentence.end as usize..).unwrap_or_default();
    after.split('\n').next().unwrap_or_default().trim().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sentence::split::sentences;

    /// The sentences of `text` that are clutter.
    fn found(text: &str) -> Vec<String> {
        let spans: Vec<Span> =
            sentences(text, Span::new(0, text.len())).into_iter().map(|sentence| sentence.span).collect();
        let clutter = clutter(&Segments::new(text), &spans);
        spans.iter().zip(clutter).filter(|(_, is)| *is).map(|(span, _)| span.slice(text).to_owned()).collect()
    }

    #[test]
    fn lines_of_the_page_are_clutter() {
        assert_eq!(
            found("By Ada Brenn\n\nTalks resumed. Read more: Talks collapse\n\nShare this article"),
            ["By Ada Brenn", "Read more: Talks collapse", "Share this article"]
        );
        assert_eq!(
            found("Comments are closed. Write to us.\n\nTalks resumed. We are ready."),
            ["Comments are closed.", "Write to us."]
        );
    }

    #[test]
    fn what_somebody_says_is_no_clutter() {
        for text in [
            "Sign our accord or leave, the envoy said.",
            "“Our journalism will not stop the talks,” he said.",
            "Support us, the union told ministers.",
            "Talks resumed.",
        ] {
            assert!(found(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn all_lines_of_the_list_are_clutter() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/clutter.txt");
        let lines = std::fs::read_to_string(path).expect("the list");
        let missed = |line: &&str| {
            let spans = sentences(line, Span::new(0, line.len()));
            found(line).len() < spans.len()
        };
        let missed: Vec<&str> = lines.lines().filter(missed).collect();
        assert!(missed.is_empty(), "{missed:#?}");
    }
}
