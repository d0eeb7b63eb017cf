//! Pruning: the heaviest part of a model, for where its file must be small.

use crate::error::{Error, Result};
use crate::model::factors::Factors;
use crate::model::heads::HEADS;
use crate::model::trained::TrainedModel;
use crate::model::weights::{UNITS, Weights, units};
use crate::model::word_weights::Tables;

impl TrainedModel {
    /// The model with as many of its heaviest columns and traits as fit into a file of `most` bytes;
    /// the same share of both is kept. Words, lexicon and calibration stay whole.
    ///
    /// # Errors
    /// When the file is larger than `most` bytes even without any weight.
    pub fn pruned(&self, most: usize) -> Result<Self> {
        let whole = self.to_bytes()?.len();
        if whole <= most {
            return Ok(self.clone());
        }
        let least = self.part((0, 1))?.to_bytes()?.len();
        if least > most {
            return Err(Error::model(format!(
                "words and lexicon alone take {least} bytes: the model cannot be pruned to {most}"
            )));
        }
        // every column takes the same bytes, and so does every trait of a layer
        self.part((most - least, whole - least))
    }

    /// The model with that share (numerator, denominator) of its columns and traits, the heaviest ones.
    fn part(&self, share: (usize, usize)) -> Result<Self> {
        let [words, cues] = &self.factors;
        let weights = self.weights.heaviest(share)?;
        let factors = [words.heaviest(share)?, cues.heaviest(share)?];
        let tables = Tables::new(&self.extractor, &factors);
        Ok(Self { weights, factors, tables, ..self.clone() })
    }
}

impl Weights {
    /// That share of the columns, those with the largest weight in any head.
    fn heaviest(&self, share: (usize, usize)) -> Result<Self> {
        let (keys, values, scales) = self.parts();
        let size = |stored: &[u8; UNITS]| {
            units(*stored)
                .iter()
                .zip(scales)
                .map(|(v, scale)| f64::from(*v).abs() * scale)
                .fold(0.0, f64::max)
        };
        let chosen = largest(&values.iter().map(size).collect::<Vec<_>>(), share);
        let keys = chosen.iter().map(|at| keys[*at]).collect();
        let values = chosen.iter().map(|at| values[*at]).collect();
        Self::stored(keys, values, scales, self.intercepts())
    }
}

impl Factors {
    /// That share of the traits, those with the longest rows of weights.
    fn heaviest(&self, share: (usize, usize)) -> Result<Self> {
        let (dims, keys, rows, scales) = self.parts();
        let width = HEADS + 2 * dims.iter().sum::<usize>();
        // a unit of a linear weight, and of a factor in its head
        let units: Vec<f64> = scales.iter().map(|[linear, _]| *linear).collect();
        let of_factors = || dims.iter().zip(scales).flat_map(|(d, [_, product])| vec![product.sqrt(); *d]);
        let units: Vec<f64> = units.into_iter().chain(of_factors()).chain(of_factors()).collect();
        let square = |(v, unit): (&[u8; 2], &f64)| (f64::from(i16::from_le_bytes(*v)) * unit).powi(2);
        let length = |row: &[[u8; 2]]| row.iter().zip(&units).map(square).sum::<f64>();
        let chosen = largest(&rows.chunks_exact(width).map(length).collect::<Vec<_>>(), share);
        let kept = chosen.iter().flat_map(|at| &rows[at * width..(at + 1) * width]).copied().collect();
        Self::stored(self.layer(), dims, chosen.iter().map(|at| keys[*at]).collect(), kept, scales)
    }
}

/// The places of that share of the sizes, the largest ones, in their order; of equals the first.
fn largest(sizes: &[f64], (numerator, denominator): (usize, usize)) -> Vec<usize> {
    let mut places: Vec<usize> = (0..sizes.len()).collect();
    places.sort_by(|a, b| sizes[*b].total_cmp(&sizes[*a]).then(a.cmp(b)));
    places.truncate(sizes.len() * numerator / denominator);
    places.sort_unstable();
    places
}

#[cfg(test)]
mod tests {
    use crate::model::builtin::builtin_bytes;
    use crate::model::prune::largest;
    use crate::model::trained::TrainedModel;

    #[test]
    fn the_largest_stay_in_their_order() {
        assert_eq!(largest(&[1.0, 3.0, 2.0, 3.0], (1, 2)), [1, 3]);
        assert_eq!(largest(&[1.0, 1.0], (1, 2)), [0]);
        assert!(largest(&[], (1, 2)).is_empty());
    }

    #[test]
    fn a_pruned_model_fits_and_opens() {
        let model = TrainedModel::from_bytes(builtin_bytes()).expect("the built-in model");
        let bytes = model.pruned(2_000_000).expect("prunes").to_bytes().expect("writes");
        assert!((1_900_000..=2_000_000).contains(&bytes.len()), "{}", bytes.len());
        let small = TrainedModel::from_bytes(&bytes).expect("opens");
        assert_eq!(
            small.extractor().tokenizer().vocabulary().len(),
            model.extractor().tokenizer().vocabulary().len()
        );
        assert!(model.pruned(1000).is_err());
        // the features of an old model stay what they were
        let old = include_bytes!("../../tests/fixtures/models/format-1.bin");
        let old = TrainedModel::from_bytes(old).expect("the old model");
        let part = old.pruned(old.to_bytes().expect("writes").len() - 1).expect("prunes");
        assert!(part.extractor().has_skips());
        assert_eq!(model.pruned(usize::MAX).expect("whole").to_bytes().ok(), model.to_bytes().ok());
    }
}
