//! [`Dataset`]: labelled statements as the solver sees them.

use std::collections::{BTreeMap, HashMap};

use detente::internals::{Analysis, Extractor, Feature, Layer, Shape, Tokenizer, Vocabulary};
use detente::{Lexicon, Span};

use crate::corpus::labelled::LabelledStatement;
use crate::fit::factorise::Rows;
use crate::fit::sparse_matrix::{SparseMatrix, SparseMatrixBuilder};

use rayon::prelude::*;

/// The features of statements, with the columns that occur often enough.
#[derive(Clone, Debug)]
pub struct Dataset {
    /// The columns' keys, sorted.
    pub keys: Vec<u64>,
    /// The name of each column's family.
    pub families: Vec<&'static str>,
    /// One row a statement.
    pub x: SparseMatrix,
    /// The places of the statements, a layer each.
    pub(crate) layers: Vec<Rows>,
}

/// Fewest times that a word must be seen in lower case to count as an ordinary word.
const ORDINARY: u32 = 2;
/// Least share of an ordinary word's occurrences inside sentences that is in lower case.
const ORDINARY_SHARE: f64 = 0.3;

/// The vocabulary: the lexicon's words and the words that the statements use as ordinary words.
pub(crate) fn vocabulary(lexicon: &Lexicon, statements: &[&LabelledStatement]) -> Vocabulary {
    let scanner = Tokenizer::new(Vocabulary::new::<&str>([]));
    let count = |chunk: &[&LabelledStatement]| {
        let mut counts: HashMap<String, (u32, u32)> = HashMap::new();
        let mut tokens = Vec::new();
        for statement in chunk {
            tokens.clear();
            let text = statement.text.as_str();
            scanner.tokenize(text, Span::new(0, text.len()), &mut tokens);
            let capitals = tokens.iter().filter(|t| t.shape.has(Shape::CAPITAL)).count();
            let headline = 2 * capitals > tokens.len();
            for (at, token) in tokens.iter().enumerate() {
                if token.shape.is_punctuation() || token.shape.has(Shape::DIGIT) {
                    continue;
                }
                let written = token.span.slice(text).replace(['’', '‘'], "'");
                if written.chars().any(char::is_uppercase) {
                    if at > 0 && !headline {
                        counts.entry(written.to_lowercase()).or_default().1 += 1;
                    }
                } else {
                    counts.entry(written).or_default().0 += 1;
                }
            }
        }
        counts
    };
    let chunks: Vec<_> = statements.par_chunks(2048).map(count).collect();
    let mut counts: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    for chunk in chunks {
        // sums do not depend on the order of the map
        #[expect(clippy::iter_over_hash_type, reason = "the sums go into a sorted map")]
        for (word, (lower, capital)) in chunk {
            let sum = counts.entry(word).or_default();
            sum.0 += lower;
            sum.1 += capital;
        }
    }
    let ordinary = counts.into_iter().filter(|(_, (lower, capital))| {
        *lower >= ORDINARY && f64::from(*lower) >= ORDINARY_SHARE * f64::from(lower + capital)
    });
    let marks = Extractor::PUNCTUATION.map(String::from);
    Vocabulary::new(lexicon.word_forms().chain(ordinary.map(|(word, _)| word)).chain(marks))
}

impl Dataset {
    /// The features of `statements`; columns in fewer than `rare` statements are left out.
    #[must_use]
    pub fn new(extractor: &Extractor, statements: &[&LabelledStatement], rare: u32) -> Self {
        let rows = Self::features(extractor, statements);
        let mut counts: HashMap<u64, (u32, &'static str)> = HashMap::new();
        for row in &rows {
            for (key, _, family) in row {
                counts.entry(*key).or_insert((0, family)).0 += 1;
            }
        }
        let mut columns: Vec<(u64, &'static str)> = counts
            .into_iter()
            .filter(|(_, (count, _))| *count >= rare)
            .map(|(key, (_, family))| (key, family))
            .collect();
        columns.sort_unstable();
        let (keys, families): (Vec<u64>, Vec<&'static str>) = columns.into_iter().unzip();
        let positions: HashMap<u64, u32> =
            keys.iter().enumerate().map(|(at, key)| (*key, at as u32)).collect();
        let mut builder = SparseMatrixBuilder::default();
        for row in rows {
            builder.push(row.into_iter().filter_map(|(key, value, _)| Some((*positions.get(&key)?, value))));
        }
        let layers =
            Layer::ALL.into_iter().map(|layer| Rows::new(extractor, statements, layer, rare)).collect();
        Self { x: builder.build(keys.len()), keys, families, layers }
    }

    /// Key, value and family of every feature; values of the same key are added up.
    fn features(
        extractor: &Extractor,
        statements: &[&LabelledStatement],
    ) -> Vec<Vec<(u64, f32, &'static str)>> {
        let each = |memory: &mut (Analysis, Vec<Feature>), statement: &&LabelledStatement| {
            let (analysis, features) = memory;
            extractor.analyze(&statement.text, Span::new(0, statement.text.len()), analysis);
            extractor.extract(analysis, features);
            let mut row: Vec<_> =
                features.iter().map(|f| (extractor.key(f.column), f.value, f.family())).collect();
            row.sort_by_key(|(key, ..)| *key);
            row.dedup_by(|next, kept| {
                let same = next.0 == kept.0;
                if same {
                    kept.1 += next.1;
                }
                same
            });
            row
        };
        statements.par_iter().map_init(|| (Analysis::default(), Vec::new()), each).collect()
    }
}
