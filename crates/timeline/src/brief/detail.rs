//! [`ArticleDetail`]: the statements of an article with their texts, for a brief.

use detente::internals::side_name;
use detente::{EventState, ScoredArticle, ScoredStatement, SpeakerKind, Verdict};

use crate::scored_row::RowWhen;

/// What a brief needs beside the series.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ArticleDetail {
    pub(crate) reading: Option<Verdict>,
    /// The named parties of the article.
    pub(crate) parties: Box<[Box<str>]>,
    pub(crate) sentences: Box<[Sentence]>,
}

/// A statement that is part of the article.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sentence {
    pub(crate) text: Box<str>,
    /// Name of the quoted speaker.
    pub(crate) speaker: Option<Box<str>>,
    pub(crate) side: Box<str>,
    pub(crate) when: Option<RowWhen>,
    pub(crate) score: Option<f64>,
    pub(crate) bearing: f64,
    pub(crate) background: bool,
    /// Whether something happened in it.
    pub(crate) is_asserted: bool,
    /// Whether it demands, fears or depends on something.
    pub(crate) is_conditional: bool,
}

/// Sides that are no parties.
const OTHERS: [&str; 4] = ["outsiders", "unnamed", "others", "narrator"];

impl ArticleDetail {
    pub(crate) fn of(article: &ScoredArticle) -> Self {
        let sides = article.sides.iter().map(|side| side.side.as_str());
        Self {
            reading: article.outlook.as_ref().map(|outlook| outlook.reading),
            parties: sides.filter(|side| !OTHERS.contains(side)).map(Box::from).collect(),
            sentences: article
                .statements
                .iter()
                .filter(|statement| !statement.clutter && statement.repeats.is_none())
                .map(Sentence::of)
                .collect(),
        }
    }
}

impl Sentence {
    fn of(statement: &ScoredStatement) -> Self {
        let speaker = statement.speaker.as_ref();
        let side = side_name(speaker.map(|s| (s.side.as_deref(), s.kind)));
        let has = |states: &[EventState]| statement.events.iter().any(|event| states.contains(&event.state));
        let words: Vec<&str> = statement.text.split_whitespace().collect();
        Self {
            text: words.join(" ").into(),
            speaker: speaker.filter(|s| s.kind != SpeakerKind::Unnamed).map(|s| s.name.as_str().into()),
            side: side.into(),
            when: statement.when.map(|when| RowWhen { from: when.from, to: when.to }),
            score: statement.score.map(detente::Score::get),
            // a model without bearing was trained on statements with bearing only
            bearing: statement.bearing.map_or(1.0, detente::Probability::get),
            background: statement.background,
            is_asserted: has(&[EventState::Asserted, EventState::Negated]),
            is_conditional: has(&[EventState::Demanded, EventState::Conditional, EventState::Feared]),
        }
    }
}
