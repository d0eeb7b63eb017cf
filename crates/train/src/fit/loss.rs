//! [`Loss`]: loss functions of linear models with their first and second derivatives.

use detente::{Error, Result};

/// Loss function of a linear model.
///
/// It depends on the margins of a record, one per output (weight vector), and on the offsets, which are
/// shared by all records and not penalised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// Half the squared error (ridge regression).
    Squared,
    /// Cross-entropy of the logistic function of the margin; targets are probabilities.
    Logistic,
    /// Cumulative logit of ordered levels (proportional odds); targets are levels from 0. One output; the
    /// offsets are the ascending thresholds between adjacent levels.
    Ordinal {
        /// Number of levels, at least 2.
        levels: usize,
    },
    /// Cross-entropy of the softmax; targets are classes from 0. One output and one offset per class.
    Multinomial {
        /// Number of classes, at least 2.
        classes: usize,
    },
}

impl Loss {
    /// Number of outputs: weight vectors, and margins of a record.
    #[must_use]
    pub fn outputs(self) -> usize {
        if let Self::Multinomial { classes } = self { classes } else { 1 }
    }

    /// Number of offsets.
    #[must_use]
    pub fn offsets(self) -> usize {
        match self {
            Self::Squared | Self::Logistic => 1,
            Self::Ordinal { levels } => levels.saturating_sub(1),
            Self::Multinomial { classes } => classes,
        }
    }

    /// Number of classes or levels; `None` for regression.
    #[must_use]
    pub fn classes(self) -> Option<usize> {
        match self {
            Self::Squared => None,
            Self::Logistic => Some(2),
            Self::Ordinal { levels: classes } | Self::Multinomial { classes } => Some(classes),
        }
    }

    /// Checks the range of a target.
    pub(crate) fn check(self, target: f64) -> Result<()> {
        let is_valid = match self {
            Self::Squared => target.is_finite(),
            Self::Logistic => (0.0..=1.0).contains(&target),
            Self::Ordinal { levels: n } | Self::Multinomial { classes: n } => {
                target >= 0.0 && target < n as f64 && target.fract() == 0.0
            }
        };
        let condition = match self {
            Self::Squared => "finite",
            Self::Logistic => "0..1",
            Self::Ordinal { .. } | Self::Multinomial { .. } => "a whole number below the number of classes",
        };
        if is_valid { Ok(()) } else { Err(Error::argument("a target", condition, target)) }
    }

    /// Class weight of a record, interpolated if the target is a probability.
    pub(crate) fn class_weight(self, weights: &[f64], target: f64) -> f64 {
        match (self, weights) {
            (Self::Logistic, [no, yes]) => (1.0 - target) * no + target * yes,
            _ => weights.get(target as usize).copied().unwrap_or(1.0),
        }
    }

    /// The offsets that minimise the loss if all weights are 0.
    pub(crate) fn initial_offsets(self, targets: &[f64], weights: &[f64]) -> Vec<f64> {
        let total: f64 = weights.iter().sum::<f64>().max(f64::MIN_POSITIVE);
        let mean = targets.iter().zip(weights).map(|(y, c)| y * c).sum::<f64>() / total;
        let logit =
            |p: f64| (p.clamp(MIN_SHARE, 1.0 - MIN_SHARE) / (1.0 - p.clamp(MIN_SHARE, 1.0 - MIN_SHARE))).ln();
        let class_shares = |n: usize| {
            let mut shares = vec![MIN_SHARE; n];
            for (y, c) in targets.iter().zip(weights) {
                if let Some(share) = shares.get_mut(*y as usize) {
                    *share += c / total;
                }
            }
            shares
        };
        match self {
            Self::Squared => vec![mean],
            Self::Logistic => vec![logit(mean)],
            Self::Ordinal { levels } => {
                let shares = class_shares(levels);
                let sum: f64 = shares.iter().sum();
                let mut below = 0.0;
                let threshold = |share: &f64| {
                    below += share / sum;
                    logit(below)
                };
                shares[..levels - 1].iter().map(threshold).collect()
            }
            Self::Multinomial { classes } => class_shares(classes).into_iter().map(f64::ln).collect(),
        }
    }

    /// The loss of margins `m` and offsets `t` for the target `y`.
    pub(crate) fn value(self, m: &[f64], t: &[f64], y: f64) -> f64 {
        match self {
            Self::Squared => 0.5 * (m[0] + t[0] - y).powi(2),
            Self::Logistic => softplus(m[0] + t[0]) - y * (m[0] + t[0]),
            Self::Ordinal { .. } => {
                let (above, below) = distances(m[0], t, y);
                let interval = match (above, below) {
                    (Some(u), Some(v)) if u <= v => f64::INFINITY,
                    (Some(u), Some(v)) => -(-(v - u).exp()).ln_1p(),
                    _ => 0.0,
                };
                above.map_or(0.0, |u| softplus(-u)) + below.map_or(0.0, softplus) + interval
            }
            Self::Multinomial { .. } => {
                let z = |k: usize| m[k] + t[k];
                let top = (0..m.len()).map(z).fold(f64::NEG_INFINITY, f64::max);
                let sum: f64 = (0..m.len()).map(|k| (z(k) - top).exp()).sum();
                top + sum.ln() - z(y as usize)
            }
        }
    }

    /// Gradient of the loss times the record's weight `c`: written to `gm` by margin, added to `gt` by offset.
    pub(crate) fn gradient(self, m: &[f64], t: &[f64], (y, c): (f64, f64), gm: &mut [f64], gt: &mut [f64]) {
        match self {
            Self::Squared | Self::Logistic => {
                let margin = m[0] + t[0];
                let predicted = if self == Self::Squared { margin } else { logistic(margin) };
                gm[0] = c * (predicted - y);
                gt[0] += gm[0];
            }
            Self::Ordinal { .. } => {
                let (above, below) = distances(m[0], t, y);
                let push = interval_derivatives(above, below).0;
                let (gu, gv) = (above.map_or(0.0, |u| -logistic(-u)), below.map_or(0.0, logistic));
                gm[0] = -c * (gu + gv);
                let level = y as usize;
                if above.is_some() {
                    gt[level] += c * (gu - push);
                }
                if below.is_some() {
                    gt[level - 1] += c * (gv + push);
                }
            }
            Self::Multinomial { .. } => {
                softmax(m, t, gm);
                gm[y as usize] -= 1.0;
                for (gm, gt) in gm.iter_mut().zip(gt) {
                    *gm *= c;
                    *gt += *gm;
                }
            }
        }
    }

    /// Hessian-vector product for the direction `dm`, `dt` times the record's weight `c`: written to `hm` by
    /// margin, added to `ht` by offset.
    #[expect(clippy::too_many_arguments, reason = "point, direction and result, each by margin and offset")]
    pub(crate) fn hessian_product(
        self,
        m: &[f64],
        t: &[f64],
        (y, c): (f64, f64),
        dm: &[f64],
        dt: &[f64],
        hm: &mut [f64],
        ht: &mut [f64],
    ) {
        match self {
            Self::Squared | Self::Logistic => {
                hm[0] = c * self.curvature(m[0] + t[0]) * (dm[0] + dt[0]);
                ht[0] += hm[0];
            }
            Self::Ordinal { .. } => {
                let (above, below) = distances(m[0], t, y);
                let push = interval_derivatives(above, below).1;
                let level = y as usize;
                let du = if above.is_some() { dt[level] - dm[0] } else { 0.0 };
                let dv = if below.is_some() { dt[level - 1] - dm[0] } else { 0.0 };
                let bu = above.map_or(0.0, |u| logistic(u) * logistic(-u)) * du;
                let bv = below.map_or(0.0, |v| logistic(v) * logistic(-v)) * dv;
                hm[0] = -c * (bu + bv);
                if above.is_some() {
                    ht[level] += c * (bu + push * (du - dv));
                }
                if below.is_some() {
                    ht[level - 1] += c * (bv - push * (du - dv));
                }
            }
            Self::Multinomial { .. } => {
                softmax(m, t, hm);
                let mean: f64 = hm.iter().zip(dm.iter().zip(dt)).map(|(p, (dm, dt))| p * (dm + dt)).sum();
                for ((hm, ht), (dm, dt)) in hm.iter_mut().zip(ht).zip(dm.iter().zip(dt)) {
                    *hm *= c * (dm + dt - mean);
                    *ht += *hm;
                }
            }
        }
    }

    /// Diagonal of the Hessian times the record's weight `c`: written to `hm` by margin, added to `ht` by
    /// offset.
    pub(crate) fn hessian_diagonal(
        self,
        m: &[f64],
        t: &[f64],
        (y, c): (f64, f64),
        hm: &mut [f64],
        ht: &mut [f64],
    ) {
        match self {
            Self::Squared | Self::Logistic => {
                hm[0] = c * self.curvature(m[0] + t[0]);
                ht[0] += hm[0];
            }
            Self::Ordinal { .. } => {
                let (above, below) = distances(m[0], t, y);
                let push = interval_derivatives(above, below).1;
                let curvature = |x: Option<f64>| x.map_or(0.0, |x| logistic(x) * logistic(-x));
                hm[0] = c * (curvature(above) + curvature(below)).max(MIN_CURVATURE);
                let level = y as usize;
                if above.is_some() {
                    ht[level] += c * (curvature(above) + push);
                }
                if below.is_some() {
                    ht[level - 1] += c * (curvature(below) + push);
                }
            }
            Self::Multinomial { .. } => {
                softmax(m, t, hm);
                for (hm, ht) in hm.iter_mut().zip(ht) {
                    *hm = c * (*hm * (1.0 - *hm)).max(MIN_CURVATURE);
                    *ht += *hm;
                }
            }
        }
    }

    /// Second derivative of the squared and the logistic loss.
    fn curvature(self, margin: f64) -> f64 {
        if self == Self::Squared {
            return 1.0;
        }
        let p = logistic(margin);
        (p * (1.0 - p)).max(MIN_CURVATURE)
    }
}

/// Lower bound on the curvature, to keep well-classified records in the Hessian.
const MIN_CURVATURE: f64 = 1e-9;
/// Lower bound on the share of a class in the initial offsets, to keep their logarithm finite.
const MIN_SHARE: f64 = 1e-6;

/// Distances of the margin to the threshold above level `y` and to the one below it.
fn distances(m: f64, t: &[f64], y: f64) -> (Option<f64>, Option<f64>) {
    let level = y as usize;
    let below = level.checked_sub(1).and_then(|at| t.get(at));
    (t.get(level).map(|t| t - m), below.map(|t| t - m))
}

/// First and second derivative of the term that keeps the thresholds around a level in order.
fn interval_derivatives(above: Option<f64>, below: Option<f64>) -> (f64, f64) {
    let (Some(u), Some(v)) = (above, below) else { return (0.0, 0.0) };
    let growth = (u - v).exp_m1().max(1e-12);
    (1.0 / growth, (1.0 + growth) / (growth * growth))
}

/// Writes the probabilities of the classes to `p`.
pub(crate) fn softmax(m: &[f64], t: &[f64], p: &mut [f64]) {
    let top = m.iter().zip(t).map(|(m, t)| m + t).fold(f64::NEG_INFINITY, f64::max);
    for ((p, m), t) in p.iter_mut().zip(m).zip(t) {
        *p = (m + t - top).exp();
    }
    let sum: f64 = p.iter().sum();
    for p in p {
        *p /= sum;
    }
}

/// The logistic function.
pub(crate) fn logistic(margin: f64) -> f64 {
    1.0 / (1.0 + (-margin).exp())
}

/// ln(1 + eˣ), without overflow.
fn softplus(x: f64) -> f64 {
    if x > 30.0 { x } else { x.exp().ln_1p() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Loss; 4] =
        [Loss::Squared, Loss::Logistic, Loss::Ordinal { levels: 4 }, Loss::Multinomial { classes: 3 }];

    /// Margins, offsets and targets.
    fn points(loss: Loss) -> impl Iterator<Item = (Vec<f64>, Vec<f64>, f64)> {
        let targets = loss.classes().map_or(vec![-1.5, 0.3], |n| (0..n).map(|k| k as f64).collect());
        let margins = [[0.3, -0.7, 1.1], [-2.0, 0.4, 0.0]];
        let offsets: Vec<f64> = (0..loss.offsets()).map(|k| 0.8 * k as f64 - 0.9).collect();
        targets.into_iter().flat_map(move |y| {
            let offsets = offsets.clone();
            margins.map(move |m| (m[..loss.outputs()].to_vec(), offsets.clone(), y))
        })
    }

    /// Derivatives against central differences.
    #[test]
    fn derivatives_equal_central_differences() {
        const H: f64 = 1e-5;
        for loss in ALL {
            let (outputs, n) = (loss.outputs(), loss.outputs() + loss.offsets());
            for (m, t, y) in points(loss) {
                let at = |moved: usize, by: f64| {
                    let mut all = [m.clone(), t.clone()].concat();
                    all[moved] += by;
                    (all[..outputs].to_vec(), all[outputs..].to_vec())
                };
                let gradient = |m: &[f64], t: &[f64]| {
                    let (mut gm, mut gt) = (vec![0.0; outputs], vec![0.0; t.len()]);
                    loss.gradient(m, t, (y, 2.0), &mut gm, &mut gt);
                    [gm, gt].concat()
                };
                let here = gradient(&m, &t);
                for moved in 0..n {
                    let ((up, up_t), (down, down_t)) = (at(moved, H), at(moved, -H));
                    let difference =
                        2.0 * (loss.value(&up, &up_t, y) - loss.value(&down, &down_t, y)) / (2.0 * H);
                    assert!((here[moved] - difference).abs() < 1e-6, "{loss:?} {y} gradient {moved}");
                    let (dm, dt) = ([0.0; 3], vec![0.0; t.len()]);
                    let mut direction = [dm[..outputs].to_vec(), dt].concat();
                    direction[moved] = 1.0;
                    let (mut hm, mut ht) = (vec![0.0; outputs], vec![0.0; t.len()]);
                    let (dm, dt) = direction.split_at(outputs);
                    loss.hessian_product(&m, &t, (y, 2.0), dm, dt, &mut hm, &mut ht);
                    let product = [hm, ht].concat();
                    for (k, (a, b)) in gradient(&up, &up_t).iter().zip(gradient(&down, &down_t)).enumerate() {
                        assert!(
                            (product[k] - (a - b) / (2.0 * H)).abs() < 1e-5,
                            "{loss:?} {y} product {moved} {k}"
                        );
                    }
                    let (mut hm, mut ht) = (vec![0.0; outputs], vec![0.0; t.len()]);
                    loss.hessian_diagonal(&m, &t, (y, 2.0), &mut hm, &mut ht);
                    assert!(([hm, ht].concat()[moved] - product[moved]).abs() < 1e-9, "{loss:?} diagonal");
                }
            }
        }
    }
}
