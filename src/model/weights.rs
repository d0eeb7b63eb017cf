//! [`Weights`]: the linear model as columns of quantised weights.

use crate::error::{Error, Result};
use crate::model::byte_reader::Stored;
use crate::model::heads::HEADS;
use crate::model::key_index::Keys;

/// Bytes of the weights of a column.
pub(crate) const UNITS: usize = 2 * HEADS;

/// Weights of all heads by feature key.
///
/// A weight is stored as a 16-bit integer and a scale per head: the error is below
/// 1/65,000 of the head's largest weight.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    keys: Keys,
    values: Stored<UNITS>,
    scales: [f64; HEADS],
    intercepts: [f64; HEADS],
}

impl Weights {
    /// Quantises weights given by key; columns must be sorted by key, without doubles.
    ///
    /// # Errors
    /// When the keys are out of order or a weight is not finite.
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
            let mut bytes = [0; UNITS];
            for ((value, weight), scale) in bytes.as_chunks_mut().0.iter_mut().zip(weights).zip(scales) {
                *value = ((weight / scale).round() as i16).to_le_bytes();
            }
            bytes
        };
        let keys = columns.iter().map(|(key, _)| key.to_le_bytes()).collect();
        let values = columns.iter().map(|(_, weights)| quantised(weights)).collect();
        Self::stored(keys, values, scales, intercepts)
    }

    /// The weights as they were stored.
    ///
    /// # Errors
    /// When the parts do not fit together.
    pub(crate) fn stored(
        keys: Stored<8>,
        values: Stored<UNITS>,
        scales: [f64; HEADS],
        intercepts: [f64; HEADS],
    ) -> Result<Self> {
        if keys.len() != values.len() {
            return Err(Error::model("the weights and their keys differ in number"));
        }
        if !scales.iter().chain(&intercepts).all(|v| v.is_finite()) {
            return Err(Error::model("a scale or intercept is not finite"));
        }
        Ok(Self { keys: Keys::new(keys)?, values, scales, intercepts })
    }

    /// The weights of a column in all heads; `None` for a column that the model lacks.
    #[must_use]
    pub fn get(&self, key: u64) -> Option<[f64; HEADS]> {
        let values = self.quantised(key)?;
        Some(std::array::from_fn(|head| f64::from(values[head]) * self.scales[head]))
    }

    /// The weights of a column as they are stored.
    #[inline]
    pub(crate) fn quantised(&self, key: u64) -> Option<[i16; HEADS]> {
        self.values.get(self.keys.find(key)?).copied().map(units)
    }

    /// Adds what features of that value add to the margins, of whose weights as they are stored `units` is the sum.
    #[inline]
    pub(crate) fn add(&self, units: [i64; HEADS], value: f32, margins: &mut [f64; HEADS]) {
        for ((margin, units), scale) in margins.iter_mut().zip(units).zip(self.scales) {
            *margin += units as f64 * scale * f64::from(value);
        }
    }

    /// The margins of a record without features.
    #[must_use]
    pub fn intercepts(&self) -> [f64; HEADS] {
        self.intercepts
    }

    /// Number of columns.
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there is no column.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Keys, quantised values and scales, as they are stored.
    pub(crate) fn parts(&self) -> (&[[u8; 8]], &[[u8; UNITS]], [f64; HEADS]) {
        (self.keys.as_slice(), &self.values, self.scales)
    }
}

/// The quantised weights of a column.
#[inline]
pub(crate) fn units(stored: [u8; UNITS]) -> [i16; HEADS] {
    let [a, b, c, d, e, f] = stored;
    [[a, b], [c, d], [e, f]].map(i16::from_le_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_found_again() {
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
