//! Platt scaling: a logistic curve from out-of-fold margins to probabilities.

use detente::internals::Logistic;

use crate::fit::loss::logistic;

/// L2 penalty of slope − 1 and shift; it keeps the fit finite for small or separable samples.
const L2: f64 = 1e-3;
const MAX_ITERATIONS: usize = 100;
/// Stops when slope and shift change by less.
const TOLERANCE: f64 = 1e-10;

/// Step halvings before the search gives up.
const MAX_HALVINGS: usize = 60;

/// Fits slope and shift by Newton's method on the penalised cross-entropy. A step that would increase the loss is
/// halved until it does not: a full step from a flat part of the curve can overshoot without bound.
pub(crate) fn fit_platt(margins: &[f64], labels: &[bool]) -> Logistic {
    let mut curve = Logistic { slope: 1.0, shift: 0.0 };
    let mut current_loss = loss(curve, margins, labels);
    for _ in 0..MAX_ITERATIONS {
        let Some(step) = newton_step(curve, margins, labels) else { break };
        let mut scale = 1.0;
        let mut halvings = 0;
        let (next, next_loss) = loop {
            let next =
                Logistic { slope: curve.slope - scale * step[0], shift: curve.shift - scale * step[1] };
            let next_loss = loss(next, margins, labels);
            // rounding makes the last steps go up by an ulp
            if next_loss <= current_loss + 1e-12 * current_loss.abs() || halvings == MAX_HALVINGS {
                break (next, next_loss);
            }
            scale *= 0.5;
            halvings += 1;
        };
        (curve, current_loss) = (next, next_loss);
        if scale * (step[0].abs() + step[1].abs()) < TOLERANCE {
            break;
        }
    }
    curve
}

/// The cross-entropy of the labels plus the penalty.
fn loss(curve: Logistic, margins: &[f64], labels: &[bool]) -> f64 {
    let Logistic { slope, shift } = curve;
    let entropy = |(margin, label): (&f64, &bool)| {
        let z = slope * margin + shift;
        let signed = if *label { -z } else { z };
        signed.max(0.0) + (-signed.abs()).exp().ln_1p()
    };
    let penalty = L2 / 2.0 * ((slope - 1.0).powi(2) + shift.powi(2));
    margins.iter().zip(labels).map(entropy).sum::<f64>() + penalty
}

/// The Newton step for slope and shift, to be subtracted; `None` where the Hessian is singular.
fn newton_step(curve: Logistic, margins: &[f64], labels: &[bool]) -> Option<[f64; 2]> {
    let Logistic { slope, shift } = curve;
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
    (determinant.abs() >= 1e-12).then(|| [(c * g - b * k) / determinant, (a * k - b * g) / determinant])
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

    #[test]
    fn wide_margins_do_not_make_the_steps_overshoot() {
        let margins: Vec<f64> = (0..2000).map(|i| f64::from(i) / 2.5 - 400.0).collect();
        let labels: Vec<bool> = margins
            .iter()
            .enumerate()
            .map(|(i, m)| (i as f64 * 0.618_033_988_75).fract() < logistic(0.02 * m + 0.5))
            .collect();
        let curve = fit_platt(&margins, &labels);
        assert!((curve.slope - 0.02).abs() < 0.002 && (curve.shift - 0.5).abs() < 0.2, "{curve:?}");
    }
}
