//! [`choose_date`]: the date of a record.

use std::borrow::Cow;

use detente::{Day, Warning, WarningKind};

use crate::date::{DateReading, read_date};
use crate::json_value::{JsonObject, JsonValue};
use crate::options::FieldMap;
use crate::record::candidates::{Candidate, Candidates};
use crate::record::field_names::{Role, role_of, suggests_date};
use crate::record::path::value_at;
use crate::record::values::{date_in_numbers, first_text_of, is_missing, kind_of, text_of};

/// A longer text is not a date.
const MAX_DATE_LEN: usize = 200;
/// The same for a field whose name does not suggest a date.
const MAX_PLAIN_DATE_LEN: usize = 35;

/// The date of a record: a day, or a reading that depends on the order of day and month in the column.
#[derive(Default)]
pub(crate) struct DateChoice {
    pub(crate) day: Option<Day>,
    pub(crate) reading: Option<FieldReading>,
}

/// The reading of a field.
pub(crate) struct FieldReading {
    pub(crate) field: String,
    pub(crate) value: String,
    pub(crate) reading: DateReading,
}

impl FieldReading {
    /// A note that the field has no date, with the reason.
    pub(crate) fn note(&self, reason: &str) -> Warning {
        bad_date(&self.field, &self.value, reason)
    }
}

/// The date of `record`, from the given field or the best of the `candidates` that has one. A value that is not a
/// date gives a note.
pub(crate) fn choose_date(
    record: &JsonObject,
    candidates: &Candidates,
    fields: &FieldMap,
    notes: &mut Vec<Warning>,
) -> DateChoice {
    if let Some(name) = &fields.date {
        return given_date(record, name, fields, notes);
    }
    let mut failed = None;
    for candidate in candidates.of_role(Role::Date) {
        let numbers = date_in_numbers(candidate.value).map(Cow::Owned);
        let value = numbers.or_else(|| first_text_of(candidate.value));
        let Some(value) = value.filter(|value| value.len() <= MAX_DATE_LEN) else {
            note_wrong_type(candidate, notes);
            continue;
        };
        if is_missing(&value) && !value.trim().is_empty() {
            failed.get_or_insert((candidate.name.to_string(), value.into_owned()));
            continue;
        }
        if let Some(choice) = read_value(&candidate.name, &value, fields) {
            return choice;
        }
        if !value.trim().is_empty() {
            failed.get_or_insert((candidate.name.to_string(), value.into_owned()));
        }
    }
    if let Some(choice) = unlisted_date(record, fields, notes) {
        return choice;
    }
    if let Some((name, value)) = failed {
        notes.push(bad_date(&name, &value, NOT_A_DATE));
    }
    DateChoice::default()
}

const NOT_A_DATE: &str = "is not a date in a known format (YYYY-MM-DD; --date-format)";

fn given_date(record: &JsonObject, name: &str, fields: &FieldMap, notes: &mut Vec<Warning>) -> DateChoice {
    let Some(value) = value_at(record, name) else {
        let message = format!("field {name}: missing (--date-field)");
        notes.push(Warning::new(WarningKind::BadDate, message).with_field(name));
        return DateChoice::default();
    };
    let text = first_text_of(value).unwrap_or_default();
    let choice = read_value(name, &text, fields);
    if choice.is_none() {
        let shown = if text.is_empty() { kind_of(value) } else { &text };
        notes.push(bad_date(name, shown, NOT_A_DATE));
    }
    choice.unwrap_or_default()
}

fn read_value(name: &str, value: &str, fields: &FieldMap) -> Option<DateChoice> {
    if let Some(pattern) = &fields.date_format {
        return pattern.read(value).map(|day| DateChoice { day: Some(day), reading: None });
    }
    let reading = read_date(value)?;
    if let DateReading::Certain(day) = reading {
        return Some(DateChoice { day: Some(day), reading: None });
    }
    let reading = FieldReading { field: name.to_owned(), value: value.to_owned(), reading };
    Some(DateChoice { day: reading.reading.day(), reading: Some(reading) })
}

/// The date of a field whose name is not in the table: used if the name suggests a date, else only noted.
fn unlisted_date(record: &JsonObject, fields: &FieldMap, notes: &mut Vec<Warning>) -> Option<DateChoice> {
    let mut unused = None;
    for (name, value) in record.iter().filter(|(name, _)| role_of(name).is_none()) {
        let is_suggested = suggests_date(name);
        let max_len = if is_suggested { MAX_DATE_LEN } else { MAX_PLAIN_DATE_LEN };
        let (JsonValue::Text(_) | JsonValue::Number(_) | JsonValue::Object(_)) = value else { continue };
        let Some(text) = text_of(value).filter(|text| text.len() <= max_len) else { continue };
        if is_suggested {
            if let Some(choice) = read_value(name, &text, fields) {
                return Some(choice);
            }
        } else if matches!(value, JsonValue::Text(_)) && is_iso(&text) {
            unused.get_or_insert(name);
        }
    }
    if let Some(name) = unused {
        let message = format!("no date field; field {name} has a date (--date-field {name})");
        notes.push(Warning::new(WarningKind::BadDate, message).with_field(name));
    }
    None
}

/// Whether a text starts with a year and is a date.
fn is_iso(text: &str) -> bool {
    let starts_with_year =
        text.trim_start().get(..4).is_some_and(|year| year.bytes().all(|b| b.is_ascii_digit()));
    starts_with_year
        && text.len() >= 10
        && !text.bytes().all(|b| b.is_ascii_digit())
        && read_date(text).is_some()
}

fn note_wrong_type(candidate: &Candidate, notes: &mut Vec<Warning>) {
    if !matches!(candidate.value, JsonValue::Null) {
        let message = format!("field {}: not used as date: {}", candidate.name, kind_of(candidate.value));
        notes.push(Warning::new(WarningKind::SkippedField, message).with_field(&*candidate.name));
    }
}

fn bad_date(name: &str, value: &str, reason: &str) -> Warning {
    let shown: String = value.trim().chars().take(MAX_PLAIN_DATE_LEN).collect();
    let message = format!("field {name}: {shown:?} {reason}");
    Warning::new(WarningKind::BadDate, message).with_field(name).with_value(value.trim())
}
