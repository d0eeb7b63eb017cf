//! [`Tables`]: the weights laid out as scoring reads them.

use std::sync::OnceLock;

use crate::feature::columns::Column;
use crate::feature::extract::{Extractor, fresh};
use crate::feature::position::{Layer, Place};
use crate::model::factors::Factors;
use crate::model::heads::HEADS;
use crate::model::pair_weights::{PairMemory, Pairs};
use crate::model::weights::Weights;
use crate::token::tokens::WordId;

/// What is worked out from a model when a word is first met, so that from then on it costs no search.
#[derive(Clone, Debug)]
pub(crate) struct Tables {
    pub(crate) words: Vec<OnceLock<OfWord>>,
    pub(crate) pairs: [Pairs; Layer::ALL.len()],
}

/// The weights of the columns that a word alone stands for; 0 for those that the model lacks.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct OfWord {
    pub(crate) word: [i16; HEADS],
    pub(crate) stem: [i16; HEADS],
    pub(crate) negated: [i16; HEADS],
}

/// Working memory of a statement's margins; keep one a thread.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    pub(crate) places: Vec<Place>,
    pub(crate) pairs: PairMemory,
}

impl Tables {
    pub(crate) fn new(extractor: &Extractor, factors: &[Factors; Layer::ALL.len()]) -> Self {
        let words = fresh(extractor.tokenizer().vocabulary().len());
        Self { words, pairs: factors.each_ref().map(|factors| Pairs::new(extractor, factors)) }
    }
}

impl OfWord {
    pub(crate) fn new(word: WordId, extractor: &Extractor, weights: &Weights) -> Self {
        let of = |column: Column| weights.quantised(extractor.key(column)).unwrap_or_default();
        Self {
            word: of(Column::Word(word)),
            stem: of(Column::Stem(word, false)),
            negated: of(Column::Stem(word, true)),
        }
    }
}
