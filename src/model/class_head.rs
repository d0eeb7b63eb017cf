//! [`ClassHead`]: multinomial logistic head over the classes of the labels that a model was trained on.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::model::byte_reader::PackedNumbers;
use crate::model::key_index::KeyIndex;

/// Largest number of classes of a model.
const MAX_CLASSES: usize = 64;

/// Classes with their probabilities: the softmax of linear margins, sharpened by a factor that is fitted on
/// out-of-fold margins.
///
/// Weights are stored as 16-bit integers with a scale for each class, as those of the other heads.
#[derive(Clone, Debug, PartialEq)]
pub struct ClassHead {
    settings: ClassSettings,
    keys: KeyIndex,
    /// Weights of the first column in all classes, then of the second.
    values: PackedNumbers<2>,
}

/// Part of a [`ClassHead`] that is stored in the metadata.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct ClassSettings {
    /// Names of the classes in a fixed order.
    names: Vec<String>,
    /// Value of a unit of a weight, by class.
    scales: Vec<f64>,
    intercepts: Vec<f64>,
    /// Factor of the margins (inverse temperature).
    sharpness: f64,
}

impl ClassHead {
    /// Quantises the weights of `columns`, one weight per class in each; they must be sorted by key.
    ///
    /// # Errors
    /// Returns an error if the numbers of names, intercepts and weights differ, or a number is not finite.
    pub fn quantise(
        names: Vec<String>,
        columns: &[(u64, Vec<f64>)],
        intercepts: Vec<f64>,
        sharpness: f64,
    ) -> Result<Self> {
        let mut scales = vec![0.0_f64; names.len()];
        for (_, weights) in columns {
            if weights.len() != names.len() || weights.iter().any(|weight| !weight.is_finite()) {
                return Err(Error::model("a column of the classes has another number of weights"));
            }
            for (scale, weight) in scales.iter_mut().zip(weights) {
                *scale = scale.max(weight.abs());
            }
        }
        for scale in &mut scales {
            *scale = (*scale / f64::from(i16::MAX)).max(f64::MIN_POSITIVE);
        }
        let quantised = |(weight, scale): (&f64, &f64)| ((weight / scale).round() as i16).to_le_bytes();
        let values =
            columns.iter().flat_map(|(_, weights)| weights.iter().zip(&scales)).map(quantised).collect();
        let keys = columns.iter().map(|(key, _)| key.to_le_bytes()).collect();
        Self::from_parts(ClassSettings { names, scales, intercepts, sharpness }, keys, values)
    }

    /// Creates a head from its stored form.
    ///
    /// # Errors
    /// Returns an error if the parts are inconsistent.
    pub(crate) fn from_parts(
        settings: ClassSettings,
        keys: PackedNumbers<8>,
        values: PackedNumbers<2>,
    ) -> Result<Self> {
        let ClassSettings { names, scales, intercepts, sharpness } = &settings;
        if !(2..=MAX_CLASSES).contains(&names.len()) {
            return Err(Error::model(format!(
                "the model has {} classes, not 2 to {MAX_CLASSES}",
                names.len()
            )));
        }
        if scales.len() != names.len()
            || intercepts.len() != names.len()
            || Some(values.len()) != keys.len().checked_mul(names.len())
        {
            return Err(Error::model("the classes and their weights differ in number"));
        }
        if !scales.iter().chain(intercepts).chain([sharpness]).all(|number| number.is_finite()) {
            return Err(Error::model("a scale or intercept of a class is not finite"));
        }
        Ok(Self { keys: KeyIndex::new(keys)?, values, settings })
    }

    /// Returns the names of the classes.
    pub(crate) fn names(&self) -> &[String] {
        &self.settings.names
    }

    /// Returns the probability of each class for features given by key and value.
    pub(crate) fn probabilities(&self, features: impl Iterator<Item = (u64, f32)>) -> Vec<f64> {
        let ClassSettings { names, scales, intercepts, sharpness } = &self.settings;
        let mut margins = intercepts.clone();
        for (key, value) in features {
            let Some(column) = self.keys.find(key) else { continue };
            let units = self.values.iter().skip(column * names.len());
            for ((margin, unit), scale) in margins.iter_mut().zip(units).zip(scales) {
                *margin += f64::from(i16::from_le_bytes(*unit)) * scale * f64::from(value);
            }
        }
        let largest = margins.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        for margin in &mut margins {
            *margin = (sharpness * (*margin - largest)).exp();
        }
        let sum: f64 = margins.iter().sum();
        margins.into_iter().map(|power| power / sum).collect()
    }

    /// Returns settings, keys and values in their stored form.
    pub(crate) fn parts(&self) -> (&ClassSettings, &[[u8; 8]], &[[u8; 2]]) {
        (&self.settings, self.keys.as_slice(), &self.values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Vec<String> {
        ["down", "flat", "up"].map(String::from).to_vec()
    }

    #[test]
    fn probabilities_are_the_softmax_of_the_margins() {
        let columns = [(7, vec![-1.0, 0.0, 1.0]), (9, vec![0.5, 0.5, -1.0])];
        let head = ClassHead::quantise(names(), &columns, vec![0.1, 0.2, 0.3], 2.0).expect("a head");
        let found = head.probabilities([(7, 2.0), (8, 5.0)].into_iter());
        let powers = [-1.9, 0.2, 2.3].map(|margin: f64| (2.0 * margin).exp());
        let sum: f64 = powers.iter().sum();
        for (found, power) in found.iter().zip(powers) {
            assert!((found - power / sum).abs() < 1e-4, "{found}");
        }
        assert!((found.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn inconsistent_parts_are_errors() {
        let column = |count| [(7, vec![1.0; count])];
        assert!(ClassHead::quantise(names(), &column(2), vec![0.0; 3], 1.0).is_err());
        assert!(ClassHead::quantise(names(), &column(3), vec![0.0; 2], 1.0).is_err());
        assert!(ClassHead::quantise(names(), &column(3), vec![0.0; 3], f64::NAN).is_err());
        assert!(ClassHead::quantise(vec!["one".to_owned()], &[], vec![0.0], 1.0).is_err());
        assert!(ClassHead::quantise(names(), &[], vec![0.0; 3], 1.0).is_ok());
    }
}
