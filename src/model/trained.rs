//! [`TrainedModel`]: complete trained model; construction fails if any part is missing.

use std::sync::OnceLock;

use crate::error::{Error, Result};
use crate::feature::analysis::Analysis;
use crate::feature::columns::Feature;
use crate::feature::extract::Extractor;
use crate::feature::position::{Layer, Position};
use crate::lexicon::matcher::LexiconMatcher;
use crate::lexicon::parse::Lexicon;
use crate::lexicon::text_form::{from_text, to_text};
use crate::model::aggregation::Aggregation;
use crate::model::byte_reader::{PackedNumbers, utf8};
use crate::model::calibration::Calibration;
use crate::model::class_head::ClassHead;
use crate::model::factors::Factors;
use crate::model::heads::HEADS;
use crate::model::weights::Weights;
use crate::model::word_weights::{MarginBuffers, WeightsOfWord, WordWeights};
use crate::token::tokenizer::Tokenizer;
use crate::token::tokens::WordId;
use crate::token::vocabulary::Vocabulary;

/// Trained model: vocabulary, lexicon, weights, calibration and aggregation.
///
/// `detente-train` learns one from labelled statements.
///
/// ```
/// use detente::{Engine, TrainedModel};
/// let bytes = std::fs::read("models/negotiation-en-1/model.bin").unwrap();
/// let model = TrainedModel::from_bytes(&bytes)?;
/// assert_eq!(model.id(), "negotiation-en-1");
/// let engine = Engine::new(model);
/// # Ok::<(), detente::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct TrainedModel {
    pub(crate) id: String,
    /// TSV text of the lexicon; scoring uses the compiled form in `extractor`.
    pub(crate) lexicon: PackedNumbers<1>,
    pub(crate) extractor: Extractor,
    pub(crate) weights: Weights,
    pub(crate) factors: [Factors; Layer::ALL.len()],
    pub(crate) word_weights: WordWeights,
    pub(crate) calibration: Calibration,
    pub(crate) aggregation: Aggregation,
    pub(crate) classes: Option<ClassHead>,
}

impl TrainedModel {
    /// Creates a model from its parts.
    #[doc(hidden)]
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
        let word_weights = WordWeights::new(&extractor, &factors);
        let classes = None;
        Self { id, lexicon, extractor, weights, factors, word_weights, calibration, aggregation, classes }
    }

    /// Adds a head for the classes of the labels.
    #[doc(hidden)]
    #[must_use]
    pub fn with_classes(self, classes: ClassHead) -> Self {
        Self { classes: Some(classes), ..self }
    }

    /// Returns the id, which every result carries.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns the names of the classes that the model was trained on, in the order of its probabilities; empty
    /// if its labels were numbers.
    ///
    /// ```
    /// assert!(detente::TrainedModel::builtin()?.classes().is_empty());
    /// # Ok::<(), detente::Error>(())
    /// ```
    #[must_use]
    pub fn classes(&self) -> &[String] {
        self.classes.as_ref().map_or(&[], ClassHead::names)
    }

    /// Returns whether the model learned which statements bear on the prospects, and whether it learned hedges.
    #[doc(hidden)]
    #[must_use]
    pub fn learned_heads(&self) -> (bool, bool) {
        (self.calibration.bearing.is_some(), self.calibration.hedge.is_some())
    }

    /// Returns the learned aggregation of statements.
    #[must_use]
    pub fn aggregation(&self) -> &Aggregation {
        &self.aggregation
    }

    /// Parses the model's lexicon.
    ///
    /// # Errors
    /// Returns an error if the model file has a malformed one.
    pub fn lexicon(&self) -> Result<Lexicon> {
        from_text(utf8(self.lexicon.as_flattened(), "the lexicon")?)
    }

    /// Checks what opening a model file does not: that the lexicon parses, and that the compiled lexicon in
    /// the file is the one compiled from it.
    ///
    /// # Errors
    /// Returns an error if either does not hold.
    pub fn verify(&self) -> Result<()> {
        let compiled = LexiconMatcher::new(&self.lexicon()?, self.extractor.tokenizer().vocabulary());
        if &compiled == self.extractor.matcher() {
            Ok(())
        } else {
            Err(Error::model("the compiled lexicon does not match the lexicon"))
        }
    }

    /// Returns the feature extractor.
    #[doc(hidden)]
    #[must_use]
    pub fn extractor(&self) -> &Extractor {
        &self.extractor
    }

    /// Returns the weights of features.
    #[doc(hidden)]
    #[must_use]
    pub fn weights(&self) -> &Weights {
        &self.weights
    }

    /// Returns the calibration.
    pub(crate) fn calibration(&self) -> &Calibration {
        &self.calibration
    }

    /// Returns the margins of all heads for an analysed statement.
    #[must_use]
    pub(crate) fn margins(&self, analysis: &Analysis, buffers: &mut MarginBuffers) -> [f64; HEADS] {
        let (extractor, weights) = (&self.extractor, &self.weights);
        let mut margins = weights.intercepts();
        let mut add = |units: [i64; HEADS], value: f32| weights.add(units, value, &mut margins);
        let mut add_column = |feature: Feature| {
            if let Some(units) = weights.quantised(extractor.key(feature.column)) {
                add(units.map(i64::from), feature.value);
            }
        };
        extractor.for_each_cue_and_form(analysis, &mut add_column);
        if extractor.has_skips() {
            extractor.for_each_skip(analysis, &mut add_column);
        }
        // weights of word features have the same value, so they are summed as integers
        let mut units = [0; HEADS];
        extractor.for_each_word(analysis, |step| {
            let of_word = match self.word_weights.words.get(step.word as usize).and_then(OnceLock::get) {
                Some(known) => known,
                None => self.look_up_word(step.word),
            };
            let mut add = |more: [i16; HEADS]| {
                units.iter_mut().zip(more).for_each(|(sum, unit)| *sum += i64::from(unit));
            };
            add(of_word.word);
            add(if step.negated { of_word.negated_stem } else { of_word.stem });
            if let Some(pair) = step.pair {
                [pair.words, pair.stems].into_iter().filter_map(|key| weights.quantised(key)).for_each(add);
            }
        });
        add(units, analysis.word_value());
        for (pairs, factors) in self.word_weights.pairs.iter().zip(&self.factors) {
            extractor.positions(analysis, pairs.layer(), &mut buffers.positions);
            pairs.add((extractor, factors), &buffers.positions, &mut buffers.pairs, &mut margins);
        }
        margins
    }

    /// Looks up the weights of a word that occurs for the first time.
    #[cold]
    #[inline(never)]
    fn look_up_word(&self, word: WordId) -> &WeightsOfWord {
        static NONE: WeightsOfWord =
            WeightsOfWord { word: [0; HEADS], stem: [0; HEADS], negated_stem: [0; HEADS] };
        let first = || WeightsOfWord::new(word, &self.extractor, &self.weights);
        self.word_weights.words.get(word as usize).map_or(&NONE, |of_word| of_word.get_or_init(first))
    }

    /// Calls `found` with the contribution of each position and pair of positions of a layer to the margin
    /// of a head; for a single position it is passed twice.
    pub(crate) fn pair_contributions(
        &self,
        analysis: &Analysis,
        layer: Layer,
        head: usize,
        buffers: &mut MarginBuffers,
        mut found: impl FnMut(Position, Position, f64),
    ) {
        for (pairs, factors) in self.word_weights.pairs.iter().zip(&self.factors) {
            if pairs.layer() == layer {
                self.extractor.positions(analysis, layer, &mut buffers.positions);
                pairs.contributions((&self.extractor, factors), &buffers.positions, head, &mut found);
            }
        }
    }
}

/// Returns the lexicon in its stored form.
pub(crate) fn stored_lexicon(lexicon: &Lexicon) -> PackedNumbers<1> {
    to_text(lexicon).bytes().map(|byte| [byte]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use detente_lang::Span;

    #[test]
    fn margins_are_sums_of_feature_weights() {
        let model = TrainedModel::builtin().expect("the built-in model");
        let text = "Officials said talks would not resume, but no agreement was signed with Acme in 2019.";
        let (mut analysis, mut features) = (Analysis::default(), Vec::new());
        model.extractor.analyze(text, Span::new(0, text.len()), &mut analysis);
        model.extractor.extract(&analysis, &mut features);
        let mut expected = model.weights.intercepts();
        for feature in &features {
            let weights = model.weights.get(model.extractor.key(feature.column)).unwrap_or_default();
            for (margin, weight) in expected.iter_mut().zip(weights) {
                *margin += weight * f64::from(feature.value);
            }
        }
        let mut buffers = MarginBuffers::default();
        for layer in Layer::ALL {
            for (head, margin) in expected.iter_mut().enumerate() {
                let add = |_, _, amount| *margin += amount;
                model.pair_contributions(&analysis, layer, head, &mut buffers, add);
            }
        }
        for (found, expected) in model.margins(&analysis, &mut buffers).into_iter().zip(expected) {
            assert!((found - expected).abs() < 1e-9, "{found} {expected}");
        }
    }
}
