//! [`article`]: an article from one record, a JSON object or a row of a table.

use std::collections::BTreeMap;

use detente::{Article, Day, Error, Note, Result, Span};
use detente_lang::WordSet;

use crate::date_field::written_day;
use crate::json_value::{Fields, Json};
use crate::options::FieldMap;

static TEXT: WordSet =
    WordSet::new(&["text", "body", "content", "article", "article_text", "full_text", "fulltext", "story"]);
static DATE: WordSet = WordSet::new(&[
    "date",
    "published",
    "publication_date",
    "pubdate",
    "pub_date",
    "published_at",
    "datepublished",
    "created_at",
]);
static TITLE: WordSet = WordSet::new(&["title", "headline"]);
static ID: WordSet = WordSet::new(&["id", "_id", "uuid", "guid", "url", "link"]);

/// The place of the name of a field among `guesses`, the likeliest first, case and white space around it apart.
fn rank(guesses: &WordSet, name: &str) -> Option<usize> {
    let ends = [name.as_bytes().first(), name.as_bytes().last()];
    let is_trimmed = ends.into_iter().flatten().all(u8::is_ascii_graphic);
    guesses.position(if is_trimmed { name } else { name.trim() })
}

/// The article of one record; its `id` is empty where the record has none.
///
/// # Errors
/// If there is no text, or a field that is used has the wrong form; the message names the field.
pub(crate) fn article(record: &Fields, fields: &FieldMap) -> Result<Article> {
    let mut notes = Vec::new();
    let text = match field(record, fields.text.as_deref(), &TEXT, "text")? {
        Some((name, value)) => string(name, value)?.unwrap_or_default(),
        None => {
            if let Some(statements) = record.get("statements") {
                joined(statements)?
            } else {
                return Err(no_text(record.iter().map(|(name, _)| name)));
            }
        }
    };
    if text.trim().is_empty() {
        return Err(Error::data("field text: empty").because_of("empty"));
    }
    let date = match field(record, fields.date.as_deref(), &DATE, "date")? {
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
    let plain = |name: &str| record.get(name).and_then(Json::as_text).map(str::to_owned);
    Ok(Article {
        id: named(fields.id.as_deref(), &ID, "id")?.unwrap_or_default(),
        title: named(fields.title.as_deref(), &TITLE, "title")?,
        date,
        body: Span::new(0, text.len()),
        text,
        source: plain("source"),
        negotiation: plain("negotiation"),
        domain: plain("domain"),
        parties: parties(record.get("parties"))?,
        notes,
        source_map: None,
    })
}

/// Checks that one of the names is that of the text.
///
/// # Errors
/// If none is; the message tells which there are.
pub(crate) fn text_among<'a>(names: impl Iterator<Item = &'a str> + Clone, fields: &FieldMap) -> Result<()> {
    let is_text = |name: &str| match &fields.text {
        Some(wanted) => name == wanted,
        None => rank(&TEXT, name).is_some(),
    };
    if names.clone().any(is_text) { Ok(()) } else { Err(no_text(names)) }
}

fn no_text<'a>(names: impl Iterator<Item = &'a str>) -> Error {
    let names: Vec<&str> = names.take(12).collect();
    let message =
        format!("no field with the text (tried {}); it has {}", TEXT.words().join(", "), names.join(", "));
    Error::data(message).because_of("no text")
}

/// The value of the wanted field, or of the first guess that the record has, case apart.
fn field<'a>(
    record: &'a Fields,
    wanted: Option<&'a str>,
    guesses: &WordSet,
    role: &str,
) -> Result<Option<(&'a str, &'a Json<'a>)>> {
    if let Some(name) = wanted {
        let missing = || Error::data(format!("field {name}: missing (asked for as {role})"));
        return record.get(name).map(|value| Some((name, value))).ok_or_else(missing);
    }
    let guess = |(name, value): (&'a str, &'a Json)| {
        let rank = rank(guesses, name)?;
        (!matches!(value, Json::Null | Json::Object(_))).then_some((rank, name, value))
    };
    let found = record.iter().filter_map(guess).min_by_key(|(rank, ..)| *rank);
    Ok(found.map(|(_, name, value)| (name, value)))
}

fn string(name: &str, value: &Json) -> Result<Option<String>> {
    match value {
        Json::Null => Ok(None),
        Json::Text(text) => Ok(Some(text.clone().into_owned())),
        Json::Number(number) => Ok(Some(number.to_string())),
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
fn joined(statements: &Json) -> Result<String> {
    let wrong = |at: usize, what: &str| Error::data(format!("field statements[{at}].{what}"));
    let Json::List(statements) = statements else { return Err(Error::data("field statements: no array")) };
    let mut text = String::new();
    let mut before = None;
    for (at, statement) in statements.iter().enumerate() {
        let of = |name| if let Json::Object(fields) = statement { fields.get(name) } else { None };
        let part = of("text").and_then(Json::as_text).ok_or_else(|| wrong(at, "text: missing or no text"))?;
        let paragraph = if let Some(Json::Number(number)) = of("p") { number.as_u64() } else { None };
        if at > 0 {
            text.push_str(if paragraph == before { " " } else { "\n\n" });
        }
        text.push_str(part);
        before = paragraph;
    }
    Ok(text)
}

fn parties(value: Option<&Json>) -> Result<BTreeMap<String, Vec<String>>> {
    let wrong = || Error::data("field parties: an object of lists of names is needed");
    let parties = match value {
        None | Some(Json::Null) => return Ok(BTreeMap::new()),
        Some(Json::Object(parties)) => parties,
        Some(_) => return Err(wrong()),
    };
    parties
        .iter()
        .map(|(party, names)| {
            let Json::List(names) = names else { return Err(wrong()) };
            let names: Option<Vec<String>> =
                names.iter().map(|name| name.as_text().map(str::to_owned)).collect();
            Ok((party.to_owned(), names.ok_or_else(wrong)?))
        })
        .collect()
}
