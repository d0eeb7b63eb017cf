//! [`check_labels`]: says which option gives values to labels that have none.

use std::collections::BTreeMap;

use anyhow::bail;
use detente_input::LabelledFile;
use serde_json::Value;

/// Labels that a message lists.
const MAX_LISTED: usize = 12;
/// Words in the names of positive and negative labels, for an example.
const POSITIVE: [&str; 6] = ["pos", "dovish", "bullish", "good", "optimis", "agree"];
const NEGATIVE: [&str; 6] = ["neg", "hawkish", "bearish", "bad", "pessimis", "collapse"];

/// Checks that the labels of a file that is read without a conversion are numbers of this program's scale.
///
/// # Errors
/// If they are names or numbers of another scale: lists them, with an example of the option that gives them values.
pub(crate) fn check_labels(name: &str, file: &LabelledFile) -> anyhow::Result<()> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut numbers = Vec::new();
    for row in file.rows.iter().filter(|row| !row.fields.contains_key("outlook")) {
        let label = match row.fields.get("label") {
            None | Some(Value::Null) => continue,
            Some(Value::String(label)) => label.trim().to_owned(),
            Some(label) => label.to_string(),
        };
        numbers.extend(label.parse::<f64>().ok().filter(|number| number.is_finite()));
        *counts.entry(label).or_default() += 1;
    }
    if counts.is_empty() {
        return Ok(());
    }
    let listed: Vec<String> =
        counts.iter().take(MAX_LISTED).map(|(label, count)| format!("{label:?} ({count})")).collect();
    let more = if counts.len() > MAX_LISTED { ", …" } else { "" };
    let labelled: usize = counts.values().sum();
    let advice = if numbers.len() == labelled {
        let low = numbers.iter().copied().fold(f64::INFINITY, f64::min);
        let high = numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        format!(
            "If they are a scale, give its ends: --label-range {low}..{high}\nIf they are classes, give each a value: "
        )
    } else {
        "Give each a value, for example ".to_owned()
    };
    let example: Vec<String> =
        counts.keys().take(MAX_LISTED).map(|label| format!("{label}={}", example_value(label))).collect();
    bail!(
        "{name}: field \"label\": the labels have no values on the scale from -3 (collapsed) to 3 (agreement): {}{more}\n\
         {advice}--labels {:?}\n\
         (none instead of a number: the statement says nothing about the matter)",
        listed.join(", "),
        example.join(",")
    );
}

/// The value of a label in the example; a word where the name says nothing.
fn example_value(label: &str) -> &'static str {
    let label = label.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| label.contains(word));
    let is_strong = has(&["very", "strong"]);
    match (has(&NEGATIVE), has(&POSITIVE)) {
        (true, false) => {
            if is_strong {
                "-3"
            } else {
                "-2"
            }
        }
        (false, true) => {
            if is_strong {
                "3"
            } else {
                "2"
            }
        }
        _ if has(&["neutral", "neu", "mixed"]) => "0",
        _ => "VALUE",
    }
}
