//! The classes of labels: a multinomial head, calibrated on out-of-fold margins.

use detente::Result;
use detente::internals::ClassHead;
use linfa::ParamGuard;
use linfa::dataset::DatasetBase;
use linfa::traits::Fit;
use ndarray::Array1;

use crate::fit::dataset::Dataset;
use crate::fit::examples::Example;
use crate::fit::folds::fold_of_group;
use crate::fit::linear_heads::{MIN_WEIGHT, TOLERANCE};
use crate::fit::loss::{Loss, softmax};
use crate::fit::params::TrainParams;
use crate::fit::solver::{LinearHead, SolverParams};
use crate::fit::sparse_matrix::SparseMatrix;

/// Limits of the sharpness; without them it would be infinite for classes that are separated completely.
const SHARPNESS: (f64, f64) = (0.1, 10.0);
/// Halvings of the interval of the sharpness.
const BISECTIONS: usize = 50;

/// The class of each example.
pub(crate) struct ClassTargets {
    /// Names in ascending order of the outlook they stand for.
    names: Vec<String>,
    /// Index of the class of each example; `None` if its label is not a name.
    classes: Vec<Option<usize>>,
}

impl ClassTargets {
    /// The classes of the examples; `None` if there are fewer than two.
    pub(crate) fn new(examples: &[Example]) -> Option<Self> {
        let class =
            |example: &Example| Some((example.statement.class.clone()?, example.statement.label?.score()));
        let mut values: Vec<(String, f64)> = examples.iter().filter_map(class).collect();
        values.sort_by(|a, b| a.1.total_cmp(&b.1).then_with(|| a.0.cmp(&b.0)));
        values.dedup_by(|a, b| a.0 == b.0);
        let names: Vec<String> = values.into_iter().map(|(name, _)| name).collect();
        let index = |example: &Example| {
            let class = example.statement.class.as_ref()?;
            names.iter().position(|name| name == class)
        };
        let classes = examples.iter().map(index).collect();
        (names.len() > 1).then_some(Self { names, classes })
    }

    /// The names of the classes, in the order of their probabilities.
    pub(crate) fn into_names(self) -> Vec<String> {
        self.names
    }

    /// Fits the head on the given rows of `x`.
    ///
    /// # Errors
    /// If a setting is out of its range, or no row has a class.
    fn fit(
        &self,
        x: &SparseMatrix,
        examples: &[Example],
        rows: &[usize],
        params: &TrainParams,
    ) -> Result<LinearHead> {
        let loss = Loss::Multinomial { classes: self.names.len() };
        let rows: Vec<usize> = rows
            .iter()
            .copied()
            .filter(|row| self.classes[*row].is_some() && examples[*row].weight > 0.0)
            .collect();
        if rows.is_empty() {
            return Ok(LinearHead::zero(loss, x.width()));
        }
        let targets: Array1<f64> =
            rows.iter().filter_map(|row| self.classes[*row]).map(|class| class as f64).collect();
        let weights: Array1<f32> = rows.iter().map(|row| examples[*row].weight as f32).collect();
        let dataset = DatasetBase::new(x.select(&rows), targets).with_weights(weights);
        let mut solver = SolverParams::new(loss).l2(params.class_l2).tolerance(TOLERANCE);
        if params.balanced {
            solver = solver.class_weights(self.balanced_weights(examples, &rows));
        }
        Ok(solver.check()?.fit(&dataset)?)
    }

    /// Weights that give all classes the same total weight, 1 on average.
    fn balanced_weights(&self, examples: &[Example], rows: &[usize]) -> Vec<f64> {
        let mut totals = vec![0.0; self.names.len()];
        for row in rows {
            if let Some(total) = self.classes[*row].and_then(|class| totals.get_mut(class)) {
                *total += examples[*row].weight;
            }
        }
        let mean = totals.iter().sum::<f64>() / self.names.len() as f64;
        totals.into_iter().map(|total| if total > 0.0 { mean / total } else { 1.0 }).collect()
    }

    /// Margins of each example under a head that was not trained on its group; `None` for examples without a label.
    fn out_of_fold_margins(
        &self,
        data: &Dataset,
        examples: &[Example],
        params: &TrainParams,
    ) -> Result<Vec<Option<Vec<f64>>>> {
        let folds: Vec<usize> =
            examples.iter().map(|e| fold_of_group(&e.statement.group, params.seed, params.folds)).collect();
        let mut margins = vec![None; examples.len()];
        for fold in 0..params.folds {
            let (training, held_out): (Vec<usize>, Vec<usize>) =
                (0..examples.len()).filter(|e| examples[*e].is_labelled()).partition(|e| folds[*e] != fold);
            let head = self.fit(&data.x, examples, &training, params)?;
            for (row, found) in held_out.iter().zip(margins_of(&head, &data.x.select(&held_out))) {
                margins[*row] = Some(found);
            }
        }
        Ok(margins)
    }

    /// The sharpness that minimises the cross-entropy of out-of-fold margins: there, its derivative is 0.
    fn sharpness(&self, margins: &[Option<Vec<f64>>], examples: &[Example]) -> f64 {
        let slope = |sharpness: f64| -> f64 {
            let of_example =
                |((margins, class), example): ((&Option<Vec<f64>>, &Option<usize>), &Example)| {
                    let (margins, class) = (margins.as_ref()?, (*class)?);
                    let expected: f64 = probabilities(margins, sharpness)
                        .iter()
                        .zip(margins)
                        .map(|(p, margin)| p * margin)
                        .sum();
                    Some(example.weight * (expected - margins.get(class)?))
                };
            margins.iter().zip(&self.classes).zip(examples).filter_map(of_example).sum()
        };
        let (mut low, mut high) = SHARPNESS;
        for _ in 0..BISECTIONS {
            let middle = f64::midpoint(low, high);
            if slope(middle) > 0.0 { high = middle } else { low = middle }
        }
        f64::midpoint(low, high)
    }

    /// Cross-validates, calibrates and fits the head on all examples.
    ///
    /// # Errors
    /// If a setting is out of its range.
    pub(crate) fn train(
        &self,
        data: &Dataset,
        examples: &[Example],
        params: &TrainParams,
    ) -> Result<(ClassHead, OutOfFoldClasses)> {
        let out_of_fold = self.cross_validate(data, examples, params)?;
        let all: Vec<usize> = (0..examples.len()).collect();
        let head = self.fit(&data.x, examples, &all, params)?;
        let width = data.keys.len();
        let weights = |column: usize| -> Vec<f64> {
            (0..self.names.len()).map(|class| head.weights[class * width + column]).collect()
        };
        let size = |column: usize| weights(column).into_iter().map(f64::abs).fold(0.0, f64::max);
        let mut kept: Vec<usize> = (0..width).filter(|column| size(*column) > MIN_WEIGHT).collect();
        kept.sort_by(|a, b| size(*b).total_cmp(&size(*a)).then(a.cmp(b)));
        kept.truncate(params.max_columns);
        kept.sort_unstable();
        let columns: Vec<(u64, Vec<f64>)> =
            kept.into_iter().map(|column| (data.keys[column], weights(column))).collect();
        let stored =
            ClassHead::quantise(self.names.clone(), &columns, head.offsets.clone(), out_of_fold.sharpness)?;
        Ok((stored, out_of_fold))
    }

    /// Mean cross-entropy of the calibrated out-of-fold probabilities.
    ///
    /// # Errors
    /// If a setting is out of its range.
    pub(crate) fn cross_entropy(
        &self,
        data: &Dataset,
        examples: &[Example],
        params: &TrainParams,
    ) -> Result<f64> {
        let out_of_fold = self.cross_validate(data, examples, params)?;
        let (mut loss, mut total) = (0.0, 0.0);
        for ((row, class), example) in out_of_fold.probabilities.iter().zip(&self.classes).zip(examples) {
            if let (Some(row), Some(class)) = (row, class) {
                loss -= example.weight * row[*class].max(f64::MIN_POSITIVE).ln();
                total += example.weight;
            }
        }
        Ok(if total > 0.0 { loss / total } else { 0.0 })
    }

    /// Out-of-fold probabilities, calibrated.
    ///
    /// # Errors
    /// If a setting is out of its range.
    pub(crate) fn cross_validate(
        &self,
        data: &Dataset,
        examples: &[Example],
        params: &TrainParams,
    ) -> Result<OutOfFoldClasses> {
        let margins = self.out_of_fold_margins(data, examples, params)?;
        let sharpness = self.sharpness(&margins, examples);
        let probabilities =
            margins.into_iter().map(|margins| Some(probabilities(&margins?, sharpness))).collect();
        Ok(OutOfFoldClasses { sharpness, probabilities })
    }
}

/// Calibrated out-of-fold probabilities of the classes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct OutOfFoldClasses {
    sharpness: f64,
    /// One vector per example; `None` for examples without a label.
    probabilities: Vec<Option<Vec<f64>>>,
}

impl OutOfFoldClasses {
    /// The probabilities by example; `None` for examples without a label.
    pub(crate) fn into_probabilities(self) -> Vec<Option<Vec<f64>>> {
        self.probabilities
    }
}

/// Margins of the classes for every row of `x`, offsets included.
fn margins_of(head: &LinearHead, x: &SparseMatrix) -> Vec<Vec<f64>> {
    let margins = x.times(&head.weights, head.offsets.len());
    let with_offsets =
        |row: &[f64]| row.iter().zip(&head.offsets).map(|(margin, offset)| margin + offset).collect();
    margins.chunks(head.offsets.len()).map(with_offsets).collect()
}

fn probabilities(margins: &[f64], sharpness: f64) -> Vec<f64> {
    let scaled: Vec<f64> = margins.iter().map(|margin| sharpness * margin).collect();
    let mut found = vec![0.0; scaled.len()];
    softmax(&scaled, &vec![0.0; scaled.len()], &mut found);
    found
}
