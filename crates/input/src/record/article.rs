//! [`RecordReader`]: the articles of records, which are JSON objects or rows of tables.

use std::borrow::Cow;

use detente::{Article, Span, Warning, WarningKind};

use crate::input_error::{InputError, InputErrorKind, Result};
use crate::json_value::{JsonObject, JsonValue};
use crate::markup::clean_text;
use crate::options::FieldMap;
use crate::record::candidates::{Candidates, Layout};
use crate::record::date_choice::{FieldReading, choose_date};
use crate::record::field_names::{Role, names_text};
use crate::record::labelled::{join_statements, parties_of};
use crate::record::path::value_at;
use crate::record::values::{first_text_of, is_missing, kind_of, running_text_of};

/// An error lists at most this many field names of a record.
const MAX_LISTED_FIELDS: usize = 12;
/// Names that the error for a record without text gives as examples.
const EXAMPLES: &str = "text, body, content, article, full_text, …";

/// Makes articles of records that mostly have the same fields.
pub(crate) struct RecordReader {
    fields: FieldMap,
    layout: Layout,
}

/// An article, and its date field if the date depends on the order of day and month in the column.
pub(crate) struct ReadRecord {
    pub(crate) article: Article,
    pub(crate) reading: Option<FieldReading>,
}

impl RecordReader {
    pub(crate) fn new(fields: FieldMap) -> Self {
        Self { fields, layout: Layout::default() }
    }

    /// Makes an article of one record. Its `id` is empty if the record has none.
    ///
    /// # Errors
    /// If there is no text, or a field given as an option is missing; the error has the field.
    pub(crate) fn read(&mut self, record: &JsonObject) -> Result<ReadRecord> {
        if record.get("schema").is_some() && record.get("outlook").is_some() && record.get("model").is_some()
        {
            let message = "a scored article: `timeline` and `compare` read these, `score` reads articles";
            return Err(InputError::new(InputErrorKind::InvalidRecord, message));
        }
        let candidates = Candidates::of(record, &mut self.layout);
        let fields = &self.fields;
        let mut notes = Vec::new();
        let title = optional_text(record, &candidates, Role::Title, fields.title.as_deref(), &mut notes);
        let title = title.map(|title| clean_text(&title, "title", &mut Vec::new()).into_owned());
        let text = text_of_record(record, &candidates, fields, title.as_deref(), &mut notes)?;
        let date = choose_date(record, &candidates, fields, &mut notes);
        let mut optional = |role, wanted: &Option<String>| {
            optional_text(record, &candidates, role, wanted.as_deref(), &mut notes)
        };
        let id = optional(Role::Id, &fields.id).unwrap_or_default();
        let source = optional(Role::Source, &fields.source);
        let exact = |name: &str| record.get(name).and_then(JsonValue::as_text).map(str::to_owned);
        // the name of a host, as GDELT writes it; `domain` is else the field of the negotiation
        let host = exact("domain").filter(|domain| domain.contains('.') && !domain.contains(' '));
        let source = source.or_else(|| host.clone());
        let negotiation = match &fields.group {
            Some(name) => value_at(record, name).and_then(first_text_of).map(Cow::into_owned),
            None => exact("negotiation"),
        };
        let parties = record.get("parties").and_then(|value| {
            let parties = parties_of(value);
            if parties.is_none() {
                notes.push(skipped("parties", "an object of lists of names is needed"));
            }
            parties
        });
        let article = Article {
            id,
            title,
            date: date.day,
            body: Span::new(0, text.len()),
            text,
            source,
            negotiation,
            domain: exact("domain").filter(|_| host.is_none()),
            parties: parties.unwrap_or_default(),
            warnings: notes,
            source_map: None,
        };
        Ok(ReadRecord { article, reading: date.reading })
    }
}

fn text_of_record(
    record: &JsonObject,
    candidates: &Candidates,
    fields: &FieldMap,
    title: Option<&str>,
    notes: &mut Vec<Warning>,
) -> Result<String> {
    if let Some(name) = &fields.text {
        let missing = || InputError::invalid_field(name, "missing (--text-field)");
        let value = value_at(record, name).ok_or_else(missing)?;
        let text = running_text_of(value).ok_or_else(|| InputError::invalid_field(name, "not a text"))?;
        return non_empty(clean_text(&text, name, notes), name);
    }
    let mut first_empty = None;
    let mut first_wrong = None;
    let mut only_title = None;
    for candidate in candidates.of_role(Role::Text) {
        let text = match candidate.value {
            // an id or a count, not an article
            JsonValue::Number(_) => None,
            other => running_text_of(other),
        };
        let Some(text) = text else {
            if !matches!(candidate.value, JsonValue::Null | JsonValue::Object(_)) {
                let reason = format!("not used as text: {}", kind_of(candidate.value));
                notes.push(skipped(&candidate.name, &reason));
                first_wrong.get_or_insert(candidate.name.to_string());
            }
            continue;
        };
        if is_missing(&text) {
            first_empty.get_or_insert(candidate.name.to_string());
            continue;
        }
        if title.is_some_and(|title| title == text.trim()) {
            only_title.get_or_insert(text.into_owned());
            continue;
        }
        return non_empty(clean_text(&text, &candidate.name, notes), &candidate.name);
    }
    if let Some(statements) = record.get("statements") {
        return non_empty(Cow::Owned(join_statements(statements)?), "statements");
    }
    match (only_title, first_empty) {
        (Some(text), _) => Ok(text),
        (None, Some(name)) => Err(InputError::new(InputErrorKind::Empty, "empty").in_field(&name)),
        (None, None) => Err(match first_wrong {
            Some(name) => InputError::invalid_field(&name, "not a text"),
            None => no_text_field(record.iter().map(|(name, _)| name)),
        }),
    }
}

fn non_empty(text: Cow<str>, name: &str) -> Result<String> {
    if text.trim().is_empty() {
        return Err(InputError::new(InputErrorKind::Empty, "empty").in_field(name));
    }
    Ok(text.into_owned())
}

/// The text of the given field, or of the first candidate that has one.
fn optional_text(
    record: &JsonObject,
    candidates: &Candidates,
    role: Role,
    wanted: Option<&str>,
    notes: &mut Vec<Warning>,
) -> Option<String> {
    if let Some(name) = wanted {
        let found = value_at(record, name).and_then(first_text_of).filter(|text| !text.trim().is_empty());
        if found.is_none() {
            notes.push(skipped(name, &format!("missing or not a text (--{}-field)", role.name())));
        }
        return found.map(Cow::into_owned);
    }
    for candidate in candidates.of_role(role) {
        match first_text_of(candidate.value) {
            Some(text) if is_missing(&text) => {}
            Some(text) => return Some(text.into_owned()),
            None if matches!(candidate.value, JsonValue::Null | JsonValue::Object(_)) => {}
            None => {
                let reason = format!("not used as {}: {}", role.name(), kind_of(candidate.value));
                notes.push(skipped(&candidate.name, &reason));
            }
        }
    }
    None
}

fn skipped(name: &str, reason: &str) -> Warning {
    Warning::new(WarningKind::SkippedField, format!("field {name}: {reason}")).with_field(name)
}

/// Checks that one of the column `names` is that of the text, and that the given columns exist.
///
/// # Errors
/// If a column is missing; the message lists the columns.
pub(crate) fn check_columns<'a>(
    names: impl Iterator<Item = &'a str> + Clone,
    fields: &FieldMap,
) -> Result<()> {
    let given = [
        ("text", &fields.text),
        ("date", &fields.date),
        ("title", &fields.title),
        ("id", &fields.id),
        ("source", &fields.source),
        ("group", &fields.group),
    ];
    for (option, wanted) in given {
        if let Some(wanted) = wanted
            && !names.clone().any(|name| name == wanted)
        {
            let message = format!("missing (--{option}-field); found {}", listed(names));
            return Err(InputError::invalid_field(wanted, message));
        }
    }
    if fields.text.is_some() || names.clone().any(|name| names_text(name) || name == "statements") {
        return Ok(());
    }
    Err(no_text_field(names))
}

/// The error for a record without a text field, with the names of its fields.
pub(crate) fn no_text_field<'a>(names: impl Iterator<Item = &'a str>) -> InputError {
    let message = format!("no text field (tried {EXAMPLES}); found {} (--text-field)", listed(names));
    InputError::new(InputErrorKind::NoText, message)
}

/// The first of the names, separated by commas.
pub(crate) fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.take(MAX_LISTED_FIELDS).collect::<Vec<&str>>().join(", ")
}
