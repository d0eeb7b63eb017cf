//! Linear models on sparse records, as an estimator with linfa's traits.

use detente::{Error, Result};
use linfa::ParamGuard;
use linfa::dataset::{AsSingleTargets, DatasetBase};
use linfa::traits::{Fit, Predict};
use ndarray::{Array1, Array2};

use crate::fit::loss::{Loss, logistic, softmax};
use crate::fit::newton::Problem;
use crate::fit::sparse_matrix::SparseMatrix;

/// Settings of a linear model on sparse records; [`check`](ParamGuard::check) validates them, and
/// [`fit`](Fit::fit) then fits a [`LinearHead`].
///
/// Minimises `Σ cᵢ · loss(yᵢ, xᵢ·w + b) + l2/2 · |w − w₀|² + l1 · |w − w₀|₁` over the weights `w` and the
/// unpenalised offsets `b`; `cᵢ` are the weights of the records and `w₀` is the prior. The method is Newton's
/// with conjugate gradients; with `l1` above 0, a proximal step before each Newton step determines which
/// weights stay at the prior. All sums run in a fixed order: the same data and settings give the same bits,
/// whatever the number of threads.
///
/// | setting | default | meaning | range |
/// |---|---|---|---|
/// | `loss` | | loss function | classes and levels ≥ 2 |
/// | `l2` | 1 | L2 penalty of the distance from the prior | ≥ 0; above 0 if `l1` is 0 |
/// | `l1` | 0 | L1 penalty of the distance from the prior | ≥ 0 |
/// | `tolerance` | 1e-4 | stops when the norm of the subgradient is this share of its initial value | 0..1 |
/// | `prior` | none | weights `w₀` instead of 0 | one per column and output |
/// | `class_weights` | none | factors of the records' weights by class | one per class, ≥ 0 |
/// | `warm_start` | none | weights and offsets to start from | the shape of the result |
///
/// # Errors
/// [`check`](ParamGuard::check) and [`fit`](Fit::fit) name the setting, its condition and its value.
///
/// # Example
/// ```
/// use detente_train::{LinearHead, Loss, SolverParams, SparseMatrixBuilder};
/// use linfa::ParamGuard;
/// use linfa::dataset::DatasetBase;
/// use linfa::traits::{Fit, Predict};
/// use ndarray::array;
///
/// let mut rows = SparseMatrixBuilder::default();
/// for (column, value) in [(0, 1.0), (0, 2.0), (1, 1.0), (1, 2.0)] {
///     rows.push([(column, value)]);
/// }
/// let data = DatasetBase::new(rows.build(2), array![0.0, 0.0, 1.0, 1.0]);
/// let head = SolverParams::new(Loss::Logistic).l2(0.1).check()?.fit(&data)?;
/// assert!(head.converged && head.weights[0] < 0.0 && head.weights[1] > 0.0);
/// # Ok::<(), detente::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct SolverParams(ValidSolverParams);

/// Validated settings.
#[derive(Clone, Debug)]
pub struct ValidSolverParams {
    loss: Loss,
    l2: f64,
    l1: f64,
    tolerance: f64,
    prior: Option<Vec<f64>>,
    class_weights: Option<Vec<f64>>,
    /// Weights and offsets.
    warm_start: Option<(Vec<f64>, Vec<f64>)>,
}

/// Newton steps after which the solver gives up.
const MAX_STEPS: usize = 200;

impl SolverParams {
    /// The default settings for a loss.
    #[must_use]
    pub fn new(loss: Loss) -> Self {
        Self(ValidSolverParams {
            loss,
            l2: 1.0,
            l1: 0.0,
            tolerance: 1e-4,
            prior: None,
            class_weights: None,
            warm_start: None,
        })
    }

    /// Sets the L2 penalty of the distance from the prior.
    #[must_use]
    pub fn l2(mut self, l2: f64) -> Self {
        self.0.l2 = l2;
        self
    }

    /// Sets the L1 penalty of the distance from the prior.
    #[must_use]
    pub fn l1(mut self, l1: f64) -> Self {
        self.0.l1 = l1;
        self
    }

    /// Sets the share of the initial subgradient norm at which the solver stops.
    #[must_use]
    pub fn tolerance(mut self, tolerance: f64) -> Self {
        self.0.tolerance = tolerance;
        self
    }

    /// Sets the prior weights, one vector after the other.
    #[must_use]
    pub fn prior(mut self, prior: Vec<f64>) -> Self {
        self.0.prior = Some(prior);
        self
    }

    /// Sets the factors of the records' weights by class.
    #[must_use]
    pub fn class_weights(mut self, weights: Vec<f64>) -> Self {
        self.0.class_weights = Some(weights);
        self
    }

    /// Starts from the weights and offsets of a fitted head.
    #[must_use]
    pub fn warm_start(mut self, head: &LinearHead) -> Self {
        self.0.warm_start = Some((head.weights.clone(), head.offsets.clone()));
        self
    }
}

impl ParamGuard for SolverParams {
    type Checked = ValidSolverParams;
    type Error = Error;

    fn check_ref(&self) -> Result<&ValidSolverParams> {
        let p = &self.0;
        if !(p.l1 >= 0.0 && p.l1.is_finite()) {
            return Err(Error::argument("l1", "at least 0", p.l1));
        }
        if !(p.l2 >= 0.0 && p.l2.is_finite() && p.l1 + p.l2 > 0.0) {
            return Err(Error::argument("l2", "at least 0, and above 0 if l1 is 0", p.l2));
        }
        if !(p.tolerance > 0.0 && p.tolerance < 1.0) {
            return Err(Error::argument("tolerance", "between 0 and 1", p.tolerance));
        }
        let classes = p.loss.classes();
        if classes.is_some_and(|n| n < 2) {
            return Err(Error::argument("classes", "at least 2", classes));
        }
        let is_valid = |weights: &[f64]| {
            classes == Some(weights.len()) && weights.iter().all(|w| *w >= 0.0 && w.is_finite())
        };
        if let Some(weights) = p.class_weights.as_ref().filter(|weights| !is_valid(weights)) {
            return Err(Error::argument("class_weights", "one per class, at least 0", weights));
        }
        Ok(&self.0)
    }

    fn check(self) -> Result<ValidSolverParams> {
        self.check_ref()?;
        Ok(self.0)
    }
}

/// A fitted linear model: weights and offsets.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct LinearHead {
    /// Loss that was minimised.
    pub loss: Loss,
    /// One weight per column and output, one vector after the other.
    pub weights: Vec<f64>,
    /// Intercept, thresholds between levels, or one intercept per class, depending on the loss.
    pub offsets: Vec<f64>,
    /// Value of the objective.
    pub objective: f64,
    /// Number of Newton steps.
    pub steps: usize,
    /// Whether the tolerance was reached.
    pub converged: bool,
}

impl LinearHead {
    /// A head with zero weights for `width` columns.
    pub(crate) fn zero(loss: Loss, width: usize) -> Self {
        let (weights, offsets) = (vec![0.0; loss.outputs() * width], vec![0.0; loss.offsets()]);
        Self { loss, weights, offsets, objective: 0.0, steps: 0, converged: true }
    }

    /// The first offset: the margin of a record without features.
    #[must_use]
    pub fn intercept(&self) -> f64 {
        self.offsets.first().copied().unwrap_or_default()
    }

    /// Probabilities of the classes or levels, one row per record; of 0 and 1 for a logistic head. There are
    /// no columns for a squared loss.
    #[must_use]
    pub fn probabilities(&self, x: &SparseMatrix) -> Array2<f64> {
        let outputs = self.loss.outputs();
        let margins = x.times(&self.weights, outputs);
        let mut out = Array2::zeros((x.height(), self.loss.classes().unwrap_or(0)));
        for (mut row, m) in out.rows_mut().into_iter().zip(margins.chunks(outputs)) {
            match self.loss {
                Loss::Squared => {}
                Loss::Logistic => {
                    row[1] = logistic(m[0] + self.offsets[0]);
                    row[0] = 1.0 - row[1];
                }
                Loss::Ordinal { levels } => {
                    let mut below = 0.0;
                    for level in 0..levels {
                        let up_to = self.offsets.get(level).map_or(1.0, |t| logistic(t - m[0]));
                        row[level] = up_to - below;
                        below = up_to;
                    }
                }
                Loss::Multinomial { classes } => {
                    let mut p = vec![0.0; classes];
                    softmax(m, &self.offsets, &mut p);
                    row.iter_mut().zip(p).for_each(|(to, p)| *to = p);
                }
            }
        }
        out
    }
}

/// [`Error`] of a fit, as linfa's [`Fit`] requires it.
#[derive(Debug)]
pub struct FitError(Error);

impl std::fmt::Display for FitError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for FitError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source()
    }
}

impl From<Error> for FitError {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

impl From<FitError> for Error {
    fn from(error: FitError) -> Self {
        error.0
    }
}

impl From<linfa::Error> for FitError {
    fn from(error: linfa::Error) -> Self {
        Self(Error::data("the numbers of records, targets and weights differ").with_source(error))
    }
}

impl<T: AsSingleTargets<Elem = f64>> Fit<SparseMatrix, T, FitError> for ValidSolverParams {
    type Object = LinearHead;

    fn fit(&self, dataset: &DatasetBase<SparseMatrix, T>) -> Result<LinearHead, FitError> {
        Ok(self.solve(dataset)?)
    }
}

impl ValidSolverParams {
    fn solve<T: AsSingleTargets<Elem = f64>>(
        &self,
        dataset: &DatasetBase<SparseMatrix, T>,
    ) -> Result<LinearHead> {
        let x = &dataset.records;
        let targets = dataset.as_single_targets().to_vec();
        if targets.len() != x.height() || targets.is_empty() {
            return Err(Error::argument("targets", "as many as records, at least one", targets.len()));
        }
        targets.iter().try_for_each(|target| self.loss.check(*target))?;
        let mut record_weights = match dataset.weights() {
            Some(weights) => weights.iter().map(|w| f64::from(*w)).collect(),
            None => vec![1.0; targets.len()],
        };
        if record_weights.len() != targets.len() {
            return Err(Error::argument("weights", "as many as records", record_weights.len()));
        }
        if let Some(bad) = record_weights.iter().find(|c| !(c.is_finite() && **c >= 0.0)) {
            return Err(Error::argument("weights", "at least 0", bad));
        }
        if let Some(classes) = &self.class_weights {
            for (weight, target) in record_weights.iter_mut().zip(&targets) {
                *weight *= self.loss.class_weight(classes, *target);
            }
        }
        let outputs = self.loss.outputs();
        let size = outputs * x.width();
        if let Some(prior) = self.prior.as_ref().filter(|prior| prior.len() != size) {
            return Err(Error::argument("prior", "one per column and output", prior.len()));
        }
        let start = match &self.warm_start {
            None => None,
            Some((weights, offsets)) if weights.len() == size && offsets.len() == self.loss.offsets() => {
                let prior = self.prior.as_deref().unwrap_or_default();
                let prior_at = |at: usize| prior.get(at).copied().unwrap_or_default();
                let weights = weights.iter().enumerate().map(|(at, weight)| weight - prior_at(at));
                Some(weights.chain(offsets.iter().copied()).collect())
            }
            Some((weights, _)) => {
                return Err(Error::argument("warm_start", "of the shape of the result", weights.len()));
            }
        };
        let prior_margins = self.prior.as_ref().map(|prior| x.times(prior, outputs)).unwrap_or_default();
        let &Self { loss, l2, l1, tolerance, .. } = self;
        let max_steps = MAX_STEPS;
        let problem =
            Problem { x, loss, targets, record_weights, prior_margins, l2, l1, tolerance, max_steps };
        let solution = problem.solve(start);
        let mut weights = solution.point;
        let offsets = weights.split_off(size);
        if let Some(prior) = &self.prior {
            weights.iter_mut().zip(prior).for_each(|(weight, prior)| *weight += prior);
        }
        let (objective, steps, converged) = (solution.objective, solution.steps, solution.converged);
        Ok(LinearHead { loss, weights, offsets, objective, steps, converged })
    }
}

impl Predict<&SparseMatrix, Array1<f64>> for LinearHead {
    /// Predictions for the records: the value (squared), the margin (logistic), the expected level (ordinal)
    /// or the most probable class, the lowest of equal ones (multinomial).
    fn predict(&self, x: &SparseMatrix) -> Array1<f64> {
        match self.loss {
            Loss::Squared | Loss::Logistic => {
                x.times(&self.weights, 1).into_iter().map(|margin| margin + self.intercept()).collect()
            }
            Loss::Ordinal { .. } => {
                let expected = |row: ndarray::ArrayView1<f64>| {
                    row.iter().enumerate().map(|(level, p)| level as f64 * p).sum()
                };
                self.probabilities(x).rows().into_iter().map(expected).collect()
            }
            Loss::Multinomial { .. } => {
                let most_probable = |row: ndarray::ArrayView1<f64>| {
                    let mut best = 0;
                    for class in 1..row.len() {
                        if row[class] > row[best] {
                            best = class;
                        }
                    }
                    best as f64
                };
                self.probabilities(x).rows().into_iter().map(most_probable).collect()
            }
        }
    }
}
