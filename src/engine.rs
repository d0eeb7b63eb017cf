//! [`Engine`]: article in, outlook out; the library's front door.

use std::sync::Arc;

use detente_lang::{
    DateContradiction, Runs, SentenceDate, Span, Voice, VoiceKind, non_english_reason_in, sentences,
};

use crate::article::Article;
use crate::article_note::Note;
use crate::error::Result;
use crate::model::aggregation::Aggregation;
use crate::model::builtin::builtin;
use crate::model::trained::TrainedModel;
use crate::outlook::article::{Outlook, SCHEMA, ScoredArticle, ScoredHeadline, Warning};
use crate::outlook::combine::combine;
use crate::outlook::context::Context;
use crate::outlook::explanation::{ExplainedArticle, without};
use crate::outlook::profile::{BEARS, Part};
use crate::outlook::rounding::rounded;
use crate::outlook::sides::{by_side, gap, side_name};
use crate::scale::{Probability, Score};
use crate::score::scorer::{Judgement, Scorer};
use crate::score::statement::{ScoredStatement, Speaker, SpeakerKind, When};

/// Scores articles and statements with one model. Cheap to clone; share one between threads.
///
/// ```
/// use detente::{Article, Engine};
/// let engine = Engine::builtin()?;
/// let scored = engine.score(&Article::new("note", "Talks collapsed on Sunday."));
/// assert!(scored.outlook.is_some_and(|outlook| outlook.score.get() < 0.0));
/// # Ok::<(), detente::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Engine {
    model: Arc<TrainedModel>,
    aggregation: Aggregation,
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
        let aggregation = model.aggregation().clone();
        Self { model: Arc::new(model), aggregation, any_language: false }
    }

    /// Whether articles that are clearly not English are scored too. Default: they are not.
    #[must_use]
    pub fn any_language(mut self, any_language: bool) -> Self {
        self.any_language = any_language;
        self
    }

    /// Adds statements up in another way than the model learned. Default: the learned one.
    #[must_use]
    pub fn aggregate(mut self, aggregation: Aggregation) -> Self {
        self.aggregation = aggregation;
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
        self.score_unsplit(&Article::new("", text))
    }

    /// Judges the running text of `article` as one statement, unsplit, with its cues.
    #[must_use]
    pub fn score_unsplit(&self, article: &Article) -> ScoredStatement {
        Self::score_unsplit_with(&mut self.scorer(), article)
    }

    /// The same with the working memory of `scorer`, for many statements one after the other.
    #[must_use]
    pub fn score_unsplit_with(scorer: &mut Scorer, article: &Article) -> ScoredStatement {
        statement(scorer, 0, &article.text, article.body, true)
    }

    /// A scorer of the engine's model; keep one a thread.
    #[must_use]
    pub fn scorer(&self) -> Scorer {
        Scorer::new(Arc::clone(&self.model))
    }

    /// Scores an article: its statements, and the outlook that they add up to.
    #[must_use]
    pub fn score(&self, article: &Article) -> ScoredArticle {
        self.score_with(&mut self.scorer(), article)
    }

    /// The same with the working memory of `scorer`, for many articles one after the other.
    #[must_use]
    pub fn score_with(&self, scorer: &mut Scorer, article: &Article) -> ScoredArticle {
        self.read(scorer, article).scored(self, article).0
    }

    /// The outlook of an article under several ways of adding up, in their order.
    #[must_use]
    pub fn outlooks(&self, article: &Article, aggregations: &[Aggregation]) -> Vec<Option<Outlook>> {
        let read = self.read(&mut self.scorer(), article);
        let outlook = |aggregation| Some(combine(&read.parts, read.headline_score(), aggregation)?.outlook);
        aggregations.iter().map(outlook).collect()
    }

    /// Scores an article and tells why: what each feature adds to each statement, each statement to the
    /// article and to its side, and what the outlook would be without it.
    #[must_use]
    pub fn explain(&self, article: &Article) -> ExplainedArticle {
        let mut scorer = self.scorer();
        let read = self.read(&mut scorer, article);
        let features = read.statements.iter().map(|s| scorer.explain(&article.text, s.span)).collect();
        let without = without(&read.parts, read.headline_score(), &self.aggregation);
        let (article_scored, sides) = read.scored(self, article);
        ExplainedArticle::new(article_scored, features, sides, &without)
    }

    /// Judges the statements of an article and what stands around them.
    fn read(&self, scorer: &mut Scorer, article: &Article) -> Read {
        let runs = Runs::of(&article.text);
        let foreign = if self.any_language { None } else { non_english_reason_in(&runs, article.body) };
        let body = if foreign.is_some() { Span::default() } else { article.body };
        let spans: Vec<Span> = sentences(&article.text, body).into_iter().map(|s| s.span).collect();
        let context = Context::within(&runs, article, &spans);
        let mut statements = Vec::with_capacity(spans.len());
        let mut parts = Vec::with_capacity(spans.len());
        for (index, span) in spans.into_iter().enumerate() {
            let mut judged = statement(scorer, index, &article.text, span, false);
            let score = judged.score.unwrap_or_default();
            let SentenceDate { when, background, .. } = context.dated.get(index).copied().unwrap_or_default();
            judged.speaker = context.voices.get(index).cloned().flatten().map(speaker);
            judged.when = when.map(|(from, to)| When { from, to });
            judged.background = background;
            judged.repeats = context.repeats.get(index).copied().flatten();
            parts
                .push(context.part(index, Judgement { score, bearing: judged.bearing, hedge: judged.hedge }));
            statements.push(judged);
        }
        let headline = article.title.as_deref().filter(|_| foreign.is_none()).map(|title| {
            let judged = statement(scorer, 0, title, Span::new(0, title.len()), false);
            let ScoredStatement { score, bearing, hedge, .. } = judged;
            ScoredHeadline { score, bearing, hedge, weight: 0.0, contribution: 0.0 }
        });
        let warnings =
            article.notes.iter().map(warning).chain(context.doubt.map(|d| doubted(article, &d))).collect();
        Read { statements, parts, headline, warnings, foreign }
    }
}

/// An article's statements as judged, before they are added up.
struct Read {
    statements: Vec<ScoredStatement>,
    parts: Vec<Part>,
    headline: Option<ScoredHeadline>,
    warnings: Vec<Warning>,
    foreign: Option<&'static str>,
}

impl Read {
    fn headline_score(&self) -> Option<f64> {
        self.headline.as_ref()?.score.map(Score::get)
    }

    /// The article, and the weight and contribution of each statement within its side.
    fn scored(self, engine: &Engine, article: &Article) -> (ScoredArticle, Vec<(f64, f64)>) {
        let combined = combine(&self.parts, self.headline_score(), &engine.aggregation);
        let Self { mut statements, parts, mut headline, warnings, foreign } = self;
        let reason = match (&combined, statements.is_empty()) {
            (Some(_), _) => None,
            (None, true) if let Some(why) = foreign => Some(format!("the text is not English: {why}")),
            (None, true) => Some("the article has no text".to_owned()),
            (None, false) => Some(nothing_counts(&parts).to_owned()),
        };
        let outlook = combined.map(|combined| {
            for (statement, (weight, contribution)) in statements.iter_mut().zip(combined.shares) {
                statement.weight = weight;
                statement.contribution = contribution;
            }
            if let Some(headline) = &mut headline {
                (headline.weight, headline.contribution) = combined.headline;
            }
            combined.outlook
        });
        let spoken: Vec<(&str, Part)> = statements.iter().map(side).zip(parts.iter().copied()).collect();
        let parties = article.parties.keys().map(String::as_str);
        let (sides, shares) = by_side(parties, &spoken, &engine.aggregation);
        let scored = ScoredArticle {
            schema: SCHEMA,
            id: article.id.clone(),
            title: article.title.clone(),
            date: article.date,
            source: article.source.clone(),
            negotiation: article.negotiation.clone(),
            domain: article.domain.clone(),
            model: engine.model.id().to_owned(),
            outlook,
            reason,
            gap: gap(&sides),
            sides,
            headline,
            statements,
            warnings,
        };
        (scored, shares)
    }
}

/// Why statements add up to no outlook.
fn nothing_counts(parts: &[Part]) -> &'static str {
    if parts.iter().any(|part| part.bearing >= BEARS) {
        "all that bears on a negotiation is background"
    } else {
        "nothing in the text bears on a negotiation"
    }
}

fn side(statement: &ScoredStatement) -> &str {
    side_name(statement.speaker.as_ref().map(|speaker| (speaker.side.as_deref(), speaker.kind)))
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

fn doubted(article: &Article, doubt: &DateContradiction) -> Warning {
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
        repeats: None,
        weight: 0.0,
        contribution: 0.0,
    }
}
