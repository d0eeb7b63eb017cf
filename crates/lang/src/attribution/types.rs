//! Speakers and attributions found in a text.

use crate::span::Span;

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
