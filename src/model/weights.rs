//! [`Weights`]: quantised weights of the linear model by feature key.

use crate::error::{Error, Result};
use crate::model::byte_reader::PackedNumbers;
use crate::model::heads::HEADS;
use crate::model::key_index::KeyIndex;

/// Bytes of the weights of one column: two for each head.
pub(crate) const COLUMN_BYTES: usize = 2 * HEADS;

/// Weights of all heads by feature key.
///
/// A weight is stored as a 16-bit integer with a scale for each head: the error is below 1/65,000 of the
/// head's largest weight.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    keys: KeyIndex,
    values: PackedNumbers<COLUMN_BYTES>,
    scales: [f64; HEADS],
    intercepts: [f64; HEADS],
}

impl Weights {
    /// Quantises the weights of `columns`, which must be sorted by key without duplicates.
    ///
    /// # Errors
    /// Returns an error if the keys are out of order or a weight is not finite.
    pub fn quantise(columns: &[(u64, [f64; HEADS])], intercepts: [f64; HEADS]) -> Result<Self> {
        let mut scales = [0.0_f64; HEADS];
        for (_, weights) in columns {
            for (scale, weight) in scales.iter_mut().zip(weights) {
                if !weight.is_finite() {
                    return Err(Error::model("a weight is not finite"));
                }
                *scale = scale.max(weight.abs());
            }
        }
        for scale in &mut scales {
            *scale = (*scale / f64::from(i16::MAX)).max(f64::MIN_POSITIVE);
        }
        let quantised = |weights: &[f64; HEADS]| {
            let mut bytes = [0; COLUMN_BYTES];
            for ((value, weight), scale) in bytes.as_chunks_mut().0.iter_mut().zip(weights).zip(scales) {
                *value = ((weight / scale).round() as i16).to_le_bytes();
            }
            bytes
        };
        let keys = columns.iter().map(|(key, _)| key.to_le_bytes()).collect();
        let values = columns.iter().map(|(_, weights)| quantised(weights)).collect();
        Self::from_parts(keys, values, scales, intercepts)
    }

    /// Creates weights from their stored form.
    ///
    /// # Errors
    /// Returns an error if the parts are inconsistent.
    pub(crate) fn from_parts(
        keys: PackedNumbers<8>,
        values: PackedNumbers<COLUMN_BYTES>,
        scales: [f64; HEADS],
        intercepts: [f64; HEADS],
    ) -> Result<Self> {
        if keys.len() != values.len() {
            return Err(Error::model("the weights and their keys differ in number"));
        }
        if !scales.iter().chain(&intercepts).all(|v| v.is_finite()) {
            return Err(Error::model("a scale or intercept is not finite"));
        }
        Ok(Self { keys: KeyIndex::new(keys)?, values, scales, intercepts })
    }

    /// Returns the weights of a column in all heads; `None` if the model lacks the column.
    #[must_use]
    pub(crate) fn get(&self, key: u64) -> Option<[f64; HEADS]> {
        let values = self.quantised(key)?;
        Some(std::array::from_fn(|head| f64::from(values[head]) * self.scales[head]))
    }

    /// Returns the quantised weights of a column.
    #[inline]
    pub(crate) fn quantised(&self, key: u64) -> Option<[i16; HEADS]> {
        self.values.get(self.keys.find(key)?).copied().map(decode_column)
    }

    /// Adds to `margins` the contribution of features with the same `value`; `units` is the sum of their
    /// quantised weights.
    #[inline]
    pub(crate) fn add(&self, units: [i64; HEADS], value: f32, margins: &mut [f64; HEADS]) {
        for ((margin, units), scale) in margins.iter_mut().zip(units).zip(self.scales) {
            *margin += units as f64 * scale * f64::from(value);
        }
    }

    /// Returns the intercepts of the heads.
    #[must_use]
    pub(crate) fn intercepts(&self) -> [f64; HEADS] {
        self.intercepts
    }

    /// Returns the number of columns.
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Returns whether there are no columns.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Returns keys, quantised values and scales in their stored form.
    pub(crate) fn parts(&self) -> (&[[u8; 8]], &[[u8; COLUMN_BYTES]], [f64; HEADS]) {
        (self.keys.as_slice(), &self.values, self.scales)
    }
}

/// Decodes the quantised weights of a column.
#[inline]
pub(crate) fn decode_column(bytes: [u8; COLUMN_BYTES]) -> [i16; HEADS] {
    let [a, b, c, d, e, f] = bytes;
    [[a, b], [c, d], [e, f]].map(i16::from_le_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantised_weights_are_found_by_key() {
        let columns: Vec<_> =
            (0..1000_u64).map(|i| (i * i * 7919 + 3, [i as f64 / 500.0 - 1.0; HEADS])).collect();
        let weights = Weights::quantise(&columns, [0.5; HEADS]).expect("quantises");
        for (key, values) in &columns {
            let found = weights.get(*key).expect("a column");
            assert!((found[0] - values[0]).abs() < 1e-4);
        }
        assert_eq!(weights.get(2), None);
        assert!(Weights::quantise(&[(2, [0.0; HEADS]), (1, [0.0; HEADS])], [0.0; HEADS]).is_err());
    }
}
