//! [`Decomposition`]: a difference split exactly into a composition effect and a within-group effect.
//!
//! The score of a set is the sum over its groups (sides, speakers or sources) of share × mean. Following Kitagawa
//! (1955), the change of a group's share, times the distance of the group from the common mean, is its composition
//! effect (who spoke); the change of its mean, times its average share, is its within-group effect (what they said).
//! A group that occurs in one set only has no change of mean, so all of its effect is composition. All effects are
//! multiples of 0.0001 that add up exactly to the difference.

use std::collections::BTreeMap;

use detente::internals::DECIMAL_UNITS;
use serde::Serialize;

use detente::internals::four_decimals;

/// A difference of two sets, decomposed by group.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Decomposition {
    /// The grouping: `side`, `speaker` or `source`.
    #[serde(rename = "by")]
    pub group_by: &'static str,
    /// The composition effect.
    #[serde(rename = "mix", serialize_with = "four_decimals::serialize")]
    pub composition: f64,
    /// The within-group effect.
    #[serde(serialize_with = "four_decimals::serialize")]
    pub within: f64,
    /// The effects of each group, largest first; they add up to `composition` and `within`.
    #[serde(rename = "voices")]
    pub groups: Vec<GroupDecomposition>,
}

/// The effects of one group.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct GroupDecomposition {
    /// The name of the group.
    #[serde(rename = "voice")]
    pub name: String,
    /// Its share of the weight of the first set, 0..=1.
    #[serde(rename = "share_a", serialize_with = "four_decimals::serialize")]
    pub first_share: f64,
    /// Its share of the weight of the second set.
    #[serde(rename = "share_b", serialize_with = "four_decimals::serialize")]
    pub second_share: f64,
    /// Its mean in the first set; `None` if it does not occur there.
    #[serde(rename = "mean_a", serialize_with = "four_decimals::serialize_option")]
    pub first_mean: Option<f64>,
    /// Its mean in the second set.
    #[serde(rename = "mean_b", serialize_with = "four_decimals::serialize_option")]
    pub second_mean: Option<f64>,
    /// The effect of the change of its share.
    #[serde(rename = "mix", serialize_with = "four_decimals::serialize")]
    pub composition: f64,
    /// The effect of the change of its mean.
    #[serde(serialize_with = "four_decimals::serialize")]
    pub within: f64,
}

/// Weight and contribution of a group in one set. The weights of a set add up to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct GroupTotal {
    pub(crate) weight: f64,
    pub(crate) contribution: f64,
}

impl GroupTotal {
    fn mean(self) -> Option<f64> {
        (self.weight > 1e-12).then(|| self.contribution / self.weight)
    }
}

/// Decomposes `difference`, a multiple of 0.0001, by the totals of each group in the two sets.
pub(crate) fn decompose(
    group_by: &'static str,
    groups: &BTreeMap<String, [GroupTotal; 2]>,
    difference: f64,
) -> Decomposition {
    let common_mean =
        groups.values().map(|[first, second]| first.contribution + second.contribution).sum::<f64>() / 2.0;
    let mut effects = Vec::with_capacity(2 * groups.len());
    for [first, second] in groups.values() {
        let (first_mean, second_mean) = (first.mean(), second.mean());
        let from = first_mean.or(second_mean).unwrap_or(0.0);
        let to = second_mean.or(first_mean).unwrap_or(0.0);
        effects.push((second.weight - first.weight) * (f64::midpoint(from, to) - common_mean));
        effects.push(f64::midpoint(first.weight, second.weight) * (to - from));
    }
    let units = rounded_to_total(&effects, (difference * DECIMAL_UNITS).round() as i64);
    let mut found: Vec<(i64, GroupDecomposition)> = groups
        .iter()
        .zip(units.chunks_exact(2))
        .map(|((name, [first, second]), units)| {
            let group = GroupDecomposition {
                name: name.clone(),
                first_share: first.weight,
                second_share: second.weight,
                first_mean: first.mean(),
                second_mean: second.mean(),
                composition: units[0] as f64 / DECIMAL_UNITS,
                within: units[1] as f64 / DECIMAL_UNITS,
            };
            (units[0].abs() + units[1].abs(), group)
        })
        .collect();
    found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.name.cmp(&b.1.name)));
    let total = |first: usize| units.iter().skip(first).step_by(2).sum::<i64>() as f64 / DECIMAL_UNITS;
    Decomposition {
        group_by,
        composition: total(0),
        within: total(1),
        groups: found.into_iter().map(|(_, group)| group).collect(),
    }
}

/// Rounds `parts` to whole units that add up to `total`: each part is rounded to the nearest unit, and the rest is
/// distributed one unit at a time, starting with the largest part.
fn rounded_to_total(parts: &[f64], total: i64) -> Vec<i64> {
    let mut units: Vec<i64> = parts.iter().map(|part| (part * DECIMAL_UNITS).round() as i64).collect();
    let rest = total - units.iter().sum::<i64>();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by(|a, b| parts[*b].abs().total_cmp(&parts[*a].abs()).then(a.cmp(b)));
    for at in order.iter().cycle().take(rest.unsigned_abs() as usize) {
        units[*at] += rest.signum();
    }
    units
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Groups by name, first share, first mean, second share and second mean, with the difference of the sets.
    fn groups(values: &[(&str, f64, f64, f64, f64)]) -> (BTreeMap<String, [GroupTotal; 2]>, f64) {
        let total = |weight: f64, mean: f64| GroupTotal { weight, contribution: weight * mean };
        let groups: BTreeMap<String, [GroupTotal; 2]> = values
            .iter()
            .map(|(name, wa, ma, wb, mb)| ((*name).to_owned(), [total(*wa, *ma), total(*wb, *mb)]))
            .collect();
        let difference = groups.values().map(|[a, b]| b.contribution - a.contribution).sum::<f64>();
        (groups, difference)
    }

    #[test]
    fn change_of_shares_and_change_of_means_are_distinguished() {
        let (by_name, difference) = groups(&[("hawk", 0.8, -0.5, 0.2, -0.5), ("dove", 0.2, 0.5, 0.8, 0.5)]);
        let found = decompose("side", &by_name, difference);
        assert_eq!((found.composition, found.within), (0.6, 0.0));
        let (by_name, difference) = groups(&[("hawk", 0.5, -0.5, 0.5, 0.1), ("dove", 0.5, 0.5, 0.5, 0.5)]);
        let found = decompose("side", &by_name, difference);
        assert_eq!((found.composition, found.within), (0.0, 0.3));
        assert_eq!(found.groups[0].name, "hawk");
        let (by_name, difference) = groups(&[("old", 1.0, -0.5, 0.0, 0.0), ("new", 0.0, 0.0, 1.0, 0.5)]);
        let found = decompose("side", &by_name, difference);
        assert_eq!((found.composition, found.within), (1.0, 0.0));
    }

    proptest! {
        #[test]
        fn effects_add_up_exactly(voices in prop::collection::vec((0.001_f64..1.0, -1.0_f64..1.0, 0.001_f64..1.0, -1.0_f64..1.0), 1..12)) {
            let (wa, wb): (f64, f64) = voices.iter().fold((0.0, 0.0), |sum, v| (sum.0 + v.0, sum.1 + v.2));
            let names: Vec<String> = (0..voices.len()).map(|at| format!("v{at}")).collect();
            let rows: Vec<_> = names.iter().zip(&voices).map(|(n, v)| (n.as_str(), v.0 / wa, v.1, v.2 / wb, v.3)).collect();
            let (by_name, difference) = groups(&rows);
            let found = decompose("side", &by_name, difference);
            let units = |value: f64| (value * DECIMAL_UNITS).round() as i64;
            prop_assert_eq!(units(found.composition) + units(found.within), units(difference));
            prop_assert_eq!(found.groups.iter().map(|g| units(g.composition)).sum::<i64>(), units(found.composition));
            prop_assert_eq!(found.groups.iter().map(|g| units(g.within)).sum::<i64>(), units(found.within));
        }
    }
}
