//! Correlation, error, AUC, F1 and kappa under case weights.

/// Pearson's correlation; 0 if one of the series is constant.
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
    // the variance of a constant series is rounding error
    if aa <= 1e-20 * n || bb <= 1e-20 * n { 0.0 } else { ab / (aa * bb).sqrt() }
}

/// Mean absolute difference; 0 if all weights are 0.
pub(crate) fn weighted_mean_absolute_error(a: &[f64], b: &[f64], weights: &[f64]) -> f64 {
    let n: f64 = weights.iter().sum();
    let sum: f64 = a.iter().zip(b).zip(weights).map(|((x, y), c)| c * (x - y).abs()).sum();
    if n > 0.0 { sum / n } else { 0.0 }
}

/// Cases sorted by their predicted value, so that each AUC costs one pass.
#[derive(Clone, Debug)]
pub(crate) struct RankedCases(Vec<(usize, f64, bool)>);

impl RankedCases {
    /// Sorts cases of index, predicted value and binary label.
    pub(crate) fn new(cases: impl IntoIterator<Item = (usize, f64, bool)>) -> Self {
        let mut cases: Vec<_> = cases.into_iter().collect();
        cases.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        Self(cases)
    }

    /// Area under the ROC curve: the probability that a positive case has a higher value than a negative
    /// one, ties counting half. `None` without cases of one class. `weights` are by case index.
    pub(crate) fn auc(&self, weights: &[f64]) -> Option<f64> {
        let (mut negatives, mut wins, mut positives) = (0.0, 0.0, 0.0);
        for tie in self.0.chunk_by(|a, b| a.1 == b.1) {
            let sum = |label: bool| {
                tie.iter().filter(|case| case.2 == label).map(|case| weights[case.0]).sum::<f64>()
            };
            let (positive, negative) = (sum(true), sum(false));
            wins += positive * (negatives + negative / 2.0);
            negatives += negative;
            positives += positive;
        }
        (positives > 0.0 && negatives > 0.0).then(|| wins / (positives * negatives))
    }
}

/// Macro-averaged F1 over the classes that occur among labels or predictions.
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

/// Cohen's kappa with quadratic weights over ordered classes; 0 if agreement by chance is perfect.
pub(crate) fn quadratic_kappa(predicted: &[usize], gold: &[usize], weights: &[f64], classes: usize) -> f64 {
    let n: f64 = weights.iter().sum();
    let (mut a, mut b, mut observed) = (vec![0.0; classes], vec![0.0; classes], 0.0);
    let disagreement = |x: usize, y: usize| (x as f64 - y as f64).powi(2);
    for ((p, g), c) in predicted.iter().zip(gold).zip(weights) {
        a[*p] += c;
        b[*g] += c;
        observed += c * disagreement(*p, *g);
    }
    let mut expected = 0.0;
    for (x, p) in a.iter().enumerate() {
        for (y, g) in b.iter().enumerate() {
            expected += p * g * disagreement(x, y);
        }
    }
    if expected > 0.0 { 1.0 - observed * n / expected } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn auc(values: &[f64], labels: &[bool]) -> Option<f64> {
        let cases = values.iter().zip(labels).enumerate().map(|(at, (value, label))| (at, *value, *label));
        RankedCases::new(cases).auc(&vec![1.0; values.len()])
    }

    fn pearson(a: &[f64], b: &[f64]) -> f64 {
        weighted_pearson(a, b, &vec![1.0; a.len()])
    }

    #[test]
    fn correlation_of_a_line_and_of_a_constant() {
        assert!((pearson(&[1.0, 2.0, 3.0], &[2.0, 4.0, 6.0]) - 1.0).abs() < 1e-12);
        assert_eq!(pearson(&[1.0, 1.0], &[0.0, 1.0]), 0.0);
    }

    #[test]
    fn auc_counts_ties_half_and_needs_both_classes() {
        assert_eq!(auc(&[0.1, 0.4, 0.35, 0.8], &[false, false, true, true]), Some(0.75));
        assert_eq!(auc(&[0.5, 0.5], &[false, true]), Some(0.5));
        assert_eq!(auc(&[0.5], &[true]), None);
    }

    /// As scikit-learn's `f1_score(gold, predicted, average="macro")`, .6555…, and
    /// `cohen_kappa_score(gold, predicted, weights="quadratic")`, .8.
    #[test]
    fn f1_and_kappa_equal_scikit_learn() {
        let (predicted, gold) = ([0, 1, 2, 2, 1, 0], [0, 1, 2, 1, 1, 2]);
        let f1 = macro_f1(&predicted, &gold, &[1.0; 6], 3);
        let by_hand = (2.0 / 3.0 + 0.8 + 0.5) / 3.0;
        assert!((f1 - by_hand).abs() < 1e-12, "{f1}");
        let kappa = quadratic_kappa(&[0, 1, 2, 2], &[0, 1, 2, 1], &[1.0; 4], 3);
        // observed 1/4; expected (1·1·0 + 1·2·1 + 1·1·4 + 1·1·1 + 1·2·0 + 1·1·1 + 2·1·4 + 2·2·1)/16 = 20/16
        assert!((kappa - (1.0 - 0.25 / 1.25)).abs() < 1e-12, "{kappa}");
    }

    #[test]
    fn weights_equal_repeated_cases() {
        let (a, b) = ([0.1, 0.7, -0.2, 0.4], [0.0, 1.0, -1.0, 0.3]);
        let order = [0, 1, 1, 1, 2, 3, 3];
        let pick = |from: &[f64]| order.map(|at: usize| from[at]);
        let weights = [1.0, 3.0, 1.0, 2.0];
        assert!((weighted_pearson(&a, &b, &weights) - pearson(&pick(&a), &pick(&b))).abs() < 1e-12);
        let labels = [false, true, false, true];
        let ranked = RankedCases::new((0..4).map(|at| (at, -a[at], labels[at])));
        let repeated = auc(&pick(&a).map(|v| -v), &order.map(|at: usize| labels[at]));
        assert!((ranked.auc(&weights).expect("both") - repeated.expect("both")).abs() < 1e-12);
    }
}
