//! How well numbers agree with labels.

/// Pearson's correlation of two series of equal length; 0 where one of them is constant.
#[must_use]
pub fn pearson(a: &[f64], b: &[f64]) -> f64 {
    let n = a.len().min(b.len()) as f64;
    if n < 2.0 {
        return 0.0;
    }
    let (mean_a, mean_b) = (a.iter().sum::<f64>() / n, b.iter().sum::<f64>() / n);
    let (mut ab, mut aa, mut bb) = (0.0, 0.0, 0.0);
    for (x, y) in a.iter().zip(b) {
        let (x, y) = (x - mean_a, y - mean_b);
        ab += x * y;
        aa += x * x;
        bb += y * y;
    }
    if aa <= 0.0 || bb <= 0.0 { 0.0 } else { ab / (aa * bb).sqrt() }
}

/// Mean absolute difference of two series of equal length.
#[must_use]
pub fn mean_absolute_error(a: &[f64], b: &[f64]) -> f64 {
    let n = a.len().min(b.len()).max(1) as f64;
    a.iter().zip(b).map(|(x, y)| (x - y).abs()).sum::<f64>() / n
}

/// Chance that a positive case gets a higher number than a negative one, ties counting half;
/// `None` where there are no cases of one sort.
#[must_use]
pub fn auc(numbers: &[f64], positive: &[bool]) -> Option<f64> {
    let mut cases: Vec<(f64, bool)> = numbers.iter().copied().zip(positive.iter().copied()).collect();
    cases.sort_by(|a, b| a.0.total_cmp(&b.0));
    let positives = cases.iter().filter(|case| case.1).count() as f64;
    let negatives = cases.len() as f64 - positives;
    if positives == 0.0 || negatives == 0.0 {
        return None;
    }
    let (mut below, mut wins) = (0.0, 0.0);
    for tie in cases.chunk_by(|a, b| a.0 == b.0) {
        let up = tie.iter().filter(|case| case.1).count() as f64;
        let down = tie.len() as f64 - up;
        wins += up * (below + down / 2.0);
        below += down;
    }
    Some(wins / (positives * negatives))
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
}
