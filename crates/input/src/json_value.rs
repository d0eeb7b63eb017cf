//! [`JsonValue`]: a JSON value whose strings borrow from the input.
//!
//! Records have no fixed fields: the name of the text, date or id field is an option or is guessed, and errors list
//! the names that a record has. So they cannot be parsed into a typed struct. `serde_json::Value` would copy every
//! string, and a stream of records would copy fields that nothing reads.

use std::borrow::Cow;
use std::fmt;

use detente::internals::Text;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Number;

/// A JSON value. The value of a boolean is not kept: no field of a record is one.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum JsonValue<'a> {
    Null,
    Bool,
    Number(Number),
    Text(Cow<'a, str>),
    List(Vec<JsonValue<'a>>),
    Object(JsonObject<'a>),
}

/// The fields of an object, sorted by name, each name once.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct JsonObject<'a>(Vec<(Cow<'a, str>, JsonValue<'a>)>);

impl<'a> JsonObject<'a> {
    /// An object of these fields. The last of several fields with the same name is kept.
    pub(crate) fn new(mut fields: Vec<(Cow<'a, str>, JsonValue<'a>)>) -> Self {
        fields.reverse();
        fields.sort_by(|(one, _), (other, _)| one.cmp(other));
        fields.dedup_by(|(later, _), (earlier, _)| later == earlier);
        Self(fields)
    }

    /// The fields in the order of their names.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &JsonValue<'a>)> + Clone {
        self.0.iter().map(|(name, value)| (&**name, value))
    }

    /// The fields in the order of their names, taken out.
    pub(crate) fn into_fields(self) -> impl Iterator<Item = (Cow<'a, str>, JsonValue<'a>)> {
        self.0.into_iter()
    }

    /// The field with exactly this name.
    pub(crate) fn get(&self, name: &str) -> Option<&JsonValue<'a>> {
        self.iter().find(|(other, _)| *other == name).map(|(_, value)| value)
    }
}

impl JsonValue<'_> {
    /// The string, if the value is one.
    pub(crate) fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// Copies all borrowed strings.
    pub(crate) fn into_owned(self) -> JsonValue<'static> {
        match self {
            Self::Null => JsonValue::Null,
            Self::Bool => JsonValue::Bool,
            Self::Number(number) => JsonValue::Number(number),
            Self::Text(text) => JsonValue::Text(Cow::Owned(text.into_owned())),
            Self::List(values) => JsonValue::List(values.into_iter().map(JsonValue::into_owned).collect()),
            Self::Object(JsonObject(fields)) => JsonValue::Object(JsonObject(
                fields
                    .into_iter()
                    .map(|(name, value)| (Cow::Owned(name.into_owned()), value.into_owned()))
                    .collect(),
            )),
        }
    }
}

impl<'a> Deserialize<'a> for JsonValue<'a> {
    fn deserialize<D: Deserializer<'a>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'a> Visitor<'a> for ValueVisitor {
    type Value = JsonValue<'a>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any valid JSON value")
    }

    fn visit_unit<E>(self) -> Result<JsonValue<'a>, E> {
        Ok(JsonValue::Null)
    }

    fn visit_bool<E>(self, _: bool) -> Result<JsonValue<'a>, E> {
        Ok(JsonValue::Bool)
    }

    fn visit_i64<E>(self, number: i64) -> Result<JsonValue<'a>, E> {
        Ok(JsonValue::Number(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<JsonValue<'a>, E> {
        Ok(JsonValue::Number(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<JsonValue<'a>, E> {
        Ok(Number::from_f64(number).map_or(JsonValue::Null, JsonValue::Number))
    }

    fn visit_borrowed_str<E>(self, text: &'a str) -> Result<JsonValue<'a>, E> {
        Ok(JsonValue::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<JsonValue<'a>, E> {
        Ok(JsonValue::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut values: A) -> Result<JsonValue<'a>, A::Error> {
        let mut list = Vec::new();
        while let Some(value) = values.next_element()? {
            list.push(value);
        }
        Ok(JsonValue::List(list))
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<JsonValue<'a>, A::Error> {
        let mut fields = Vec::with_capacity(8);
        while let Some(Text(name)) = map.next_key()? {
            fields.push((name, map.next_value()?));
        }
        Ok(JsonValue::Object(JsonObject::new(fields)))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, from_str};

    use super::*;

    fn from_value(value: &Value) -> JsonValue<'static> {
        match value {
            Value::Null => JsonValue::Null,
            Value::Bool(_) => JsonValue::Bool,
            Value::Number(number) => JsonValue::Number(number.clone()),
            Value::String(text) => JsonValue::Text(Cow::Owned(text.clone())),
            Value::Array(values) => JsonValue::List(values.iter().map(from_value).collect()),
            Value::Object(fields) => JsonValue::Object(JsonObject(
                fields.iter().map(|(name, v)| (Cow::Owned(name.clone()), from_value(v))).collect(),
            )),
        }
    }

    #[test]
    fn values_and_errors_equal_those_of_serde_json() {
        let deep = "[".repeat(200);
        for json in [
            r#"{"b":"x","a":[1,-2,3.50,1e300,18446744073709551615,true,null],"b":"y","c":{"é\n":"\u00e9","":{}}}"#,
            r#""\ud834\udd1e""#,
            "-0",
            "{}",
            "[]",
            "",
            "{",
            r#"{"a":1,}"#,
            r#"{"a":1} x"#,
            "{1:2}",
            r#"{"a":"\ud800"}"#,
            "1e999",
            "{\"a\":\"\n\"}",
            "nul",
            &deep,
        ] {
            match (from_str::<JsonValue>(json), from_str::<Value>(json)) {
                (Ok(read), Ok(value)) => assert_eq!(read.into_owned(), from_value(&value), "{json}"),
                (read, value) => assert_eq!(
                    read.err().map(|e| e.to_string()),
                    value.err().map(|e| e.to_string()),
                    "{json}"
                ),
            }
        }
    }

    #[test]
    fn strings_without_escapes_are_borrowed() {
        let Ok(JsonValue::Object(fields)) = from_str::<JsonValue>(r#"{"text":"no escapes"}"#) else {
            panic!("an object")
        };
        assert!(matches!(fields.get("text"), Some(JsonValue::Text(Cow::Borrowed(_)))));
    }
}
