//! Measures of agreement between numbers and labels; every case may count with a weight.

/// Pearson's correlation of two series of equal length; 0 where one of them is constant.
#[must_use]
pub fn pearson(a: &[f64], b: &[f64]) -> f64 {
    weighted_pearson(a, b, &vec![1.0; a.len()])
}

/// Mean absolute difference of two series of equal length.
#[must_use]
pub fn mean_absolute_error(a: &[f64], b: &[f64]) -> f64 {
    weighted_error(a, b, &vec![1.0; a.len()])
}

/// Chance that a positive case gets a higher number than a negative one, ties counting half;
/// `None` where there are no cases of one sort.
#[must_use]
pub fn auc(numbers: &[f64], positive: &[bool]) -> Option<f64> {
    let cases = (0..numbers.len().min(positive.len())).map(|at| (at, numbers[at], positive[at]));
    Ranked::new(cases).auc(&vec![1.0; numbers.len()])
}

pub(crate) fn weighted_pearson(a: &[f64], b: &[f64], weights: &[f64]) -> f64 {
    let cases = || a.iter().zip(b).zip(weights);
    let n: f64 = weights.iter().sum();
    if n <= 0.0 {
        return 0.0;
    }
    let (mut mean_a, mut mean_b) = (0.0, 0.0);
    for ((x, y), c) in cases() {
        mean_a += c * x;
        mean_b += c * y;
    }
    (mean_a, mean_b) = (mean_a / n, mean_b / n);
    let (mut ab, mut aa, mut bb) = (0.0, 0.0, 0.0);
    for ((x, y), c) in cases() {
        let (x, y) = (x - mean_a, y - mean_b);
        ab += c * x * y;
        aa += c * x * x;
        bb += c * y * y;
    }
    // a constant series leaves nothing but rounding
    if aa <= 1e-20 * n || bb <= 1e-20 * n { 0.0 } else { ab / (aa * bb).sqrt() }
}

pub(crate) fn weighted_error(a: &[f64], b: &[f64], weights: &[f64]) -> f64 {
    let n: f64 = weights.iter().sum();
    let sum: f64 = a.iter().zip(b).zip(weights).map(|((x, y), c)| c * (x - y).abs()).sum();
    if n > 0.0 { sum / n } else { 0.0 }
}

/// Cases in the order of their numbers, so that areas under the curve cost one pass.
#[derive(Clone, Debug)]
pub(crate) struct Ranked(Vec<(usize, f64, bool)>);

impl Ranked {
    /// Of the places, numbers and sorts of cases.
    pub(crate) fn new(cases: impl IntoIterator<Item = (usize, f64, bool)>) -> Self {
        let mut cases: Vec<_> = cases.into_iter().collect();
        cases.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        Self(cases)
    }

    /// The area with the weights of the places.
    pub(crate) fn auc(&self, weights: &[f64]) -> Option<f64> {
        let (mut below, mut wins, mut positives) = (0.0, 0.0, 0.0);
        for tie in self.0.chunk_by(|a, b| a.1 == b.1) {
            let sum = |sort: bool| {
                tie.iter().filter(|case| case.2 == sort).map(|case| weights[case.0]).sum::<f64>()
            };
            let (up, down) = (sum(true), sum(false));
            wins += up * (below + down / 2.0);
            below += down;
            positives += up;
        }
        (positives > 0.0 && below > 0.0).then(|| wins / (positives * below))
    }
}

/// Mean of the F1 of the classes that occur among labels or predictions.
pub(crate) fn macro_f1(predicted: &[usize], gold: &[usize], weights: &[f64], classes: usize) -> f64 {
    let mut counts = vec![(0.0, 0.0, 0.0); classes];
    for ((p, g), c) in predicted.iter().zip(gold).zip(weights) {
        counts[*p].1 += c;
        counts[*g].2 += c;
        if p == g {
            counts[*p].0 += c;
        }
    }
    let f1: Vec<f64> = counts
        .iter()
        .filter(|(_, predicted, gold)| predicted + gold > 0.0)
        .map(|(hits, predicted, gold)| 2.0 * hits / (predicted + gold))
        .collect();
    f1.iter().sum::<f64>() / f1.len().max(1) as f64
}

/// Cohen's kappa with quadratic weights over ordered classes; 0 where chance alone agrees as well.
pub(crate) fn quadratic_kappa(predicted: &[usize], gold: &[usize], weights: &[f64], classes: usize) -> f64 {
    let n: f64 = weights.iter().sum();
    let (mut a, mut b, mut seen) = (vec![0.0; classes], vec![0.0; classes], 0.0);
    let apart = |x: usize, y: usize| (x as f64 - y as f64).powi(2);
    for ((p, g), c) in predicted.iter().zip(gold).zip(weights) {
        a[*p] += c;
        b[*g] += c;
        seen += c * apart(*p, *g);
    }
    let mut by_chance = 0.0;
    for (x, p) in a.iter().enumerate() {
        for (y, g) in b.iter().enumerate() {
            by_chance += p * g * apart(x, y);
        }
    }
    if by_chance > 0.0 { 1.0 - seen * n / by_chance } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values() {
        assert!((pearson(&[1.0, 2.0, 3.0], &[2.0, 4.0, 6.0]) - 1.0).abs() < 1e-12);
        assert_eq!(pearson(&[1.0, 1.0], &[0.0, 1.0]), 0.0);
        assert_eq!(auc(&[0.1, 0.4, 0.35, 0.8], &[false, false, true, true]), Some(0.75));
        assert_eq!(auc(&[0.5, 0.5], &[false, true]), Some(0.5));
        assert_eq!(auc(&[0.5], &[true]), None);
    }

    /// scikit-learn: `f1_score(gold, predicted, average="macro")` .6555…,
    /// `cohen_kappa_score(gold, predicted, weights="quadratic")` .6666…
    #[test]
    fn classes_as_scikit_learn_counts_them() {
        let (predicted, gold) = ([0, 1, 2, 2, 1, 0], [0, 1, 2, 1, 1, 2]);
        let f1 = macro_f1(&predicted, &gold, &[1.0; 6], 3);
        let by_hand = (2.0 / 3.0 + 0.8 + 0.5) / 3.0;
        assert!((f1 - by_hand).abs() < 1e-12, "{f1}");
        let kappa = quadratic_kappa(&[0, 1, 2, 2], &[0, 1, 2, 1], &[1.0; 4], 3);
        // seen 1/4; by chance (1·1·0 + 1·2·1 + 1·1·4 + 1·1·1 + 1·2·0 + 1·1·1 + 2·1·4 + 2·2·1)/16 = 20/16
        assert!((kappa - (1.0 - 0.25 / 1.25)).abs() < 1e-12, "{kappa}");
    }

    #[test]
    fn a_weight_counts_a_case_that_often() {
        let (a, b) = ([0.1, 0.7, -0.2, 0.4], [0.0, 1.0, -1.0, 0.3]);
        let order = [0, 1, 1, 1, 2, 3, 3];
        let pick = |from: &[f64]| order.map(|at: usize| from[at]);
        let weights = [1.0, 3.0, 1.0, 2.0];
        assert!((weighted_pearson(&a, &b, &weights) - pearson(&pick(&a), &pick(&b))).abs() < 1e-12);
        let sorts = [false, true, false, true];
        let ranked = Ranked::new((0..4).map(|at| (at, -a[at], sorts[at])));
        let long = auc(&pick(&a).map(|v| -v), &order.map(|at: usize| sorts[at]));
        assert!((ranked.auc(&weights).expect("both") - long.expect("both")).abs() < 1e-12);
    }
}
