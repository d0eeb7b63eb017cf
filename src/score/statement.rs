//! [`ScoredStatement`]: one statement with its score, cues, speaker and date.

use std::collections::BTreeMap;

use detente_lang::{Day, Span, SpeakerKind as MentionKind, SpeakerMention};
use serde::{Deserialize, Serialize};

use crate::lexicon::cue::CueKind;
use crate::scale::{Probability, Score};
use crate::score::event::ScoredEvent;
use crate::source_map::SourceMap;

/// One statement of an article with its score.
///
/// ```
/// use detente::Engine;
/// let statement = Engine::builtin()?.score_statement("The envoys agreed to resume talks.");
/// assert!(statement.score.is_some_and(|score| score.get() > 0.0));
/// assert!(statement.bearing.is_some_and(|bearing| bearing.get() > 0.5));
/// assert!(statement.hedge.is_some_and(|hedge| hedge.get() < 0.5));
/// # Ok::<(), detente::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ScoredStatement {
    /// Index among the article's statements, from 0.
    pub index: usize,
    /// Byte range in the article's text.
    #[serde(flatten)]
    pub span: Span,
    /// Text of the statement.
    pub text: String,
    /// Probability that the statement bears on the prospects of an agreement; `None` if the model's labels did
    /// not tell such statements from others.
    pub bearing: Option<Probability>,
    /// Expected score, -1..+1; `None` if the bearing is below 0.5.
    pub score: Option<Score>,
    /// Probability that the speaker holds back from full commitment; `None` if the model learned nothing of
    /// hedges.
    pub hedge: Option<Probability>,
    /// Most probable class; `None` if the model has no classes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Probability of each class; `None` if the model has no classes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub probabilities: Option<BTreeMap<String, Probability>>,
    /// Lexicon cues in text order.
    pub cues: Vec<ScoredCue>,
    /// Events in text order.
    #[serde(default)]
    pub events: Vec<ScoredEvent>,
    /// Speaker; `None` for the narrator and if the speaker is uncertain.
    pub speaker: Option<Speaker>,
    /// Date of the event that the statement describes.
    pub when: Option<When>,
    /// Whether the statement describes old events, which do not count in the article's outlook.
    pub background: bool,
    /// Whether the text does not belong to the article: a notice, an offer, a link, a caption, a byline.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub clutter: bool,
    /// Share of the article's weight, 0..1.
    pub weight: f64,
    /// Index of the earlier statement with the same words; a repetition has no weight.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeats: Option<usize>,
    /// Contribution to the article's score.
    pub contribution: f64,
}

/// Lexicon cue found in a statement.
///
/// ```
/// use detente::{CueKind, Engine};
/// let statement = Engine::builtin()?.score_statement("A deal may be near.");
/// let hedge = statement.cues.iter().find(|cue| cue.kind == CueKind::Hedge);
/// assert_eq!(hedge.map(|cue| cue.text.as_str()), Some("may be"));
/// # Ok::<(), detente::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ScoredCue {
    /// Byte range in the article's text.
    #[serde(flatten)]
    pub span: Span,
    /// Text of the cue.
    pub text: String,
    /// Kind of cue.
    pub kind: CueKind,
}

/// Speaker of a statement.
///
/// ```
/// use detente::{Article, Engine, SpeakerKind};
/// let article = Article::new("note", "“A deal is close,” said Ada Brenn, an analyst.");
/// let scored = Engine::builtin()?.score(&article);
/// let speaker = scored.statements[0].speaker.as_ref().unwrap();
/// assert_eq!((speaker.name.as_str(), speaker.kind), ("Ada Brenn", SpeakerKind::Outsider));
/// # Ok::<(), detente::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Speaker {
    /// Name as given in the text ("Liu He", "people close to the White House").
    pub name: String,
    /// Id of the party that the speaker represents; `None` for outsiders and if it is uncertain.
    pub side: Option<String>,
    /// Kind of speaker.
    #[serde(default)]
    pub kind: SpeakerKind,
    /// Outlet that reports the words ("Bloomberg News").
    #[serde(default)]
    pub channel: Option<String>,
    /// Offset of the words that name the speaker, in this statement or an earlier one.
    #[serde(default)]
    pub start: u32,
    /// Offset after these words.
    #[serde(default)]
    pub end: u32,
}

/// Kind of [`Speaker`].
///
/// ```
/// use detente::SpeakerKind;
/// assert_eq!(serde_json::to_string(&SpeakerKind::Unnamed)?, r#""unnamed""#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SpeakerKind {
    /// Named person or body that represents a party.
    Party,
    /// Analyst, mediator, lobby or other third party.
    Outsider,
    /// Source without a name ("people close to the talks").
    Unnamed,
    /// Speaker whose role is unknown.
    #[default]
    Other,
}

impl SpeakerKind {
    /// Returns the name, as JSON writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Party => "party",
            Self::Outsider => "outsider",
            Self::Unnamed => "unnamed",
            Self::Other => "other",
        }
    }
}

/// First and last day of the event that a statement describes.
///
/// ```
/// use detente::{Article, Engine};
/// let mut article = Article::new("note", "The sides signed the accord on Monday.");
/// article.date = Some("2031-05-09".parse()?);
/// let when = Engine::builtin()?.score(&article).statements[0].when.unwrap();
/// assert_eq!((when.from, when.to), ("2031-05-05".parse()?, "2031-05-05".parse()?));
/// # Ok::<(), detente::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct When {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
}

impl From<SpeakerMention> for Speaker {
    fn from(mention: SpeakerMention) -> Self {
        let Span { start, end } = mention.source;
        let kind = SpeakerKind::from(mention.kind);
        Self { name: mention.name, side: mention.side, kind, channel: mention.channel, start, end }
    }
}

impl From<MentionKind> for SpeakerKind {
    fn from(kind: MentionKind) -> Self {
        match kind {
            MentionKind::Party => Self::Party,
            MentionKind::Outsider => Self::Outsider,
            MentionKind::Unnamed => Self::Unnamed,
            MentionKind::Other => Self::Other,
        }
    }
}

/// Replaces all offsets of `statements` by offsets in the file that the text was converted from.
pub fn map_offsets(statements: &mut [ScoredStatement], map: &SourceMap) {
    for statement in statements {
        let cues = statement.cues.iter_mut().map(|cue| &mut cue.span);
        let events = statement.events.iter_mut().map(|event| &mut event.span);
        for span in cues.chain(events).chain([&mut statement.span]) {
            span.start = map.source_offset(span.start);
            span.end = map.source_offset(span.end);
        }
        if let Some(speaker) = &mut statement.speaker {
            speaker.start = map.source_offset(speaker.start);
            speaker.end = map.source_offset(speaker.end);
        }
    }
}
