//! Pruning: keeps the heaviest weights of a model, for small files.

use crate::error::{Error, Result};
use crate::model::factors::{Factors, row_width};
use crate::model::trained::TrainedModel;
use crate::model::weights::{COLUMN_BYTES, Weights, decode_column};
use crate::model::word_weights::WordWeights;

/// Fraction of the columns and traits to keep: numerator and denominator.
type Fraction = (usize, usize);

impl TrainedModel {
    /// Returns the model with as many of its heaviest columns and traits as fit into a file of `max_bytes`;
    /// the same fraction of both is kept. Vocabulary, lexicon and calibration are kept whole.
    ///
    /// ```
    /// use detente::TrainedModel;
    /// let small = TrainedModel::builtin()?.pruned(2_000_000)?;
    /// assert!(small.to_bytes()?.len() <= 2_000_000);
    /// # Ok::<(), detente::Error>(())
    /// ```
    ///
    /// # Errors
    /// Returns an error if the file is larger than `max_bytes` even without weights.
    pub fn pruned(&self, max_bytes: usize) -> Result<Self> {
        let whole = self.to_bytes()?.len();
        if whole <= max_bytes {
            return Ok(self.clone());
        }
        let without_weights = self.keep_heaviest((0, 1))?.to_bytes()?.len();
        if without_weights > max_bytes {
            return Err(Error::model(format!(
                "words and lexicon alone take {without_weights} bytes: the model cannot be pruned to {max_bytes}"
            )));
        }
        // all columns take the same number of bytes, and so do all traits of a layer
        self.keep_heaviest((max_bytes - without_weights, whole - without_weights))
    }

    /// Returns the model with that fraction of its columns and traits, the heaviest ones.
    fn keep_heaviest(&self, fraction: Fraction) -> Result<Self> {
        let [words, cues] = &self.factors;
        let weights = self.weights.heaviest(fraction)?;
        let factors = [words.heaviest(fraction)?, cues.heaviest(fraction)?];
        let word_weights = WordWeights::new(&self.extractor, &factors);
        Ok(Self { weights, factors, word_weights, ..self.clone() })
    }
}

impl Weights {
    /// Returns that fraction of the columns, those with the largest weight in any head.
    fn heaviest(&self, fraction: Fraction) -> Result<Self> {
        let (keys, values, scales) = self.parts();
        let size = |column: &[u8; COLUMN_BYTES]| {
            decode_column(*column)
                .iter()
                .zip(scales)
                .map(|(v, scale)| f64::from(*v).abs() * scale)
                .fold(0.0, f64::max)
        };
        let kept = largest(&values.iter().map(size).collect::<Vec<_>>(), fraction);
        let keys = kept.iter().map(|at| keys[*at]).collect();
        let values = kept.iter().map(|at| values[*at]).collect();
        Self::from_parts(keys, values, scales, self.intercepts())
    }
}

impl Factors {
    /// Returns that fraction of the traits, those whose rows have the largest norm.
    fn heaviest(&self, fraction: Fraction) -> Result<Self> {
        let (counts, keys, rows, scales) = self.parts();
        let width = row_width(counts);
        // value of a unit of each number in a row
        let linear = scales.iter().map(|[linear, _]| *linear);
        let factors =
            || counts.iter().zip(scales).flat_map(|(count, [_, product])| vec![product.sqrt(); *count]);
        let units: Vec<f64> = linear.chain(factors()).chain(factors()).collect();
        let square = |(v, unit): (&[u8; 2], &f64)| (f64::from(i16::from_le_bytes(*v)) * unit).powi(2);
        let squared_norm = |row: &[[u8; 2]]| row.iter().zip(&units).map(square).sum::<f64>();
        let kept = largest(&rows.chunks_exact(width).map(squared_norm).collect::<Vec<_>>(), fraction);
        let kept_rows = kept.iter().flat_map(|at| &rows[at * width..(at + 1) * width]).copied().collect();
        let kept_keys = kept.iter().map(|at| keys[*at]).collect();
        Self::from_parts(self.layer(), counts, kept_keys, kept_rows, scales)
    }
}

/// Returns the positions of that fraction of the sizes, the largest ones, in ascending order; of equal
/// sizes the first are kept.
fn largest(sizes: &[f64], (numerator, denominator): Fraction) -> Vec<usize> {
    let mut positions: Vec<usize> = (0..sizes.len()).collect();
    positions.sort_by(|a, b| sizes[*b].total_cmp(&sizes[*a]).then(a.cmp(b)));
    positions.truncate(sizes.len() * numerator / denominator);
    positions.sort_unstable();
    positions
}

#[cfg(test)]
mod tests {
    use crate::model::prune::largest;
    use crate::model::trained::TrainedModel;

    #[test]
    fn the_largest_keep_their_order() {
        assert_eq!(largest(&[1.0, 3.0, 2.0, 3.0], (1, 2)), [1, 3]);
        assert_eq!(largest(&[1.0, 1.0], (1, 2)), [0]);
        assert!(largest(&[], (1, 2)).is_empty());
    }

    #[test]
    fn a_pruned_model_fits_and_opens() {
        let model = TrainedModel::builtin().expect("the built-in model");
        let bytes = model.pruned(2_000_000).expect("prunes").to_bytes().expect("writes");
        assert!((1_900_000..=2_000_000).contains(&bytes.len()), "{}", bytes.len());
        let small = TrainedModel::from_bytes(&bytes).expect("opens");
        assert_eq!(
            small.extractor().tokenizer().vocabulary().len(),
            model.extractor().tokenizer().vocabulary().len()
        );
        assert!(model.pruned(1000).is_err());
        assert_eq!(model.pruned(usize::MAX).expect("whole").to_bytes().ok(), model.to_bytes().ok());
    }

    #[test]
    fn a_pruned_model_of_format_1_keeps_its_skip_features() {
        let old = include_bytes!("../../tests/fixtures/models/format-1.bin");
        let old = TrainedModel::from_bytes(old).expect("the old model");
        let pruned = old.pruned(old.to_bytes().expect("writes").len() - 1).expect("prunes");
        assert!(pruned.extractor().has_skips());
    }
}
