//! [`TrainedModel`]: everything that scoring needs, whole or not at all.

use super::aggregation::Aggregation;
use super::calibration::Calibration;
use super::factors::Factors;
use super::file::{read_lexicon, stored_lexicon};
use super::stored::{Stored, text};
use super::tables::Tables;
use super::weights::Weights;
use crate::feature::{Extractor, Layer};
use crate::lexicon::{Finder, Lexicon};
use crate::token::{Definition, Tokenizer, Vocabulary};
use crate::{Error, Result};

/// Number of heads: outlook, bearing, hedge.
pub const HEADS: usize = 3;

/// A trained model: words, lexicon, weights, pair weights, calibration, aggregation.
#[derive(Clone, Debug)]
pub struct TrainedModel {
    pub(super) id: String,
    /// The lexicon as its text, which scoring does not read.
    pub(super) lexicon: Stored<1>,
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
        lexicon: &Lexicon,
        weights: Weights,
        factors: [Factors; Layer::ALL.len()],
        (calibration, aggregation): (Calibration, Aggregation),
    ) -> Self {
        let extractor = Extractor::new(Tokenizer::new(vocabulary), lexicon);
        let lexicon = stored_lexicon(lexicon);
        let tables = Tables::new(&extractor, &factors);
        Self { id, lexicon, extractor, weights, factors, tables, calibration, aggregation }
    }

    /// Checks what reading a model's file does not look at: that its lexicon is one, and that what scoring finds cues
    /// with is compiled from it.
    ///
    /// # Errors
    /// When it is not.
    pub fn verify(&self) -> Result<()> {
        let finder = Finder::new(&self.lexicon()?, self.extractor.tokenizer().vocabulary());
        if &finder == self.extractor.finder() {
            Ok(())
        } else {
            Err(Error::model("the compiled lexicon is not that of the lexicon"))
        }
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

    /// The lexicon, read anew.
    ///
    /// # Errors
    /// When the model's file has a broken one.
    pub fn lexicon(&self) -> Result<Lexicon> {
        read_lexicon(text(self.lexicon.as_flattened(), "the lexicon")?)
    }

    /// The definition of the model's tokens as tokenizer.json.
    ///
    /// # Errors
    /// Passes on the errors of the definition's own crate.
    pub fn tokenizer_json(&self) -> Result<String> {
        Definition::new(self.extractor.tokenizer().vocabulary())?.to_json()
    }
}
