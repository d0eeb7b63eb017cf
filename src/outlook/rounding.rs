//! The ledger: parts in whole units that add up exactly to their total.

/// Units in 1: numbers are given with four decimals.
pub const UNITS: f64 = 10_000.0;

/// `value` rounded to whole units.
#[must_use]
pub fn rounded(value: f64) -> f64 {
    let rounded = (value * UNITS).round() / UNITS;
    // no "-0"
    if rounded == 0.0 { 0.0 } else { rounded }
}

/// Whole units for `parts` that add up to `total`, each the part rounded down or, for
/// those with the largest remainders, up; equal remainders go to the earlier part.
#[must_use]
pub(crate) fn apportion(parts: &[f64], total: i64) -> Vec<i64> {
    let sum: f64 = parts.iter().sum();
    let scale = if sum == 0.0 { 0.0 } else { total as f64 / sum };
    let exact: Vec<f64> = parts.iter().map(|part| part * scale).collect();
    let mut units: Vec<i64> = exact.iter().map(|part| part.floor() as i64).collect();
    let missing = total - units.iter().sum::<i64>();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    let rest = |at: usize| exact[at] - exact[at].floor();
    order.sort_by(|a, b| rest(*b).total_cmp(&rest(*a)).then(a.cmp(b)));
    if sum != 0.0 {
        for at in order.iter().cycle().take(usize::try_from(missing).unwrap_or(0)) {
            units[*at] += 1;
        }
    }
    units
}

/// Whole numbers for parts of either sign that add up to `total`: each is rounded, and what is
/// missing is taken one by one from the largest parts.
///
/// Parts of 0 stay 0; where all are, nothing can be made up.
#[must_use]
pub(crate) fn whole(parts: &[f64], total: i64) -> Vec<i64> {
    let mut whole: Vec<i64> = parts.iter().map(|part| part.round() as i64).collect();
    let missing = total - whole.iter().sum::<i64>();
    let mut order: Vec<usize> = (0..parts.len()).filter(|at| parts[*at] != 0.0).collect();
    order.sort_by(|a, b| parts[*b].abs().total_cmp(&parts[*a].abs()).then(a.cmp(b)));
    for at in order.iter().cycle().take(usize::try_from(missing.unsigned_abs()).unwrap_or(0)) {
        whole[*at] += missing.signum();
    }
    whole
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn missing_units_go_to_the_largest_remainders() {
        assert_eq!(apportion(&[1.0, 1.0, 1.0], 100), [34, 33, 33]);
        assert!(apportion(&[], 100).is_empty());
    }

    proptest! {
        #[test]
        fn weights_add_up(parts in prop::collection::vec(0.001_f64..1.0, 1..40)) {
            let units = apportion(&parts, 10_000);
            prop_assert_eq!(units.iter().sum::<i64>(), 10_000);
            let sum: f64 = parts.iter().sum();
            for (part, unit) in parts.iter().zip(&units) {
                prop_assert!((part / sum * UNITS - *unit as f64).abs() <= 1.0);
            }
        }
    }

    #[test]
    fn no_negative_zero() {
        assert!(rounded(-0.000_01).is_sign_positive());
        assert_eq!(rounded(0.123_45), 0.1235);
    }
}
