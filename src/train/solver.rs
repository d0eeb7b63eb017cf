//! The sparse linear solver, behind linfa's traits: Newton's method with conjugate gradients.
//!
//! It minimises `Σ cᵢ · loss(yᵢ, xᵢ·w + b) + λ/2 · |w − w₀|²`, the intercept `b` free. Each step
//! solves the Newton system by conjugate gradients with a diagonal preconditioner, then
//! halves the step until the objective falls. All sums run in a fixed order: the same
//! data and settings give the same bits whatever the number of threads.

use linfa::ParamGuard;
use linfa::dataset::{AsSingleTargets, DatasetBase};
use linfa::traits::{Fit, Predict};
use ndarray::Array1;

use super::matrix::Sparse;
use crate::{Error, Result};

/// What a wrong margin costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// Half the squared distance to the target (ridge regression).
    Squared,
    /// Cross-entropy of the logistic of the margin; targets are probabilities.
    Logistic,
}

/// Settings of the solver; [`check`](ParamGuard::check) makes them usable.
///
/// | name | default | purpose | range |
/// |---|---|---|---|
/// | `loss` | squared | what a wrong margin costs | |
/// | `l2` | 1 | strength λ of the pull towards the prior | > 0 |
/// | `tolerance` | 1e-4 | stop when the gradient has fallen to this share of the first | 0..1 |
/// | `steps` | 50 | most Newton steps | ≥ 1 |
/// | `prior` | none | weights to pull towards instead of 0 | one a column |
#[derive(Clone, Debug)]
pub struct SolverParams(ValidSolverParams);

/// Settings that were checked.
#[derive(Clone, Debug)]
pub struct ValidSolverParams {
    loss: Loss,
    l2: f64,
    tolerance: f64,
    steps: usize,
    prior: Option<Vec<f64>>,
}

impl SolverParams {
    /// The defaults for that loss.
    #[must_use]
    pub fn new(loss: Loss) -> Self {
        Self(ValidSolverParams { loss, l2: 1.0, tolerance: 1e-4, steps: 50, prior: None })
    }

    /// Sets the strength of the pull towards the prior.
    #[must_use]
    pub fn l2(mut self, l2: f64) -> Self {
        self.0.l2 = l2;
        self
    }

    /// Sets the share of the first gradient at which the solver stops.
    #[must_use]
    pub fn tolerance(mut self, tolerance: f64) -> Self {
        self.0.tolerance = tolerance;
        self
    }

    /// Sets the weights to pull towards.
    #[must_use]
    pub fn prior(mut self, prior: Vec<f64>) -> Self {
        self.0.prior = Some(prior);
        self
    }
}

impl ParamGuard for SolverParams {
    type Checked = ValidSolverParams;
    type Error = Error;

    fn check_ref(&self) -> Result<&ValidSolverParams> {
        let p = &self.0;
        if !(p.l2 > 0.0 && p.l2.is_finite()) {
            return Err(Error::argument("l2", "above 0", p.l2));
        }
        if !(p.tolerance > 0.0 && p.tolerance < 1.0) {
            return Err(Error::argument("tolerance", "between 0 and 1", p.tolerance));
        }
        if p.steps == 0 {
            return Err(Error::argument("steps", "at least 1", p.steps));
        }
        Ok(&self.0)
    }

    fn check(self) -> Result<ValidSolverParams> {
        self.check_ref()?;
        Ok(self.0)
    }
}

/// Weights and intercept that were learned.
#[derive(Clone, Debug, PartialEq)]
pub struct Head {
    /// One weight a column.
    pub weights: Vec<f64>,
    /// Margin of a record without features.
    pub intercept: f64,
    /// The objective at the end.
    pub objective: f64,
    /// Newton steps taken.
    pub steps: usize,
}

impl<T: AsSingleTargets<Elem = f64>> Fit<Sparse, T, Error> for ValidSolverParams {
    type Object = Head;

    fn fit(&self, dataset: &DatasetBase<Sparse, T>) -> Result<Head> {
        let targets = dataset.as_single_targets();
        if targets.len() != dataset.records.height() {
            return Err(Error::argument("targets", "as many as records", targets.len()));
        }
        let weights: Vec<f64> = match dataset.weights() {
            Some(weights) => weights.iter().map(|w| f64::from(*w)).collect(),
            None => vec![1.0; targets.len()],
        };
        if weights.len() != targets.len() {
            return Err(Error::argument("weights", "as many as records", weights.len()));
        }
        if let Some(bad) = targets.iter().chain(&weights).find(|v| !v.is_finite()) {
            return Err(Error::argument("targets and weights", "finite", bad));
        }
        let width = dataset.records.width();
        let prior = self.prior.clone().unwrap_or_else(|| vec![0.0; width]);
        if prior.len() != width {
            return Err(Error::argument("prior", "one a column", prior.len()));
        }
        let problem = Problem { x: &dataset.records, y: targets.to_vec(), c: weights, prior, settings: self };
        Ok(problem.solve())
    }
}

impl Predict<&Sparse, Array1<f64>> for Head {
    /// The margins of the records.
    fn predict(&self, x: &Sparse) -> Array1<f64> {
        x.times(&self.weights).into_iter().map(|margin| margin + self.intercept).collect()
    }
}

struct Problem<'a> {
    x: &'a Sparse,
    y: Vec<f64>,
    c: Vec<f64>,
    prior: Vec<f64>,
    settings: &'a ValidSolverParams,
}

impl Problem<'_> {
    fn solve(&self) -> Head {
        let mut w = self.prior.clone();
        let total: f64 = self.c.iter().sum();
        let mean = self.y.iter().zip(&self.c).map(|(y, c)| y * c).sum::<f64>() / total.max(f64::MIN_POSITIVE);
        let mut b = match self.settings.loss {
            Loss::Squared => mean,
            Loss::Logistic => (mean.clamp(1e-6, 1.0 - 1e-6) / (1.0 - mean.clamp(1e-6, 1.0 - 1e-6))).ln(),
        };
        let mut margins = self.margins(&w, b);
        let mut objective = self.objective(&margins, &w);
        let mut first_norm = None;
        let mut steps = 0;
        while steps < self.settings.steps {
            let (slopes, curves) = self.derivatives(&margins);
            let mut gradient = self.x.transposed_times(&slopes);
            for ((g, w), prior) in gradient.iter_mut().zip(&w).zip(&self.prior) {
                *g += self.settings.l2 * (w - prior);
            }
            let gradient_b: f64 = slopes.iter().sum();
            let norm = (dot(&gradient, &gradient) + gradient_b * gradient_b).sqrt();
            let first = *first_norm.get_or_insert(norm);
            if norm <= self.settings.tolerance * first || norm < 1e-12 {
                break;
            }
            let forcing = (norm / first).sqrt().clamp(1e-3, 0.3);
            let precise = if self.settings.loss == Loss::Squared { self.settings.tolerance } else { forcing };
            let (step, step_b) = self.newton_step(&gradient, gradient_b, &curves, precise);
            let mut rate = 1.0;
            let improved = loop {
                let tried: Vec<f64> = w.iter().zip(&step).map(|(w, s)| w + rate * s).collect();
                let tried_b = b + rate * step_b;
                let tried_margins = self.margins(&tried, tried_b);
                let value = self.objective(&tried_margins, &tried);
                if value < objective {
                    (w, b, margins, objective) = (tried, tried_b, tried_margins, value);
                    break true;
                }
                rate /= 2.0;
                if rate < 1e-6 {
                    break false;
                }
            };
            steps += 1;
            if !improved {
                break;
            }
        }
        Head { weights: w, intercept: b, objective, steps }
    }

    fn margins(&self, w: &[f64], b: f64) -> Vec<f64> {
        let mut margins = self.x.times(w);
        for margin in &mut margins {
            *margin += b;
        }
        margins
    }

    fn objective(&self, margins: &[f64], w: &[f64]) -> f64 {
        let loss = |((m, y), c): ((&f64, &f64), &f64)| match self.settings.loss {
            Loss::Squared => 0.5 * c * (m - y).powi(2),
            Loss::Logistic => c * (softplus(*m) - y * m),
        };
        let losses: f64 = margins.iter().zip(&self.y).zip(&self.c).map(loss).sum();
        let pull: f64 = w.iter().zip(&self.prior).map(|(w, p)| (w - p).powi(2)).sum();
        losses + 0.5 * self.settings.l2 * pull
    }

    fn derivatives(&self, margins: &[f64]) -> (Vec<f64>, Vec<f64>) {
        let each = |((m, y), c): ((&f64, &f64), &f64)| match self.settings.loss {
            Loss::Squared => (c * (m - y), *c),
            Loss::Logistic => {
                let p = logistic(*m);
                (c * (p - y), c * (p * (1.0 - p)).max(1e-9))
            }
        };
        margins.iter().zip(&self.y).zip(&self.c).map(each).unzip()
    }

    /// Solves `H · step = −gradient` to the relative precision `forcing`.
    fn newton_step(
        &self,
        gradient: &[f64],
        gradient_b: f64,
        curves: &[f64],
        forcing: f64,
    ) -> (Vec<f64>, f64) {
        let l2 = self.settings.l2;
        let diagonal: Vec<f64> = self.x.squares(curves).into_iter().map(|d| d + l2).collect();
        let diagonal_b: f64 = curves.iter().sum::<f64>().max(1e-12);
        let n = gradient.len();
        let mut step = vec![0.0; n];
        let mut step_b = 0.0;
        let mut residual: Vec<f64> = gradient.iter().map(|g| -g).collect();
        let mut residual_b = -gradient_b;
        let precondition = |r: &[f64], rb: f64| {
            (r.iter().zip(&diagonal).map(|(r, d)| r / d).collect::<Vec<f64>>(), rb / diagonal_b)
        };
        let (mut direction, mut direction_b) = precondition(&residual, residual_b);
        let mut rho = dot(&residual, &direction) + residual_b * direction_b;
        let target = forcing * forcing * (dot(&residual, &residual) + residual_b * residual_b);
        for _ in 0..500 {
            let mut along = self.margins(&direction, direction_b);
            along.iter_mut().zip(curves).for_each(|(a, c)| *a *= c);
            let mut bent = self.x.transposed_times(&along);
            bent.iter_mut().zip(&direction).for_each(|(h, d)| *h += l2 * d);
            let bent_b: f64 = along.iter().sum();
            let curvature = dot(&direction, &bent) + direction_b * bent_b;
            if curvature <= 0.0 {
                break;
            }
            let rate = rho / curvature;
            for i in 0..n {
                step[i] += rate * direction[i];
                residual[i] -= rate * bent[i];
            }
            step_b += rate * direction_b;
            residual_b -= rate * bent_b;
            if dot(&residual, &residual) + residual_b * residual_b <= target {
                break;
            }
            let (z, z_b) = precondition(&residual, residual_b);
            let next = dot(&residual, &z) + residual_b * z_b;
            let beta = next / rho;
            rho = next;
            direction.iter_mut().zip(&z).for_each(|(d, z)| *d = z + beta * *d);
            direction_b = z_b + beta * direction_b;
        }
        (step, step_b)
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// The logistic function.
pub(super) fn logistic(margin: f64) -> f64 {
    1.0 / (1.0 + (-margin).exp())
}

fn softplus(x: f64) -> f64 {
    if x > 30.0 { x } else { x.exp().ln_1p() }
}
