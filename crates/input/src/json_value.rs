//! [`Json`]: a value of JSON that borrows its texts from where it was read; [`Text`]: such a text alone.

use std::borrow::Cow;
use std::fmt;

use detente::internals::Text;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Number;

/// A value of JSON.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Json<'a> {
    Null,
    Bool,
    Number(Number),
    Text(Cow<'a, str>),
    List(Vec<Json<'a>>),
    Object(Fields<'a>),
}

/// The fields of an object, sorted by name, without doubles.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Fields<'a>(Vec<(Cow<'a, str>, Json<'a>)>);

impl<'a> Fields<'a> {
    /// These fields; of several with the same name the last one stands.
    pub(crate) fn new(mut fields: Vec<(Cow<'a, str>, Json<'a>)>) -> Self {
        fields.reverse();
        fields.sort_by(|(one, _), (other, _)| one.cmp(other));
        fields.dedup_by(|(later, _), (earlier, _)| later == earlier);
        Self(fields)
    }

    /// The fields in the order of their names.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Json<'a>)> + Clone {
        self.0.iter().map(|(name, value)| (&**name, value))
    }

    /// The field of that name, exactly.
    pub(crate) fn get(&self, name: &str) -> Option<&Json<'a>> {
        self.iter().find(|(other, _)| *other == name).map(|(_, value)| value)
    }
}

impl Json<'_> {
    /// The text, if it is one.
    pub(crate) fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The same value with texts of its own.
    pub(crate) fn into_owned(self) -> Json<'static> {
        match self {
            Self::Null => Json::Null,
            Self::Bool => Json::Bool,
            Self::Number(number) => Json::Number(number),
            Self::Text(text) => Json::Text(Cow::Owned(text.into_owned())),
            Self::List(values) => Json::List(values.into_iter().map(Json::into_owned).collect()),
            Self::Object(Fields(fields)) => Json::Object(Fields(
                fields
                    .into_iter()
                    .map(|(name, value)| (Cow::Owned(name.into_owned()), value.into_owned()))
                    .collect(),
            )),
        }
    }
}

impl<'a> Deserialize<'a> for Json<'a> {
    fn deserialize<D: Deserializer<'a>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Reader)
    }
}

/// Makes a value of what is read.
struct Reader;

impl<'a> Visitor<'a> for Reader {
    type Value = Json<'a>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any valid JSON value")
    }

    fn visit_unit<E>(self) -> Result<Json<'a>, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Json<'a>, E> {
        Ok(Json::Bool)
    }

    fn visit_i64<E>(self, number: i64) -> Result<Json<'a>, E> {
        Ok(Json::Number(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Json<'a>, E> {
        Ok(Json::Number(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Json<'a>, E> {
        Ok(Number::from_f64(number).map_or(Json::Null, Json::Number))
    }

    fn visit_borrowed_str<E>(self, text: &'a str) -> Result<Json<'a>, E> {
        Ok(Json::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Json<'a>, E> {
        Ok(Json::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut values: A) -> Result<Json<'a>, A::Error> {
        let mut list = Vec::new();
        while let Some(value) = values.next_element()? {
            list.push(value);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<Json<'a>, A::Error> {
        let mut fields = Vec::with_capacity(8);
        while let Some(Text(name)) = map.next_key()? {
            fields.push((name, map.next_value()?));
        }
        Ok(Json::Object(Fields::new(fields)))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, from_str};

    use super::*;

    fn of(value: &Value) -> Json<'static> {
        match value {
            Value::Null => Json::Null,
            Value::Bool(_) => Json::Bool,
            Value::Number(number) => Json::Number(number.clone()),
            Value::String(text) => Json::Text(Cow::Owned(text.clone())),
            Value::Array(values) => Json::List(values.iter().map(of).collect()),
            Value::Object(fields) => Json::Object(Fields(
                fields.iter().map(|(name, v)| (Cow::Owned(name.clone()), of(v))).collect(),
            )),
        }
    }

    #[test]
    fn it_is_what_serde_json_reads_and_refuses() {
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
            match (from_str::<Json>(json), from_str::<Value>(json)) {
                (Ok(read), Ok(value)) => assert_eq!(read.into_owned(), of(&value), "{json}"),
                (read, value) => assert_eq!(
                    read.err().map(|e| e.to_string()),
                    value.err().map(|e| e.to_string()),
                    "{json}"
                ),
            }
        }
        let Ok(Json::Object(fields)) = from_str::<Json>(r#"{"text":"as it stands"}"#) else {
            panic!("an object")
        };
        assert!(matches!(fields.get("text"), Some(Json::Text(Cow::Borrowed(_)))), "nothing is copied");
    }
}
