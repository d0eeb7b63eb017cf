//! Helps for labelling: labels that may be wrong, and statements that would teach most.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::corpus::labelled::LabelledStatement;
use crate::evaluate::bootstrap::{four_decimals, four_decimals_or_none};
use crate::evaluate::measures::Predicted;

/// A label that a model doubts which did not learn from it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SuspectLabel {
    /// The statement's name.
    pub id: String,
    /// Chance that the model gives to a label so far off, 0..1.
    #[serde(serialize_with = "four_decimals")]
    pub chance: f64,
    /// What is doubted: `bearing`, `outlook` or `hedge`.
    pub about: String,
    /// The label's outlook, -3..+3; `None` where it says that nothing bears.
    #[serde(serialize_with = "four_decimals_or_none")]
    pub outlook: Option<f64>,
    /// What the model says instead: its outlook on -3..+3, bearing and hedge.
    pub model: [f64; 3],
    /// The statement's words.
    pub text: String,
}

/// The `most` labels that out-of-fold predictions doubt most.
///
/// The chance of a bearing or hedge label is the calibrated probability; that of an outlook is the
/// share of the bearing statements whose scores are off by at least as much.
#[must_use]
pub fn suspects(
    statements: &[&LabelledStatement],
    predicted: &[Predicted],
    most: usize,
) -> Vec<SuspectLabel> {
    let cases = || statements.iter().zip(predicted).filter_map(|(s, p)| Some((s, p, s.label.as_ref()?)));
    let mut misses: Vec<f64> =
        cases().filter(|(.., l)| l.bears()).map(|(_, p, l)| (p.score - l.score()).abs()).collect();
    misses.sort_by(f64::total_cmp);
    let as_far = |miss: f64| {
        (misses.len() - misses.partition_point(|m| *m < miss)) as f64 / misses.len().max(1) as f64
    };
    let tenths = |value: f64| (value * 100.0).round() / 100.0;
    let mut found: Vec<SuspectLabel> = cases()
        .map(|(statement, p, label)| {
            let says = |probability: Option<f64>, yes: bool| {
                probability.map_or(1.0, |p| if yes { p } else { 1.0 - p })
            };
            let doubts = [
                ("bearing", says(p.bearing, label.bears())),
                ("outlook", if label.bears() { as_far((p.score - label.score()).abs()) } else { 1.0 }),
                ("hedge", label.hedged().map_or(1.0, |hedged| says(p.hedge, hedged))),
            ];
            let worst = |a: (&'static str, f64), b: &(&'static str, f64)| if b.1 < a.1 { *b } else { a };
            let (about, chance) = doubts.iter().fold(("bearing", 1.0), worst);
            SuspectLabel {
                id: statement.id.clone(),
                chance,
                about: about.to_owned(),
                outlook: label.bears().then(|| 3.0 * label.score()),
                model: [3.0 * p.score, p.bearing.unwrap_or(1.0), p.hedge.unwrap_or(0.0)].map(tenths),
                text: statement.text.clone(),
            }
        })
        .collect();
    found.sort_by(|a, b| a.chance.total_cmp(&b.chance).then_with(|| a.id.cmp(&b.id)));
    found.truncate(most);
    found
}

/// A statement whose label would teach.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LabelCandidate {
    /// The statement's name.
    pub id: String,
    /// How undecided the model is: entropy of the bearing, and of the hedge where it bears, 0..2 bits.
    #[serde(serialize_with = "four_decimals")]
    pub doubt: f64,
    /// The statement's words.
    pub text: String,
}

/// Share of common words from which two statements teach the same.
const ALIKE: f64 = 0.5;

/// The `most` statements about which the model is least decided, no two of them alike.
#[must_use]
pub fn lessons(
    statements: &[&LabelledStatement],
    predicted: &[Predicted],
    most: usize,
) -> Vec<LabelCandidate> {
    let entropy = |p: f64| {
        let part = |p: f64| if p > 0.0 { -p * p.log2() } else { 0.0 };
        part(p) + part(1.0 - p)
    };
    let doubt = |p: &Predicted| {
        let bearing = p.bearing.unwrap_or(1.0);
        entropy(bearing) + bearing * p.hedge.map_or(0.0, entropy)
    };
    let mut ranked: Vec<(f64, &LabelledStatement)> =
        statements.iter().zip(predicted).map(|(s, p)| (doubt(p), *s)).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.id.cmp(&b.1.id)));
    let mut chosen: Vec<(LabelCandidate, BTreeSet<String>)> = Vec::new();
    for (doubt, statement) in ranked {
        if chosen.len() == most {
            break;
        }
        let words: BTreeSet<String> = statement
            .text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        let alike = chosen.iter().any(|(_, other)| {
            let common = words.intersection(other).count();
            common as f64 > ALIKE * (words.len() + other.len() - common) as f64
        });
        if !alike {
            let (id, text) = (statement.id.clone(), statement.text.clone());
            chosen.push((LabelCandidate { id, doubt, text }, words));
        }
    }
    chosen.into_iter().map(|(lesson, _)| lesson).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::read::{Records, read_jsonl};

    fn records() -> Records {
        read_jsonl(
            r#"{"id":"a","text":"Both sides signed the accord.","outlook":3,"hedge":0}
{"id":"b","text":"The talks collapsed.","outlook":3,"hedge":0}
{"id":"c","text":"The talks collapsed on Sunday.","outlook":-3,"hedge":0}
{"id":"d","text":"Bread costs two crowns.","outlook":1,"hedge":1}"#,
        )
        .expect("reads")
    }

    #[test]
    fn the_wrong_labels_come_first() {
        let records = records();
        let statements: Vec<_> = records.all_statements().collect();
        let says = |score, bearing| Predicted { score, bearing: Some(bearing), hedge: Some(0.4) };
        let predicted = [says(0.9, 0.9), says(-0.8, 0.9), says(-0.8, 0.95), says(0.0, 0.02)];
        let found = suspects(&statements, &predicted, 2);
        assert_eq!((found[0].id.as_str(), found[0].about.as_str()), ("d", "bearing"));
        assert_eq!((found[1].id.as_str(), found[1].about.as_str()), ("b", "outlook"));
        assert!((found[0].chance - 0.02).abs() < 1e-9 && (found[1].chance - 0.25).abs() < 1e-9);
    }

    #[test]
    fn like_statements_teach_once() {
        let records = records();
        let statements: Vec<_> = records.all_statements().collect();
        let says = |bearing| Predicted { score: 0.0, bearing: Some(bearing), hedge: Some(0.0) };
        let found = lessons(&statements, &[says(0.9), says(0.5), says(0.52), says(0.99)], 3);
        assert_eq!(found.iter().map(|l| l.id.as_str()).collect::<Vec<_>>(), ["b", "a", "d"]);
    }
}
