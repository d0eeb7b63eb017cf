//! [`article`]: an article from one record, a JSON object or a row of a table.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::date::written_day;
use super::{Article, FieldMap, Note};
use crate::{Day, Error, Result, Span};

const TEXT: &[&str] =
    &["text", "body", "content", "article", "article_text", "full_text", "fulltext", "story"];
const DATE: &[&str] = &[
    "date",
    "published",
    "publication_date",
    "pubdate",
    "pub_date",
    "published_at",
    "datepublished",
    "created_at",
];
const TITLE: &[&str] = &["title", "headline"];
const ID: &[&str] = &["id", "_id", "uuid", "guid", "url", "link"];

/// The article of one record; its `id` is empty where the record has none.
///
/// # Errors
/// If there is no text, or a field that is used has the wrong form; the message names the field.
pub(super) fn article(record: &Map<String, Value>, fields: &FieldMap) -> Result<Article> {
    let mut notes = Vec::new();
    let text = match field(record, fields.text.as_deref(), TEXT, "text")? {
        Some((name, value)) => string(name, value)?.unwrap_or_default(),
        None => {
            if let Some(statements) = record.get("statements") {
                joined(statements)?
            } else {
                return Err(no_text(record.keys().map(String::as_str)));
            }
        }
    };
    if text.trim().is_empty() {
        return Err(Error::data("field text: empty").because_of("empty"));
    }
    let date = match field(record, fields.date.as_deref(), DATE, "date")? {
        Some((name, value)) => string(name, value)?
            .map(|value| day(name, &value, fields.date.is_some(), &mut notes))
            .transpose()?
            .flatten(),
        None => None,
    };
    let named = |wanted: Option<&str>, guesses, role| match field(record, wanted, guesses, role)? {
        Some((name, value)) => string(name, value).map(|s| s.filter(|s| !s.trim().is_empty())),
        None => Ok(None),
    };
    let plain = |name: &str| record.get(name).and_then(Value::as_str).map(str::to_owned);
    Ok(Article {
        id: named(fields.id.as_deref(), ID, "id")?.unwrap_or_default(),
        title: named(fields.title.as_deref(), TITLE, "title")?,
        date,
        body: Span::new(0, text.len()),
        text,
        source: plain("source"),
        negotiation: plain("negotiation"),
        domain: plain("domain"),
        parties: parties(record.get("parties"))?,
        notes,
        origin: None,
    })
}

/// Checks that one of the names is that of the text.
///
/// # Errors
/// If none is; the message tells which there are.
pub(super) fn text_among<'a>(names: impl Iterator<Item = &'a str> + Clone, fields: &FieldMap) -> Result<()> {
    let is_text = |name: &str| match &fields.text {
        Some(wanted) => name == wanted,
        None => TEXT.iter().any(|guess| name.trim().eq_ignore_ascii_case(guess)),
    };
    if names.clone().any(is_text) { Ok(()) } else { Err(no_text(names)) }
}

fn no_text<'a>(names: impl Iterator<Item = &'a str>) -> Error {
    let names: Vec<&str> = names.take(12).collect();
    let message = format!("no field with the text (tried {}); it has {}", TEXT.join(", "), names.join(", "));
    Error::data(message).because_of("no text")
}

/// The value of the wanted field, or of the first guess that the record has, case apart.
fn field<'a>(
    record: &'a Map<String, Value>,
    wanted: Option<&str>,
    guesses: &[&str],
    role: &str,
) -> Result<Option<(&'a str, &'a Value)>> {
    if let Some(name) = wanted {
        let missing = || Error::data(format!("field {name}: missing (asked for as {role})"));
        return record
            .get_key_value(name)
            .map(|(name, value)| Some((name.as_str(), value)))
            .ok_or_else(missing);
    }
    let found = guesses.iter().find_map(|guess| {
        record.iter().find(|(name, value)| {
            name.trim().eq_ignore_ascii_case(guess) && !value.is_null() && !value.is_object()
        })
    });
    Ok(found.map(|(name, value)| (name.as_str(), value)))
}

fn string(name: &str, value: &Value) -> Result<Option<String>> {
    match value {
        Value::Null => Ok(None),
        Value::String(text) => Ok(Some(text.clone())),
        Value::Number(number) => Ok(Some(number.to_string())),
        _ => Err(Error::data(format!("field {name}: a text is needed here"))),
    }
}

/// The day that a date or a time stamp starts with. A field that was not asked for by
/// name and holds no date is noted, not refused.
fn day(name: &str, value: &str, was_asked: bool, notes: &mut Vec<Note>) -> Result<Option<Day>> {
    let value = value.trim();
    if let Some(day) = written_day(value) {
        return Ok(Some(day));
    }
    let message = format!("field {name}: {value:?} is no date of a form that is known (YYYY-MM-DD)");
    if was_asked && !value.is_empty() {
        return Err(Error::data(message));
    }
    if !value.is_empty() {
        notes.push(Note { kind: "bad-date", message });
    }
    Ok(None)
}

/// The text of labelled statements: a blank in a paragraph, a blank line between two.
fn joined(statements: &Value) -> Result<String> {
    let wrong = |at: usize, what: &str| Error::data(format!("field statements[{at}].{what}"));
    let mut text = String::new();
    let mut before = None;
    for (at, statement) in
        statements.as_array().ok_or_else(|| Error::data("field statements: no array"))?.iter().enumerate()
    {
        let part = statement
            .get("text")
            .and_then(Value::as_str)
            .ok_or_else(|| wrong(at, "text: missing or no text"))?;
        let paragraph = statement.get("p").and_then(Value::as_u64);
        if at > 0 {
            text.push_str(if paragraph == before { " " } else { "\n\n" });
        }
        text.push_str(part);
        before = paragraph;
    }
    Ok(text)
}

fn parties(value: Option<&Value>) -> Result<BTreeMap<String, Vec<String>>> {
    let Some(value) = value.filter(|value| !value.is_null()) else { return Ok(BTreeMap::new()) };
    let wrong = || Error::data("field parties: an object of lists of names is needed");
    value
        .as_object()
        .ok_or_else(wrong)?
        .iter()
        .map(|(party, names)| {
            let names = names.as_array().ok_or_else(wrong)?;
            let names: Option<Vec<String>> =
                names.iter().map(|name| name.as_str().map(str::to_owned)).collect();
            Ok((party.clone(), names.ok_or_else(wrong)?))
        })
        .collect()
}
