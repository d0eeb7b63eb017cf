//! Platt scaling: a logistic curve from out-of-fold margins to probabilities.

use detente::internals::Logistic;

use crate::fit::loss::logistic;

/// L2 penalty of slope − 1 and shift; it keeps the fit finite for small or separable samples.
const L2: f64 = 1e-3;
const MAX_ITERATIONS: usize = 100;
/// Stops when slope and shift change by less.
const TOLERANCE: f64 = 1e-10;

/// Fits slope and shift by Newton's method on the cross-entropy.
pub(crate) fn fit_platt(margins: &[f64], labels: &[bool]) -> Logistic {
    let (mut slope, mut shift) = (1.0, 0.0);
    for _ in 0..MAX_ITERATIONS {
        let (mut gradient, mut hessian) = ([L2 * (slope - 1.0), L2 * shift], [L2, 0.0, L2]);
        for (margin, label) in margins.iter().zip(labels) {
            let p = logistic(slope * margin + shift);
            let (error, curvature) = (p - f64::from(u8::from(*label)), (p * (1.0 - p)).max(1e-9));
            gradient[0] += error * margin;
            gradient[1] += error;
            hessian[0] += curvature * margin * margin;
            hessian[1] += curvature * margin;
            hessian[2] += curvature;
        }
        let ([g, k], [a, b, c]) = (gradient, hessian);
        let determinant = a * c - b * b;
        if determinant.abs() < 1e-12 {
            break;
        }
        let step = [(c * g - b * k) / determinant, (a * k - b * g) / determinant];
        slope -= step[0];
        shift -= step[1];
        if step[0].abs() + step[1].abs() < TOLERANCE {
            break;
        }
    }
    Logistic { slope, shift }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recovers_the_curve_that_generated_the_data() {
        let margins: Vec<f64> = (0..2000).map(|i| f64::from(i) / 250.0 - 4.0).collect();
        // quasi-random labels with the probabilities of slope 2, shift 0.5
        let labels: Vec<bool> = margins
            .iter()
            .enumerate()
            .map(|(i, m)| (i as f64 * 0.618_033_988_75).fract() < logistic(2.0 * m + 0.5))
            .collect();
        let curve = fit_platt(&margins, &labels);
        assert!((curve.slope - 2.0).abs() < 0.2 && (curve.shift - 0.5).abs() < 0.2, "{curve:?}");
    }
}
