//! Active learning: which statements to label next, by uncertainty sampling.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::corpus::labelled::LabelledStatement;
use crate::evaluate::prediction::Prediction;
use crate::evaluate::system_predictions::SystemPredictions;
use detente::internals::four_decimals;

/// Jaccard similarity of word sets above which a statement adds too little to one that is listed already.
const MAX_SIMILARITY: f64 = 0.5;

/// A statement whose label would be informative.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LabelCandidate {
    /// Id of the statement.
    pub id: String,
    /// Uncertainty of the model, 0..2 bits: entropy of the bearing, plus entropy of the hedge times the
    /// bearing.
    #[serde(rename = "doubt", serialize_with = "four_decimals::serialize")]
    pub entropy: f64,
    /// Most probable class, if the model has classes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub predicted: Option<String>,
    /// Text of the statement.
    pub text: String,
}

/// The `limit` statements with the highest uncertainty, without near-duplicates, highest first.
///
/// ```
/// use detente_train::{Prediction, SystemPredictions, label_candidates, read_jsonl};
/// let records = read_jsonl(
///     r#"{"id":"a","text":"Both sides signed.","outlook":3,"hedge":0}
/// {"id":"b","text":"Bread costs two crowns.","outlook":1,"hedge":0}"#,
/// )?;
/// let statements: Vec<_> = records.all_statements().collect();
/// let predictions =
///     [0.99, 0.5].map(|bearing| Prediction { score: 0.0, bearing: Some(bearing), hedge: None });
/// let predicted =
///     SystemPredictions { name: "model".to_owned(), predictions: predictions.to_vec(), classes: None };
/// let next = label_candidates(&statements, &predicted, 1);
/// assert_eq!((next[0].id.as_str(), next[0].entropy), ("b", 1.0));
/// # Ok::<(), detente::Error>(())
/// ```
#[must_use]
pub fn label_candidates(
    statements: &[&LabelledStatement],
    predicted: &SystemPredictions,
    limit: usize,
) -> Vec<LabelCandidate> {
    let of_statement = |at: usize| {
        let probabilities = predicted.classes.as_ref().and_then(|classes| classes.probabilities.get(at));
        let doubt = match probabilities {
            Some(probabilities) => entropy(probabilities.iter().copied()),
            None => uncertainty(predicted.predictions.get(at)?),
        };
        Some((doubt, at, statements[at].id.as_str()))
    };
    let mut ranked: Vec<(f64, usize, &str)> = (0..statements.len()).filter_map(of_statement).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.2.cmp(b.2)));
    let mut chosen: Vec<(LabelCandidate, BTreeSet<String>)> = Vec::new();
    for (entropy, at, _) in ranked {
        let statement = statements[at];
        if chosen.len() == limit {
            break;
        }
        let words = word_set(&statement.text);
        if !chosen.iter().any(|(_, other)| is_similar(&words, other)) {
            let (id, text) = (statement.id.clone(), statement.text.clone());
            let predicted = predicted.classes.as_ref().and_then(|classes| classes.name(at)).map(String::from);
            chosen.push((LabelCandidate { id, entropy, predicted, text }, words));
        }
    }
    chosen.into_iter().map(|(candidate, _)| candidate).collect()
}

/// Entropy of the bearing, plus that of the hedge as far as the statement bears. A model that learned neither is
/// uncertain where its score is near 0.
fn uncertainty(p: &Prediction) -> f64 {
    let of_binary = |p: f64| entropy([p, 1.0 - p].into_iter());
    match (p.bearing, p.hedge) {
        (None, None) => 1.0 - p.score.abs(),
        (bearing, hedge) => {
            let bearing = bearing.unwrap_or(1.0);
            of_binary(bearing) + bearing * hedge.map_or(0.0, of_binary)
        }
    }
}

/// Entropy of a label in bits.
fn entropy(probabilities: impl Iterator<Item = f64>) -> f64 {
    probabilities.map(|p| if p > 0.0 { -p * p.log2() } else { 0.0 }).sum()
}

/// The words of a text in lower case.
fn word_set(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

fn is_similar(a: &BTreeSet<String>, b: &BTreeSet<String>) -> bool {
    let common = a.intersection(b).count();
    common as f64 > MAX_SIMILARITY * (a.len() + b.len() - common) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::jsonl::read_jsonl;
    use crate::evaluate::class_predictions::ClassPredictions;

    #[test]
    fn near_duplicates_are_listed_once() {
        let records = read_jsonl(
            r#"{"id":"a","text":"Both sides signed the accord.","outlook":3,"hedge":0}
{"id":"b","text":"The talks collapsed.","outlook":3,"hedge":0}
{"id":"c","text":"The talks collapsed on Sunday.","outlook":-3,"hedge":0}
{"id":"d","text":"Bread costs two crowns.","outlook":1,"hedge":1}"#,
        )
        .expect("reads");
        let statements: Vec<_> = records.all_statements().collect();
        let predict = |bearing| Prediction { score: 0.0, bearing: Some(bearing), hedge: Some(0.0) };
        let predictions = [0.9, 0.5, 0.52, 0.99].map(predict).to_vec();
        let mut predicted = SystemPredictions { name: String::new(), predictions, classes: None };
        let found = label_candidates(&statements, &predicted, 3);
        assert_eq!(found.iter().map(|l| l.id.as_str()).collect::<Vec<_>>(), ["b", "a", "d"]);
        // with classes, their probabilities decide
        let probabilities = [0.5, 0.9, 0.1, 0.6].map(|p| vec![p, 1.0 - p]).to_vec();
        let names = ["down", "up"].map(String::from).to_vec();
        predicted.classes = Some(ClassPredictions::of_probabilities(names, probabilities));
        let found = label_candidates(&statements, &predicted, 2);
        assert_eq!(found.iter().map(|l| l.id.as_str()).collect::<Vec<_>>(), ["a", "d"]);
        assert_eq!(found[1].predicted.as_deref(), Some("down"));
    }
}
