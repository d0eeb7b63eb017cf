//! Newton's method with conjugate gradients over sparse records; all sums run in a fixed order.

use rayon::prelude::*;

use crate::fit::loss::Loss;
use crate::fit::sparse_matrix::SparseMatrix;

/// Numbers that one task sums; fixed, so that sums do not depend on the number of threads.
const CHUNK: usize = 8192;
/// Most steps of the conjugate gradients within one Newton step.
const INNER: usize = 500;

/// `Σ cᵢ · loss(yᵢ, xᵢ·w) + l2/2 · |w|² + l1 · |w|₁`, `w` around the prior that is in `base`.
pub(crate) struct Problem<'a> {
    pub(crate) x: &'a SparseMatrix,
    pub(crate) loss: Loss,
    pub(crate) targets: Vec<f64>,
    pub(crate) costs: Vec<f64>,
    /// Margins that the prior gives, plane by plane within a row; empty without a prior.
    pub(crate) base: Vec<f64>,
    pub(crate) l2: f64,
    pub(crate) l1: f64,
    pub(crate) tolerance: f64,
    pub(crate) steps: usize,
}

/// A point, weights plane after plane and then the offsets, with how it was reached.
pub(crate) struct Solution {
    pub(crate) point: Vec<f64>,
    pub(crate) objective: f64,
    pub(crate) steps: usize,
    pub(crate) converged: bool,
}

/// What belongs to a point.
struct State {
    point: Vec<f64>,
    margins: Vec<f64>,
    objective: f64,
}

impl Problem<'_> {
    fn weights(&self) -> usize {
        self.loss.planes() * self.x.width()
    }

    /// Minimises from `start`, or from zero weights.
    pub(crate) fn solve(&self, start: Option<Vec<f64>>) -> Solution {
        let mut cold = vec![0.0; self.weights()];
        cold.extend(self.loss.start(&self.targets, &self.costs));
        let cold = self.state(cold);
        let first = self.norm(&cold.point, &self.gradient(&cold));
        let mut state = match start.map(|point| self.state(point)) {
            Some(warm) if warm.objective < cold.objective => warm,
            _ => cold,
        };
        let (mut steps, mut converged) = (0, false);
        loop {
            let mut gradient = self.gradient(&state);
            let norm = self.norm(&state.point, &gradient);
            converged = converged || norm <= self.tolerance * first || norm < 1e-12;
            if converged || steps == self.steps {
                break;
            }
            steps += 1;
            let diagonal = self.diagonal(&state);
            let shrunk = self.l1 > 0.0 && self.shrink(&mut state, &gradient, &diagonal);
            if shrunk {
                gradient = self.gradient(&state);
            }
            self.bow(&state.point, &mut gradient);
            let forcing = if self.loss == Loss::Squared && self.l1 == 0.0 {
                self.tolerance
            } else {
                (norm / first).sqrt().clamp(1e-4, 0.3)
            };
            let step = self.newton_step(&state, &gradient, &diagonal, forcing);
            if !self.walk(&mut state, &step) && !shrunk {
                // no step lowers the objective: as exact as the numbers allow
                converged = norm <= first * self.tolerance.max(1e-6).sqrt();
                break;
            }
        }
        Solution { point: state.point, objective: state.objective, steps, converged }
    }

    fn state(&self, point: Vec<f64>) -> State {
        let margins = self.margins(&point);
        let objective = self.objective(&point, &margins);
        State { point, margins, objective }
    }

    fn margins(&self, point: &[f64]) -> Vec<f64> {
        let mut margins = self.x.times(&point[..self.weights()], self.loss.planes());
        margins.iter_mut().zip(&self.base).for_each(|(margin, base)| *margin += base);
        margins
    }

    fn objective(&self, point: &[f64], margins: &[f64]) -> f64 {
        let (weights, offsets) = point.split_at(self.weights());
        let planes = self.loss.planes();
        let parts: Vec<f64> = margins
            .par_chunks(planes * CHUNK)
            .zip(self.targets.par_chunks(CHUNK))
            .zip(self.costs.par_chunks(CHUNK))
            .map(|((m, y), c)| {
                let rows = m.chunks(planes).zip(y).zip(c);
                rows.map(|((m, y), c)| c * self.loss.cost(m, offsets, *y)).sum()
            })
            .collect();
        let pull = 0.5 * self.l2 * dot(weights, weights);
        let size: f64 = if self.l1 > 0.0 { weights.iter().map(|w| w.abs()).sum() } else { 0.0 };
        parts.iter().sum::<f64>() + pull + self.l1 * size
    }

    /// Runs `each` over the rows: it fills the row's numbers and adds to the sums by offset.
    fn rows(&self, each: impl Fn(usize, &mut [f64], &mut [f64]) + Sync) -> (Vec<f64>, Vec<f64>) {
        let planes = self.loss.planes();
        let mut out = vec![0.0; planes * self.targets.len()];
        let parts: Vec<Vec<f64>> = out
            .par_chunks_mut(planes * CHUNK)
            .enumerate()
            .map(|(chunk, out)| {
                let mut sums = vec![0.0; self.loss.offsets()];
                for (row, out) in out.chunks_mut(planes).enumerate() {
                    each(chunk * CHUNK + row, out, &mut sums);
                }
                sums
            })
            .collect();
        let mut sums = vec![0.0; self.loss.offsets()];
        for part in parts {
            sums.iter_mut().zip(part).for_each(|(sum, part)| *sum += part);
        }
        (out, sums)
    }

    /// Gradient of all but the l1 part.
    fn gradient(&self, state: &State) -> Vec<f64> {
        let (weights, offsets) = state.point.split_at(self.weights());
        let planes = self.loss.planes();
        let (slopes, sums) = self.rows(|row, gm, gt| {
            let m = &state.margins[row * planes..][..planes];
            self.loss.slope(m, offsets, (self.targets[row], self.costs[row]), gm, gt);
        });
        let mut gradient = self.x.transposed_times(&slopes, planes);
        gradient.par_iter_mut().zip(weights).with_min_len(CHUNK).for_each(|(g, w)| *g += self.l2 * w);
        gradient.extend(sums);
        gradient
    }

    /// Diagonal of the second derivative.
    fn diagonal(&self, state: &State) -> Vec<f64> {
        let offsets = &state.point[self.weights()..];
        let planes = self.loss.planes();
        let (curves, sums) = self.rows(|row, hm, ht| {
            let m = &state.margins[row * planes..][..planes];
            self.loss.curves(m, offsets, (self.targets[row], self.costs[row]), hm, ht);
        });
        let mut diagonal = self.x.squares(&curves, planes);
        for d in &mut diagonal {
            *d = (*d + self.l2).max(1e-9);
        }
        diagonal.extend(sums.iter().map(|sum| sum.max(1e-9)));
        diagonal
    }

    /// Second derivative times `direction`.
    fn bent(&self, state: &State, direction: &[f64]) -> Vec<f64> {
        let offsets = &state.point[self.weights()..];
        let planes = self.loss.planes();
        let (along, along_offsets) = direction.split_at(self.weights());
        let moved = self.x.times(along, planes);
        let (bends, sums) = self.rows(|row, hm, ht| {
            let (m, dm) = (&state.margins[row * planes..][..planes], &moved[row * planes..][..planes]);
            let case = (self.targets[row], self.costs[row]);
            self.loss.bend(m, offsets, case, dm, along_offsets, hm, ht);
        });
        let mut bent = self.x.transposed_times(&bends, planes);
        bent.par_iter_mut().zip(along).with_min_len(CHUNK).for_each(|(h, d)| *h += self.l2 * d);
        bent.extend(sums);
        bent
    }

    /// Norm of the smallest subgradient: 0 exactly at the minimum.
    fn norm(&self, point: &[f64], gradient: &[f64]) -> f64 {
        if self.l1 == 0.0 {
            return dot(gradient, gradient).sqrt();
        }
        let weights = self.weights();
        let least = |(at, (w, g)): (usize, (&f64, &f64))| match w {
            _ if at >= weights => *g,
            w if *w != 0.0 => g + self.l1 * w.signum(),
            _ => (g.abs() - self.l1).max(0.0),
        };
        point.iter().zip(gradient).enumerate().map(least).map(|g| g * g).sum::<f64>().sqrt()
    }

    /// Adds the slope of the l1 part where a weight is not 0, and stops the gradient where it is 0.
    fn bow(&self, point: &[f64], gradient: &mut [f64]) {
        if self.l1 > 0.0 {
            let weights = self.weights();
            for (g, w) in gradient.iter_mut().zip(point).take(weights) {
                *g = if *w == 0.0 { 0.0 } else { *g + self.l1 * w.signum() };
            }
        }
    }

    /// A proximal gradient step, scaled by the diagonal: it finds which weights are 0.
    fn shrink(&self, state: &mut State, gradient: &[f64], diagonal: &[f64]) -> bool {
        let weights = self.weights();
        let mut scale = 1.0;
        for _ in 0..40 {
            let step = |(at, ((w, g), d)): (usize, ((&f64, &f64), &f64))| {
                let moved = w - g / (scale * d);
                let cut = if at < weights { self.l1 / (scale * d) } else { 0.0 };
                moved.signum() * (moved.abs() - cut).max(0.0)
            };
            let point = state.point.iter().zip(gradient).zip(diagonal).enumerate().map(step).collect();
            let tried = self.state(point);
            if tried.objective < state.objective {
                *state = tried;
                return true;
            }
            scale *= 2.0;
        }
        false
    }

    /// Goes along `step`, half as far until the objective falls; a weight that l1 holds stops at 0.
    fn walk(&self, state: &mut State, step: &[f64]) -> bool {
        let weights = self.weights();
        let mut rate = 1.0;
        while rate > 1e-6 {
            let go = |(at, (w, s)): (usize, (&f64, &f64))| {
                let moved = w + rate * s;
                if self.l1 > 0.0 && at < weights && moved * w < 0.0 { 0.0 } else { moved }
            };
            let tried = self.state(state.point.iter().zip(step).enumerate().map(go).collect());
            if tried.objective < state.objective {
                *state = tried;
                return true;
            }
            rate /= 2.0;
        }
        false
    }

    /// Solves `H · step = −gradient` to the relative precision `forcing` by conjugate gradients with a
    /// diagonal preconditioner; where l1 holds a weight at 0 the step is 0.
    fn newton_step(&self, state: &State, gradient: &[f64], diagonal: &[f64], forcing: f64) -> Vec<f64> {
        let weights = self.weights();
        let mut inverse: Vec<f64> = diagonal.iter().map(|d| 1.0 / d).collect();
        let held = |at: usize| self.l1 > 0.0 && at < weights && state.point[at] == 0.0;
        if self.l1 > 0.0 {
            inverse
                .iter_mut()
                .enumerate()
                .filter(|(at, _)| held(*at))
                .for_each(|(_, inverse)| *inverse = 0.0);
        }
        let mut step = vec![0.0; gradient.len()];
        let mut residual: Vec<f64> = gradient.iter().map(|g| -g).collect();
        let mut direction: Vec<f64> = residual.iter().zip(&inverse).map(|(r, i)| r * i).collect();
        let mut rho = dot(&residual, &direction);
        let target = forcing * forcing * dot(&residual, &residual);
        for _ in 0..INNER {
            let mut bent = self.bent(state, &direction);
            if self.l1 > 0.0 {
                bent.iter_mut().enumerate().filter(|(at, _)| held(*at)).for_each(|(_, bent)| *bent = 0.0);
            }
            let curvature = dot(&direction, &bent);
            if curvature <= 0.0 {
                break;
            }
            let rate = rho / curvature;
            add(&mut step, rate, &direction);
            add(&mut residual, -rate, &bent);
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

fn add(to: &mut [f64], factor: f64, what: &[f64]) {
    to.par_iter_mut().zip(what).with_min_len(CHUNK).for_each(|(to, what)| *to += factor * what);
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
