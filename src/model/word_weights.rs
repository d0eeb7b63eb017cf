//! [`WordWeights`]: weights by word id, looked up once for each word.

use std::sync::OnceLock;

use crate::feature::columns::Column;
use crate::feature::extract::Extractor;
use crate::feature::locks::empty_locks;
use crate::feature::position::{Layer, Position};
use crate::model::factors::Factors;
use crate::model::heads::HEADS;
use crate::model::pair_weights::{PairBuffer, PairWeights};
use crate::model::weights::Weights;
use crate::token::tokens::WordId;

/// Weights in the layout that scoring reads, filled in when a word first occurs.
#[derive(Clone, Debug)]
pub(crate) struct WordWeights {
    pub(crate) words: Vec<OnceLock<WeightsOfWord>>,
    pub(crate) pairs: [PairWeights; Layer::ALL.len()],
}

/// Quantised weights of a word's own columns; 0 for columns that the model lacks.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct WeightsOfWord {
    pub(crate) word: [i16; HEADS],
    pub(crate) stem: [i16; HEADS],
    pub(crate) negated_stem: [i16; HEADS],
}

/// Buffers for computing margins; use one for each thread.
#[derive(Clone, Debug, Default)]
pub(crate) struct MarginBuffers {
    pub(crate) positions: Vec<Position>,
    pub(crate) pairs: PairBuffer,
}

impl WordWeights {
    pub(crate) fn new(extractor: &Extractor, factors: &[Factors; Layer::ALL.len()]) -> Self {
        let words = empty_locks(extractor.tokenizer().vocabulary().len());
        Self { words, pairs: factors.each_ref().map(|factors| PairWeights::new(extractor, factors)) }
    }
}

impl WeightsOfWord {
    pub(crate) fn new(word: WordId, extractor: &Extractor, weights: &Weights) -> Self {
        let weights_of = |column: Column| weights.quantised(extractor.key(column)).unwrap_or_default();
        Self {
            word: weights_of(Column::Word(word)),
            stem: weights_of(Column::Stem(word, false)),
            negated_stem: weights_of(Column::Stem(word, true)),
        }
    }
}
