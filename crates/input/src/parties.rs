//! The form of a parties file: who sits at the table, and by which names the news knows them.

use std::collections::BTreeMap;

use detente::{Error, Result};
use serde_json::{Map, Value};

/// Reads a parties file: a JSON array of parties, or JSONL with one party a line.
///
/// | field | form | what |
/// |---|---|---|
/// | `id` | text, needed | the `side` of whoever speaks for the party |
/// | `name` | text, needed | its usual name |
/// | `aliases` | list of texts | other names, demonyms, capitals and seats of government |
/// | `members` | list of texts | people and bodies that speak for it |
///
/// Returns the names of each party by its id, as [`Article::parties`](detente::Article::parties)
/// holds them.
///
/// ```
/// let file = r#"{"id":"brenia","name":"Brenia","aliases":["Brenian"],"members":["Ada Brenn"]}"#;
/// let parties = detente_input::parties(file)?;
/// assert_eq!(parties["brenia"], ["Brenia", "Brenian", "Ada Brenn"]);
/// # Ok::<(), detente::Error>(())
/// ```
///
/// # Errors
/// Text that is no JSON, a party without `id` or `name`, a field of another form or
/// of another name, an `id` given twice, or no party at all. The message names the party
/// (or line) and the field.
pub fn parties(text: &str) -> Result<BTreeMap<String, Vec<String>>> {
    let text = text.trim_start_matches('\u{feff}').trim();
    let mut out = BTreeMap::new();
    if text.starts_with('[') {
        let list: Vec<Value> = serde_json::from_str(text)
            .map_err(|why| Error::data(format!("no JSON: {why}")).with_source(why))?;
        for (at, value) in list.iter().enumerate() {
            add(&mut out, value).map_err(|why| why.within(format!("party {}", at + 1)))?;
        }
    } else {
        for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let value: Value = serde_json::from_str(line)
                .map_err(|why| Error::data(format!("no JSON: {why}")).with_source(why).at_line(at + 1))?;
            add(&mut out, &value).map_err(|why| why.at_line(at + 1))?;
        }
    }
    if out.is_empty() {
        return Err(Error::data("no party in it"));
    }
    Ok(out)
}

fn add(out: &mut BTreeMap<String, Vec<String>>, value: &Value) -> Result<()> {
    let party = value.as_object().ok_or_else(|| Error::data("an object is needed"))?;
    if let Some(other) =
        party.keys().find(|key| !["id", "name", "aliases", "members"].contains(&key.as_str()))
    {
        return Err(Error::data(format!("field {other}: unknown; there are id, name, aliases, members")));
    }
    let id = text(party, "id")?;
    let mut names = vec![text(party, "name")?];
    names.extend(list(party, "aliases")?);
    names.extend(list(party, "members")?);
    if out.insert(id.clone(), names).is_some() {
        return Err(Error::data(format!("field id: {id:?} is given twice")));
    }
    Ok(())
}

fn text(party: &Map<String, Value>, field: &str) -> Result<String> {
    let found = party.get(field).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
    found.map(str::to_owned).ok_or_else(|| Error::data(format!("field {field}: missing or no text")))
}

fn list(party: &Map<String, Value>, field: &str) -> Result<Vec<String>> {
    let wrong = || Error::data(format!("field {field}: a list of texts is needed"));
    let Some(value) = party.get(field).filter(|value| !value.is_null()) else { return Ok(Vec::new()) };
    let names = value.as_array().ok_or_else(wrong)?.iter();
    names.map(|name| name.as_str().map(str::to_owned).ok_or_else(wrong)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_array_and_lines_mean_the_same() {
        let array = r#"[{"id":"a","name":"Arland","aliases":["Arlandic"]},{"id":"b","name":"Brenia","members":["Ada Brenn"]}]"#;
        let lines = "{\"id\":\"a\",\"name\":\"Arland\",\"aliases\":[\"Arlandic\"]}\n\n{\"id\":\"b\",\"name\":\"Brenia\",\"members\":[\"Ada Brenn\"]}\n";
        let found = parties(array).expect("an array");
        assert_eq!(found, parties(lines).expect("lines"));
        assert_eq!(found["b"], ["Brenia", "Ada Brenn"]);
    }

    #[test]
    fn errors_name_the_place_and_the_field() {
        for (text, place, field) in [
            ("{\"id\":\"a\",\"name\":\"A\"}\n{\"name\":\"B\"}", "line 2", "field id"),
            ("[{\"id\":\"a\"}]", "party 1", "field name"),
            ("[{\"id\":\"a\",\"name\":\"A\",\"aliases\":\"B\"}]", "party 1", "field aliases"),
            ("[{\"id\":\"a\",\"name\":\"A\",\"members\":[1]}]", "party 1", "field members"),
            ("[{\"id\":\"a\",\"name\":\"A\",\"demonym\":\"An\"}]", "party 1", "field demonym"),
            ("[{\"id\":\"a\",\"name\":\"A\"},{\"id\":\"a\",\"name\":\"B\"}]", "party 2", "given twice"),
            ("[1]", "party 1", "object"),
            ("{\"id\":", "line 1", "no JSON"),
            ("", "no party", "no party"),
        ] {
            let error = parties(text).expect_err(text).to_string();
            assert!(error.contains(place) && error.contains(field), "{error}");
        }
    }
}
