//! Results of attribution: speakers of sentences, and attributions as spans.

use crate::span::Span;

/// The speaker of a sentence as the text mentions it, and the party it speaks for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SpeakerMention {
    /// The fullest name of the speaker in the article; for an unnamed source, its description in the text.
    pub name: String,
    /// The party that the speaker belongs to: an id of the given parties, or the plain name of a country.
    pub side: Option<String>,
    /// The kind of speaker.
    pub kind: SpeakerKind,
    /// The words that name the source, in this sentence or in the one that the speaker was taken from.
    pub source: Span,
    /// The words of saying; `None` if the speaker was propagated through a quotation or an interview.
    pub cue: Option<Span>,
    /// What is said, within this sentence.
    pub content: Span,
    /// The news outlet that reports the statement.
    pub channel: Option<String>,
}

/// The speakers of an article and, if no parties were given, the parties found in it.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct ArticleSpeakers {
    /// The speaker of each sentence; `None` for the narrator and where no source is certain.
    pub speakers: Vec<Option<SpeakerMention>>,
    /// The names of the negotiating parties found in the text, in order of first mention, whether or not they speak.
    pub parties: Vec<String>,
}

/// The kind of a speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpeakerKind {
    /// Speaks for a party.
    Party,
    /// Analyst, mediator, lobby or other participant that speaks for no party.
    Outsider,
    /// Source without a name, whether or not its party is known.
    Unnamed,
    /// Any other speaker.
    Other,
}

/// An attribution: a source, a cue and the reported content, as spans of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attribution {
    /// The words that name the source.
    pub source: Span,
    /// The words of saying.
    pub cue: Span,
    /// What is said, within the sentence.
    pub content: Span,
}
