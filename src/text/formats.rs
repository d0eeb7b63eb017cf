//! Articles from plain text and from records with named fields.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::article::Article;
use crate::{Day, Error, Result, Span};

/// Longest first line that is read as a title, in bytes.
const LONGEST_TITLE: usize = 200;

/// Names of the fields of a record; `None` means one of the usual names.
#[derive(Clone, Debug, Default)]
pub struct FieldNames {
    /// Field of the text (`text`, `body`, `content`, `article`).
    pub text: Option<String>,
    /// Field of the date (`date`, `published`, `publication_date`, `pubdate`).
    pub date: Option<String>,
    /// Field of the title (`title`, `headline`).
    pub title: Option<String>,
    /// Field of the id (`id`, `url`).
    pub id: Option<String>,
}

const TEXT: &[&str] = &["text", "body", "content", "article"];
const DATE: &[&str] = &["date", "published", "publication_date", "pubdate"];
const TITLE: &[&str] = &["title", "headline"];
const ID: &[&str] = &["id", "url"];

/// The article of a plain text: a leading `date YYYY-MM-DD` is its date, a short first line
/// without a full stop before an empty line is its title; the rest is the body.
///
/// ```
/// use detente::text::plain;
/// let article = plain("note", "date 2031-05-02\nTalks resume\n\nTalks resumed on Friday.".to_owned());
/// assert_eq!(article.date.map(|d| d.to_string()).as_deref(), Some("2031-05-02"));
/// assert_eq!(article.title.as_deref(), Some("Talks resume"));
/// assert_eq!(article.body.slice(&article.text), "Talks resumed on Friday.");
/// ```
#[must_use]
pub fn plain(id: &str, text: String) -> Article {
    let mut start = text.len() - text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']).len();
    let mut date = None;
    if let Some(found) = date_header(text.get(start..).unwrap_or("")) {
        date = Some(found.0);
        start += found.1;
    }
    let rest = text.get(start..).unwrap_or("");
    let mut title = None;
    if let Some((line, after)) = rest.split_once('\n') {
        let words = line.trim();
        let blank = after.trim_start_matches([' ', '\t', '\r']).starts_with('\n');
        let ends = words.trim_end_matches(['"', '”', '\'', '’', ')']).ends_with(['.', '!', ':', ';', ',']);
        if blank && !ends && !words.is_empty() && words.len() <= LONGEST_TITLE && !after.trim().is_empty() {
            title = Some(words.to_owned());
            start += line.len() + 1;
            start += after.len() - after.trim_start().len();
        }
    }
    Article { body: Span::new(start, text.len()), date, title, ..Article::new(id, text) }
}

/// Day and length of a header `date YYYY-MM-DD`, the white space after it included.
fn date_header(text: &str) -> Option<(Day, usize)> {
    let word = text.get(..4).filter(|word| word.eq_ignore_ascii_case("date"))?;
    let after = text.get(word.len()..)?;
    let value = after.trim_start_matches([':', ' ', '\t']);
    let day = value.get(..10)?.parse().ok()?;
    let rest = value.get(10..)?;
    if value.len() == after.len() || !rest.chars().next().is_none_or(char::is_whitespace) {
        return None;
    }
    let rest = rest.trim_start();
    Some((day, text.len() - rest.len()))
}

/// The article of a record with named fields; `fallback` is its id where it has none.
///
/// A record of the labelled form (`statements` with `text` and paragraph `p`) is put together
/// as text: sentences of a paragraph parted by a blank, paragraphs by an empty line.
///
/// # Errors
/// Names the field that is missing, empty or of the wrong type.
pub fn record(fields: &Map<String, Value>, names: &FieldNames, fallback: &str) -> Result<Article> {
    let get = |given: &Option<String>, usual: &[&str]| -> Result<Option<String>> {
        let found = match given {
            Some(name) => Some((name.as_str(), fields.get(name).ok_or_else(|| missing(name))?)),
            None => usual.iter().find_map(|name| Some((*name, fields.get(*name)?))),
        };
        match found {
            None | Some((_, Value::Null)) => Ok(None),
            Some((_, Value::String(text))) => Ok(Some(text.clone())),
            Some((_, Value::Number(number))) => Ok(Some(number.to_string())),
            Some((name, _)) => Err(Error::data(format!("field {name:?}: must be a string"))),
        }
    };
    let text = match (get(&names.text, TEXT)?, fields.get("statements")) {
        (Some(text), _) => text,
        (None, Some(Value::Array(statements))) => joined(statements)?,
        (None, _) => return Err(missing(names.text.as_deref().unwrap_or("text"))),
    };
    if text.trim().is_empty() {
        return Err(Error::data("field \"text\": empty"));
    }
    let id = get(&names.id, ID)?.filter(|id| !id.is_empty()).unwrap_or_else(|| fallback.to_owned());
    let date = match get(&names.date, DATE)?.as_deref().map(str::trim).filter(|date| !date.is_empty()) {
        None => None,
        // a time of day after the day is passed over
        Some(date) => {
            let day = date
                .get(..10)
                .filter(|_| date.len() == 10 || date.as_bytes().get(10).is_some_and(|b| b"T ".contains(b)));
            Some(day.unwrap_or(date).parse::<Day>().map_err(|e| e.within("field \"date\""))?)
        }
    };
    let plain_field = |name: &str| fields.get(name).and_then(Value::as_str).map(String::from);
    let parties: BTreeMap<String, Vec<String>> = match fields.get("parties") {
        None | Some(Value::Null) => BTreeMap::new(),
        Some(value) => serde_json::from_value(value.clone())
            .map_err(|e| Error::data("field \"parties\": must map ids to lists of names").because(e))?,
    };
    Ok(Article {
        title: get(&names.title, TITLE)?.filter(|title| !title.trim().is_empty()),
        date,
        source: plain_field("source").or(plain_field("src")),
        negotiation: plain_field("negotiation").or(plain_field("storyline")),
        domain: plain_field("domain"),
        parties,
        ..Article::new(id, text)
    })
}

fn joined(statements: &[Value]) -> Result<String> {
    let mut text = String::new();
    let mut paragraph = None;
    for (index, statement) in statements.iter().enumerate() {
        let words = statement.get("text").and_then(Value::as_str);
        let words =
            words.ok_or_else(|| Error::data(format!("field \"statements\"[{index}].\"text\" is missing")))?;
        let p = statement.get("p").and_then(Value::as_u64);
        if !text.is_empty() {
            text.push_str(if p == paragraph { " " } else { "\n\n" });
        }
        paragraph = p;
        text.push_str(words);
    }
    Ok(text)
}

fn missing(name: &str) -> Error {
    Error::data(format!("field {name:?} is missing"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_and_titles_are_understood() {
        for (text, date, title, body) in [
            (" date 2019-12-12 An envoy spoke.", Some("2019-12-12"), None, "An envoy spoke."),
            ("date: 2019-12-12\r\n\r\nA title\r\n\r\nText.", Some("2019-12-12"), Some("A title"), "Text."),
            ("Date with destiny. More.", None, None, "Date with destiny. More."),
            ("One line.\n\nText.", None, None, "One line.\n\nText."),
            ("No end\nof line\n\nText.", None, None, "No end\nof line\n\nText."),
        ] {
            let article = plain("x", text.to_owned());
            assert_eq!(article.date.map(|d| d.to_string()).as_deref(), date, "{text}");
            assert_eq!(article.title.as_deref(), title, "{text}");
            assert_eq!(article.body.slice(&article.text), body, "{text}");
        }
    }

    #[test]
    fn records_name_the_broken_field() {
        let names = FieldNames::default();
        for (json, reason) in [
            (r#"{"id":"a"}"#, "field \"text\" is missing"),
            (r#"{"text":"  "}"#, "field \"text\": empty"),
            (r#"{"text":"x","date":"May"}"#, "field \"date\": date must be a day as YYYY-MM-DD"),
            (r#"{"text":["x"]}"#, "field \"text\": must be a string"),
        ] {
            let fields: Map<String, Value> = serde_json::from_str(json).expect("JSON");
            let error = record(&fields, &names, "f").expect_err(json).to_string();
            assert!(error.contains(reason), "{error}");
        }
    }
}
