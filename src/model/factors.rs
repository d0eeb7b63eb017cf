//! [`Factors`]: weights of pairs that stand near each other, stored as products of a few factors.
//!
//! A pair of places at most a window apart is a feature of the linear model like any other. There are too
//! many such pairs to give each a weight of its own, so the weight of a pair is the product of
//! the left factors of its first place and the right factors of its second, and a place's
//! factors are the sums of those of its traits (Rendle 2010, factorization machines). This is what is stored;
//! [`Pairs`](crate::model::pair_weights::Pairs) are the same weights as scoring reads them.

use crate::error::{Error, Result};
use crate::feature::position::Layer;
use crate::model::byte_reader::Stored;
use crate::model::heads::HEADS;
use crate::model::key_index::Keys;

/// Number of factors of the outlook, bearing and hedge heads in a layer.
pub(crate) type Dims = [usize; HEADS];

/// Largest size of a left or right factor: ten bits with the sign, so that sums of products stay exact in the
/// integers of [`Pairs`](crate::model::pair_weights::Pairs).
pub(crate) const LARGEST_FACTOR: i16 = 511;
const LARGEST: u16 = LARGEST_FACTOR.unsigned_abs();

/// The weights of one layer.
#[derive(Clone, Debug, PartialEq)]
pub struct Factors {
    layer: Layer,
    dims: Dims,
    /// Keys of the traits.
    keys: Keys,
    /// A row a key: a linear weight a head, then the left factors of all heads, then the right ones.
    rows: Stored<2>,
    /// What a unit of a linear weight and of a product is worth, a head.
    scales: [[f64; 2]; HEADS],
}

/// Dimensions, keys, rows and scales of a layer, as they are stored.
type Parts<'a> = (Dims, &'a [[u8; 8]], &'a [[u8; 2]], [[f64; 2]; HEADS]);

/// The traits' weights as they were learned: linear weights, left and right factors of every head.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LearnedTrait {
    /// Key of the trait.
    pub key: u64,
    /// Linear weight a head.
    pub linear: [f64; HEADS],
    /// Left factors a head.
    pub left: [Vec<f64>; HEADS],
    /// Right factors a head.
    pub right: [Vec<f64>; HEADS],
}

impl Factors {
    /// Quantises what was learned, linear weights to 16 bits and factors to ten; traits must be sorted by key, without doubles.
    ///
    /// # Errors
    /// When a weight is not finite or the traits are out of order.
    pub fn quantise(layer: Layer, dims: Dims, traits: &[LearnedTrait]) -> Result<Self> {
        let largest = |values: &mut dyn Iterator<Item = f64>| values.fold(0.0_f64, |m, v| m.max(v.abs()));
        let step = |largest: f64, units: i16| (largest / f64::from(units)).max(f64::MIN_POSITIVE);
        let mut steps = [[0.0; 2]; HEADS];
        for (h, steps) in steps.iter_mut().enumerate() {
            steps[0] = step(largest(&mut traits.iter().map(|t| t.linear[h])), i16::MAX);
            let mut factors = traits.iter().flat_map(|t| t.left[h].iter().chain(&t.right[h])).copied();
            steps[1] = step(largest(&mut factors), LARGEST_FACTOR);
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
        Self::stored(layer, dims, keys, rows.into(), steps.map(|[linear, factor]| [linear, factor * factor]))
    }

    /// A layer without weights, as in models from before there were factors.
    pub(crate) fn none(layer: Layer) -> Result<Self> {
        Self::stored(layer, [0; HEADS], Stored::default(), Stored::default(), [[0.0; 2]; HEADS])
    }

    /// The weights as they were stored; factors of more than ten bits, as models had before, are rounded to those.
    ///
    /// # Errors
    /// When the parts do not fit together.
    pub(crate) fn stored(
        layer: Layer,
        dims: Dims,
        keys: Stored<8>,
        mut rows: Stored<2>,
        mut scales: [[f64; 2]; HEADS],
    ) -> Result<Self> {
        if dims.iter().any(|d| *d > 256) {
            return Err(Error::model("the pair weights have too many factors"));
        }
        if rows.len() != keys.len() * (HEADS + 2 * dims.iter().sum::<usize>()) {
            return Err(Error::model("the pair weights and their keys differ in number"));
        }
        let keys = Keys::new(keys)?;
        if !scales.iter().flatten().all(|v| v.is_finite()) {
            return Err(Error::model("a scale of the pair weights is not finite"));
        }
        round(dims, &mut rows, &mut scales);
        Ok(Self { layer, dims, keys, rows, scales })
    }

    /// The layer that the weights belong to.
    #[must_use]
    pub fn layer(&self) -> Layer {
        self.layer
    }

    /// Dimensions, keys, rows and scales, as they are stored.
    pub(crate) fn parts(&self) -> Parts<'_> {
        (self.dims, self.keys.as_slice(), &self.rows, self.scales)
    }

    /// The numbers of the traits with these keys; `None` for 0, which stands for no trait, and for one that the
    /// weights lack.
    pub(crate) fn numbers<const N: usize>(&self, traits: [u64; N]) -> [Option<usize>; N] {
        traits.map(|key| if key == 0 { None } else { self.keys.find(key) })
    }

    /// The row of the trait of that number.
    pub(crate) fn row(&self, number: usize) -> &[[u8; 2]] {
        let width = HEADS + 2 * self.dims.iter().sum::<usize>();
        self.rows.get(number * width..(number + 1) * width).unwrap_or_default()
    }
}

/// Rounds the factors of heads in which they have more than ten bits.
fn round(dims: Dims, rows: &mut Stored<2>, scales: &mut [[f64; 2]; HEADS]) {
    let width: usize = dims.iter().sum();
    let size = |value: &[u8; 2]| i16::from_le_bytes(*value).unsigned_abs();
    let fits = |row: &[[u8; 2]]| row.iter().skip(HEADS).map(size).fold(0, u16::max) <= LARGEST;
    if rows.chunks_exact(HEADS + 2 * width).all(fits) {
        return;
    }
    let mut from = HEADS;
    for (dims, scale) in dims.into_iter().zip(scales) {
        let sides = [from..from + dims, from + width..from + width + dims];
        from += dims;
        let mut largest = 0;
        for row in rows.chunks_exact(HEADS + 2 * width) {
            for value in sides.iter().flat_map(|side| &row[side.clone()]) {
                largest = largest.max(size(value));
            }
        }
        if largest <= LARGEST {
            continue;
        }
        let unit = f64::from(largest) / f64::from(LARGEST_FACTOR);
        scale[1] *= unit * unit;
        let rounded = |value: [u8; 2]| (f64::from(i16::from_le_bytes(value)) / unit).round() as i16;
        for row in rows.to_mut().chunks_exact_mut(HEADS + 2 * width) {
            for side in &sides {
                row[side.clone()].iter_mut().for_each(|value| *value = rounded(*value).to_le_bytes());
            }
        }
    }
}

/// What a place and a pair count for in a statement of that many places, so that long statements
/// do not outweigh short ones.
pub fn factors_of_length(layer: Layer, places: usize) -> (f64, f64) {
    let n = places as f64;
    (1.0 / n.sqrt(), 1.5 / (n * layer.window() as f64).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_that_do_not_fit_are_refused() {
        let (dims, keys, rows) = ([1, 1, 0], [3, 5], [1; 14]);
        let stored = |dims: Dims, keys: &[u64], rows: &[i16]| {
            let keys = keys.iter().map(|key| key.to_le_bytes()).collect();
            let rows = rows.iter().map(|value| value.to_le_bytes()).collect();
            Factors::stored(Layer::Words, dims, keys, rows, [[1.0; 2]; HEADS])
        };
        assert!(stored(dims, &keys, &rows).is_ok());
        assert!(stored([2, 1, 0], &keys, &rows).is_err() && stored(dims, &keys, &rows[1..]).is_err());
        assert!(stored(dims, &[5, 3], &rows).is_err() && stored(dims, &[3, 3], &rows).is_err());
    }
}
