//! Who says it, and for which side: the voice of each sentence of an article.

pub(crate) mod coreference;
pub(crate) mod detect;
pub(crate) mod gazetteer;
pub(crate) mod interview;
pub(crate) mod multiword_cue;
pub(crate) mod party;
pub(crate) mod source_phrase;
pub(crate) mod speaker;
pub(crate) mod types;

use std::collections::BTreeMap;

use crate::attribution::types::{Attribution, Voice};
use crate::span::Span;
use crate::word::annotate::scan;
use crate::word::segments::Runs;
use crate::word::token::{ranges, span};

/// The voice of each of the `sentences` of `text`; `None` for the narrator and
/// wherever the source is not sure.
///
/// `parties` maps the id of each side to its names, demonyms, capitals and
/// speakers; where it is empty, the countries that recur in the text are the sides.
/// Takes time linear in the text.
///
/// ```
/// use std::collections::BTreeMap;
/// use detente_lang::{Span, voices};
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
pub fn voices_in(
    runs: &Runs<'_>,
    sentences: &[Span],
    parties: &BTreeMap<String, Vec<String>>,
) -> Vec<Option<Voice>> {
    speaker::Article::of(runs, sentences, parties).voices()
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
    let words = scan(&runs);
    let mut out = Vec::new();
    for of in ranges(&words, sentences) {
        out.extend(detect::find(&words, &of).iter().map(|found| Attribution {
            source: span(&words, &found.source),
            cue: span(&words, &found.cue),
            content: span(&words, &found.content),
        }));
    }
    out
}
