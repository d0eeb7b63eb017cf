//! Calibration: a logistic curve through out-of-fold margins.

use detente::internals::Logistic;

use crate::fit::loss::logistic;

/// Fits slope and shift by Newton's method on the cross-entropy; a weak pull to slope 1 and
/// shift 0 keeps small samples sane.
pub(crate) fn fit(margins: &[f64], hits: &[bool]) -> Logistic {
    const PULL: f64 = 1e-3;
    let (mut slope, mut shift) = (1.0, 0.0);
    for _ in 0..100 {
        let (mut g, mut h) = ([PULL * (slope - 1.0), PULL * shift], [PULL, 0.0, PULL]);
        for (margin, hit) in margins.iter().zip(hits) {
            let p = logistic(slope * margin + shift);
            let (error, curve) = (p - f64::from(u8::from(*hit)), (p * (1.0 - p)).max(1e-9));
            g[0] += error * margin;
            g[1] += error;
            h[0] += curve * margin * margin;
            h[1] += curve * margin;
            h[2] += curve;
        }
        let determinant = h[0] * h[2] - h[1] * h[1];
        if determinant.abs() < 1e-12 {
            break;
        }
        let step = [(h[2] * g[0] - h[1] * g[1]) / determinant, (h[0] * g[1] - h[1] * g[0]) / determinant];
        slope -= step[0];
        shift -= step[1];
        if step[0].abs() + step[1].abs() < 1e-10 {
            break;
        }
    }
    Logistic { slope, shift }
}

#[cfg(test)]
mod tests {
    use crate::fit::platt::fit;

    #[test]
    fn finds_the_curve_that_made_the_data() {
        let margins: Vec<f64> = (0..2000).map(|i| f64::from(i) / 250.0 - 4.0).collect();
        // deterministic draws at the rates of slope 2, shift 0.5
        let hits: Vec<bool> = margins
            .iter()
            .enumerate()
            .map(|(i, m)| (i as f64 * 0.618_033_988_75).fract() < crate::fit::loss::logistic(2.0 * m + 0.5))
            .collect();
        let curve = fit(&margins, &hits);
        assert!((curve.slope - 2.0).abs() < 0.2 && (curve.shift - 0.5).abs() < 0.2, "{curve:?}");
    }
}
