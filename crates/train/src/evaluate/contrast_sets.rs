//! Contrast-set accuracy (Gardner et al. 2020): minimal pairs that scores must order as their labels do.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::corpus::labelled::LabelledStatement;
use crate::evaluate::prediction::Prediction;
use detente::internals::four_decimals;

/// Probe whose sets are paraphrases: their scores should be equal.
const INVARIANCE_PROBE: &str = "invariance";
/// Largest difference of scores that counts as equal, on -1..+1.
const INVARIANCE_TOLERANCE: f64 = 0.05;

/// Accuracy on the contrast sets of one probe.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ProbeAccuracy {
    /// Phenomenon that the sets test.
    pub probe: String,
    /// Number of pairs whose scores have the order of the labels; a tie is an error.
    #[serde(rename = "right")]
    pub correct: usize,
    /// Number of pairs of one set whose labels differ; statements without bearing have label 0.
    pub pairs: usize,
}

impl ProbeAccuracy {
    /// Share of correct pairs.
    #[must_use]
    pub fn accuracy(&self) -> f64 {
        self.correct as f64 / self.pairs.max(1) as f64
    }
}

/// Accuracy on contrast sets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ContrastSetAccuracy {
    /// Share of ordered pairs whose scores have the order of the labels, over all probes.
    #[serde(rename = "right", serialize_with = "four_decimals::serialize")]
    pub accuracy: f64,
    /// Number of ordered pairs.
    pub pairs: usize,
    /// Accuracy by probe, sorted by name.
    pub probes: Vec<ProbeAccuracy>,
    /// Number of pairs of paraphrases.
    #[serde(rename = "same")]
    pub invariance_pairs: usize,
    /// Number of pairs of paraphrases whose scores differ by at most 0.05.
    #[serde(rename = "within")]
    pub invariant_pairs: usize,
    /// Largest difference of scores in a pair of paraphrases.
    #[serde(rename = "widest", serialize_with = "four_decimals::serialize")]
    pub largest_difference: f64,
}

impl ContrastSetAccuracy {
    /// Accuracy of the probe with the lowest; 1 without probes.
    #[must_use]
    pub fn lowest_accuracy(&self) -> f64 {
        self.probes.iter().map(ProbeAccuracy::accuracy).fold(1.0, f64::min)
    }

    /// Share of pairs of paraphrases whose scores differ by at most 0.05; 1 without such pairs.
    #[must_use]
    pub fn invariance(&self) -> f64 {
        if self.invariance_pairs == 0 {
            1.0
        } else {
            self.invariant_pairs as f64 / self.invariance_pairs as f64
        }
    }
}

/// Measures all statements that belong to a contrast set; `None` if there are no pairs.
pub(crate) fn contrast_set_accuracy(
    statements: &[&LabelledStatement],
    predictions: &[Prediction],
) -> Option<ContrastSetAccuracy> {
    // label and prediction of the members, by probe and set
    let mut sets: BTreeMap<(&str, &str), Vec<(f64, f64)>> = BTreeMap::new();
    for (statement, p) in statements.iter().zip(predictions) {
        if let (Some(set), Some(label)) = (&statement.contrast_set, &statement.label) {
            let probe = statement.probe.as_deref().unwrap_or("-");
            sets.entry((probe, set)).or_default().push((label.score(), p.score));
        }
    }
    let mut probes: Vec<ProbeAccuracy> = Vec::new();
    let (mut invariance_pairs, mut invariant_pairs, mut largest_difference) = (0, 0, 0.0_f64);
    for ((probe, _), members) in &sets {
        if probes.last().is_none_or(|last| last.probe != *probe) {
            probes.push(ProbeAccuracy { probe: (*probe).to_owned(), correct: 0, pairs: 0 });
        }
        for (at, (label, score)) in members.iter().enumerate() {
            for (other_label, other_score) in &members[at + 1..] {
                if *probe == INVARIANCE_PROBE {
                    let difference = (score - other_score).abs();
                    invariance_pairs += 1;
                    invariant_pairs += usize::from(difference <= INVARIANCE_TOLERANCE);
                    largest_difference = largest_difference.max(difference);
                } else if let Some(probe) = probes.last_mut().filter(|_| label != other_label) {
                    let is_correct = (label > other_label && score > other_score)
                        || (label < other_label && score < other_score);
                    probe.pairs += 1;
                    probe.correct += usize::from(is_correct);
                }
            }
        }
    }
    probes.retain(|probe| probe.pairs > 0);
    let correct: usize = probes.iter().map(|probe| probe.correct).sum();
    let pairs: usize = probes.iter().map(|probe| probe.pairs).sum();
    (pairs + invariance_pairs > 0).then(|| ContrastSetAccuracy {
        accuracy: correct as f64 / pairs.max(1) as f64,
        pairs,
        probes,
        invariance_pairs,
        invariant_pairs,
        largest_difference,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::jsonl::read_jsonl;

    #[test]
    fn ties_are_errors_and_paraphrases_are_counted_apart() {
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
        let predictions = [0.5, 0.2, 0.2, 0.30, 0.34, 0.36].map(Prediction::score_only);
        let found = contrast_set_accuracy(&statements, &predictions).expect("sets");
        assert_eq!((found.pairs, found.probes[0].correct), (3, 2));
        assert_eq!((found.invariance_pairs, found.invariant_pairs), (3, 2));
        assert!((found.lowest_accuracy() - 2.0 / 3.0).abs() < 1e-12);
        assert!((found.largest_difference - 0.06).abs() < 1e-12);
    }
}
