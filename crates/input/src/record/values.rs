//! Values of fields as text: strings, numbers, lists of paragraphs, objects that wrap one value.

use std::borrow::Cow;

use crate::json_value::JsonValue;

/// The keys under which an object holds the value that it wraps, in order of preference.
const WRAPPED: [&str; 19] = [
    "rendered",
    "main",
    "text",
    "value",
    "name",
    "title",
    "label",
    "#text",
    "_text",
    "$t",
    "$date",
    "$numberLong",
    "$oid",
    "plain",
    "html",
    "full",
    "default",
    "uri",
    "url",
];
/// Objects are unwrapped so deep: `{"$date": {"$numberLong": "…"}}`.
const MAX_DEPTH: usize = 3;
/// What exports write for a value that is missing.
const MISSING: [&str; 10] =
    ["nan", "none", "null", "n/a", "na", "-", "--", "[removed]", "[deleted]", "undefined"];

/// Whether a text stands for a missing value.
pub(crate) fn is_missing(text: &str) -> bool {
    let text = text.trim();
    text.is_empty() || text.len() <= 9 && MISSING.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// The value as one text. `None` for null, booleans, and lists and objects without a text.
pub(crate) fn text_of<'v>(value: &'v JsonValue<'_>) -> Option<Cow<'v, str>> {
    text_within(value, MAX_DEPTH)
}

fn text_within<'v>(value: &'v JsonValue<'_>, depth: usize) -> Option<Cow<'v, str>> {
    match value {
        JsonValue::Text(text) => Some(Cow::Borrowed(text)),
        JsonValue::Number(number) => Some(Cow::Owned(number.to_string())),
        JsonValue::Object(object) if depth > 0 => {
            WRAPPED.iter().find_map(|key| object.get(key).and_then(|value| text_within(value, depth - 1)))
        }
        JsonValue::Null | JsonValue::Bool | JsonValue::Object(_) | JsonValue::List(_) => None,
    }
}

/// The paragraphs of a list of texts, separated by blank lines; other values as [`text_of`].
pub(crate) fn running_text_of<'v>(value: &'v JsonValue<'_>) -> Option<Cow<'v, str>> {
    let JsonValue::List(parts) = value else { return text_of(value) };
    let parts: Option<Vec<Cow<'v, str>>> = parts
        .iter()
        .filter(|part| !matches!(part, JsonValue::Null))
        .map(|part| if matches!(part, JsonValue::Number(_)) { None } else { text_of(part) })
        .collect();
    parts.filter(|parts| !parts.is_empty()).map(|parts| Cow::Owned(parts.join("\n\n")))
}

/// The first text of a list; other values as [`text_of`].
pub(crate) fn first_text_of<'v>(value: &'v JsonValue<'_>) -> Option<Cow<'v, str>> {
    match value {
        JsonValue::List(parts) => parts.iter().find_map(text_of),
        other => text_of(other),
    }
}

/// The date in the numbers of a list (`[2020, 1, 15, …]`) or an object with year, month and day.
pub(crate) fn date_in_numbers(value: &JsonValue<'_>) -> Option<String> {
    let number = |value: Option<&JsonValue>| match value {
        Some(JsonValue::Number(number)) => number.as_u64(),
        _ => None,
    };
    let (year, month, day) = match value {
        JsonValue::List(parts) => (number(parts.first())?, number(parts.get(1))?, number(parts.get(2))?),
        JsonValue::Object(object) => {
            (number(object.get("year"))?, number(object.get("month"))?, number(object.get("day"))?)
        }
        _ => return None,
    };
    Some(format!("{year}-{month}-{day}"))
}

/// What kind of value it is, for messages.
pub(crate) fn kind_of(value: &JsonValue) -> &'static str {
    match value {
        JsonValue::Null => "null",
        JsonValue::Bool => "true or false",
        JsonValue::Number(_) => "a number",
        JsonValue::Text(_) => "a text",
        JsonValue::List(_) => "a list",
        JsonValue::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str, read: fn(&JsonValue<'static>) -> Option<String>) -> Option<String> {
        read(&serde_json::from_str::<JsonValue>(json).expect("JSON").into_owned())
    }

    #[test]
    fn wrapped_values_are_found() {
        let plain = |json| read(json, |value| text_of(value).map(Cow::into_owned));
        assert_eq!(plain(r#"{"$date":{"$numberLong":"1579132800000"}}"#).as_deref(), Some("1579132800000"));
        assert_eq!(plain(r#"{"id":null,"name":"The Lantern"}"#).as_deref(), Some("The Lantern"));
        assert_eq!(plain(r#"{"main":"Talks","kicker":null}"#).as_deref(), Some("Talks"));
        assert_eq!(plain("7").as_deref(), Some("7"));
        for json in ["null", "true", "[]", "{}", r#"{"a":"b"}"#, r#"["a"]"#] {
            assert_eq!(plain(json), None, "{json}");
        }
    }

    #[test]
    fn paragraphs_are_joined() {
        let running = |json| read(json, |value| running_text_of(value).map(Cow::into_owned));
        assert_eq!(running(r#"["One.",null,{"text":"Two."}]"#).as_deref(), Some("One.\n\nTwo."));
        assert_eq!(running("[1,2]"), None);
        assert_eq!(running("[]"), None);
        let first = |json| read(json, |value| first_text_of(value).map(Cow::into_owned));
        assert_eq!(first(r#"["https://a.example","b"]"#).as_deref(), Some("https://a.example"));
        assert_eq!(first(r#"[{"href":"x"}]"#), None);
        let date = |json| read(json, |value| date_in_numbers(value));
        assert_eq!(date("[2020,1,15,10,0]").as_deref(), Some("2020-1-15"));
        assert_eq!(date(r#"{"year":2020,"month":1,"day":15}"#).as_deref(), Some("2020-1-15"));
        assert_eq!(date("[2020,1]"), None);
    }

    #[test]
    fn words_for_a_missing_value_are_known() {
        for text in ["", " ", "NaN", "n/a", "[Removed]", "-"] {
            assert!(is_missing(text), "{text}");
        }
        for text in ["Nan met the minister.", "0", "Nantes"] {
            assert!(!is_missing(text), "{text}");
        }
    }
}
