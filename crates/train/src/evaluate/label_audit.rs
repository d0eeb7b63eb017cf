//! Finds labels that are probably wrong, from out-of-fold predictions.

use serde::{Deserialize, Serialize};

use crate::corpus::labelled::{Label, LabelledStatement};
use crate::evaluate::class_predictions::ClassPredictions;
use crate::evaluate::prediction::Prediction;
use detente::internals::four_decimals;

/// A label that disagrees with the prediction of a model that was not trained on it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SuspectLabel {
    /// Id of the statement.
    pub id: String,
    /// Probability of a label as far from the prediction as this one, 0..1.
    #[serde(rename = "chance", serialize_with = "four_decimals::serialize")]
    pub probability: f64,
    /// Part of the label with that probability: `bearing`, `outlook` or `hedge`.
    #[serde(rename = "about")]
    pub part: String,
    /// Outlook of the label, -3..+3; `None` for no bearing.
    #[serde(serialize_with = "four_decimals::serialize_option")]
    pub outlook: Option<f64>,
    /// Prediction of the model: outlook on -3..+3, bearing, hedge, with 2 decimals.
    pub model: [f64; 3],
    /// Hedge of the label, 0..2; `None` if it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hedge: Option<f64>,
    /// Name of the class, if the label is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Most probable class, if labels are names of classes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggested: Option<String>,
    /// Text of the statement.
    pub text: String,
}

/// The `limit` labels with the lowest probability under out-of-fold predictions, lowest first.
///
/// The probability of a bearing or hedge label is the calibrated prediction; that of an outlook is the share
/// of statements with bearing whose score is at least as far from the label.
///
/// ```
/// use detente_train::{Prediction, read_jsonl, suspect_labels};
/// let records = read_jsonl(
///     r#"{"id":"a","text":"Both sides signed.","outlook":3,"hedge":0}
/// {"id":"b","text":"Bread costs two crowns.","outlook":1,"hedge":0}"#,
/// )?;
/// let statements: Vec<_> = records.all_statements().collect();
/// let predictions = [(0.9, 0.99), (0.1, 0.02)]
///     .map(|(score, bearing)| Prediction { score, bearing: Some(bearing), hedge: None });
/// let suspects = suspect_labels(&statements, &predictions, None, 1);
/// assert_eq!((suspects[0].id.as_str(), suspects[0].part.as_str()), ("b", "bearing"));
/// # Ok::<(), detente::Error>(())
/// ```
#[must_use]
pub fn suspect_labels(
    statements: &[&LabelledStatement],
    predictions: &[Prediction],
    classes: Option<&ClassPredictions>,
    limit: usize,
) -> Vec<SuspectLabel> {
    let cases = || {
        let pairs = statements.iter().zip(predictions).enumerate();
        pairs.filter_map(|(at, (s, p))| Some((at, s, p, s.label.as_ref()?)))
    };
    let mut errors: Vec<f64> =
        cases().filter(|(.., l)| l.bears()).map(|(_, _, p, l)| (p.score - l.score()).abs()).collect();
    errors.sort_by(f64::total_cmp);
    let share_at_least = |error: f64| {
        (errors.len() - errors.partition_point(|e| *e < error)) as f64 / errors.len().max(1) as f64
    };
    let round_2dp = |value: f64| (value * 100.0).round() / 100.0;
    let mut suspects: Vec<SuspectLabel> = cases()
        .map(|(at, statement, p, label)| {
            let of_binary = |probability: Option<f64>, label: bool| {
                probability.map_or(1.0, |p| if label { p } else { 1.0 - p })
            };
            let of_outlook =
                if label.bears() { share_at_least((p.score - label.score()).abs()) } else { 1.0 };
            let parts = [
                ("bearing", of_binary(p.bearing, label.bears())),
                ("outlook", of_outlook),
                ("hedge", label.hedged().map_or(1.0, |hedged| of_binary(p.hedge, hedged))),
            ];
            let of_class = classes.and_then(|classes| class_probability(classes, at, statement));
            // bearing and outlook of a class follow from its name
            let parts = match of_class {
                Some(probability) => [("class", probability), ("class", probability), parts[2]],
                None => parts,
            };
            let lower = |a: (&'static str, f64), b: &(&'static str, f64)| if b.1 < a.1 { *b } else { a };
            let (part, probability) = parts.iter().fold((parts[0].0, 1.0), lower);
            SuspectLabel {
                id: statement.id.clone(),
                probability,
                part: part.to_owned(),
                hedge: if let Label::Bears { hedge, .. } = label { *hedge } else { None },
                label: statement.class.clone(),
                suggested: classes.and_then(|classes| classes.name(at)).map(String::from),
                outlook: label.bears().then(|| 3.0 * label.score()),
                model: [3.0 * p.score, p.bearing.unwrap_or(1.0), p.hedge.unwrap_or(0.0)].map(round_2dp),
                text: statement.text.clone(),
            }
        })
        .collect();
    suspects.sort_by(|a, b| a.probability.total_cmp(&b.probability).then_with(|| a.id.cmp(&b.id)));
    suspects.truncate(limit);
    suspects
}

/// The probability of the statement's own class.
fn class_probability(classes: &ClassPredictions, at: usize, statement: &LabelledStatement) -> Option<f64> {
    let class = statement.class.as_ref()?;
    let index = classes.classes.iter().position(|name| name == class)?;
    classes.probabilities.get(at)?.get(index).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::jsonl::read_jsonl;

    #[test]
    fn wrong_labels_come_first() {
        let records = read_jsonl(
            r#"{"id":"a","text":"Both sides signed the accord.","outlook":3,"hedge":0}
{"id":"b","text":"The talks collapsed.","outlook":3,"hedge":0}
{"id":"c","text":"The talks collapsed on Sunday.","outlook":-3,"hedge":0}
{"id":"d","text":"Bread costs two crowns.","outlook":1,"hedge":1}"#,
        )
        .expect("reads");
        let statements: Vec<_> = records.all_statements().collect();
        let predict = |score, bearing| Prediction { score, bearing: Some(bearing), hedge: Some(0.4) };
        let predictions = [predict(0.9, 0.9), predict(-0.8, 0.9), predict(-0.8, 0.95), predict(0.0, 0.02)];
        let suspects = suspect_labels(&statements, &predictions, None, 2);
        assert_eq!((suspects[0].id.as_str(), suspects[0].part.as_str()), ("d", "bearing"));
        assert_eq!((suspects[1].id.as_str(), suspects[1].part.as_str()), ("b", "outlook"));
        assert!((suspects[0].probability - 0.02).abs() < 1e-9);
        assert!((suspects[1].probability - 0.25).abs() < 1e-9);
    }
}
