//! [`Decomposition`]: a difference parted exactly into who spoke and what they said.
//!
//! A set's score is the sum over its voices of share × mean. Between two sets, the change of a
//! voice's share, valued at how far the voice stands from the common mean, is the part of who
//! spoke; the change of its mean, at its average share, is the part of what was said
//! (Kitagawa 1955). A voice that speaks in one set only changed no mind: it counts to who
//! spoke. All parts are whole units of 0.0001 that add up exactly to the difference.

use std::collections::BTreeMap;

use detente::internals::DECIMAL_UNITS;
use serde::Serialize;

use crate::named_enum::{four, four_if_any};

/// A difference parted by voices.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Decomposition {
    /// What the voices are: `side`, `speaker` or `source`.
    pub by: &'static str,
    /// The part of who spoke.
    #[serde(serialize_with = "four")]
    pub mix: f64,
    /// The part of what they said.
    #[serde(serialize_with = "four")]
    pub within: f64,
    /// The parts of each voice, those that count most first; they add up to `mix` and `within`.
    pub voices: Vec<VoiceDecomposition>,
}

/// A voice's part in a difference.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct VoiceDecomposition {
    /// The voice.
    pub voice: String,
    /// Its share of the first set's weight, 0..1.
    #[serde(serialize_with = "four")]
    pub share_a: f64,
    /// Its share of the second set's.
    #[serde(serialize_with = "four")]
    pub share_b: f64,
    /// Its mean in the first set; `None` where it is silent.
    #[serde(serialize_with = "four_if_any")]
    pub mean_a: Option<f64>,
    /// Its mean in the second set.
    #[serde(serialize_with = "four_if_any")]
    pub mean_b: Option<f64>,
    /// What the change of its share adds.
    #[serde(serialize_with = "four")]
    pub mix: f64,
    /// What the change of its mean adds.
    #[serde(serialize_with = "four")]
    pub within: f64,
}

/// The weight and contribution of a voice in two sets; weights of a set add up to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Shares {
    pub(crate) a: (f64, f64),
    pub(crate) b: (f64, f64),
}

/// The split of `difference` (whole units of 0.0001) by `voices`.
pub(crate) fn split(by: &'static str, voices: &BTreeMap<String, Shares>, difference: f64) -> Decomposition {
    let mean = |(weight, sum): (f64, f64)| (weight > 1e-12).then(|| sum / weight);
    let middle = voices.values().map(|v| v.a.1 + v.b.1).sum::<f64>() / 2.0;
    let mut parts = Vec::with_capacity(2 * voices.len());
    for shares in voices.values() {
        let (a, b) = (mean(shares.a), mean(shares.b));
        let (from, to) = (a.or(b).unwrap_or(0.0), b.or(a).unwrap_or(0.0));
        parts.push((shares.b.0 - shares.a.0) * (f64::midpoint(from, to) - middle));
        parts.push(f64::midpoint(shares.a.0, shares.b.0) * (to - from));
    }
    let units = balanced(&parts, (difference * DECIMAL_UNITS).round() as i64);
    let mut found: Vec<(i64, VoiceDecomposition)> = voices
        .iter()
        .zip(units.chunks_exact(2))
        .map(|((voice, shares), units)| {
            let part = VoiceDecomposition {
                voice: voice.clone(),
                share_a: shares.a.0,
                share_b: shares.b.0,
                mean_a: mean(shares.a),
                mean_b: mean(shares.b),
                mix: units[0] as f64 / DECIMAL_UNITS,
                within: units[1] as f64 / DECIMAL_UNITS,
            };
            (units[0].abs() + units[1].abs(), part)
        })
        .collect();
    found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.voice.cmp(&b.1.voice)));
    let total = |first: usize| units.iter().skip(first).step_by(2).sum::<i64>() as f64 / DECIMAL_UNITS;
    Decomposition {
        by,
        mix: total(0),
        within: total(1),
        voices: found.into_iter().map(|(_, part)| part).collect(),
    }
}

/// Whole units for parts of either sign that add up to `total`: each is rounded, and what is
/// missing is taken one unit at a time from the largest parts.
fn balanced(parts: &[f64], total: i64) -> Vec<i64> {
    let mut units: Vec<i64> = parts.iter().map(|part| (part * DECIMAL_UNITS).round() as i64).collect();
    let missing = total - units.iter().sum::<i64>();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by(|a, b| parts[*b].abs().total_cmp(&parts[*a].abs()).then(a.cmp(b)));
    for at in order.iter().cycle().take(missing.unsigned_abs() as usize) {
        units[*at] += missing.signum();
    }
    units
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn two(voices: &[(&str, f64, f64, f64, f64)]) -> (BTreeMap<String, Shares>, f64) {
        let found: BTreeMap<String, Shares> = voices
            .iter()
            .map(|(name, wa, ma, wb, mb)| {
                ((*name).to_owned(), Shares { a: (*wa, wa * ma), b: (*wb, wb * mb) })
            })
            .collect();
        let difference = found.values().map(|v| v.b.1 - v.a.1).sum::<f64>();
        (found, difference)
    }

    #[test]
    fn who_spoke_and_what_they_said_are_told_apart() {
        let (voices, difference) = two(&[("hawk", 0.8, -0.5, 0.2, -0.5), ("dove", 0.2, 0.5, 0.8, 0.5)]);
        let found = split("side", &voices, difference);
        assert_eq!((found.mix, found.within), (0.6, 0.0));
        let (voices, difference) = two(&[("hawk", 0.5, -0.5, 0.5, 0.1), ("dove", 0.5, 0.5, 0.5, 0.5)]);
        let found = split("side", &voices, difference);
        assert_eq!((found.mix, found.within), (0.0, 0.3));
        assert_eq!(found.voices[0].voice, "hawk");
        let (voices, difference) = two(&[("old", 1.0, -0.5, 0.0, 0.0), ("new", 0.0, 0.0, 1.0, 0.5)]);
        let found = split("side", &voices, difference);
        assert_eq!((found.mix, found.within), (1.0, 0.0));
    }

    proptest! {
        #[test]
        fn parts_add_up_exactly(voices in prop::collection::vec((0.001_f64..1.0, -1.0_f64..1.0, 0.001_f64..1.0, -1.0_f64..1.0), 1..12)) {
            let (wa, wb): (f64, f64) = voices.iter().fold((0.0, 0.0), |sum, v| (sum.0 + v.0, sum.1 + v.2));
            let names: Vec<String> = (0..voices.len()).map(|at| format!("v{at}")).collect();
            let rows: Vec<_> = names.iter().zip(&voices).map(|(n, v)| (n.as_str(), v.0 / wa, v.1, v.2 / wb, v.3)).collect();
            let (voices, difference) = two(&rows);
            let found = split("side", &voices, difference);
            let units = |value: f64| (value * DECIMAL_UNITS).round() as i64;
            prop_assert_eq!(units(found.mix) + units(found.within), units(difference));
            prop_assert_eq!(found.voices.iter().map(|v| units(v.mix)).sum::<i64>(), units(found.mix));
            prop_assert_eq!(found.voices.iter().map(|v| units(v.within)).sum::<i64>(), units(found.within));
        }
    }
}
