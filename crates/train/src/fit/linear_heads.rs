//! The linear part of a model: one head each for outlook, bearing and hedge.

use detente::internals::HEADS;
use detente::{Error, Result};
use linfa::ParamGuard;
use linfa::dataset::DatasetBase;
use linfa::traits::{Fit, Predict};
use ndarray::Array1;
use serde::{Deserialize, Serialize};

use crate::fit::dataset::Dataset;
use crate::fit::examples::{ALL_HEADS, Example, OUTLOOK, targets};
use crate::fit::loss::Loss;
use crate::fit::params::TrainParams;
use crate::fit::solver::{LinearHead, SolverParams};
use crate::fit::sparse_matrix::SparseMatrix;

/// Tolerance of the solver. At a thousandth of the initial gradient the weights are far more exact than the
/// 16 bits that they are stored with.
pub(crate) const TOLERANCE: f64 = 1e-3;
/// A feature whose weights are all smaller is dropped.
pub(crate) const MIN_WEIGHT: f64 = 1e-4;

/// The linear heads of a model, by head index.
pub(crate) struct LinearHeads(Vec<LinearHead>);

/// Features of one family.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FamilyShare {
    /// Name of the family.
    pub family: String,
    /// Number of features in the model.
    pub columns: usize,
    /// Sum of their absolute outlook weights.
    pub weight: f64,
}

impl LinearHeads {
    /// Fits all heads on the given rows of `x`.
    ///
    /// # Errors
    /// If no row has a target for the outlook, or a setting is out of its range.
    pub(crate) fn fit(
        x: &SparseMatrix,
        examples: &[Example],
        rows: &[usize],
        params: &TrainParams,
    ) -> Result<Self> {
        let fit = |head: usize| {
            let loss = if head == OUTLOOK { Loss::Squared } else { Loss::Logistic };
            let targets = targets(examples, rows, head, params.gate_floor);
            if targets.is_empty() && head != OUTLOOK {
                // labels of another data set may say nothing about bearing and hedges
                return Ok(LinearHead::zero(loss, x.width()));
            }
            if targets.is_empty() {
                return Err(Error::data("no statement has an outlook to learn from"));
            }
            let rows: Vec<usize> = targets.iter().map(|target| target.example).collect();
            let values: Array1<f64> = targets.iter().map(|target| target.value).collect();
            let weights: Array1<f32> = targets.iter().map(|target| target.weight as f32).collect();
            let dataset = DatasetBase::new(x.select(&rows), values).with_weights(weights);
            let solver = SolverParams::new(loss).l2(params.l2[head]).tolerance(TOLERANCE).check()?;
            Ok(solver.fit(&dataset)?)
        };
        ALL_HEADS.into_iter().map(fit).collect::<Result<_>>().map(Self)
    }

    /// Margins of all heads for every row of `x`.
    pub(crate) fn margins(&self, x: &SparseMatrix) -> Vec<[f64; HEADS]> {
        let mut margins = vec![[0.0; HEADS]; x.height()];
        for (head, linear) in self.0.iter().enumerate() {
            for (margins, margin) in margins.iter_mut().zip(&linear.predict(x)) {
                margins[head] = *margin;
            }
        }
        margins
    }

    /// Intercepts of all heads.
    pub(crate) fn intercepts(&self) -> [f64; HEADS] {
        ALL_HEADS.map(|head| self.0[head].intercept())
    }

    /// Weights of a column in all heads.
    pub(crate) fn weights(&self, column: usize) -> [f64; HEADS] {
        ALL_HEADS.map(|head| self.0[head].weights[column])
    }

    /// The `limit` columns with the largest absolute weights, in ascending order.
    pub(crate) fn largest_columns(&self, columns: usize, limit: usize) -> Vec<usize> {
        let size = |column: usize| self.weights(column).into_iter().map(f64::abs).fold(0.0, f64::max);
        let mut kept: Vec<usize> = (0..columns).filter(|column| size(*column) > MIN_WEIGHT).collect();
        kept.sort_by(|a, b| size(*b).total_cmp(&size(*a)).then(a.cmp(b)));
        kept.truncate(limit);
        kept.sort_unstable();
        kept
    }

    /// Columns and outlook weights by family of features, sorted by name.
    pub(crate) fn family_shares(&self, data: &Dataset, columns: &[usize]) -> Vec<FamilyShare> {
        let mut shares: Vec<FamilyShare> = Vec::new();
        for column in columns {
            let name = data.families[*column];
            let weight = self.weights(*column)[OUTLOOK].abs();
            match shares.iter_mut().find(|share| share.family == name) {
                Some(share) => {
                    share.columns += 1;
                    share.weight += weight;
                }
                None => shares.push(FamilyShare { family: name.to_owned(), columns: 1, weight }),
            }
        }
        shares.sort_unstable_by(|a, b| a.family.cmp(&b.family));
        shares
    }
}
