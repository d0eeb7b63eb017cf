//! [`Scorer`]: statement in, judgement out.

use std::sync::Arc;

use detente_lang::Span;

use crate::feature::analysis::Reading;
use crate::feature::columns::Feature;
use crate::feature::position::Layer;
use crate::model::heads::HEADS;
use crate::model::trained::TrainedModel;
use crate::model::word_weights::Memory;
use crate::scale::{Probability, Score};
use crate::score::statement::ScoredCue;

/// What the model makes of one statement.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judgement {
    /// Expected score, pulled to 0 by the chance that nothing bears.
    pub score: Score,
    /// Probability that the statement bears on the prospects.
    pub bearing: Probability,
    /// Probability that the source holds back.
    pub hedge: Probability,
}

/// Scores statements with one model; holds the working memory, so keep one a thread.
#[derive(Clone, Debug)]
pub struct Scorer {
    model: Arc<TrainedModel>,
    reading: Reading,
    memory: Memory,
}

impl Scorer {
    /// A scorer for `model`.
    #[must_use]
    pub fn new(model: Arc<TrainedModel>) -> Self {
        Self { model, reading: Reading::default(), memory: Memory::default() }
    }

    /// The model.
    #[must_use]
    pub fn model(&self) -> &TrainedModel {
        &self.model
    }

    /// What places and pairs of places add to the outlook margin of the statement that was judged
    /// last: family, description and amount.
    pub(crate) fn pairs(&mut self, text: &str) -> Vec<(&'static str, String, f64)> {
        let mut shares = Vec::new();
        let (model, reading) = (&self.model, &self.reading);
        for layer in Layer::ALL {
            let name = |place| model.extractor().describe_place(layer, place, text, reading);
            model.pair_shares(reading, layer, 0, &mut self.memory, |first, second, amount| {
                let words = if first == second {
                    name(first)
                } else {
                    format!("{} … {}", name(first), name(second))
                };
                shares.push((layer.family(), words, amount));
            });
        }
        shares
    }

    pub(crate) fn reading(&self) -> &Reading {
        &self.reading
    }

    /// The features of the statement that was judged last.
    pub(crate) fn features(&self) -> Vec<Feature> {
        let mut features = Vec::new();
        self.model.extractor().extract(&self.reading, &mut features);
        features
    }

    /// Judges the statement at `span` of `text`.
    pub fn judge(&mut self, text: &str, span: Span) -> Judgement {
        self.model.extractor().read(text, span, &mut self.reading);
        let margins = self.model.margins(&self.reading, &mut self.memory);
        self.calibrated(margins)
    }

    fn calibrated(&self, [score, bearing, hedge]: [f64; HEADS]) -> Judgement {
        let calibration = self.model.calibration();
        let bearing = calibration.bearing.probability(bearing);
        Judgement {
            score: Score::clamped(calibration.factor(bearing) * score),
            bearing: Probability::clamped(bearing),
            hedge: Probability::clamped(calibration.hedge.probability(hedge)),
        }
    }

    /// The cues of the statement that was judged last, in the order of `text`.
    #[must_use]
    pub fn cues(&self, text: &str) -> Vec<ScoredCue> {
        let span = |first: usize, last: usize| {
            let (first, last) = (self.reading.tokens.get(first)?, self.reading.tokens.get(last)?);
            Some(Span { start: first.span.start, end: last.span.end })
        };
        let mut cues = Vec::with_capacity(self.reading.cues.len());
        cues.extend(self.reading.cues.iter().filter_map(|cue| {
            let span = span(cue.first, cue.last)?;
            Some(ScoredCue { span, text: span.slice(text).to_owned(), kind: cue.kind })
        }));
        cues
    }
}
