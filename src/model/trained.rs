//! [`TrainedModel`]: everything that scoring needs, whole or not at all.

use std::sync::OnceLock;

use crate::error::{Error, Result};
use crate::feature::analysis::Reading;
use crate::feature::columns::Feature;
use crate::feature::extract::Extractor;
use crate::feature::position::Layer;
use crate::feature::position::Place;
use crate::lexicon::matcher::Finder;
use crate::lexicon::parse::Lexicon;
use crate::lexicon::text_form::{from_text, to_text};
use crate::model::aggregation::Aggregation;
use crate::model::byte_reader::{Stored, text};
use crate::model::calibration::Calibration;
use crate::model::factors::Factors;
use crate::model::heads::HEADS;
use crate::model::weights::Weights;
use crate::model::word_weights::{Memory, OfWord, Tables};
use crate::token::tokenizer::Tokenizer;
use crate::token::tokens::WordId;
use crate::token::vocabulary::Vocabulary;

/// A trained model: words, lexicon, weights, pair weights, calibration, aggregation.
#[derive(Clone, Debug)]
pub struct TrainedModel {
    pub(crate) id: String,
    /// The lexicon as its text, which scoring does not read.
    pub(crate) lexicon: Stored<1>,
    pub(crate) extractor: Extractor,
    pub(crate) weights: Weights,
    pub(crate) factors: [Factors; Layer::ALL.len()],
    pub(crate) tables: Tables,
    pub(crate) calibration: Calibration,
    pub(crate) aggregation: Aggregation,
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
        let lexicon = store_lexicon(lexicon);
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
        from_text(text(self.lexicon.as_flattened(), "the lexicon")?)
    }

    /// The margins of all heads for a statement that was read.
    #[must_use]
    pub fn margins(&self, reading: &Reading, memory: &mut Memory) -> [f64; HEADS] {
        let (extractor, weights) = (&self.extractor, &self.weights);
        let mut margins = weights.intercepts();
        let mut add = |units: [i64; HEADS], value: f32| weights.add(units, value, &mut margins);
        let mut add_column = |feature: Feature| {
            if let Some(units) = weights.quantised(extractor.key(feature.column)) {
                add(units.map(i64::from), feature.value);
            }
        };
        extractor.each_other(reading, &mut add_column);
        if extractor.has_skips() {
            extractor.skip_features(reading, &mut add_column);
        }
        let mut units = [0; HEADS];
        extractor.each_word(reading, |step| {
            let of_word = match self.tables.words.get(step.word as usize).and_then(OnceLock::get) {
                Some(known) => known,
                None => self.first_met(step.word),
            };
            let mut add = |more: [i16; HEADS]| {
                units.iter_mut().zip(more).for_each(|(sum, unit)| *sum += i64::from(unit));
            };
            add(of_word.word);
            add(if step.negated { of_word.negated } else { of_word.stem });
            if let Some(pair) = step.pair {
                [pair.words, pair.stems].into_iter().filter_map(|key| weights.quantised(key)).for_each(add);
            }
        });
        add(units, reading.word_value());
        for (pairs, factors) in self.tables.pairs.iter().zip(&self.factors) {
            extractor.places(reading, pairs.layer(), &mut memory.places);
            pairs.add((extractor, factors), &memory.places, &mut memory.pairs, &mut margins);
        }
        margins
    }

    /// The weights of a word that is met for the first time.
    #[cold]
    #[inline(never)]
    fn first_met(&self, word: WordId) -> &OfWord {
        static NONE: OfWord = OfWord { word: [0; HEADS], stem: [0; HEADS], negated: [0; HEADS] };
        let first = || OfWord::new(word, &self.extractor, &self.weights);
        self.tables.words.get(word as usize).map_or(&NONE, |of_word| of_word.get_or_init(first))
    }

    /// What places and pairs of places of a layer add to the margin of a head: calls `share` with both places (the
    /// same twice for a place by itself) and the amount.
    pub fn pair_shares(
        &self,
        reading: &Reading,
        layer: Layer,
        head: usize,
        memory: &mut Memory,
        mut share: impl FnMut(Place, Place, f64),
    ) {
        for (pairs, factors) in self.tables.pairs.iter().zip(&self.factors) {
            if pairs.layer() == layer {
                self.extractor.places(reading, layer, &mut memory.places);
                pairs.shares((&self.extractor, factors), &memory.places, head, &mut share);
            }
        }
    }
}

/// A lexicon as it is stored.
pub(crate) fn store_lexicon(lexicon: &Lexicon) -> Stored<1> {
    to_text(lexicon).bytes().map(|byte| [byte]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::builtin::builtin;
    use detente_lang::Span;

    #[test]
    fn words_have_the_weights_of_their_keys() {
        let model = builtin().expect("the built-in model");
        let text = "Officials said talks would not resume, but no agreement was signed with Acme in 2019.";
        let (mut reading, mut features) = (Reading::default(), Vec::new());
        model.extractor.read(text, Span::new(0, text.len()), &mut reading);
        model.extractor.extract(&reading, &mut features);
        let mut plain = model.weights.intercepts();
        for feature in &features {
            let weights = model.weights.get(model.extractor.key(feature.column)).unwrap_or_default();
            for (margin, weight) in plain.iter_mut().zip(weights) {
                *margin += weight * f64::from(feature.value);
            }
        }
        let mut memory = Memory::default();
        for layer in Layer::ALL {
            for (head, margin) in plain.iter_mut().enumerate() {
                model.pair_shares(&reading, layer, head, &mut memory, |_, _, amount| *margin += amount);
            }
        }
        for (fast, plain) in model.margins(&reading, &mut memory).into_iter().zip(plain) {
            assert!((fast - plain).abs() < 1e-9, "{fast} {plain}");
        }
    }
}
