//! [`value_at`]: the value of a field that is given by name or by a dotted path.

use crate::json_value::{JsonObject, JsonValue};

/// The value of the field named `path`, or of the nested field that the path leads to: `fields.bodyText`,
/// `sections.0.text`. A list without a number in the path stands for its first value.
pub(crate) fn value_at<'r, 'a>(record: &'r JsonObject<'a>, path: &str) -> Option<&'r JsonValue<'a>> {
    if let Some(value) = record.get(path) {
        return Some(value);
    }
    path.match_indices('.').find_map(|(at, _)| {
        let (head, rest) = (path.get(..at)?, path.get(at + 1..)?);
        record.get(head).and_then(|value| within(value, rest))
    })
}

fn within<'r, 'a>(value: &'r JsonValue<'a>, path: &str) -> Option<&'r JsonValue<'a>> {
    match value {
        JsonValue::Object(object) => value_at(object, path),
        JsonValue::List(values) => {
            let (head, rest) = path.split_once('.').map_or((path, None), |(head, rest)| (head, Some(rest)));
            match (head.parse::<usize>(), rest) {
                (Ok(index), None) => values.get(index),
                (Ok(index), Some(rest)) => within(values.get(index)?, rest),
                (Err(_), _) => within(values.first()?, path),
            }
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_into_objects_and_lists() {
        let json =
            r#"{"a.b":"whole","a":{"b":"nested","c":{"d":"deep"}},"l":[{"t":"first"},{"t":"second"}]}"#;
        let Ok(JsonValue::Object(record)) = serde_json::from_str::<JsonValue>(json) else {
            panic!("an object")
        };
        let read = |path| value_at(&record, path).and_then(JsonValue::as_text);
        for (path, expected) in [("a.b", "whole"), ("a.c.d", "deep"), ("l.t", "first"), ("l.1.t", "second")] {
            assert_eq!(read(path), Some(expected), "{path}");
        }
        for path in ["", ".", "a.x", "a.b.c", "l.9.t", "l.", "x.y"] {
            assert_eq!(read(path), None, "{path}");
        }
    }
}
