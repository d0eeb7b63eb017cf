//! [`Dataset`]: features of statements as a sparse matrix.

use std::collections::HashMap;

use detente::Span;
use detente::internals::{Analysis, Extractor, Feature, Layer};
use rayon::prelude::*;

use crate::corpus::labelled::LabelledStatement;
use crate::fit::pair_factors::PositionRows;
use crate::fit::sparse_matrix::{SparseMatrix, SparseMatrixBuilder};

/// A feature of a statement.
struct KeyedFeature {
    key: u64,
    value: f32,
    family: &'static str,
}

/// Features of statements; rare features are left out.
#[derive(Clone, Debug)]
pub(crate) struct Dataset {
    /// Key of the feature in each column, sorted.
    pub(crate) keys: Vec<u64>,
    /// Name of the family of the feature in each column.
    pub(crate) families: Vec<&'static str>,
    /// One row per statement.
    pub(crate) x: SparseMatrix,
    /// Positions of the statements in each layer, for the pair factors.
    pub(crate) layers: Vec<PositionRows>,
}

impl Dataset {
    /// Extracts the features of `statements`; those in fewer than `min_statements` are left out.
    pub(crate) fn new(extractor: &Extractor, statements: &[&LabelledStatement], min_statements: u32) -> Self {
        let rows = extract_features(extractor, statements);
        let mut counts: HashMap<u64, (u32, &'static str)> = HashMap::new();
        for feature in rows.iter().flatten() {
            counts.entry(feature.key).or_insert((0, feature.family)).0 += 1;
        }
        let mut columns: Vec<(u64, &'static str)> = counts
            .into_iter()
            .filter(|(_, (count, _))| *count >= min_statements)
            .map(|(key, (_, family))| (key, family))
            .collect();
        columns.sort_unstable();
        let (keys, families): (Vec<u64>, Vec<&'static str>) = columns.into_iter().unzip();
        let column_of_key: HashMap<u64, u32> =
            keys.iter().enumerate().map(|(column, key)| (*key, column as u32)).collect();
        let mut builder = SparseMatrixBuilder::default();
        for row in rows {
            builder.push(row.into_iter().filter_map(|f| Some((*column_of_key.get(&f.key)?, f.value))));
        }
        let layers = Layer::ALL
            .into_iter()
            .map(|layer| PositionRows::new(extractor, statements, layer, min_statements))
            .collect();
        Self { x: builder.build(keys.len()), keys, families, layers }
    }
}

/// Features of every statement, sorted by key; values of equal keys are added.
fn extract_features(extractor: &Extractor, statements: &[&LabelledStatement]) -> Vec<Vec<KeyedFeature>> {
    let extract = |buffers: &mut (Analysis, Vec<Feature>), statement: &&LabelledStatement| {
        let (analysis, features) = buffers;
        extractor.analyze(&statement.text, Span::new(0, statement.text.len()), analysis);
        extractor.extract(analysis, features);
        let mut row: Vec<KeyedFeature> = features
            .iter()
            .map(|f| KeyedFeature { key: extractor.key(f.column), value: f.value, family: f.family() })
            .collect();
        row.sort_by_key(|feature| feature.key);
        row.dedup_by(|next, kept| {
            let is_same = next.key == kept.key;
            if is_same {
                kept.value += next.value;
            }
            is_same
        });
        row
    };
    statements.par_iter().map_init(|| (Analysis::default(), Vec::new()), extract).collect()
}
