//! Truncated Newton method for penalised linear models. All sums run in a fixed order.

use rayon::prelude::*;

use crate::fit::loss::Loss;
use crate::fit::sparse_matrix::SparseMatrix;

/// Numbers that one task sums; fixed, so that results do not depend on the number of threads.
const CHUNK: usize = 8192;
/// Conjugate gradient iterations within one Newton step.
const MAX_INNER_STEPS: usize = 500;
/// Halvings of the step size of a proximal step.
const MAX_HALVINGS: usize = 40;
/// Step size at which the line search gives up.
const MIN_STEP_SIZE: f64 = 1e-6;
/// A gradient this small is 0.
const ZERO_GRADIENT: f64 = 1e-12;
/// Lower bound on the diagonal of the Hessian.
const MIN_DIAGONAL: f64 = 1e-9;
/// Range of the relative precision of the conjugate gradients (forcing sequence).
const FORCING: (f64, f64) = (1e-4, 0.3);
/// Tolerance below which the objective has no exact descent left in double precision.
const EXACT_TOLERANCE: f64 = 1e-6;

/// `Σ cᵢ · loss(yᵢ, xᵢ·w) + l2/2 · |w|² + l1 · |w|₁`, with `w` relative to the prior.
pub(crate) struct Problem<'a> {
    pub(crate) x: &'a SparseMatrix,
    pub(crate) loss: Loss,
    pub(crate) targets: Vec<f64>,
    /// Weight `cᵢ` of each record.
    pub(crate) record_weights: Vec<f64>,
    /// Margins under the prior, those of a row adjacent; empty without a prior.
    pub(crate) prior_margins: Vec<f64>,
    pub(crate) l2: f64,
    pub(crate) l1: f64,
    pub(crate) tolerance: f64,
    pub(crate) max_steps: usize,
}

/// Minimum of a [`Problem`].
pub(crate) struct Solution {
    /// Weights, one vector after the other, and then the offsets.
    pub(crate) point: Vec<f64>,
    pub(crate) objective: f64,
    pub(crate) steps: usize,
    pub(crate) converged: bool,
}

/// A point with its margins and objective.
struct Iterate {
    point: Vec<f64>,
    margins: Vec<f64>,
    objective: f64,
}

impl Problem<'_> {
    /// Number of weights; the offsets follow them in a point.
    fn weights(&self) -> usize {
        self.loss.outputs() * self.x.width()
    }

    /// Minimises from `start`, or from zero weights.
    pub(crate) fn solve(&self, start: Option<Vec<f64>>) -> Solution {
        let mut zero = vec![0.0; self.weights()];
        zero.extend(self.loss.initial_offsets(&self.targets, &self.record_weights));
        let zero = self.iterate(zero);
        let initial_norm = self.subgradient_norm(&zero.point, &self.gradient(&zero));
        let mut current = match start.map(|point| self.iterate(point)) {
            Some(warm) if warm.objective < zero.objective => warm,
            _ => zero,
        };
        let (mut steps, mut converged) = (0, false);
        loop {
            let mut gradient = self.gradient(&current);
            let norm = self.subgradient_norm(&current.point, &gradient);
            converged = converged || norm <= self.tolerance * initial_norm || norm < ZERO_GRADIENT;
            if converged || steps == self.max_steps {
                break;
            }
            steps += 1;
            let diagonal = self.hessian_diagonal(&current);
            let moved = self.l1 > 0.0 && self.proximal_step(&mut current, &gradient, &diagonal);
            if moved {
                gradient = self.gradient(&current);
            }
            self.restrict_gradient(&current.point, &mut gradient);
            let forcing = if self.loss == Loss::Squared && self.l1 == 0.0 {
                self.tolerance
            } else {
                (norm / initial_norm).sqrt().clamp(FORCING.0, FORCING.1)
            };
            let step = self.newton_step(&current, &gradient, &diagonal, forcing);
            if !self.line_search(&mut current, &step) && !moved {
                // no step lowers the objective: as exact as floating point allows
                converged = norm <= initial_norm * self.tolerance.max(EXACT_TOLERANCE).sqrt();
                break;
            }
        }
        Solution { point: current.point, objective: current.objective, steps, converged }
    }

    fn iterate(&self, point: Vec<f64>) -> Iterate {
        let margins = self.margins(&point);
        let objective = self.objective(&point, &margins);
        Iterate { point, margins, objective }
    }

    fn margins(&self, point: &[f64]) -> Vec<f64> {
        let mut margins = self.x.times(&point[..self.weights()], self.loss.outputs());
        margins.iter_mut().zip(&self.prior_margins).for_each(|(margin, prior)| *margin += prior);
        margins
    }

    fn objective(&self, point: &[f64], margins: &[f64]) -> f64 {
        let (weights, offsets) = point.split_at(self.weights());
        let outputs = self.loss.outputs();
        let chunks: Vec<f64> = margins
            .par_chunks(outputs * CHUNK)
            .zip(self.targets.par_chunks(CHUNK))
            .zip(self.record_weights.par_chunks(CHUNK))
            .map(|((m, y), c)| {
                let rows = m.chunks(outputs).zip(y).zip(c);
                rows.map(|((m, y), c)| c * self.loss.value(m, offsets, *y)).sum()
            })
            .collect();
        let squared_norm = dot(weights, weights);
        let l1_norm: f64 = if self.l1 > 0.0 { weights.iter().map(|w| w.abs()).sum() } else { 0.0 };
        chunks.iter().sum::<f64>() + 0.5 * self.l2 * squared_norm + self.l1 * l1_norm
    }

    /// Runs `each` over the rows; it writes the row's values by output and adds to sums by offset. Returns
    /// both.
    fn map_rows(&self, each: impl Fn(usize, &mut [f64], &mut [f64]) + Sync) -> (Vec<f64>, Vec<f64>) {
        let outputs = self.loss.outputs();
        let mut values = vec![0.0; outputs * self.targets.len()];
        let chunk_sums: Vec<Vec<f64>> = values
            .par_chunks_mut(outputs * CHUNK)
            .enumerate()
            .map(|(chunk, values)| {
                let mut sums = vec![0.0; self.loss.offsets()];
                for (row, values) in values.chunks_mut(outputs).enumerate() {
                    each(chunk * CHUNK + row, values, &mut sums);
                }
                sums
            })
            .collect();
        let mut sums = vec![0.0; self.loss.offsets()];
        for chunk in chunk_sums {
            sums.iter_mut().zip(chunk).for_each(|(sum, chunk)| *sum += chunk);
        }
        (values, sums)
    }

    /// Gradient of the objective without the L1 penalty.
    fn gradient(&self, at: &Iterate) -> Vec<f64> {
        let (weights, offsets) = at.point.split_at(self.weights());
        let outputs = self.loss.outputs();
        let (slopes, sums) = self.map_rows(|row, gm, gt| {
            let m = &at.margins[row * outputs..][..outputs];
            self.loss.gradient(m, offsets, (self.targets[row], self.record_weights[row]), gm, gt);
        });
        let mut gradient = self.x.transposed_times(&slopes, outputs);
        gradient.par_iter_mut().zip(weights).with_min_len(CHUNK).for_each(|(g, w)| *g += self.l2 * w);
        gradient.extend(sums);
        gradient
    }

    fn hessian_diagonal(&self, at: &Iterate) -> Vec<f64> {
        let offsets = &at.point[self.weights()..];
        let outputs = self.loss.outputs();
        let (curvatures, sums) = self.map_rows(|row, hm, ht| {
            let m = &at.margins[row * outputs..][..outputs];
            self.loss.hessian_diagonal(m, offsets, (self.targets[row], self.record_weights[row]), hm, ht);
        });
        let mut diagonal = self.x.transposed_squares_times(&curvatures, outputs);
        for d in &mut diagonal {
            *d = (*d + self.l2).max(MIN_DIAGONAL);
        }
        diagonal.extend(sums.iter().map(|sum| sum.max(MIN_DIAGONAL)));
        diagonal
    }

    /// Hessian times `direction`.
    fn hessian_product(&self, at: &Iterate, direction: &[f64]) -> Vec<f64> {
        let offsets = &at.point[self.weights()..];
        let outputs = self.loss.outputs();
        let (dw, dt) = direction.split_at(self.weights());
        let direction_margins = self.x.times(dw, outputs);
        let (products, sums) = self.map_rows(|row, hm, ht| {
            let m = &at.margins[row * outputs..][..outputs];
            let dm = &direction_margins[row * outputs..][..outputs];
            let target = (self.targets[row], self.record_weights[row]);
            self.loss.hessian_product(m, offsets, target, dm, dt, hm, ht);
        });
        let mut product = self.x.transposed_times(&products, outputs);
        product.par_iter_mut().zip(dw).with_min_len(CHUNK).for_each(|(h, d)| *h += self.l2 * d);
        product.extend(sums);
        product
    }

    /// Norm of the smallest subgradient: 0 exactly at the minimum.
    fn subgradient_norm(&self, point: &[f64], gradient: &[f64]) -> f64 {
        if self.l1 == 0.0 {
            return dot(gradient, gradient).sqrt();
        }
        let weights = self.weights();
        let smallest = |(at, (w, g)): (usize, (&f64, &f64))| match w {
            _ if at >= weights => *g,
            w if *w != 0.0 => g + self.l1 * w.signum(),
            _ => (g.abs() - self.l1).max(0.0),
        };
        point.iter().zip(gradient).enumerate().map(smallest).map(|g| g * g).sum::<f64>().sqrt()
    }

    /// Restricts the gradient to the weights that are not 0, and adds the derivative of the L1 penalty there.
    fn restrict_gradient(&self, point: &[f64], gradient: &mut [f64]) {
        if self.l1 > 0.0 {
            let weights = self.weights();
            for (g, w) in gradient.iter_mut().zip(point).take(weights) {
                *g = if *w == 0.0 { 0.0 } else { *g + self.l1 * w.signum() };
            }
        }
    }

    /// Proximal gradient step scaled by the diagonal; it determines which weights are 0. Returns whether it
    /// lowered the objective.
    fn proximal_step(&self, current: &mut Iterate, gradient: &[f64], diagonal: &[f64]) -> bool {
        let weights = self.weights();
        let mut scale = 1.0;
        for _ in 0..MAX_HALVINGS {
            let step = |(at, ((w, g), d)): (usize, ((&f64, &f64), &f64))| {
                let moved = w - g / (scale * d);
                let threshold = if at < weights { self.l1 / (scale * d) } else { 0.0 };
                moved.signum() * (moved.abs() - threshold).max(0.0)
            };
            let point = current.point.iter().zip(gradient).zip(diagonal).enumerate().map(step).collect();
            let next = self.iterate(point);
            if next.objective < current.objective {
                *current = next;
                return true;
            }
            scale *= 2.0;
        }
        false
    }

    /// Backtracking line search along `step`; under an L1 penalty a weight stops at 0 instead of changing its
    /// sign. Returns whether it lowered the objective.
    fn line_search(&self, current: &mut Iterate, step: &[f64]) -> bool {
        let weights = self.weights();
        let mut rate = 1.0;
        while rate > MIN_STEP_SIZE {
            let advance = |(at, (w, s)): (usize, (&f64, &f64))| {
                let moved = w + rate * s;
                if self.l1 > 0.0 && at < weights && moved * w < 0.0 { 0.0 } else { moved }
            };
            let next = self.iterate(current.point.iter().zip(step).enumerate().map(advance).collect());
            if next.objective < current.objective {
                *current = next;
                return true;
            }
            rate /= 2.0;
        }
        false
    }

    /// Solves `H · step = −gradient` to the relative precision `forcing` by conjugate gradients with a
    /// diagonal preconditioner. Under an L1 penalty, weights that are 0 are kept at 0.
    fn newton_step(&self, current: &Iterate, gradient: &[f64], diagonal: &[f64], forcing: f64) -> Vec<f64> {
        let weights = self.weights();
        let mut inverse: Vec<f64> = diagonal.iter().map(|d| 1.0 / d).collect();
        let is_fixed = |at: usize| self.l1 > 0.0 && at < weights && current.point[at] == 0.0;
        if self.l1 > 0.0 {
            inverse
                .iter_mut()
                .enumerate()
                .filter(|(at, _)| is_fixed(*at))
                .for_each(|(_, inverse)| *inverse = 0.0);
        }
        let mut step = vec![0.0; gradient.len()];
        let mut residual: Vec<f64> = gradient.iter().map(|g| -g).collect();
        let mut direction: Vec<f64> = residual.iter().zip(&inverse).map(|(r, i)| r * i).collect();
        let mut rho = dot(&residual, &direction);
        let target = forcing * forcing * dot(&residual, &residual);
        for _ in 0..MAX_INNER_STEPS {
            let mut product = self.hessian_product(current, &direction);
            if self.l1 > 0.0 {
                product
                    .iter_mut()
                    .enumerate()
                    .filter(|(at, _)| is_fixed(*at))
                    .for_each(|(_, product)| *product = 0.0);
            }
            let curvature = dot(&direction, &product);
            if curvature <= 0.0 {
                break;
            }
            let rate = rho / curvature;
            add(&mut step, rate, &direction);
            add(&mut residual, -rate, &product);
            if dot(&residual, &residual) <= target {
                break;
            }
            let next = dot_scaled(&residual, &inverse);
            let beta = next / rho;
            rho = next;
            direction
                .par_iter_mut()
                .zip(&residual)
                .zip(&inverse)
                .with_min_len(CHUNK)
                .for_each(|((d, r), i)| *d = r * i + beta * *d);
        }
        step
    }
}

/// Adds `factor` · `b` to `a`.
fn add(a: &mut [f64], factor: f64, b: &[f64]) {
    a.par_iter_mut().zip(b).with_min_len(CHUNK).for_each(|(a, b)| *a += factor * b);
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    let part = |(a, b): (&[f64], &[f64])| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let parts: Vec<f64> = a.par_chunks(CHUNK).zip(b.par_chunks(CHUNK)).map(part).collect();
    parts.iter().sum()
}

/// `Σ aᵢ² · bᵢ`.
fn dot_scaled(a: &[f64], b: &[f64]) -> f64 {
    let part = |(a, b): (&[f64], &[f64])| a.iter().zip(b).map(|(a, b)| a * a * b).sum::<f64>();
    let parts: Vec<f64> = a.par_chunks(CHUNK).zip(b.par_chunks(CHUNK)).map(part).collect();
    parts.iter().sum()
}
