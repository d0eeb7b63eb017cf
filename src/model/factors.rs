//! [`Factors`]: weights of pairs of nearby positions, stored as products of a few factors.
//!
//! A pair of positions at most a window apart is a feature of the linear model like any other. There are too
//! many such pairs to store a weight for each. Instead, the weight of a pair is the dot product of the left
//! factors of its first position and the right factors of its second, and the factors of a position are the
//! sums of those of its traits (factorization machines, Rendle 2010). This is the stored form;
//! [`PairWeights`](crate::model::pair_weights::PairWeights) are the same weights in the layout that scoring
//! reads.

use crate::error::{Error, Result};
use crate::feature::position::Layer;
use crate::model::byte_reader::PackedNumbers;
use crate::model::heads::HEADS;
use crate::model::key_index::KeyIndex;

/// Number of factors in each head of a layer.
pub(crate) type FactorCounts = [usize; HEADS];

/// Most factors in a head; a crafted file cannot ask for more.
const MAX_FACTORS: usize = 256;
/// Largest absolute value of a factor: ten bits with the sign, so that sums of products are exact in the
/// integers of [`PairWeights`](crate::model::pair_weights::PairWeights).
pub(crate) const MAX_FACTOR: i16 = 511;

/// Weights of the positions and pairs of one layer.
#[derive(Clone, Debug, PartialEq)]
pub struct Factors {
    layer: Layer,
    counts: FactorCounts,
    /// Keys of the traits.
    keys: KeyIndex,
    /// One row for each key: a linear weight for each head, the left factors of all heads, the right ones.
    rows: PackedNumbers<2>,
    /// For each head, the value of a unit of a linear weight and of a product of factors.
    scales: [[f64; 2]; HEADS],
}

/// Factor counts, keys, rows and scales of a layer in their stored form.
type StoredParts<'a> = (FactorCounts, &'a [[u8; 8]], &'a [[u8; 2]], [[f64; 2]; HEADS]);

/// Learned weights of a trait, in each head.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LearnedTrait {
    /// Key of the trait.
    pub key: u64,
    /// Linear weights.
    pub linear: [f64; HEADS],
    /// Left factors.
    pub left: [Vec<f64>; HEADS],
    /// Right factors.
    pub right: [Vec<f64>; HEADS],
}

impl Factors {
    /// Quantises linear weights to 16 bits and factors to ten; `traits` must be sorted by key without
    /// duplicates.
    ///
    /// # Errors
    /// Returns an error if a weight is not finite or the traits are out of order.
    pub fn quantise(layer: Layer, counts: [usize; HEADS], traits: &[LearnedTrait]) -> Result<Self> {
        let largest = |values: &mut dyn Iterator<Item = f64>| values.fold(0.0_f64, |m, v| m.max(v.abs()));
        let step = |largest: f64, units: i16| (largest / f64::from(units)).max(f64::MIN_POSITIVE);
        let mut steps = [[0.0; 2]; HEADS];
        for (h, steps) in steps.iter_mut().enumerate() {
            steps[0] = step(largest(&mut traits.iter().map(|t| t.linear[h])), i16::MAX);
            let mut factors = traits.iter().flat_map(|t| t.left[h].iter().chain(&t.right[h])).copied();
            steps[1] = step(largest(&mut factors), MAX_FACTOR);
        }
        let mut rows: Vec<[u8; 2]> = Vec::new();
        for learned in traits {
            let unit = |value: f64, step: f64| ((value / step).round() as i16).to_le_bytes();
            rows.extend(learned.linear.iter().zip(&steps).map(|(v, s)| unit(*v, s[0])));
            for side in [&learned.left, &learned.right] {
                for (values, steps) in side.iter().zip(&steps) {
                    rows.extend(values.iter().map(|v| unit(*v, steps[1])));
                }
            }
        }
        let keys = traits.iter().map(|t| t.key.to_le_bytes()).collect();
        let scales = steps.map(|[linear, factor]| [linear, factor * factor]);
        Self::from_parts(layer, counts, keys, rows.into(), scales)
    }

    /// Creates a layer without weights, for model files of format 1.
    pub(crate) fn empty(layer: Layer) -> Result<Self> {
        let (keys, rows) = (PackedNumbers::default(), PackedNumbers::default());
        Self::from_parts(layer, [0; HEADS], keys, rows, [[0.0; 2]; HEADS])
    }

    /// Creates factors from their stored form; factors of more than ten bits, which old models have, are
    /// rounded to ten.
    ///
    /// # Errors
    /// Returns an error if the parts are inconsistent.
    pub(crate) fn from_parts(
        layer: Layer,
        counts: FactorCounts,
        keys: PackedNumbers<8>,
        mut rows: PackedNumbers<2>,
        mut scales: [[f64; 2]; HEADS],
    ) -> Result<Self> {
        if counts.iter().any(|count| *count > MAX_FACTORS) {
            return Err(Error::model("the pair weights have too many factors"));
        }
        if rows.len() != keys.len() * row_width(counts) {
            return Err(Error::model("the pair weights and their keys differ in number"));
        }
        let keys = KeyIndex::new(keys)?;
        if !scales.iter().flatten().all(|v| v.is_finite()) {
            return Err(Error::model("a scale of the pair weights is not finite"));
        }
        round_to_ten_bits(counts, &mut rows, &mut scales);
        Ok(Self { layer, counts, keys, rows, scales })
    }

    /// Returns the layer.
    #[must_use]
    pub(crate) fn layer(&self) -> Layer {
        self.layer
    }

    /// Returns factor counts, keys, rows and scales in their stored form.
    pub(crate) fn parts(&self) -> StoredParts<'_> {
        (self.counts, self.keys.as_slice(), &self.rows, self.scales)
    }

    /// Returns the row numbers of traits by their keys; `None` for key 0, which stands for no trait, and for
    /// traits that the model lacks.
    pub(crate) fn row_numbers<const N: usize>(&self, keys: [u64; N]) -> [Option<usize>; N] {
        keys.map(|key| if key == 0 { None } else { self.keys.find(key) })
    }

    /// Returns the row of that number.
    pub(crate) fn row(&self, number: usize) -> &[[u8; 2]] {
        let width = row_width(self.counts);
        self.rows.get(number * width..(number + 1) * width).unwrap_or_default()
    }
}

/// Returns the numbers in a row.
pub(crate) fn row_width(counts: FactorCounts) -> usize {
    HEADS + 2 * counts.iter().sum::<usize>()
}

/// Returns the normalisation of single positions and of pairs for a statement of `positions` positions, so
/// that long statements do not outweigh short ones.
#[must_use]
pub fn length_normalization(layer: Layer, positions: usize) -> (f64, f64) {
    let n = positions as f64;
    (1.0 / n.sqrt(), 1.5 / (n * layer.window() as f64).sqrt())
}

/// Rounds the factors of all heads in which any has more than ten bits.
fn round_to_ten_bits(counts: FactorCounts, rows: &mut PackedNumbers<2>, scales: &mut [[f64; 2]; HEADS]) {
    let limit = MAX_FACTOR.unsigned_abs();
    let side_width: usize = counts.iter().sum();
    let size = |value: &[u8; 2]| i16::from_le_bytes(*value).unsigned_abs();
    let fits =
        |row: &[[u8; 2]]| row.get(HEADS..).unwrap_or_default().iter().map(size).fold(0, u16::max) <= limit;
    if rows.chunks_exact(row_width(counts)).all(fits) {
        return;
    }
    let mut from = HEADS;
    for (count, scale) in counts.into_iter().zip(scales) {
        let sides = [from..from + count, from + side_width..from + side_width + count];
        from += count;
        let mut largest = 0;
        for row in rows.chunks_exact(row_width(counts)) {
            for value in sides.iter().flat_map(|side| &row[side.clone()]) {
                largest = largest.max(size(value));
            }
        }
        if largest <= limit {
            continue;
        }
        let unit = f64::from(largest) / f64::from(MAX_FACTOR);
        scale[1] *= unit * unit;
        let rounded = |value: [u8; 2]| (f64::from(i16::from_le_bytes(value)) / unit).round() as i16;
        for row in rows.to_mut().chunks_exact_mut(row_width(counts)) {
            for side in &sides {
                row[side.clone()].iter_mut().for_each(|value| *value = rounded(*value).to_le_bytes());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inconsistent_parts_are_rejected() {
        let (counts, keys, rows) = ([1, 1, 0], [3, 5], [1; 14]);
        let from_parts = |counts: FactorCounts, keys: &[u64], rows: &[i16]| {
            let keys = keys.iter().map(|key| key.to_le_bytes()).collect();
            let rows = rows.iter().map(|value| value.to_le_bytes()).collect();
            Factors::from_parts(Layer::Words, counts, keys, rows, [[1.0; 2]; HEADS])
        };
        assert!(from_parts(counts, &keys, &rows).is_ok());
        assert!(
            from_parts([2, 1, 0], &keys, &rows).is_err() && from_parts(counts, &keys, &rows[1..]).is_err()
        );
        assert!(from_parts(counts, &[5, 3], &rows).is_err() && from_parts(counts, &[3, 3], &rows).is_err());
    }
}
