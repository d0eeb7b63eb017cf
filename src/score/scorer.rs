//! [`Scorer`]: statement in, judgement out.

use std::sync::Arc;

use super::statement::ScoredCue;
use crate::feature::{Feature, Place, Reading};
use crate::model::{FactorMemory, HEADS, TrainedModel};
use crate::{Probability, Score, Span};

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
    features: Vec<Feature>,
    places: Vec<Place>,
    memory: FactorMemory,
}

impl Scorer {
    /// A scorer for `model`.
    #[must_use]
    pub fn new(model: Arc<TrainedModel>) -> Self {
        Self {
            model,
            reading: Reading::default(),
            features: Vec::new(),
            places: Vec::new(),
            memory: FactorMemory::default(),
        }
    }

    /// The model.
    #[must_use]
    pub fn model(&self) -> &TrainedModel {
        &self.model
    }

    /// What places and pairs of places add to the outlook margin of the statement that was judged
    /// last: family, description and amount.
    pub(super) fn pairs(&mut self, text: &str) -> Vec<(&'static str, String, f64)> {
        let mut shares = Vec::new();
        let extractor = self.model.extractor();
        for factors in self.model.factors() {
            let layer = factors.layer();
            extractor.places(&self.reading, layer, &mut self.places);
            let places = &self.places;
            let name = |at: usize| {
                places.get(at).map_or_else(String::new, |place| {
                    extractor.describe_place(layer, *place, text, &self.reading)
                })
            };
            factors.shares(places, &mut self.memory, 0, |first, second, amount| {
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

    pub(super) fn reading(&self) -> &Reading {
        &self.reading
    }

    pub(super) fn features(&self) -> &[Feature] {
        &self.features
    }

    /// Judges the statement at `span` of `text`.
    pub fn judge(&mut self, text: &str, span: Span) -> Judgement {
        let extractor = self.model.extractor();
        extractor.read(text, span, &mut self.reading);
        extractor.extract(&self.reading, &mut self.features);
        let weights = self.model.weights();
        let mut margins = weights.intercepts();
        for feature in &self.features {
            if let Some(column) = weights.get(feature.key) {
                for (margin, weight) in margins.iter_mut().zip(column) {
                    *margin += weight * f64::from(feature.value);
                }
            }
        }
        for factors in self.model.factors() {
            extractor.places(&self.reading, factors.layer(), &mut self.places);
            factors.add(&self.places, &mut self.memory, &mut margins);
        }
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
        let cues = self.reading.cues.iter().filter_map(|cue| {
            let span = span(cue.first, cue.last)?;
            Some(ScoredCue { span, text: span.slice(text).to_owned(), kind: cue.kind })
        });
        cues.collect()
    }
}
