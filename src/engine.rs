//! [`Engine`]: article in, outlook out; the library's front door.

use std::sync::Arc;

use crate::model::{TrainedModel, builtin};
use crate::outlook::{BEARS, Part, ROLES, SCHEMA, ScoredArticle, Warning, by_side, combine, rounded};
use crate::score::{Judgement, ScoredStatement, Scorer, Speaker, SpeakerKind, When};
use crate::text::{
    Article, DateDoubt, Dated, Note, Voice, VoiceKind, dates_and_doubt, foreign, sentences, voices,
};
use crate::{Probability, Result, Score, Span};

/// Scores articles and statements with one model. Cheap to clone; share one between threads.
///
/// ```
/// use detente::{Engine, text::Article};
/// let engine = Engine::builtin()?;
/// let scored = engine.score(&Article::new("note", "Talks collapsed on Sunday."));
/// assert!(scored.outlook.is_some_and(|outlook| outlook.score.get() < 0.0));
/// # Ok::<(), detente::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Engine {
    model: Arc<TrainedModel>,
    any_language: bool,
}

impl Engine {
    /// An engine with the built-in model.
    ///
    /// # Errors
    /// Never for a program that was built from a whole repository.
    pub fn builtin() -> Result<Self> {
        Ok(Self::new(builtin()?))
    }

    /// An engine with `model`.
    #[must_use]
    pub fn new(model: TrainedModel) -> Self {
        Self { model: Arc::new(model), any_language: false }
    }

    /// Whether articles that are clearly not English are scored too. Default: they are not.
    #[must_use]
    pub fn any_language(mut self, any_language: bool) -> Self {
        self.any_language = any_language;
        self
    }

    /// The model.
    #[must_use]
    pub fn model(&self) -> &TrainedModel {
        &self.model
    }

    /// Judges `text` as one statement, unsplit, with its cues.
    #[must_use]
    pub fn score_statement(&self, text: &str) -> ScoredStatement {
        let mut scorer = Scorer::new(Arc::clone(&self.model));
        statement(&mut scorer, 0, text, Span::new(0, text.len()), true)
    }

    /// Scores an article: its statements, and the outlook that they add up to.
    #[must_use]
    pub fn score(&self, article: &Article) -> ScoredArticle {
        let foreign = if self.any_language { None } else { foreign(article.body.slice(&article.text)) };
        let mut scorer = Scorer::new(Arc::clone(&self.model));
        let mut statements = Vec::new();
        let mut parts = Vec::new();
        let body = if foreign.is_some() { Span::default() } else { article.body };
        let spans: Vec<Span> = sentences(&article.text, body).into_iter().map(|s| s.span).collect();
        let voices = voices(&article.text, &spans, &article.parties);
        let (dated, doubt) = dates_and_doubt(&article.text, &spans, article.date);
        for (index, ((span, voice), Dated { when, background })) in
            spans.into_iter().zip(voices).zip(dated).enumerate()
        {
            let mut judged = statement(&mut scorer, index, &article.text, span, false);
            judged.speaker = voice.map(speaker);
            judged.when = when.map(|(from, to)| When { from, to });
            judged.background = background;
            parts.push(Part {
                score: judged.score.map_or(0.0, Score::get),
                bearing: judged.bearing.get(),
                hedge: judged.hedge.get(),
                background: judged.background,
                outsider: judged.speaker.as_ref().is_some_and(|s| s.kind == SpeakerKind::Outsider),
            });
            statements.push(judged);
        }
        let combined = combine(&parts);
        let reason = match (&combined, statements.is_empty()) {
            (Some(_), _) => None,
            (None, true) if let Some(why) = foreign => Some(format!("the text is not English: {why}")),
            (None, true) => Some("the article has no text".to_owned()),
            (None, false) => Some("nothing in the text bears on a negotiation".to_owned()),
        };
        let outlook = combined.map(|(outlook, shares)| {
            for (statement, (weight, contribution)) in statements.iter_mut().zip(shares) {
                statement.weight = weight;
                statement.contribution = contribution;
            }
            outlook
        });
        ScoredArticle {
            schema: SCHEMA,
            id: article.id.clone(),
            title: article.title.clone(),
            date: article.date,
            source: article.source.clone(),
            negotiation: article.negotiation.clone(),
            domain: article.domain.clone(),
            model: self.model.id().to_owned(),
            outlook,
            reason,
            sides: by_side(statements.iter().map(side).zip(parts)),
            statements,
            warnings: article.notes.iter().map(warning).chain(doubt.map(|d| doubted(article, &d))).collect(),
        }
    }
}

/// The side that a statement counts for.
fn side(statement: &ScoredStatement) -> &str {
    let [outsiders, unnamed, others, narrator] = ROLES;
    match &statement.speaker {
        Some(Speaker { side: Some(side), .. }) => side,
        Some(Speaker { kind: SpeakerKind::Outsider, .. }) => outsiders,
        Some(Speaker { kind: SpeakerKind::Unnamed, .. }) => unnamed,
        Some(_) => others,
        None => narrator,
    }
}

fn speaker(voice: Voice) -> Speaker {
    let kind = match voice.kind {
        VoiceKind::Party => SpeakerKind::Party,
        VoiceKind::Outsider => SpeakerKind::Outsider,
        VoiceKind::Unnamed => SpeakerKind::Unnamed,
        VoiceKind::Other => SpeakerKind::Other,
    };
    let Span { start, end } = voice.source;
    Speaker { name: voice.name, side: voice.side, kind, channel: voice.channel, start, end }
}

fn warning(note: &Note) -> Warning {
    Warning { kind: note.kind.to_owned(), message: note.message.clone() }
}

fn doubted(article: &Article, doubt: &DateDoubt) -> Warning {
    let (words, claimed) = (doubt.evidence.slice(&article.text), article.date.map(|d| d.to_string()));
    let message = format!(
        "the text says \"{words}\", which fits {} to {}, not the article's date {}",
        doubt.from,
        doubt.to,
        claimed.unwrap_or_default()
    );
    Warning { kind: "date-doubt".to_owned(), message }
}

/// The statement at `span` as judged; with `alone`, its score stands whatever its bearing.
fn statement(scorer: &mut Scorer, index: usize, text: &str, span: Span, alone: bool) -> ScoredStatement {
    let Judgement { score, bearing, hedge } = scorer.judge(text, span);
    let bears = alone || rounded(bearing.get()) >= BEARS;
    ScoredStatement {
        index,
        span,
        text: span.slice(text).to_owned(),
        bearing: Probability::clamped(rounded(bearing.get())),
        score: bears.then(|| Score::clamped(rounded(score.get()))),
        hedge: Probability::clamped(rounded(hedge.get())),
        cues: scorer.cues(text),
        speaker: None,
        when: None,
        background: false,
        weight: 0.0,
        contribution: 0.0,
    }
}
