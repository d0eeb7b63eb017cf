//! Exports of labelling tools: Label Studio (JSON), Prodigy (JSON Lines), doccano (JSON Lines, CSV).

use serde_json::{Map, Value};

use crate::input_error::{InputError, Result};

/// What a record of an export holds.
pub(crate) enum Exported {
    /// A record with a label, or one of another form.
    Record(Map<String, Value>),
    /// A record that its annotator rejected, ignored or cancelled.
    LeftOut,
}

/// Brings a record of an export into the form of other records; those stay as they are.
///
/// # Errors
/// If a record has several labels.
pub(crate) fn unwrap_export(record: Map<String, Value>) -> Result<Exported> {
    let is_list_of_objects =
        |value: &Value| value.as_array().is_some_and(|values| values.iter().all(Value::is_object));
    let annotations = ["annotations", "completions"].into_iter().find(|name| record.contains_key(*name));
    if let (Some(Value::Object(_)), Some(name)) = (record.get("data"), annotations)
        && record.get(name).is_some_and(is_list_of_objects)
    {
        return label_studio_task(record, name);
    }
    let answer = record.get("answer").and_then(Value::as_str);
    if let (Some(answer @ ("accept" | "reject" | "ignore")), true) = (answer, record.contains_key("text")) {
        let is_accepted = answer == "accept";
        return prodigy_task(record, is_accepted);
    }
    doccano_record(record).map(Exported::Record)
}

/// A task of Label Studio: its data, and the choice or number of its annotations.
fn label_studio_task(mut task: Map<String, Value>, annotations: &str) -> Result<Exported> {
    let Some(Value::Object(mut record)) = task.remove("data") else { return Ok(Exported::LeftOut) };
    let all = task.remove(annotations);
    let all = all.as_ref().and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let cancelled = |annotation: &Value| {
        ["was_cancelled", "skipped"].iter().any(|name| annotation.get(name) == Some(&Value::Bool(true)))
    };
    let mut labels = Vec::new();
    for annotation in all.iter().filter(|annotation| !cancelled(annotation)) {
        let results = annotation.get("result").and_then(Value::as_array);
        for value in results.into_iter().flatten().filter_map(|result| result.get("value")) {
            let value = ["choices", "rating", "number"].iter().find_map(|name| value.get(name));
            labels.extend(value.map(|value| single_label(value.clone())).transpose()?);
        }
    }
    if labels.is_empty() && !all.is_empty() {
        return Ok(Exported::LeftOut);
    }
    record.insert("label".to_owned(), majority(&labels)?);
    if let (false, Some(id)) = (record.contains_key("id"), task.remove("id")) {
        record.insert("id".to_owned(), id);
    }
    Ok(Exported::Record(record))
}

/// The label that most annotators gave; null without one.
fn majority(labels: &[Value]) -> Result<Value> {
    let count = |label: &Value| labels.iter().filter(|other| *other == label).count();
    let most = labels.iter().map(count).max().unwrap_or(0);
    let mut winners = labels.iter().filter(|label| count(label) == most);
    let Some(first) = winners.next() else { return Ok(Value::Null) };
    match winners.find(|label| *label != first) {
        None => Ok(first.clone()),
        Some(other) => {
            let message =
                format!("annotators disagree: {first} and {other}; settle it, or leave the record out");
            Err(InputError::invalid_field("label", message))
        }
    }
}

/// A task of Prodigy: the accepted option, or the label that was accepted.
fn prodigy_task(mut task: Map<String, Value>, is_accepted: bool) -> Result<Exported> {
    if !is_accepted {
        return Ok(Exported::LeftOut);
    }
    if let Some(accepted) = task.remove("accept") {
        task.insert("label".to_owned(), single_label(accepted)?);
    }
    task.remove("answer");
    task.remove("options");
    Ok(Exported::Record(task))
}

/// A record of doccano: `label` or `labels` is a list of one name.
fn doccano_record(mut record: Map<String, Value>) -> Result<Map<String, Value>> {
    for name in ["label", "labels"] {
        if record.get(name).is_some_and(Value::is_array)
            && let Some(labels) = record.remove(name)
        {
            record.insert("label".to_owned(), single_label(labels)?);
            break;
        }
    }
    Ok(record)
}

/// The only label of a list, null for an empty one.
fn single_label(value: Value) -> Result<Value> {
    let Value::Array(mut labels) = value else { return Ok(value) };
    let wrong = |message: String| Err(InputError::invalid_field("label", message));
    match (labels.pop(), labels.len()) {
        (None, _) => Ok(Value::Null),
        (Some(Value::Array(_) | Value::Object(_)), _) => {
            wrong("labels of spans; a label for the whole statement is needed".to_owned())
        }
        (Some(label), 0) => Ok(label),
        (Some(last), others) => {
            labels.push(last);
            wrong(format!("{} labels ({}); a statement has one", others + 1, Value::Array(labels)))
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// The record as JSON, `left out`, or the message of the error.
    fn read(record: &Value) -> Value {
        let Value::Object(record) = record.clone() else { panic!("an object") };
        match unwrap_export(record) {
            Ok(Exported::Record(record)) => Value::Object(record),
            Ok(Exported::LeftOut) => json!("left out"),
            Err(error) => json!(error.to_string()),
        }
    }

    fn label_studio(labels: &[&str]) -> Value {
        let annotation = |label: &&str| {
            json!({"id": 1, "was_cancelled": label.is_empty(), "result": [{"type": "choices",
            "from_name": "tone", "to_name": "text", "value": {"choices": [label]}}]})
        };
        json!({"id": 12, "data": {"text": "Talks failed.", "doc_id": "d"},
            "annotations": labels.iter().map(annotation).collect::<Vec<_>>(), "predictions": []})
    }

    #[test]
    fn label_studio_tasks_have_the_label_of_most_annotators() {
        let expected = json!({"id": 12, "text": "Talks failed.", "doc_id": "d", "label": "neg"});
        assert_eq!(read(&label_studio(&["neg"])), expected);
        assert_eq!(read(&label_studio(&["neg", "pos", "neg", ""])), expected);
        assert_eq!(read(&label_studio(&[]))["label"], json!(null));
        assert_eq!(read(&label_studio(&[""])), json!("left out"));
        assert!(read(&label_studio(&["neg", "pos"])).as_str().expect("an error").contains("disagree"));
        let rating =
            json!({"id": 1, "data": {"text": "x"}, "annotations": [{"result": [{"value": {"rating": 4}}]}]});
        assert_eq!(read(&rating)["label"], json!(4));
    }

    #[test]
    fn prodigy_tasks_count_if_they_are_accepted() {
        let task = |answer: &str, accept: Value| {
            json!({"text": "Talks failed.", "options": [{"id": "neg"}, {"id": "pos"}], "accept": accept,
                "answer": answer, "_task_hash": 5})
        };
        assert_eq!(read(&task("accept", json!(["neg"])))["label"], "neg");
        assert_eq!(read(&task("ignore", json!([]))), "left out");
        assert!(read(&task("accept", json!(["a", "b"]))).as_str().expect("an error").contains("2 labels"));
        let binary = |answer: &str| json!({"text": "x", "label": "pos", "answer": answer});
        assert_eq!(
            (read(&binary("accept"))["label"].clone(), read(&binary("reject"))),
            (json!("pos"), json!("left out"))
        );
    }

    #[test]
    fn doccano_records_have_a_list_of_labels() {
        assert_eq!(read(&json!({"id": 1, "data": "x", "label": ["pos"]}))["label"], "pos");
        assert_eq!(read(&json!({"id": 1, "text": "x", "labels": ["pos"]}))["label"], "pos");
        assert_eq!(read(&json!({"id": 1, "text": "x", "label": []}))["label"], json!(null));
        let spans = read(&json!({"id": 1, "text": "x", "label": [[0, 1, "ORG"]]}));
        assert!(spans.as_str().expect("an error").contains("spans"));
    }

    #[test]
    fn other_records_stay_as_they_are() {
        for record in [
            json!({"id": "a", "text": "x", "outlook": 1, "annotations": [[1, 0]]}),
            json!({"id": "a", "text": "x", "answer": "yes"}),
            json!({"id": "a", "statements": []}),
        ] {
            assert_eq!(read(&record), record);
        }
    }
}
