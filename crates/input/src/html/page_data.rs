//! [`text_in_data`]: the text in the JSON that a page without text is drawn from.

use serde_json::Value;

use crate::record::names_text;

/// A shorter text is a label or a teaser.
const MIN_TEXT: usize = 200;
/// Values are read so deep.
const MAX_DEPTH: usize = 32;

/// The longest text under a name that suggests the text of an article (`body`, `articleBody`) in the contents of
/// scripts.
pub(crate) fn text_in_data(scripts: &[String]) -> Option<String> {
    let mut longest = None;
    for script in scripts {
        if let Ok(value) = serde_json::from_str(script.trim()) {
            find_text(&value, false, MAX_DEPTH, &mut longest);
        }
    }
    longest.filter(|text: &String| text.len() >= MIN_TEXT)
}

fn find_text(value: &Value, is_named: bool, depth: usize, longest: &mut Option<String>) {
    let mut keep = |text: String| {
        if longest.as_ref().is_none_or(|longest| text.len() > longest.len()) {
            *longest = Some(text);
        }
    };
    match value {
        Value::String(text) if is_named => keep(text.clone()),
        Value::Array(values) if is_named && values.iter().all(Value::is_string) => {
            keep(values.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("\n\n"));
        }
        Value::Array(values) if depth > 0 => {
            for value in values {
                find_text(value, is_named, depth - 1, longest);
            }
        }
        Value::Object(object) if depth > 0 => {
            for (name, value) in object {
                find_text(value, names_text(name), depth - 1, longest);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_text_under_a_fitting_name_is_used() {
        let long = "The talks went on. ".repeat(20);
        let data =
            format!(r#"{{"props":{{"body":"{long}","config":"{}","teaser":"{long}"}}}}"#, long.repeat(3));
        assert_eq!(text_in_data(&[data]), Some(long));
        for data in ["", "[", r#"{"body":"short"}"#, r#"{"body":1}"#] {
            assert_eq!(text_in_data(&[data.to_owned()]), None, "{data}");
        }
    }
}
