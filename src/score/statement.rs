//! [`ScoredStatement`]: one statement with its score, cues, speaker and date.

use detente_lang::{Day, Span};
use serde::{Deserialize, Serialize};

use crate::lexicon::cue::CueKind;
use crate::scale::{Probability, Score};
use crate::source_map::SourceMap;

/// One statement of an article.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScoredStatement {
    /// Position among the article's statements, from 0.
    pub index: usize,
    /// Where the statement stands in the text as given.
    #[serde(flatten)]
    pub span: Span,
    /// The statement's words.
    pub text: String,
    /// Probability that the statement bears on the prospects at all.
    pub bearing: Probability,
    /// Expected score, -1..+1; `None` where the statement hardly bears.
    pub score: Option<Score>,
    /// Probability that the source holds back from full commitment.
    pub hedge: Probability,
    /// The cues found, in the order of the text.
    pub cues: Vec<ScoredCue>,
    /// Who says it; `None` for the narrator and where it is not sure.
    pub speaker: Option<Speaker>,
    /// When what it describes took or is to take place.
    pub when: Option<When>,
    /// Whether it tells of old events that are no news for this article.
    pub background: bool,
    /// The statement's share of the article's weight, 0..1.
    pub weight: f64,
    /// The earlier statement that it says again word for word; it counts for nothing then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeats: Option<usize>,
    /// What the statement adds to the article's score.
    pub contribution: f64,
}

/// Replaces all offsets of `statements` by those in the file that the text was converted from.
pub fn map_offsets(statements: &mut [ScoredStatement], map: &SourceMap) {
    each_offset(statements, |at| *at = map.source_offset(*at));
}

fn each_offset(statements: &mut [ScoredStatement], mut visit: impl FnMut(&mut u32)) {
    for statement in statements {
        let spans = statement.cues.iter_mut().map(|cue| &mut cue.span);
        for span in spans.chain([&mut statement.span]) {
            visit(&mut span.start);
            visit(&mut span.end);
        }
        if let Some(speaker) = &mut statement.speaker {
            visit(&mut speaker.start);
            visit(&mut speaker.end);
        }
    }
}

/// A cue with its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScoredCue {
    /// Where the cue stands in the text as given.
    #[serde(flatten)]
    pub span: Span,
    /// The cue's words.
    pub text: String,
    /// What the cue does.
    pub kind: CueKind,
}

/// Who makes a statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speaker {
    /// The speaker as named in the text ("Liu He", "people close to the White House").
    pub name: String,
    /// Id of the party that the speaker speaks for; `None` for outsiders and where it is not sure.
    pub side: Option<String>,
    /// What kind of speaker it is.
    #[serde(default)]
    pub kind: SpeakerKind,
    /// The outlet that passes the words on ("Bloomberg News").
    #[serde(default)]
    pub channel: Option<String>,
    /// Where the words that name the speaker begin in the text as given, in this statement or an earlier one.
    #[serde(default)]
    pub start: u32,
    /// Where they end.
    #[serde(default)]
    pub end: u32,
}

/// What kind of speaker makes a statement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SpeakerKind {
    /// A named person or body that speaks for a party.
    Party,
    /// An analyst, mediator, lobby or other third party.
    Outsider,
    /// A source without a name ("people close to the talks").
    Unnamed,
    /// A speaker whose standing is not known.
    #[default]
    Other,
}

/// The days in which what a statement describes took or is to take place, ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
}
