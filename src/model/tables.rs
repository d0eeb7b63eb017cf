//! [`Tables`]: the weights laid out as scoring reads them, and the margins that they add up to.

use std::sync::OnceLock;

use super::pairs::{PairMemory, Pairs};
use super::trained::{HEADS, TrainedModel};
use super::{Factors, Weights};
use crate::feature::{Column, Extractor, Feature, Layer, Place, Reading, fresh};
use crate::token::WordId;

/// What is worked out from a model when a word is first met, so that from then on it costs no search.
#[derive(Clone, Debug)]
pub(super) struct Tables {
    words: Vec<OnceLock<OfWord>>,
    pairs: [Pairs; Layer::ALL.len()],
}

/// The weights of the columns that a word alone stands for; 0 for those that the model lacks.
#[derive(Clone, Copy, Debug, Default)]
struct OfWord {
    word: [i16; HEADS],
    stem: [i16; HEADS],
    negated: [i16; HEADS],
}

/// Working memory of a statement's margins; keep one a thread.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    places: Vec<Place>,
    pairs: PairMemory,
}

impl Tables {
    pub(super) fn new(extractor: &Extractor, factors: &[Factors; Layer::ALL.len()]) -> Self {
        let words = fresh(extractor.tokenizer().vocabulary().len());
        Self { words, pairs: factors.each_ref().map(|factors| Pairs::new(extractor, factors)) }
    }
}

impl OfWord {
    fn new(word: WordId, extractor: &Extractor, weights: &Weights) -> Self {
        let of = |column: Column| weights.quantised(extractor.key(column)).unwrap_or_default();
        Self {
            word: of(Column::Word(word)),
            stem: of(Column::Stem(word, false)),
            negated: of(Column::Stem(word, true)),
        }
    }
}

impl TrainedModel {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Span;
    use crate::model::builtin;

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
