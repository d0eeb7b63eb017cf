//! [`parse_json`] and [`parse_line`]: the records of a JSON file and of a line of JSON Lines.

use std::collections::VecDeque;

use detente::Warning;
use serde_json::Deserializer;

use crate::encoding::decode_borrowed;
use crate::input_error::{InputError, InputErrorKind, Result};
use crate::json_value::{JsonObject, JsonValue};
use crate::record::names_text;

/// A record of a JSON file: its index from 1, its value, and notes.
pub(crate) type ArrayRecord = (usize, JsonValue<'static>, Vec<Warning>);

/// A list of records is looked for so many objects deep: `response.results`, `hits.hits`.
const MAX_DEPTH: usize = 3;
/// Starts each record of a JSON text sequence (RFC 7464).
const RECORD_SEPARATOR: char = '\u{1e}';

/// The records of a JSON file, which is an array, one record, or an answer of a service that holds a list of records.
pub(crate) fn parse_json(bytes: &[u8]) -> Result<VecDeque<ArrayRecord>> {
    let (text, notes) = decode_borrowed(bytes)?;
    let text = without_call(text.trim_start_matches('\u{feff}'));
    if text.trim().is_empty() {
        return Err(InputError::new(InputErrorKind::Empty, "empty: no record"));
    }
    let value = serde_json::from_str(text).map_err(|error| {
        let error = InputError::not_json(&error).at_line(error.line());
        if text.trim_start().starts_with('{') {
            error.with_advice("--input-format jsonl if each line is a record")
        } else {
            error
        }
    })?;
    let records = match value {
        JsonValue::List(values) => values,
        JsonValue::Object(record) => records_in(record),
        other => vec![other],
    };
    if records.is_empty() {
        return Err(InputError::new(InputErrorKind::Empty, "empty: no record"));
    }
    let values = records.into_iter().map(JsonValue::into_owned).enumerate();
    Ok(values.map(|(index, value)| (index + 1, value, notes.clone())).collect())
}

/// The values on a line: mostly one.
pub(crate) fn parse_line(text: &str) -> Result<Vec<JsonValue<'_>>> {
    let text = text.trim_start_matches('\u{feff}').trim_start_matches(RECORD_SEPARATOR);
    let first = match serde_json::from_str(text) {
        Ok(value) => return Ok(vec![value]),
        Err(error) => error,
    };
    // several records on one line
    let values: Result<Vec<JsonValue>, _> = Deserializer::from_str(text).into_iter().collect();
    match values {
        Ok(values)
            if values.len() > 1 && values.iter().all(|value| matches!(value, JsonValue::Object(_))) =>
        {
            Ok(values)
        }
        _ => Err(InputError::not_json(&first)),
    }
}

/// JSON without the function call around it (`callback({…});`).
fn without_call(text: &str) -> &str {
    let trimmed = text.trim();
    let name =
        trimmed.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'$')).count();
    let inner = trimmed.get(name..).and_then(|rest| rest.strip_prefix('(')).filter(|_| name > 0);
    inner.and_then(|inner| inner.trim_end_matches(';').trim_end().strip_suffix(')')).unwrap_or(text)
}

/// The list of records in an object that is not a record itself, or the object.
fn records_in(record: JsonObject<'_>) -> Vec<JsonValue<'_>> {
    let is_record = record.iter().any(|(name, value)| {
        let is_text =
            names_text(name) && !matches!(value, JsonValue::List(_) | JsonValue::Object(_) | JsonValue::Null);
        is_text && !matches!(name, "description" | "message" | "msg") || name == "statements"
    });
    if is_record || !has_list(&record, MAX_DEPTH) {
        return vec![JsonValue::Object(record)];
    }
    longest_list(JsonValue::Object(record), MAX_DEPTH).unwrap_or_default()
}

fn is_list_of_records(values: &[JsonValue]) -> bool {
    values.first().is_some_and(|value| matches!(value, JsonValue::Object(_)))
}

/// A list of records with a text ranks before others, a longer list before a shorter one.
fn rank(values: &[JsonValue]) -> (bool, usize) {
    let has_text = values.first().is_some_and(|value| {
        let JsonValue::Object(record) = value else { return false };
        record.iter().any(|(name, value)| match value {
            JsonValue::Object(inner) => inner.iter().any(|(name, _)| names_text(name)),
            _ => names_text(name),
        })
    });
    (has_text, values.len())
}

/// Whether `record` holds a list of objects.
fn has_list(record: &JsonObject, depth: usize) -> bool {
    record.iter().any(|(_, value)| match value {
        JsonValue::List(values) => is_list_of_records(values),
        JsonValue::Object(inner) => depth > 1 && has_list(inner, depth - 1),
        _ => false,
    })
}

/// The longest list of objects in `value`, the outermost of several.
fn longest_list(value: JsonValue<'_>, depth: usize) -> Option<Vec<JsonValue<'_>>> {
    match value {
        JsonValue::List(values) => is_list_of_records(&values).then_some(values),
        JsonValue::Object(object) if depth > 0 => {
            let (mut longest, mut inner) = (None::<Vec<JsonValue>>, Vec::new());
            for (_, value) in object.into_fields() {
                match value {
                    JsonValue::List(values)
                        if is_list_of_records(&values)
                            && longest.as_ref().is_none_or(|longest| rank(&values) > rank(longest)) =>
                    {
                        longest = Some(values);
                    }
                    value @ JsonValue::Object(_) => inner.push(value),
                    _ => {}
                }
            }
            longest.or_else(|| {
                inner
                    .into_iter()
                    .filter_map(|value| longest_list(value, depth - 1))
                    .max_by_key(|values| rank(values))
            })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_of_services_are_unwrapped() {
        let record = r#"{"text":"Talks went on."}"#;
        for (json, count) in [
            (format!("[{record},{record}]"), 2),
            (record.to_owned(), 1),
            (format!(r#"{{"status":"ok","articles":[{record},{record}]}}"#), 2),
            (format!(r#"{{"response":{{"status":"ok","results":[{record}]}}}}"#), 1),
            (
                format!(r#"{{"hits":{{"total":2,"hits":[{{"_source":{record}}},{{"_source":{record}}}]}}}}"#),
                2,
            ),
            (format!(r#"{{"articles":{{"results":[{record}],"tags":[{{"a":1}},{{"a":2}}]}}}}"#), 1),
            (format!(r#"{{"text":"x","links":[{record},{record}]}}"#), 1),
            (format!(r#"{{"title":"Feed","description":"d","items":[{record},{record}]}}"#), 2),
            (format!("callback({record});"), 1),
            (r#"{"a":1}"#.to_owned(), 1),
        ] {
            assert_eq!(
                parse_json(json.as_bytes()).map(|records| records.len()).expect("records"),
                count,
                "{json}"
            );
        }
        for json in ["[]", " ", r#"{"articles":[]"#, "// made\n{}"] {
            assert!(parse_json(json.as_bytes()).is_err(), "{json}");
        }
    }

    #[test]
    fn a_line_holds_one_record_or_several() {
        for (line, count) in
            [(r#"{"a":1}"#, 1), ("\u{1e}{\"a\":1}", 1), (r#"{"a":1} {"a":2}"#, 2), ("[1]", 1)]
        {
            assert_eq!(parse_line(line).map(|values| values.len()).expect(line), count);
        }
        let error = parse_line(r#"{"a":1} x"#).expect_err("no record").to_string();
        assert!(error.contains("column 9"), "{error}");
    }
}
