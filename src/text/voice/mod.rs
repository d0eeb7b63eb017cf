//! Who says it, and for which side: the voice of each sentence of an article.
use std::collections::BTreeMap;
use std::ops::Range;

use super::Runs;
use crate::Span;

mod assign;
mod gazetteer;
mod noun;
mod phrase;
mod resolve;
mod scan;
mod side;
mod source;
mod transcript;
mod words;

pub(super) use words::{Classes, enter};

/// What kind of source speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VoiceKind {
    /// Speaks for a party.
    Party,
    /// Analysts, mediators, lobbies and others who take part for no side.
    Outsider,
    /// A source that goes unnamed, whether or not its side is told.
    Unnamed,
    /// Anyone else.
    Other,
}

/// The voice of a sentence: who says it, with which words, and for whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voice {
    /// The speaker, by the fullest name in the article; a source without a name
    /// as the text describes it.
    pub name: String,
    /// The party spoken for: an id of the given parties, else a country's plain name.
    pub side: Option<String>,
    /// What kind of source it is.
    pub kind: VoiceKind,
    /// The words that name the source, in this sentence or where it was carried from.
    pub source: Span,
    /// The words of saying; `None` where the voice is carried through a quotation.
    pub cue: Option<Span>,
    /// What is said, within this sentence.
    pub content: Span,
    /// The outlet that passes it on.
    pub channel: Option<String>,
}

/// An attribution: a source, a cue and what is said, as spans of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attribution {
    /// The words that name the source.
    pub source: Span,
    /// The words of saying.
    pub cue: Span,
    /// What is said, within the sentence.
    pub content: Span,
}

/// The voice of each of the `sentences` of `text`; `None` for the narrator and
/// wherever the source is not sure.
///
/// `parties` maps the id of each side to its names, demonyms, capitals and
/// speakers; where it is empty, the countries that recur in the text are the sides.
/// Takes time linear in the text.
///
/// ```
/// use std::collections::BTreeMap;
/// use detente::{Span, text::voices};
/// let text = "China’s Vice Premier Liu He said he was hopeful. China has invited more envoys.";
/// let found = voices(text, &[Span::new(0, 50), Span::new(51, text.len())], &BTreeMap::new());
/// let voice = found[0].as_ref().expect("Liu He speaks");
/// assert_eq!((voice.name.as_str(), voice.side.as_deref()), ("Liu He", Some("China")));
/// assert!(found[1].is_none());
/// ```
#[must_use]
pub fn voices(text: &str, sentences: &[Span], parties: &BTreeMap<String, Vec<String>>) -> Vec<Option<Voice>> {
    voices_in(&Runs::of(text), sentences, parties)
}

/// [`voices`] of a text that is cut already.
pub(crate) fn voices_in(
    runs: &Runs<'_>,
    sentences: &[Span],
    parties: &BTreeMap<String, Vec<String>>,
) -> Vec<Option<Voice>> {
    assign::Article::of(runs, sentences, parties).voices()
}

/// Every attribution of `text`, by sentence, nested ones among them.
///
/// What it misses in real news, the largest class first (`tests/voice.rs` measures it):
/// contents that end before the sentence does, or are in two parts around the source;
/// quotations that a splitter of sentences parts from their cue; sources of more than
/// one apposition ("Kerr, the author of “Tides”, a book on ports, said"); shares of a
/// survey ("59 percent said"); relative pronouns and "I" or "we" as sources; participles
/// that open a sentence ("Adding that …").
#[must_use]
pub fn attributions(text: &str, sentences: &[Span]) -> Vec<Attribution> {
    let runs = Runs::of(text);
    let words = scan::scan(&runs);
    let mut out = Vec::new();
    for of in ranges(&words, sentences) {
        out.extend(source::find(&words, &of).iter().map(|found| Attribution {
            source: span(&words, &found.source),
            cue: span(&words, &found.cue),
            content: span(&words, &found.content),
        }));
    }
    out
}

/// The words of each sentence.
fn ranges(words: &[scan::Word<'_>], sentences: &[Span]) -> Vec<Range<usize>> {
    let at = |byte: u32| words.partition_point(|w| w.span.start < byte);
    sentences.iter().map(|s| at(s.start)..at(s.end.max(s.start))).collect()
}

/// The bytes from the first to the last of the words `of`, without marks at its ends.
fn span(words: &[scan::Word<'_>], of: &Range<usize>) -> Span {
    let wordy = |i: &usize| words.get(*i).is_some_and(scan::Word::wordy);
    let ends = (of.clone().find(wordy), of.clone().rev().find(wordy));
    match ends {
        (Some(first), Some(last)) => {
            let start = words.get(first).map_or(0, |w| w.span.start);
            Span { start, end: words.get(last).map_or(start, |w| w.span.end) }
        }
        _ => Span::default(),
    }
}
