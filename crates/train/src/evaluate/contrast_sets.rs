//! The contract of pairs: within a contrast set, the better statement scores higher.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::corpus::labelled::LabelledStatement;
use crate::evaluate::bootstrap::four_decimals;
use crate::evaluate::measures::Predicted;

/// The probe whose sets say the same in other words.
const INVARIANCE: &str = "invariance";
/// How far scores within such a set may lie apart, on -1..+1.
const SAME: f64 = 0.05;

/// Ordered pairs of one probe.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProbePairOrder {
    /// What the sets test.
    pub probe: String,
    /// Pairs that the scores order as the labels do; equal scores do not.
    pub right: usize,
    /// Pairs of one set whose labels differ, no bearing counting 0.
    pub pairs: usize,
}

/// How contrast sets fare.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PairOrder {
    /// Share of ordered pairs that are right, over all probes.
    #[serde(serialize_with = "four_decimals")]
    pub right: f64,
    /// Number of ordered pairs.
    pub pairs: usize,
    /// The probes by name.
    pub probes: Vec<ProbePairOrder>,
    /// Pairs of the invariance sets.
    pub same: usize,
    /// Those of them whose scores lie within 0.05 of each other.
    pub within: usize,
    /// The largest distance in an invariance set.
    #[serde(serialize_with = "four_decimals")]
    pub widest: f64,
}

impl PairOrder {
    /// Least share of right pairs of any probe; 1 without probes.
    #[must_use]
    pub fn weakest(&self) -> f64 {
        self.probes.iter().map(|p| p.right as f64 / p.pairs.max(1) as f64).fold(1.0, f64::min)
    }

    /// Share of the invariance pairs within 0.05; 1 without such pairs.
    #[must_use]
    pub fn invariance(&self) -> f64 {
        if self.same == 0 { 1.0 } else { self.within as f64 / self.same as f64 }
    }
}

/// Looks at all statements that belong to a contrast set; `None` where none does.
#[must_use]
pub fn pairs(statements: &[&LabelledStatement], predicted: &[Predicted]) -> Option<PairOrder> {
    let mut sets: BTreeMap<(&str, &str), Vec<(f64, f64)>> = BTreeMap::new();
    for (statement, p) in statements.iter().zip(predicted) {
        if let (Some(set), Some(label)) = (&statement.set, &statement.label) {
            let probe = statement.probe.as_deref().unwrap_or("-");
            sets.entry((probe, set)).or_default().push((label.score(), p.score));
        }
    }
    let mut probes: Vec<ProbePairOrder> = Vec::new();
    let (mut same, mut within, mut widest) = (0, 0, 0.0_f64);
    for ((probe, _), members) in &sets {
        if probes.last().is_none_or(|last| last.probe != *probe) {
            probes.push(ProbePairOrder { probe: (*probe).to_owned(), right: 0, pairs: 0 });
        }
        for (at, (gold, score)) in members.iter().enumerate() {
            for (other_gold, other) in &members[at + 1..] {
                let apart = (score - other).abs();
                if *probe == INVARIANCE {
                    same += 1;
                    within += usize::from(apart <= SAME);
                    widest = widest.max(apart);
                } else if let Some(probe) = probes.last_mut().filter(|_| gold != other_gold) {
                    probe.pairs += 1;
                    probe.right += usize::from(
                        (gold > other_gold && score > other) || (gold < other_gold && score < other),
                    );
                }
            }
        }
    }
    probes.retain(|probe| probe.pairs > 0);
    let (right, pairs) = probes.iter().fold((0, 0), |(r, n), probe| (r + probe.right, n + probe.pairs));
    (pairs + same > 0).then(|| PairOrder {
        right: right as f64 / pairs.max(1) as f64,
        pairs,
        probes,
        same,
        within,
        widest,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::read::read_jsonl;

    #[test]
    fn order_ties_and_sameness_are_counted() {
        let line = |id: &str, set: &str, probe: &str, outlook: &str| {
            let hedge = if outlook == "null" { "null" } else { "0" };
            format!(
                r#"{{"id":"{id}","set":"{set}","probe":"{probe}","text":"x","outlook":{outlook},"hedge":{hedge}}}"#
            )
        };
        let lines = [
            line("a", "s1", "delay", "2"),
            line("b", "s1", "delay", "null"),
            line("c", "s1", "delay", "-1"),
            line("d", "s2", "invariance", "1"),
            line("e", "s2", "invariance", "1"),
            line("f", "s2", "invariance", "1"),
        ];
        let records = read_jsonl(&lines.join("\n")).expect("reads");
        let statements: Vec<_> = records.all_statements().collect();
        let predicted = [0.5, 0.2, 0.2, 0.30, 0.34, 0.36].map(Predicted::score_only);
        let pairs = pairs(&statements, &predicted).expect("sets");
        assert_eq!((pairs.pairs, pairs.probes[0].right), (3, 2));
        assert_eq!((pairs.same, pairs.within), (3, 2));
        assert!((pairs.weakest() - 2.0 / 3.0).abs() < 1e-12 && (pairs.widest - 0.06).abs() < 1e-12);
    }
}
