//! [`Engine`]: scores an [`Article`] and returns a [`ScoredArticle`].

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use detente_lang::{DateContradiction, Segments, SentenceDate, Span, non_english_reason_in, sentences};

use crate::article::Article;
use crate::error::Result;
use crate::model::aggregation::Aggregation;
use crate::model::trained::TrainedModel;
use crate::outlook::article::{Outlook, SCHEMA, ScoredArticle, ScoredHeadline};
use crate::outlook::combine::combine;
use crate::outlook::context::StatementContext;
use crate::outlook::explanation::{ExplainedArticle, leave_one_out};
use crate::outlook::profile::{MIN_BEARING, WeightedStatement};
use crate::outlook::rounding::rounded;
use crate::outlook::sides::{party_gap, side_name, side_outlooks};
use crate::scale::{Probability, Score};
use crate::score::scorer::{Scorer, StatementScore};
use crate::score::statement::{ScoredStatement, Speaker, When};
use crate::warning::{Warning, WarningKind};

/// Main entry point: scores articles and statements with one model. Cheap to clone; threads can share one.
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
    /// Creates an engine with the built-in model.
    ///
    /// # Errors
    /// Returns an error only if the embedded model file is corrupt.
    #[cfg(feature = "builtin-model")]
    pub fn builtin() -> Result<Self> {
        Ok(Self::new(TrainedModel::builtin()?))
    }

    /// Creates an engine with the model in a folder that `detente train` or `detente-train` wrote.
    ///
    /// ```
    /// use detente::Engine;
    /// let engine = Engine::open("models/negotiation-en-1")?;
    /// assert_eq!(engine.model().id(), "negotiation-en-1");
    /// # Ok::<(), detente::Error>(())
    /// ```
    ///
    /// # Errors
    /// Returns an error with the file's path if `model.bin` cannot be read or is not a sound model.
    pub fn open(folder: impl AsRef<Path>) -> Result<Self> {
        Ok(Self::new(TrainedModel::open(folder)?))
    }

    /// Creates an engine with `model`.
    #[must_use]
    pub fn new(model: TrainedModel) -> Self {
        let aggregation = model.aggregation().clone();
        Self { model: Arc::new(model), aggregation, any_language: false }
    }

    /// Sets whether articles that are clearly not English are scored. Default: false.
    #[must_use]
    pub fn any_language(mut self, any_language: bool) -> Self {
        self.any_language = any_language;
        self
    }

    /// Sets how statements are combined. Default: the aggregation that the model learned.
    #[must_use]
    pub fn aggregate(mut self, aggregation: Aggregation) -> Self {
        self.aggregation = aggregation;
        self
    }

    /// Returns the model.
    #[must_use]
    pub fn model(&self) -> &TrainedModel {
        &self.model
    }

    /// Creates a scorer for the engine's model; use one for each thread.
    #[must_use]
    pub fn scorer(&self) -> Scorer {
        Scorer::new(Arc::clone(&self.model))
    }

    /// Scores an article: its statements, and the outlook that they add up to.
    #[must_use]
    pub fn score(&self, article: &Article) -> ScoredArticle {
        self.score_with(&mut self.scorer(), article)
    }

    /// Scores an article with the working memory of `scorer`, which saves allocations over many articles.
    ///
    /// ```
    /// use detente::{Article, Engine};
    /// let engine = Engine::builtin()?;
    /// let mut scorer = engine.scorer();
    /// let texts = ["Talks collapsed.", "The sides signed the accord."];
    /// let scored = texts.map(|text| engine.score_with(&mut scorer, &Article::new("note", text)));
    /// let scores = scored.map(|article| article.outlook.map(|outlook| outlook.score));
    /// assert!(scores[0] < scores[1]);
    /// # Ok::<(), detente::Error>(())
    /// ```
    #[must_use]
    pub fn score_with(&self, scorer: &mut Scorer, article: &Article) -> ScoredArticle {
        self.analyze(scorer, article).into_scored(self, article).0
    }

    /// Scores an article and decomposes its outlook: the contribution of each feature to its statement, of
    /// each statement to the article and to its side, and the outlook without each statement.
    #[must_use]
    pub fn explain(&self, article: &Article) -> ExplainedArticle {
        let mut scorer = self.scorer();
        let analyzed = self.analyze(&mut scorer, article);
        let explanations =
            analyzed.statements.iter().map(|s| scorer.explain(&article.text, s.span)).collect();
        let without = leave_one_out(&analyzed.weighted, analyzed.headline_score(), &self.aggregation);
        let (scored, side_shares) = analyzed.into_scored(self, article);
        ExplainedArticle::new(scored, explanations, side_shares, &without)
    }

    /// Returns the outlook of an article under each of several aggregations.
    #[must_use]
    pub fn outlooks(&self, article: &Article, aggregations: &[Aggregation]) -> Vec<Option<Outlook>> {
        let analyzed = self.analyze(&mut self.scorer(), article);
        let outlook =
            |aggregation| Some(combine(&analyzed.weighted, analyzed.headline_score(), aggregation)?.outlook);
        aggregations.iter().map(outlook).collect()
    }

    /// Scores `text` as one statement, without splitting it into sentences.
    #[must_use]
    pub fn score_statement(&self, text: &str) -> ScoredStatement {
        self.score_unsplit(&Article::new("", text))
    }

    /// Scores the body of `article` as one statement, without splitting it into sentences.
    #[must_use]
    pub fn score_unsplit(&self, article: &Article) -> ScoredStatement {
        Self::score_unsplit_with(&mut self.scorer(), article)
    }

    /// Scores the body of `article` as one statement with the working memory of `scorer`.
    #[must_use]
    pub fn score_unsplit_with(scorer: &mut Scorer, article: &Article) -> ScoredStatement {
        scored_statement(scorer, 0, &article.text, article.body, true)
    }

    /// Scores the statements of an article and finds their speakers, dates and repetitions.
    fn analyze(&self, scorer: &mut Scorer, article: &Article) -> AnalyzedArticle {
        let segments = Segments::new(&article.text);
        let foreign = if self.any_language { None } else { non_english_reason_in(&segments, article.body) };
        let body = if foreign.is_some() { Span::default() } else { article.body };
        let spans: Vec<Span> = sentences(&article.text, body).into_iter().map(|s| s.span).collect();
        let context = StatementContext::from_segments(&segments, article, &spans);
        let mut statements = Vec::with_capacity(spans.len());
        let mut weighted = Vec::with_capacity(spans.len());
        for (index, span) in spans.into_iter().enumerate() {
            let mut statement = scored_statement(scorer, index, &article.text, span, false);
            let SentenceDate { when, background, .. } = context.dates.get(index).copied().unwrap_or_default();
            statement.speaker = context.speakers.get(index).cloned().flatten().map(Speaker::from);
            statement.when = when.map(|(from, to)| When { from, to });
            statement.background = background;
            statement.repeats = context.repetitions.get(index).copied().flatten();
            if context.clutter.get(index).is_some_and(|is_clutter| *is_clutter) {
                remove_bearing(&mut statement);
            }
            let score = statement.score.unwrap_or_default();
            let scored = StatementScore { score, bearing: statement.bearing, hedge: statement.hedge };
            weighted.push(context.weighted(index, scored));
            statements.push(statement);
        }
        let headline = article.title.as_deref().filter(|_| foreign.is_none()).map(|title| {
            let statement = scored_statement(scorer, 0, title, Span::new(0, title.len()), false);
            let ScoredStatement { score, bearing, hedge, .. } = statement;
            ScoredHeadline { score, bearing, hedge, weight: 0.0, contribution: 0.0 }
        });
        let mut warnings = article.warnings.clone();
        warnings.extend(context.date_doubt.map(|doubt| date_doubt_warning(article, &doubt)));
        AnalyzedArticle { statements, weighted, headline, parties: context.parties, warnings, foreign }
    }
}

/// Statements of an article before they are combined.
struct AnalyzedArticle {
    statements: Vec<ScoredStatement>,
    /// The same statements as the aggregation needs them.
    weighted: Vec<WeightedStatement>,
    headline: Option<ScoredHeadline>,
    /// Names of the parties found in the text, if none are given.
    parties: Vec<String>,
    warnings: Vec<Warning>,
    /// Evidence that the text is not English.
    foreign: Option<&'static str>,
}

impl AnalyzedArticle {
    fn headline_score(&self) -> Option<f64> {
        self.headline.as_ref()?.score.map(Score::get)
    }

    /// Returns the scored article, and the weight and contribution of each statement in its side.
    fn into_scored(self, engine: &Engine, article: &Article) -> (ScoredArticle, Vec<(f64, f64)>) {
        let combined = combine(&self.weighted, self.headline_score(), &engine.aggregation);
        let reason = combined.is_none().then(|| self.missing_outlook_reason());
        let Self { mut statements, weighted, mut headline, parties: found, warnings, .. } = self;
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
        let by_side: Vec<(&str, WeightedStatement)> = statements.iter().map(side_of).zip(weighted).collect();
        let parties = article.parties.keys().chain(&found).map(String::as_str);
        let (sides, side_shares) = side_outlooks(parties, &by_side, &engine.aggregation);
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
            gap: party_gap(&sides),
            sides,
            headline,
            statements,
            warnings,
        };
        (scored, side_shares)
    }

    /// Explains why no statement counts.
    fn missing_outlook_reason(&self) -> String {
        let reason = if let (true, Some(evidence)) = (self.statements.is_empty(), self.foreign) {
            return format!("the text is not English: {evidence}");
        } else if self.statements.is_empty() {
            "the article has no text"
        } else if self.weighted.iter().any(|statement| statement.bearing >= MIN_BEARING) {
            "all that bears on a negotiation is background"
        } else {
            "nothing in the text bears on a negotiation"
        };
        reason.to_owned()
    }
}

/// Marks a statement as text that does not belong to the article: it bears on nothing, and nobody says it.
fn remove_bearing(statement: &mut ScoredStatement) {
    statement.clutter = true;
    statement.bearing = Some(Probability::clamped(0.0));
    (statement.label, statement.probabilities) = (None, None);
    (statement.score, statement.speaker, statement.when) = (None, None, None);
    statement.background = false;
}

fn side_of(statement: &ScoredStatement) -> &str {
    side_name(statement.speaker.as_ref().map(|speaker| (speaker.side.as_deref(), speaker.kind)))
}

fn date_doubt_warning(article: &Article, doubt: &DateContradiction) -> Warning {
    let (words, claimed) = (doubt.evidence.slice(&article.text), article.date.map(|d| d.to_string()));
    let message = format!(
        "the text says \"{words}\", which fits {} to {}, not the article's date {}",
        doubt.from,
        doubt.to,
        claimed.unwrap_or_default()
    );
    Warning::new(WarningKind::DateDoubt, message)
}

/// Scores the statement at `span`; with `keep_score`, it has a score whatever its bearing.
fn scored_statement(
    scorer: &mut Scorer,
    index: usize,
    text: &str,
    span: Span,
    keep_score: bool,
) -> ScoredStatement {
    let scored = scorer.score(text, span);
    let has_score = keep_score || rounded(scored.bearing_or_one()) >= MIN_BEARING;
    let StatementScore { score, bearing, hedge } = scored;
    let rounded_probability = |p: Probability| Probability::clamped(rounded(p.get()));
    let (label, probabilities) = class_scores(scorer).unzip();
    ScoredStatement {
        index,
        span,
        text: span.slice(text).to_owned(),
        bearing: bearing.map(rounded_probability),
        score: has_score.then(|| Score::clamped(rounded(score.get()))),
        hedge: hedge.map(rounded_probability),
        label,
        probabilities,
        cues: scorer.cues(text),
        events: scorer.events(text),
        speaker: None,
        when: None,
        background: false,
        clutter: false,
        repeats: None,
        weight: 0.0,
        contribution: 0.0,
    }
}

/// Returns the most probable class of the statement that was scored last, the first of equal ones, and the
/// probability of each class.
fn class_scores(scorer: &Scorer) -> Option<(String, BTreeMap<String, Probability>)> {
    let probabilities = scorer.class_probabilities();
    let classes = || scorer.model().classes().iter().zip(&probabilities);
    let (label, _) = classes().reduce(|best, next| if next.1 > best.1 { next } else { best })?;
    let rounded_probability = |p: &f64| Probability::clamped(rounded(*p));
    Some((label.clone(), classes().map(|(name, p)| (name.clone(), rounded_probability(p))).collect()))
}
