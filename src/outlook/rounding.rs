//! Rounding to four decimals such that parts still add up to their total.

/// Units in 1: numbers are written with four decimals.
pub const DECIMAL_UNITS: f64 = 10_000.0;

/// Rounds `value` to four decimals; never returns -0.
#[must_use]
pub fn rounded(value: f64) -> f64 {
    let rounded = (value * DECIMAL_UNITS).round() / DECIMAL_UNITS;
    if rounded == 0.0 { 0.0 } else { rounded }
}

/// Apportions `total` units in proportion to `parts` by largest remainders; equal remainders go to the
/// earlier part.
#[must_use]
pub(crate) fn apportion(parts: &[f64], total: i64) -> Vec<i64> {
    let sum: f64 = parts.iter().sum();
    let scale = if sum == 0.0 { 0.0 } else { total as f64 / sum };
    let exact: Vec<f64> = parts.iter().map(|part| part * scale).collect();
    let mut units: Vec<i64> = exact.iter().map(|part| part.floor() as i64).collect();
    let missing = total - units.iter().sum::<i64>();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    let remainder = |at: usize| exact[at] - exact[at].floor();
    order.sort_by(|a, b| remainder(*b).total_cmp(&remainder(*a)).then(a.cmp(b)));
    if sum != 0.0 {
        for at in order.iter().cycle().take(usize::try_from(missing).unwrap_or(0)) {
            units[*at] += 1;
        }
    }
    units
}

/// Rounds `parts`, of either sign, to integers that add up to `total`; the largest parts absorb the
/// difference, one unit each.
///
/// Parts of 0 stay 0; if all are 0, so is the sum.
#[must_use]
pub(crate) fn round_to_total(parts: &[f64], total: i64) -> Vec<i64> {
    let mut rounded: Vec<i64> = parts.iter().map(|part| part.round() as i64).collect();
    let missing = total - rounded.iter().sum::<i64>();
    let mut order: Vec<usize> = (0..parts.len()).filter(|at| parts[*at] != 0.0).collect();
    order.sort_by(|a, b| parts[*b].abs().total_cmp(&parts[*a].abs()).then(a.cmp(b)));
    for at in order.iter().cycle().take(usize::try_from(missing.unsigned_abs()).unwrap_or(0)) {
        rounded[*at] += missing.signum();
    }
    rounded
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

    #[test]
    fn the_largest_parts_absorb_the_difference() {
        assert_eq!(round_to_total(&[0.4, -2.6, 0.0], -1), [1, -2, 0]);
        assert_eq!(round_to_total(&[1.4, 1.4, -0.4], 4), [2, 2, 0]);
        assert_eq!(round_to_total(&[0.0, 0.0], 3), [0, 0]);
    }

    proptest! {
        #[test]
        fn weights_add_up(parts in prop::collection::vec(0.001_f64..1.0, 1..40)) {
            let units = apportion(&parts, 10_000);
            prop_assert_eq!(units.iter().sum::<i64>(), 10_000);
            let sum: f64 = parts.iter().sum();
            for (part, unit) in parts.iter().zip(&units) {
                prop_assert!((part / sum * DECIMAL_UNITS - *unit as f64).abs() <= 1.0);
            }
        }
    }

    #[test]
    fn zero_has_no_sign() {
        assert!(rounded(-0.000_01).is_sign_positive());
        assert_eq!(rounded(0.123_45), 0.1235);
    }
}
