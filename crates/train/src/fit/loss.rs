//! [`Loss`]: what a wrong margin costs, with its slope and bend.

use detente::{Error, Result};

/// What a wrong margin costs.
///
/// A loss looks at the margins of a record (one a plane of weights) and at offsets, which
/// all records share and nothing pulls to 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// Half the squared distance to the target (ridge regression).
    Squared,
    /// Cross-entropy of the logistic of the margin; targets are probabilities.
    Logistic,
    /// Cumulative logit of ordered levels; targets are levels from 0. One plane of weights; the
    /// offsets are the thresholds between neighbouring levels, which rise.
    Ordinal {
        /// Number of levels, at least 2.
        levels: usize,
    },
    /// Cross-entropy of the softmax; targets are classes from 0. One plane and one offset a class.
    Multinomial {
        /// Number of classes, at least 2.
        classes: usize,
    },
}

impl Loss {
    /// Number of planes of weights.
    #[must_use]
    pub fn planes(self) -> usize {
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

    /// Number of classes that a target may name; `None` where targets are numbers.
    #[must_use]
    pub fn classes(self) -> Option<usize> {
        match self {
            Self::Squared => None,
            Self::Logistic => Some(2),
            Self::Ordinal { levels: classes } | Self::Multinomial { classes } => Some(classes),
        }
    }

    pub(crate) fn check(self, target: f64) -> Result<()> {
        let fits = match self {
            Self::Squared => target.is_finite(),
            Self::Logistic => (0.0..=1.0).contains(&target),
            Self::Ordinal { levels: n } | Self::Multinomial { classes: n } => {
                target >= 0.0 && target < n as f64 && target.fract() == 0.0
            }
        };
        let must = match self {
            Self::Squared => "finite",
            Self::Logistic => "0..1",
            Self::Ordinal { .. } | Self::Multinomial { .. } => "a whole number below the number of classes",
        };
        if fits { Ok(()) } else { Err(Error::argument("a target", must, target)) }
    }

    /// Factor of a record's weight: that of its class; between classes where the target is a probability.
    pub(crate) fn class_weight(self, weights: &[f64], target: f64) -> f64 {
        match (self, weights) {
            (Self::Logistic, [no, yes]) => (1.0 - target) * no + target * yes,
            _ => weights.get(target as usize).copied().unwrap_or(1.0),
        }
    }

    /// The best offsets where all weights are 0.
    pub(crate) fn start(self, targets: &[f64], weights: &[f64]) -> Vec<f64> {
        let total: f64 = weights.iter().sum::<f64>().max(f64::MIN_POSITIVE);
        let mean = targets.iter().zip(weights).map(|(y, c)| y * c).sum::<f64>() / total;
        let logit = |p: f64| (p.clamp(1e-6, 1.0 - 1e-6) / (1.0 - p.clamp(1e-6, 1.0 - 1e-6))).ln();
        let share = |n: usize| {
            let mut shares = vec![1e-6; n];
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
                let shares = share(levels);
                let sum: f64 = shares.iter().sum();
                let mut below = 0.0;
                let threshold = |share: &f64| {
                    below += share / sum;
                    logit(below)
                };
                shares[..levels - 1].iter().map(threshold).collect()
            }
            Self::Multinomial { classes } => share(classes).into_iter().map(f64::ln).collect(),
        }
    }

    /// The cost of margins `m` under offsets `t` for the target `y`.
    pub(crate) fn cost(self, m: &[f64], t: &[f64], y: f64) -> f64 {
        match self {
            Self::Squared => 0.5 * (m[0] + t[0] - y).powi(2),
            Self::Logistic => softplus(m[0] + t[0]) - y * (m[0] + t[0]),
            Self::Ordinal { .. } => {
                let (above, below) = ends(m[0], t, y);
                let apart = match (above, below) {
                    (Some(u), Some(v)) if u <= v => f64::INFINITY,
                    (Some(u), Some(v)) => -(-(v - u).exp()).ln_1p(),
                    _ => 0.0,
                };
                above.map_or(0.0, |u| softplus(-u)) + below.map_or(0.0, softplus) + apart
            }
            Self::Multinomial { .. } => {
                let z = |k: usize| m[k] + t[k];
                let top = (0..m.len()).map(z).fold(f64::NEG_INFINITY, f64::max);
                let sum: f64 = (0..m.len()).map(|k| (z(k) - top).exp()).sum();
                top + sum.ln() - z(y as usize)
            }
        }
    }

    /// Slope of the cost: by margin into `gm`, by offset added to `gt`, both times `c`.
    pub(crate) fn slope(self, m: &[f64], t: &[f64], (y, c): (f64, f64), gm: &mut [f64], gt: &mut [f64]) {
        match self {
            Self::Squared | Self::Logistic => {
                let margin = m[0] + t[0];
                let predicted = if self == Self::Squared { margin } else { logistic(margin) };
                gm[0] = c * (predicted - y);
                gt[0] += gm[0];
            }
            Self::Ordinal { .. } => {
                let (above, below) = ends(m[0], t, y);
                let push = apart(above, below).0;
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

    /// What the slope changes by where margins change by `dm` and offsets by `dt`.
    #[expect(clippy::too_many_arguments, reason = "point, direction and result, each by margin and offset")]
    pub(crate) fn bend(
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
                hm[0] = c * self.curve(m[0] + t[0]) * (dm[0] + dt[0]);
                ht[0] += hm[0];
            }
            Self::Ordinal { .. } => {
                let (above, below) = ends(m[0], t, y);
                let push = apart(above, below).1;
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

    /// Curvature of the cost along each margin into `hm`, along each offset added to `ht`, times `c`.
    pub(crate) fn curves(self, m: &[f64], t: &[f64], (y, c): (f64, f64), hm: &mut [f64], ht: &mut [f64]) {
        match self {
            Self::Squared | Self::Logistic => {
                hm[0] = c * self.curve(m[0] + t[0]);
                ht[0] += hm[0];
            }
            Self::Ordinal { .. } => {
                let (above, below) = ends(m[0], t, y);
                let push = apart(above, below).1;
                let curve = |x: Option<f64>| x.map_or(0.0, |x| logistic(x) * logistic(-x));
                hm[0] = c * (curve(above) + curve(below)).max(FLAT);
                let level = y as usize;
                if above.is_some() {
                    ht[level] += c * (curve(above) + push);
                }
                if below.is_some() {
                    ht[level - 1] += c * (curve(below) + push);
                }
            }
            Self::Multinomial { .. } => {
                softmax(m, t, hm);
                for (hm, ht) in hm.iter_mut().zip(ht) {
                    *hm = c * (*hm * (1.0 - *hm)).max(FLAT);
                    *ht += *hm;
                }
            }
        }
    }

    fn curve(self, margin: f64) -> f64 {
        if self == Self::Squared {
            return 1.0;
        }
        let p = logistic(margin);
        (p * (1.0 - p)).max(FLAT)
    }
}

/// Least curvature that is reckoned with, so that sure records do not vanish.
const FLAT: f64 = 1e-9;

/// Distance of the margin to the threshold above level `y` and to the one below it.
fn ends(m: f64, t: &[f64], y: f64) -> (Option<f64>, Option<f64>) {
    let level = y as usize;
    let below = level.checked_sub(1).and_then(|at| t.get(at));
    (t.get(level).map(|t| t - m), below.map(|t| t - m))
}

/// How neighbouring thresholds push each other apart: first and second derivative.
fn apart(above: Option<f64>, below: Option<f64>) -> (f64, f64) {
    let (Some(u), Some(v)) = (above, below) else { return (0.0, 0.0) };
    let grown = (u - v).exp_m1().max(1e-12);
    (1.0 / grown, (1.0 + grown) / (grown * grown))
}

/// Probabilities of the classes into `p`.
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

fn softplus(x: f64) -> f64 {
    if x > 30.0 { x } else { x.exp().ln_1p() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Loss; 4] =
        [Loss::Squared, Loss::Logistic, Loss::Ordinal { levels: 4 }, Loss::Multinomial { classes: 3 }];

    /// Margins, offsets and targets to try.
    fn points(loss: Loss) -> impl Iterator<Item = (Vec<f64>, Vec<f64>, f64)> {
        let targets = loss.classes().map_or(vec![-1.5, 0.3], |n| (0..n).map(|k| k as f64).collect());
        let margins = [[0.3, -0.7, 1.1], [-2.0, 0.4, 0.0]];
        let offsets: Vec<f64> = (0..loss.offsets()).map(|k| 0.8 * k as f64 - 0.9).collect();
        targets.into_iter().flat_map(move |y| {
            let offsets = offsets.clone();
            margins.map(move |m| (m[..loss.planes()].to_vec(), offsets.clone(), y))
        })
    }

    /// Slope and bend against differences of the cost and of the slope.
    #[test]
    fn derivatives_agree_with_differences() {
        const H: f64 = 1e-5;
        for loss in ALL {
            let (planes, n) = (loss.planes(), loss.planes() + loss.offsets());
            for (m, t, y) in points(loss) {
                let at = |moved: usize, by: f64| {
                    let mut all = [m.clone(), t.clone()].concat();
                    all[moved] += by;
                    (all[..planes].to_vec(), all[planes..].to_vec())
                };
                let slope = |m: &[f64], t: &[f64]| {
                    let (mut gm, mut gt) = (vec![0.0; planes], vec![0.0; t.len()]);
                    loss.slope(m, t, (y, 2.0), &mut gm, &mut gt);
                    [gm, gt].concat()
                };
                let here = slope(&m, &t);
                for moved in 0..n {
                    let ((up, up_t), (down, down_t)) = (at(moved, H), at(moved, -H));
                    let cost = 2.0 * (loss.cost(&up, &up_t, y) - loss.cost(&down, &down_t, y)) / (2.0 * H);
                    assert!((here[moved] - cost).abs() < 1e-6, "{loss:?} {y} slope {moved}");
                    let (dm, dt) = ([0.0; 3], vec![0.0; t.len()]);
                    let mut direction = [dm[..planes].to_vec(), dt].concat();
                    direction[moved] = 1.0;
                    let (mut hm, mut ht) = (vec![0.0; planes], vec![0.0; t.len()]);
                    let (dm, dt) = direction.split_at(planes);
                    loss.bend(&m, &t, (y, 2.0), dm, dt, &mut hm, &mut ht);
                    let bent = [hm, ht].concat();
                    for (k, (a, b)) in slope(&up, &up_t).iter().zip(slope(&down, &down_t)).enumerate() {
                        assert!(
                            (bent[k] - (a - b) / (2.0 * H)).abs() < 1e-5,
                            "{loss:?} {y} bend {moved} {k}"
                        );
                    }
                    let (mut hm, mut ht) = (vec![0.0; planes], vec![0.0; t.len()]);
                    loss.curves(&m, &t, (y, 2.0), &mut hm, &mut ht);
                    assert!(([hm, ht].concat()[moved] - bent[moved]).abs() < 1e-9, "{loss:?} curve");
                }
            }
        }
    }
}
