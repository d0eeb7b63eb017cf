//! [`TrainedModel`]: everything that scoring needs, whole or not at all.

use super::aggregation::Aggregation;
use super::calibration::Calibration;
use super::factors::Factors;
use super::tables::Tables;
use super::weights::Weights;
use crate::Result;
use crate::feature::{Extractor, Layer};
use crate::lexicon::Lexicon;
use crate::token::{Definition, Tokenizer, Vocabulary};

/// Number of heads: outlook, bearing, hedge.
pub const HEADS: usize = 3;

/// A trained model: words, lexicon, weights, pair weights, calibration, aggregation.
#[derive(Clone, Debug)]
pub struct TrainedModel {
    pub(super) id: String,
    pub(super) lexicon: Lexicon,
    pub(super) extractor: Extractor,
    pub(super) weights: Weights,
    pub(super) factors: [Factors; Layer::ALL.len()],
    pub(super) tables: Tables,
    pub(super) calibration: Calibration,
    pub(super) aggregation: Aggregation,
}

impl TrainedModel {
    /// Puts a model together.
    #[must_use]
    pub fn new(
        id: String,
        vocabulary: Vocabulary,
        lexicon: Lexicon,
        weights: Weights,
        factors: [Factors; Layer::ALL.len()],
        (calibration, aggregation): (Calibration, Aggregation),
    ) -> Self {
        let extractor = Extractor::new(Tokenizer::new(vocabulary), &lexicon);
        let tables = Tables::new(&extractor, &weights, &factors);
        Self { id, lexicon, extractor, weights, factors, tables, calibration, aggregation }
    }

    /// The model's id, as it stands in every result.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What makes features of statements.
    #[must_use]
    pub fn extractor(&self) -> &Extractor {
        &self.extractor
    }

    /// The weights of features.
    #[must_use]
    pub fn weights(&self) -> &Weights {
        &self.weights
    }

    /// What makes scores and probabilities of margins.
    #[must_use]
    pub fn calibration(&self) -> &Calibration {
        &self.calibration
    }

    /// How the statements of an article add up.
    #[must_use]
    pub fn aggregation(&self) -> &Aggregation {
        &self.aggregation
    }

    /// The lexicon.
    #[must_use]
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// The definition of the model's tokens as tokenizer.json.
    ///
    /// # Errors
    /// Passes on the errors of the definition's own crate.
    pub fn tokenizer_json(&self) -> Result<String> {
        Definition::new(self.extractor.tokenizer().vocabulary())?.to_json()
    }
}
