//! [`Scorer`]: scores single statements with one model, reusing its buffers.

use std::sync::Arc;

use detente_lang::Span;

use crate::feature::analysis::Analysis;
use crate::feature::columns::Feature;
use crate::feature::describe::describe_position;
use crate::feature::position::Layer;
use crate::model::heads::HEADS;
use crate::model::trained::TrainedModel;
use crate::model::word_weights::MarginBuffers;
use crate::scale::{Probability, Score};
use crate::score::event::{ScoredEvent, scored_events};
use crate::score::statement::ScoredCue;

/// Score, bearing and hedge of one statement.
///
/// ```
/// use detente::{Engine, Span};
/// let text = "Talks collapsed on Sunday.";
/// let scored = Engine::builtin()?.scorer().score(text, Span::new(0, text.len()));
/// assert!(scored.score.get() < 0.0 && scored.bearing.is_some_and(|bearing| bearing.get() > 0.5));
/// # Ok::<(), detente::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct StatementScore {
    /// Expected score, shrunk towards 0 by the probability that the statement has no bearing.
    pub score: Score,
    /// Probability that the statement bears on the prospects of an agreement.
    /// `None` if the model's labels did not tell such statements from others.
    pub bearing: Option<Probability>,
    /// Probability that the speaker holds back from full commitment; `None` if the model learned nothing of
    /// hedges.
    pub hedge: Option<Probability>,
}

impl StatementScore {
    /// Creates a score from its parts.
    #[must_use]
    pub fn new(score: Score, bearing: Option<Probability>, hedge: Option<Probability>) -> Self {
        Self { score, bearing, hedge }
    }

    /// Returns the bearing that weights and limits use: 1 where the model learned none.
    pub(crate) fn bearing_or_one(&self) -> f64 {
        self.bearing.map_or(1.0, Probability::get)
    }
}

/// Scores statements with one model. It owns its working memory: create one for each thread.
///
/// ```
/// use detente::{Engine, Span};
/// let mut scorer = Engine::builtin()?.scorer();
/// let text = "The two sides signed the accord.";
/// let span = Span::new(0, text.len());
/// assert!(scorer.score(text, span).score.get() > 0.0);
/// assert!(scorer.cues(text).iter().any(|cue| cue.text == "signed"));
/// # Ok::<(), detente::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Scorer {
    model: Arc<TrainedModel>,
    analysis: Analysis,
    buffers: MarginBuffers,
}

impl Scorer {
    /// Creates a scorer for `model`.
    #[must_use]
    pub fn new(model: Arc<TrainedModel>) -> Self {
        Self { model, analysis: Analysis::default(), buffers: MarginBuffers::default() }
    }

    /// Returns the model.
    #[must_use]
    pub fn model(&self) -> &TrainedModel {
        &self.model
    }

    /// Scores the statement at `span` of `text`.
    pub fn score(&mut self, text: &str, span: Span) -> StatementScore {
        self.model.extractor().analyze(text, span, &mut self.analysis);
        let margins = self.model.margins(&self.analysis, &mut self.buffers);
        self.calibrated(margins)
    }

    /// Returns the cues of the statement that was scored last, in the order of `text`.
    #[must_use]
    pub fn cues(&self, text: &str) -> Vec<ScoredCue> {
        let span = |first: usize, last: usize| {
            let (first, last) = (self.analysis.tokens.get(first)?, self.analysis.tokens.get(last)?);
            Some(Span { start: first.span.start, end: last.span.end })
        };
        let mut cues = Vec::with_capacity(self.analysis.cues.len());
        cues.extend(self.analysis.cues.iter().filter_map(|cue| {
            let span = span(cue.first, cue.last)?;
            Some(ScoredCue { span, text: span.slice(text).to_owned(), kind: cue.kind })
        }));
        cues
    }

    /// Returns the probability of each of the model's [classes](TrainedModel::classes) for the statement that was
    /// scored last; empty if the model has no classes.
    ///
    /// ```
    /// use detente::{Engine, Span};
    /// let mut scorer = Engine::builtin()?.scorer();
    /// scorer.score("Talks collapsed.", Span::new(0, 16));
    /// assert!(scorer.class_probabilities().is_empty());
    /// # Ok::<(), detente::Error>(())
    /// ```
    #[must_use]
    pub fn class_probabilities(&self) -> Vec<f64> {
        let Some(classes) = &self.model.classes else { return Vec::new() };
        let extractor = self.model.extractor();
        let features = self.features();
        classes.probabilities(features.iter().map(|feature| (extractor.key(feature.column), feature.value)))
    }

    /// Returns the events of the statement that was scored last, in the order of `text`.
    #[must_use]
    pub fn events(&mut self, text: &str) -> Vec<ScoredEvent> {
        self.model.extractor().complete_events(text, &mut self.analysis);
        scored_events(&self.analysis.events, &self.analysis.tokens, text)
    }

    /// Returns family, description and contribution to the outlook margin of all positions and pairs of
    /// positions of the statement that was scored last.
    pub(crate) fn pair_contributions(&mut self, text: &str) -> Vec<(&'static str, String, f64)> {
        let mut contributions = Vec::new();
        let (model, analysis) = (&self.model, &self.analysis);
        for layer in Layer::ALL {
            let describe = |position| describe_position(layer, position, text, analysis);
            model.pair_contributions(analysis, layer, 0, &mut self.buffers, |first, second, amount| {
                let words = if first == second {
                    describe(first)
                } else {
                    format!("{} … {}", describe(first), describe(second))
                };
                contributions.push((layer.family(), words, amount));
            });
        }
        contributions
    }

    /// Returns the analysis of the statement that was scored last.
    pub(crate) fn analysis(&self) -> &Analysis {
        &self.analysis
    }

    /// Returns the features of the statement that was scored last.
    pub(crate) fn features(&self) -> Vec<Feature> {
        let mut features = Vec::new();
        self.model.extractor().extract(&self.analysis, &mut features);
        features
    }

    fn calibrated(&self, [score, bearing, hedge]: [f64; HEADS]) -> StatementScore {
        let calibration = self.model.calibration();
        let (of_bearing, of_hedge) = (calibration.bearing, calibration.hedge);
        let gate_bearing = calibration.bearing_of(bearing);
        StatementScore {
            score: Score::clamped(calibration.score_of(score, self.analysis.composed(), gate_bearing)),
            bearing: of_bearing.map(|_| Probability::clamped(gate_bearing)),
            hedge: of_hedge.map(|curve| Probability::clamped(curve.probability(hedge))),
        }
    }
}
