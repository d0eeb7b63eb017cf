//! The sparse linear solver, behind linfa's traits.
//!
//! It minimises `Σ cᵢ · loss(yᵢ, xᵢ·w + b) + l2/2 · |w − w₀|² + l1 · |w − w₀|₁`, the offsets `b` free:
//! Newton's method with conjugate gradients, and where `l1` is above 0 a proximal step before
//! each to find which weights stay at the prior. It has converged where the norm of the smallest
//! subgradient has fallen to `tolerance` times its value at the prior. All sums run in a fixed
//! order: the same data and settings give the same bits whatever the number of threads.

use detente::{Error, Result};
use linfa::ParamGuard;
use linfa::dataset::{AsSingleTargets, DatasetBase};
use linfa::traits::{Fit, Predict};
use ndarray::{Array1, Array2};

use crate::fit::loss::{Loss, logistic, softmax};
use crate::fit::newton::Problem;
use crate::fit::sparse_matrix::SparseMatrix;

/// TrainingSettings of the solver; [`check`](ParamGuard::check) makes them usable.
///
/// | name | default | purpose | range |
/// |---|---|---|---|
/// | `loss` | | what a wrong margin costs | classes and levels ≥ 2 |
/// | `l2` | 1 | strength of the squared pull towards the prior | ≥ 0; above 0 where `l1` is 0 |
/// | `l1` | 0 | strength of the absolute pull towards the prior, which makes weights sparse | ≥ 0 |
/// | `tolerance` | 1e-4 | stop when the gradient has fallen to this share of the first | 0..1 |
/// | `steps` | 200 | most Newton steps | ≥ 1 |
/// | `prior` | none | weights to pull towards instead of 0 | one a column and plane |
/// | `class_weights` | none | factors of the records' weights by class | one a class, ≥ 0 |
/// | `start` | none | weights and offsets to start from instead of the prior | of the same shape |
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

/// Settings that were checked.
#[derive(Clone, Debug)]
pub struct ValidSolverParams {
    loss: Loss,
    l2: f64,
    l1: f64,
    tolerance: f64,
    steps: usize,
    prior: Option<Vec<f64>>,
    class_weights: Option<Vec<f64>>,
    start: Option<(Vec<f64>, Vec<f64>)>,
}

impl SolverParams {
    /// The defaults for that loss.
    #[must_use]
    pub fn new(loss: Loss) -> Self {
        Self(ValidSolverParams {
            loss,
            l2: 1.0,
            l1: 0.0,
            tolerance: 1e-4,
            steps: 200,
            prior: None,
            class_weights: None,
            start: None,
        })
    }

    /// Sets the strength of the squared pull towards the prior.
    #[must_use]
    pub fn l2(mut self, l2: f64) -> Self {
        self.0.l2 = l2;
        self
    }

    /// Sets the strength of the absolute pull towards the prior.
    #[must_use]
    pub fn l1(mut self, l1: f64) -> Self {
        self.0.l1 = l1;
        self
    }

    /// Sets the share of the first gradient at which the solver stops.
    #[must_use]
    pub fn tolerance(mut self, tolerance: f64) -> Self {
        self.0.tolerance = tolerance;
        self
    }

    /// Sets the weights to pull towards, plane after plane.
    #[must_use]
    pub fn prior(mut self, prior: Vec<f64>) -> Self {
        self.0.prior = Some(prior);
        self
    }

    /// Sets a factor of the records' weights for every class.
    #[must_use]
    pub fn class_weights(mut self, weights: Vec<f64>) -> Self {
        self.0.class_weights = Some(weights);
        self
    }

    /// Starts from a head that was learned before.
    #[must_use]
    pub fn warm_start(mut self, head: &LinearHead) -> Self {
        self.0.start = Some((head.weights.clone(), head.offsets.clone()));
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
            return Err(Error::argument("l2", "at least 0, and above 0 where l1 is 0", p.l2));
        }
        if !(p.tolerance > 0.0 && p.tolerance < 1.0) {
            return Err(Error::argument("tolerance", "between 0 and 1", p.tolerance));
        }
        if p.steps == 0 {
            return Err(Error::argument("steps", "at least 1", p.steps));
        }
        let classes = p.loss.classes();
        if classes.is_some_and(|n| n < 2) {
            return Err(Error::argument("classes", "at least 2", classes));
        }
        let fit = |weights: &[f64]| {
            classes == Some(weights.len()) && weights.iter().all(|w| *w >= 0.0 && w.is_finite())
        };
        if let Some(weights) = p.class_weights.as_ref().filter(|weights| !fit(weights)) {
            return Err(Error::argument("class_weights", "one a class, at least 0", weights));
        }
        Ok(&self.0)
    }

    fn check(self) -> Result<ValidSolverParams> {
        self.check_ref()?;
        Ok(self.0)
    }
}

/// Weights and offsets that were learned.
#[derive(Clone, Debug, PartialEq)]
pub struct LinearHead {
    /// The loss that it was learned with.
    pub loss: Loss,
    /// One weight a column, plane after plane.
    pub weights: Vec<f64>,
    /// Intercept, thresholds or one intercept a class, as the loss has them.
    pub offsets: Vec<f64>,
    /// The objective at the end.
    pub objective: f64,
    /// Newton steps taken.
    pub steps: usize,
    /// Whether the gradient fell as far as was asked.
    pub converged: bool,
}

impl LinearHead {
    /// A head that knows nothing: zero weights for `width` columns.
    #[must_use]
    pub fn blank(loss: Loss, width: usize) -> Self {
        let (weights, offsets) = (vec![0.0; loss.planes() * width], vec![0.0; loss.offsets()]);
        Self { loss, weights, offsets, objective: 0.0, steps: 0, converged: true }
    }

    /// Margin of a record without features (its first offset).
    #[must_use]
    pub fn intercept(&self) -> f64 {
        self.offsets.first().copied().unwrap_or_default()
    }

    /// Probability of every class or level, a row a record; of no and yes for a logistic head.
    /// Without columns for a squared loss, which has no classes.
    #[must_use]
    pub fn probabilities(&self, x: &SparseMatrix) -> Array2<f64> {
        let planes = self.loss.planes();
        let margins = x.times(&self.weights, planes);
        let mut out = Array2::zeros((x.height(), self.loss.classes().unwrap_or(0)));
        for (mut row, m) in out.rows_mut().into_iter().zip(margins.chunks(planes)) {
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

/// An [`Error`] as linfa's [`Fit`] asks for it.
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
        Self(
            Error::data("records, targets and weights of the training data differ in number")
                .with_source(error),
        )
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
        let mut costs = match dataset.weights() {
            Some(weights) => weights.iter().map(|w| f64::from(*w)).collect(),
            None => vec![1.0; targets.len()],
        };
        if costs.len() != targets.len() {
            return Err(Error::argument("weights", "as many as records", costs.len()));
        }
        if let Some(bad) = costs.iter().find(|c| !(c.is_finite() && **c >= 0.0)) {
            return Err(Error::argument("weights", "at least 0", bad));
        }
        if let Some(classes) = &self.class_weights {
            for (cost, target) in costs.iter_mut().zip(&targets) {
                *cost *= self.loss.class_weight(classes, *target);
            }
        }
        let planes = self.loss.planes();
        let size = planes * x.width();
        if let Some(prior) = self.prior.as_ref().filter(|prior| prior.len() != size) {
            return Err(Error::argument("prior", "one a column and plane", prior.len()));
        }
        let start = match &self.start {
            None => None,
            Some((weights, offsets)) if weights.len() == size && offsets.len() == self.loss.offsets() => {
                let prior = self.prior.as_deref().unwrap_or_default();
                let from = |at: usize| prior.get(at).copied().unwrap_or_default();
                let weights = weights.iter().enumerate().map(|(at, weight)| weight - from(at));
                Some(weights.chain(offsets.iter().copied()).collect())
            }
            Some((weights, _)) => {
                return Err(Error::argument("start", "of the shape of the result", weights.len()));
            }
        };
        let base = self.prior.as_ref().map(|prior| x.times(prior, planes)).unwrap_or_default();
        let &Self { loss, l2, l1, tolerance, steps, .. } = self;
        let solution = Problem { x, loss, targets, costs, base, l2, l1, tolerance, steps }.solve(start);
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
    /// What the head says of the records: the number (squared), the margin (logistic), the
    /// expected level (ordinal) or the likeliest class, the lower of equal ones (multinomial).
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
                let likeliest = |row: ndarray::ArrayView1<f64>| {
                    let mut best = 0;
                    for class in 1..row.len() {
                        if row[class] > row[best] {
                            best = class;
                        }
                    }
                    best as f64
                };
                self.probabilities(x).rows().into_iter().map(likeliest).collect()
            }
        }
    }
}
