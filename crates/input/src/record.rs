//! [`article_from_record`]: an article from one record, which is a JSON object or a row of a table.
//!
//! The lists of field names are those of common news exports and data sets. They are part of the input format,
//! not knowledge of English, and short, so they are constants here.

use std::collections::BTreeMap;

use detente::{Article, Day, Span, Warning, WarningKind};
use detente_lang::WordSet;

use crate::date_field::parse_date;
use crate::input_error::{InputError, InputErrorKind, Result};
use crate::json_value::{JsonObject, JsonValue};
use crate::options::FieldMap;

/// Field names in order of preference. A record that has several uses the first.
static TEXT_FIELDS: WordSet =
    WordSet::new(&["text", "body", "content", "article", "article_text", "full_text", "fulltext", "story"]);
static DATE_FIELDS: WordSet = WordSet::new(&[
    "date",
    "published",
    "publication_date",
    "pubdate",
    "pub_date",
    "published_at",
    "datepublished",
    "created_at",
]);
static TITLE_FIELDS: WordSet = WordSet::new(&["title", "headline"]);
static ID_FIELDS: WordSet = WordSet::new(&["id", "_id", "uuid", "guid", "url", "link"]);

/// An error lists at most this many field names of a record.
const MAX_LISTED_FIELDS: usize = 12;

/// Makes an article of one record. Its `id` is empty if the record has none.
///
/// # Errors
/// If there is no text, or a field in use has the wrong type; the error has the field.
pub(crate) fn article_from_record(record: &JsonObject, fields: &FieldMap) -> Result<Article> {
    let mut notes = Vec::new();
    let text = match find_field(record, fields.text.as_deref(), &TEXT_FIELDS, "text")? {
        Some((name, value)) => text_of(name, value)?.unwrap_or_default(),
        None => {
            if let Some(statements) = record.get("statements") {
                join_statements(statements)?
            } else {
                return Err(no_text_field(record.iter().map(|(name, _)| name)));
            }
        }
    };
    if text.trim().is_empty() {
        return Err(InputError::new(InputErrorKind::Empty, "empty").in_field("text"));
    }
    let date = match find_field(record, fields.date.as_deref(), &DATE_FIELDS, "date")? {
        Some((name, value)) => text_of(name, value)?
            .map(|value| date_of(name, &value, fields.date.is_some(), &mut notes))
            .transpose()?
            .flatten(),
        None => None,
    };
    let optional = |wanted: Option<&str>, guesses, role| match find_field(record, wanted, guesses, role)? {
        Some((name, value)) => text_of(name, value).map(|text| text.filter(|text| !text.trim().is_empty())),
        None => Ok(None),
    };
    let exact = |name: &str| record.get(name).and_then(JsonValue::as_text).map(str::to_owned);
    Ok(Article {
        id: optional(fields.id.as_deref(), &ID_FIELDS, "id")?.unwrap_or_default(),
        title: optional(fields.title.as_deref(), &TITLE_FIELDS, "title")?,
        date,
        body: Span::new(0, text.len()),
        text,
        source: exact("source"),
        negotiation: exact("negotiation"),
        domain: exact("domain"),
        parties: parties_of(record.get("parties"))?,
        warnings: notes,
        source_map: None,
    })
}

/// Checks that one of the column `names` is that of the text.
///
/// # Errors
/// If none is; the message lists the columns.
pub(crate) fn check_text_column<'a>(
    names: impl Iterator<Item = &'a str> + Clone,
    fields: &FieldMap,
) -> Result<()> {
    let is_text = |name: &str| match &fields.text {
        Some(wanted) => name == wanted,
        None => preference(&TEXT_FIELDS, name).is_some(),
    };
    if names.clone().any(is_text) { Ok(()) } else { Err(no_text_field(names)) }
}

fn no_text_field<'a>(names: impl Iterator<Item = &'a str>) -> InputError {
    let names: Vec<&str> = names.take(MAX_LISTED_FIELDS).collect();
    let message =
        format!("no text field (tried {}); found {}", TEXT_FIELDS.words().join(", "), names.join(", "));
    InputError::new(InputErrorKind::NoText, message)
}

/// The position of a field name among `guesses`, ignoring case and spaces around it.
fn preference(guesses: &WordSet, name: &str) -> Option<usize> {
    let ends = [name.as_bytes().first(), name.as_bytes().last()];
    let is_trimmed = ends.into_iter().flatten().all(u8::is_ascii_graphic);
    guesses.position(if is_trimmed { name } else { name.trim() })
}

/// The field named `wanted`, or the most preferred of the `guesses` that the record has.
fn find_field<'a>(
    record: &'a JsonObject,
    wanted: Option<&'a str>,
    guesses: &WordSet,
    role: &str,
) -> Result<Option<(&'a str, &'a JsonValue<'a>)>> {
    if let Some(name) = wanted {
        let missing = || InputError::invalid_field(name, format!("missing (--{role}-field)"));
        return record.get(name).map(|value| Some((name, value))).ok_or_else(missing);
    }
    let guess = |(name, value): (&'a str, &'a JsonValue)| {
        let preference = preference(guesses, name)?;
        (!matches!(value, JsonValue::Null | JsonValue::Object(_))).then_some((preference, name, value))
    };
    let found = record.iter().filter_map(guess).min_by_key(|(preference, ..)| *preference);
    Ok(found.map(|(_, name, value)| (name, value)))
}

fn text_of(name: &str, value: &JsonValue) -> Result<Option<String>> {
    match value {
        JsonValue::Null => Ok(None),
        JsonValue::Text(text) => Ok(Some(text.clone().into_owned())),
        JsonValue::Number(number) => Ok(Some(number.to_string())),
        _ => Err(InputError::invalid_field(name, "not a text")),
    }
}

/// The date that a field starts with. If it is not a date, that is an error for a field given as an option and a
/// note for a guessed one.
fn date_of(name: &str, value: &str, was_given: bool, notes: &mut Vec<Warning>) -> Result<Option<Day>> {
    let value = value.trim();
    if let Some(day) = parse_date(value) {
        return Ok(Some(day));
    }
    let message = format!("{value:?} is not a date in a known format (YYYY-MM-DD)");
    if was_given && !value.is_empty() {
        return Err(InputError::invalid_field(name, message));
    }
    if !value.is_empty() {
        let warning = Warning::new(WarningKind::BadDate, format!("field {name}: {message}"));
        notes.push(warning.with_field(name).with_value(value));
    }
    Ok(None)
}

/// The text of labelled statements, joined by a space within a paragraph and by a blank line between paragraphs.
fn join_statements(statements: &JsonValue) -> Result<String> {
    let JsonValue::List(statements) = statements else {
        return Err(InputError::invalid_field("statements", "not an array"));
    };
    let mut text = String::new();
    let mut previous_paragraph = None;
    for (index, statement) in statements.iter().enumerate() {
        let field = |name| if let JsonValue::Object(fields) = statement { fields.get(name) } else { None };
        let missing =
            || InputError::invalid_field(&format!("statements[{index}].text"), "missing or not a text");
        let part = field("text").and_then(JsonValue::as_text).ok_or_else(missing)?;
        let paragraph = if let Some(JsonValue::Number(number)) = field("p") { number.as_u64() } else { None };
        if index > 0 {
            text.push_str(if paragraph == previous_paragraph { " " } else { "\n\n" });
        }
        text.push_str(part);
        previous_paragraph = paragraph;
    }
    Ok(text)
}

fn parties_of(value: Option<&JsonValue>) -> Result<BTreeMap<String, Vec<String>>> {
    let invalid = || InputError::invalid_field("parties", "not an object of lists of names");
    let parties = match value {
        None | Some(JsonValue::Null) => return Ok(BTreeMap::new()),
        Some(JsonValue::Object(parties)) => parties,
        Some(_) => return Err(invalid()),
    };
    parties
        .iter()
        .map(|(party, names)| {
            let JsonValue::List(names) = names else { return Err(invalid()) };
            let names: Option<Vec<String>> =
                names.iter().map(|name| name.as_text().map(str::to_owned)).collect();
            Ok((party.to_owned(), names.ok_or_else(invalid)?))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(json: &str, fields: &FieldMap) -> Result<Article, String> {
        let Ok(JsonValue::Object(record)) = serde_json::from_str(json) else {
            panic!("not an object: {json}")
        };
        article_from_record(&record, fields).map_err(|error| error.to_string())
    }

    #[test]
    fn the_preferred_field_is_used_whatever_its_case_and_place() {
        let found = article(r#"{"content":"no","Body ":"yes","URL":"u","_id":7}"#, &FieldMap::default());
        let found = found.expect("an article");
        assert_eq!((found.text.as_str(), found.id.as_str()), ("yes", "7"));
    }

    #[test]
    fn a_field_given_as_an_option_must_exist_and_be_valid() {
        let fields = FieldMap { text: Some("t".into()), date: Some("d".into()), ..FieldMap::default() };
        for (json, message) in [
            (r#"{"text":"x"}"#, "field t: missing (--text-field)"),
            (r#"{"t":"x"}"#, "field d: missing (--date-field)"),
            (r#"{"t":[],"d":""}"#, "field t: not a text"),
            (r#"{"t":"x","d":"soon"}"#, "field d: \"soon\" is not a date in a known format (YYYY-MM-DD)"),
        ] {
            assert_eq!(article(json, &fields).expect_err(json), message);
        }
    }

    #[test]
    fn a_guessed_date_that_is_none_is_noted() {
        let found = article(r#"{"text":"x","pubDate":"soon"}"#, &FieldMap::default()).expect("an article");
        assert_eq!((found.date, found.warnings[0].kind.as_str()), (None, "bad-date"));
        assert!(found.warnings[0].message.starts_with("field pubDate: \"soon\""), "{:?}", found.warnings);
    }

    #[test]
    fn statements_and_parties_of_another_form_are_errors() {
        for (json, message) in [
            (r#"{"statements":1}"#, "field statements: not an array"),
            (r#"{"statements":[{"text":"x"},{}]}"#, "field statements[1].text: missing or not a text"),
            (r#"{"text":"x","parties":{"a":"b"}}"#, "field parties: not an object of lists of names"),
        ] {
            assert_eq!(article(json, &FieldMap::default()).expect_err(json), message);
        }
    }
}
