//! [`Weights`]: the linear model as columns of quantised weights.

use super::trained::HEADS;
use crate::{Error, Result};

/// Weights of all heads by feature key.
///
/// A weight is stored as a 16-bit integer and a scale per head: the error is below
/// 1/65,000 of the head's largest weight.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    keys: Vec<u64>,
    values: Vec<[i16; HEADS]>,
    scales: [f64; HEADS],
    intercepts: [f64; HEADS],
    /// Open addressing over `keys`: position + 1, 0 where free.
    table: Vec<u32>,
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
            let mut values = [0; HEADS];
            for ((value, weight), scale) in values.iter_mut().zip(weights).zip(scales) {
                *value = (weight / scale).round() as i16;
            }
            values
        };
        let keys = columns.iter().map(|(key, _)| *key).collect();
        let values = columns.iter().map(|(_, weights)| quantised(weights)).collect();
        Self::stored(keys, values, scales, intercepts)
    }

    /// The weights as they were stored.
    ///
    /// # Errors
    /// When the parts do not fit together.
    pub fn stored(
        keys: Vec<u64>,
        values: Vec<[i16; HEADS]>,
        scales: [f64; HEADS],
        intercepts: [f64; HEADS],
    ) -> Result<Self> {
        if keys.len() != values.len() || keys.len() >= u32::MAX as usize / 4 {
            return Err(Error::model("the weights and their keys differ in number"));
        }
        if keys.windows(2).any(|pair| pair[0] >= pair[1]) {
            return Err(Error::model("the keys of the weights are out of order"));
        }
        if !scales.iter().chain(&intercepts).all(|v| v.is_finite()) {
            return Err(Error::model("a scale or intercept is not finite"));
        }
        let capacity = (keys.len() * 2).next_power_of_two().max(16);
        let mut table = vec![0_u32; capacity];
        for (position, key) in keys.iter().enumerate() {
            let mut slot = *key as usize & (capacity - 1);
            while table[slot] != 0 {
                slot = (slot + 1) & (capacity - 1);
            }
            table[slot] = position as u32 + 1;
        }
        Ok(Self { keys, values, scales, intercepts, table })
    }

    /// The weights of a column in all heads; `None` for a column that the model lacks.
    #[inline]
    #[must_use]
    pub fn get(&self, key: u64) -> Option<[f64; HEADS]> {
        let mask = self.table.len() - 1;
        let mut slot = key as usize & mask;
        loop {
            let position = (self.table[slot] as usize).checked_sub(1)?;
            if self.keys[position] == key {
                let mut weights = [0.0; HEADS];
                for ((weight, value), scale) in weights.iter_mut().zip(self.values[position]).zip(self.scales)
                {
                    *weight = f64::from(value) * scale;
                }
                return Some(weights);
            }
            slot = (slot + 1) & mask;
        }
    }

    /// The margins of a record without features.
    #[must_use]
    pub fn intercepts(&self) -> [f64; HEADS] {
        self.intercepts
    }

    /// Keys, quantised values and scales, as they are stored.
    #[must_use]
    pub fn parts(&self) -> (&[u64], &[[i16; HEADS]], [f64; HEADS]) {
        (&self.keys, &self.values, self.scales)
    }
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
