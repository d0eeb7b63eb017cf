//! Labelled articles: the text as a list of statements, and the parties of the negotiation.

use std::collections::BTreeMap;

use crate::input_error::{InputError, Result};
use crate::json_value::JsonValue;

/// The text of labelled statements, joined by a space within a paragraph and by a blank line between paragraphs.
pub(crate) fn join_statements(statements: &JsonValue) -> Result<String> {
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

/// The names of each party. `None` if the value is not an object of names or lists of names.
pub(crate) fn parties_of(value: &JsonValue) -> Option<BTreeMap<String, Vec<String>>> {
    let parties = match value {
        JsonValue::Null => return Some(BTreeMap::new()),
        JsonValue::Object(parties) => parties,
        _ => return None,
    };
    let names_of = |value: &JsonValue| match value {
        JsonValue::Text(name) => Some(vec![name.clone().into_owned()]),
        JsonValue::List(names) => names.iter().map(|name| name.as_text().map(str::to_owned)).collect(),
        _ => None,
    };
    parties.iter().map(|(party, names)| Some((party.to_owned(), names_of(names)?))).collect()
}
