//! [`parse_parties`]: the parties of a negotiation and the names that news uses for them.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::input_error::{InputError, InputErrorKind, Result};

const FIELDS: [&str; 4] = ["id", "name", "aliases", "members"];

/// Parses a parties file: a JSON array of parties, or JSON Lines with one party per line.
///
/// | field | type | meaning |
/// |---|---|---|
/// | `id` | text, required | the `side` of everyone who speaks for the party |
/// | `name` | text, required | its usual name |
/// | `aliases` | list of texts | other names, demonyms, capitals and seats of government |
/// | `members` | list of texts | people and bodies that speak for it |
///
/// Returns the names of each party by its id, in the form of [`Article::parties`](detente::Article::parties).
///
/// ```
/// let file = r#"{"id":"brenia","name":"Brenia","aliases":["Brenian"],"members":["Ada Brenn"]}"#;
/// let parties = detente_input::parse_parties(file)?;
/// assert_eq!(parties["brenia"], ["Brenia", "Brenian", "Ada Brenn"]);
/// # Ok::<(), detente_input::InputError>(())
/// ```
///
/// # Errors
/// If the text is not JSON, a party has no `id` or `name`, a field is unknown or has another type, an `id` is
/// repeated, or there is no party. The error has the line or the index of the party, and the field.
pub fn parse_parties(text: &str) -> Result<BTreeMap<String, Vec<String>>> {
    let text = text.trim_start_matches('\u{feff}').trim();
    let mut parties = BTreeMap::new();
    if text.starts_with('[') {
        let list: Vec<Value> =
            serde_json::from_str(text).map_err(|error| InputError::not_json(&error).at_line(error.line()))?;
        for (index, value) in list.iter().enumerate() {
            add_party(&mut parties, value).map_err(|error| error.in_record(index + 1))?;
        }
    } else {
        for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let value: Value = serde_json::from_str(line)
                .map_err(|error| InputError::not_json(&error).at_line(index + 1))?;
            add_party(&mut parties, &value).map_err(|error| error.at_line(index + 1))?;
        }
    }
    if parties.is_empty() {
        return Err(InputError::new(InputErrorKind::Empty, "no party"));
    }
    Ok(parties)
}

fn add_party(parties: &mut BTreeMap<String, Vec<String>>, value: &Value) -> Result<()> {
    let not_object = || InputError::new(InputErrorKind::NotJson, "not a JSON object");
    let party = value.as_object().ok_or_else(not_object)?;
    if let Some(unknown) = party.keys().find(|key| !FIELDS.contains(&key.as_str())) {
        let message = format!("unknown field; expected {}", FIELDS.join(", "));
        return Err(InputError::invalid_field(unknown, message));
    }
    let id = required_text(party, "id")?;
    let mut names = vec![required_text(party, "name")?];
    names.extend(optional_list(party, "aliases")?);
    names.extend(optional_list(party, "members")?);
    if parties.insert(id.clone(), names).is_some() {
        return Err(InputError::invalid_field("id", format!("{id:?} is not unique")));
    }
    Ok(())
}

fn required_text(party: &Map<String, Value>, field: &str) -> Result<String> {
    let found = party.get(field).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
    found.map(str::to_owned).ok_or_else(|| InputError::invalid_field(field, "missing or not a text"))
}

fn optional_list(party: &Map<String, Value>, field: &str) -> Result<Vec<String>> {
    let not_list = || InputError::invalid_field(field, "not a list of texts");
    let Some(value) = party.get(field).filter(|value| !value.is_null()) else { return Ok(Vec::new()) };
    let names = value.as_array().ok_or_else(not_list)?.iter();
    names.map(|name| name.as_str().map(str::to_owned).ok_or_else(not_list)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_array_and_json_lines_are_equivalent() {
        let array = r#"[{"id":"a","name":"Arland","aliases":["Arlandic"]},{"id":"b","name":"Brenia","members":["Ada Brenn"]}]"#;
        let lines = "{\"id\":\"a\",\"name\":\"Arland\",\"aliases\":[\"Arlandic\"]}\n\n{\"id\":\"b\",\"name\":\"Brenia\",\"members\":[\"Ada Brenn\"]}\n";
        let found = parse_parties(array).expect("an array");
        assert_eq!(found, parse_parties(lines).expect("lines"));
        assert_eq!(found["b"], ["Brenia", "Ada Brenn"]);
    }

    #[test]
    fn errors_have_the_place_and_the_field() {
        for (text, place, field) in [
            ("{\"id\":\"a\",\"name\":\"A\"}\n{\"name\":\"B\"}", "line 2", "field id"),
            ("[{\"id\":\"a\"}]", "record 1", "field name"),
            ("[{\"id\":\"a\",\"name\":\"A\",\"aliases\":\"B\"}]", "record 1", "field aliases"),
            ("[{\"id\":\"a\",\"name\":\"A\",\"members\":[1]}]", "record 1", "field members"),
            ("[{\"id\":\"a\",\"name\":\"A\",\"demonym\":\"An\"}]", "record 1", "field demonym"),
            ("[{\"id\":\"a\",\"name\":\"A\"},{\"id\":\"a\",\"name\":\"B\"}]", "record 2", "not unique"),
            ("[1]", "record 1", "object"),
            ("{\"id\":", "line 1", "not JSON"),
            ("", "no party", "no party"),
        ] {
            let error = parse_parties(text).expect_err(text).to_string();
            assert!(error.contains(place) && error.contains(field), "{error}");
        }
    }
}
