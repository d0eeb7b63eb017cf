//! [`LabelledFields`]: which fields of a labelled record have its text, label, id, group and weight.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde_json::{Map, Value};

use crate::input_error::{InputError, Result};
use crate::record::{MAX_NAME, Role, listed, no_text_field, normal_form, role_of};

/// The field names of labelled records, or dotted paths into nested objects. `None` tries usual names: those of
/// [`FieldMap`](crate::FieldMap) for the text; `label`, `labels`, `class`, `category`, `sentiment`, …; `id`, `uuid`;
/// `group`, `doc_id`, …; `weight`, `sample_weight`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LabelledFields {
    /// Field of the text.
    pub text: Option<String>,
    /// Field of the label.
    pub label: Option<String>,
    /// Field of the id.
    pub id: Option<String>,
    /// Field of the group: records of one group are never split between training and validation.
    pub group: Option<String>,
    /// Field of the weight.
    pub weight: Option<String>,
}

/// The field that every record of a file must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequiredField {
    /// The text: labelled data.
    Text,
    /// The id: labels of a later pass. Fields given by name may have their usual names instead, as in the tables that
    /// `detente evaluate` writes for labelling.
    Id,
}

/// Names of a role with their ranks, in lower case without spaces and punctuation.
static NAMES: LazyLock<HashMap<&'static str, (&'static str, u16)>> = LazyLock::new(|| {
    let row = |line: &'static str| {
        let mut cells = line.split('\t');
        Some((cells.next()?, (cells.next()?, cells.next()?.parse().ok()?)))
    };
    include_str!("../../data/labelled_fields.tsv").lines().skip(1).filter_map(row).collect()
});

/// Fields that labelled data of this program have as they are.
const OWN_LABELS: [&str; 2] = ["outlook", "outlook_soft"];

/// Names of the text of a sentence, best first.
const SENTENCE_NAMES: [&str; 5] = ["text", "sentence", "statement", "quote", "tweet"];

impl LabelledFields {
    /// The roles with the names given for them.
    fn roles(&self) -> [(&'static str, &Option<String>); 5] {
        [
            ("text", &self.text),
            ("label", &self.label),
            ("id", &self.id),
            ("group", &self.group),
            ("weight", &self.weight),
        ]
    }

    /// Renames the fields of `record` to their roles. Returns the roles with the names that were found.
    ///
    /// # Errors
    /// If a field given by name is missing.
    pub(crate) fn rename(
        &self,
        record: &mut Map<String, Value>,
        required: RequiredField,
    ) -> Result<Vec<(&'static str, String)>> {
        let mut found: Vec<(&'static str, String)> = Vec::new();
        for (role, wanted) in self.roles() {
            let is_given =
                |name: &&String| required == RequiredField::Text || value_at(record, name).is_some();
            let given = wanted.as_ref().filter(is_given).cloned();
            let Some(name) = given.or_else(|| self.guess(record, role)) else { continue };
            if value_at(record, &name).is_none() {
                let names = record.keys().map(String::as_str);
                let message = format!("missing (--{role}-field); found {}", listed(names));
                return Err(InputError::invalid_field(&name, message));
            }
            found.push((role, name));
        }
        let values: Vec<Option<Value>> =
            found.iter().map(|(_, name)| value_at(record, name).cloned()).collect();
        for (_, name) in &found {
            record.remove(name);
        }
        for ((role, _), value) in found.iter().zip(values) {
            record.insert((*role).to_owned(), value.unwrap_or_default());
        }
        Ok(found)
    }

    /// The field of `record` with the best name for a role, if no option gives it another one. A record with labels of
    /// this program needs no other label.
    fn guess(&self, record: &Map<String, Value>, role: &str) -> Option<String> {
        if role == "label" && OWN_LABELS.iter().any(|name| record.contains_key(*name)) {
            return record.contains_key(role).then(|| role.to_owned());
        }
        let is_taken = |name: &String| self.roles().iter().any(|(_, wanted)| wanted.as_ref() == Some(name));
        let rank = |name: &str| if role == "text" { text_rank(name) } else { rank(name, role) };
        let free = record.keys().filter(|name| !is_taken(name));
        free.filter_map(|name| Some((rank(name)?, name))).min().map(|(_, name)| name.clone())
    }

    /// Checks that a table has the columns given by name, and the required one.
    ///
    /// # Errors
    /// If a column is missing; the message lists the columns.
    pub(crate) fn check_header(&self, names: &[String], required: RequiredField) -> Result<()> {
        let columns = || names.iter().map(String::as_str);
        for (role, wanted) in self.roles() {
            if let Some(wanted) = wanted
                && required == RequiredField::Text
                && !names.contains(wanted)
            {
                let message = format!("missing (--{role}-field); found {}", listed(columns()));
                return Err(InputError::invalid_field(wanted, message));
            }
        }
        match required {
            RequiredField::Text if self.text.is_some() => Ok(()),
            RequiredField::Text if names.iter().any(|name| text_rank(name).is_some()) => Ok(()),
            RequiredField::Text => Err(no_text_field(columns())),
            RequiredField::Id if self.id.as_ref().is_some_and(|id| names.contains(id)) => Ok(()),
            RequiredField::Id if names.iter().any(|name| rank(name, "id").is_some()) => Ok(()),
            RequiredField::Id => {
                let message = format!("missing (--id-field); found {}", listed(columns()));
                Err(InputError::invalid_field("id", message))
            }
        }
    }
}

fn rank(name: &str, role: &str) -> Option<u16> {
    let mut buffer = [0; MAX_NAME];
    let (known, rank) = NAMES.get(normal_form(name, &mut buffer)?)?;
    (*known == role).then_some(*rank)
}

/// The rank of a name for the text. Names of a sentence come before those of an article, which may be the document;
/// `data` is the name in exports of doccano.
fn text_rank(name: &str) -> Option<u16> {
    if let Some(rank) = SENTENCE_NAMES.iter().position(|known| known.eq_ignore_ascii_case(name)) {
        return Some(rank as u16);
    }
    match role_of(name) {
        Some((Role::Text, rank)) => Some(SENTENCE_NAMES.len() as u16 + rank),
        _ => (name == "data").then_some(u16::MAX),
    }
}

/// The value of a field, or of a nested field at a dotted path.
fn value_at<'r>(record: &'r Map<String, Value>, path: &str) -> Option<&'r Value> {
    record.get(path).or_else(|| {
        path.match_indices('.').find_map(|(at, _)| {
            let (head, rest) = (path.get(..at)?, path.get(at + 1..)?);
            value_at(record.get(head)?.as_object()?, rest)
        })
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn rename(record: Value, fields: &LabelledFields) -> Result<Map<String, Value>> {
        let Value::Object(mut record) = record else { panic!("an object") };
        fields.rename(&mut record, RequiredField::Text).map(|_| record)
    }

    #[test]
    fn usual_names_are_guessed_and_given_names_are_used() {
        let record = json!({"sentence": "Talks failed.", "sentiment": "neg", "doc_id": 7, "uuid": "u", "sample_weight": 2});
        let found = rename(record, &LabelledFields::default()).expect("a record");
        let expected = json!({"text": "Talks failed.", "label": "neg", "group": 7, "id": "u", "weight": 2});
        assert_eq!(Value::Object(found), expected);
        // the name of an article's text is that of the document here
        let record = json!({"sentence": "Talks failed.", "article": "a7", "content": "x"});
        let fields = LabelledFields { group: Some("article".to_owned()), ..LabelledFields::default() };
        for fields in [fields, LabelledFields::default()] {
            let found = rename(record.clone(), &fields).expect("a record");
            assert_eq!(
                (&found["text"], found.get("group").is_some()),
                (&json!("Talks failed."), fields.group.is_some())
            );
        }
        let record = json!({"text": "label", "label": "text"});
        let swapped = LabelledFields {
            text: Some("label".to_owned()),
            label: Some("text".to_owned()),
            ..LabelledFields::default()
        };
        assert_eq!(
            Value::Object(rename(record, &swapped).expect("a record")),
            json!({"text": "text", "label": "label"})
        );
        let nested = json!({"text": "not this", "data": {"body": "Talks failed."}, "y": 1});
        let fields = LabelledFields {
            text: Some("data.body".to_owned()),
            label: Some("y".to_owned()),
            ..LabelledFields::default()
        };
        let found = rename(nested, &fields).expect("a record");
        assert_eq!((&found["text"], &found["label"]), (&json!("Talks failed."), &json!(1)));
    }

    #[test]
    fn labels_of_this_program_are_kept() {
        let record = json!({"id": "a", "text": "x", "outlook": 1, "hedge": 0, "category": "trade"});
        assert_eq!(Value::Object(rename(record.clone(), &LabelledFields::default()).expect("same")), record);
    }

    #[test]
    fn a_missing_field_is_an_error_that_lists_the_others() {
        let fields = LabelledFields { label: Some("stance".to_owned()), ..LabelledFields::default() };
        let error = rename(json!({"text": "x", "tone": "y"}), &fields).expect_err("missing").to_string();
        assert_eq!(error, "field stance: missing (--label-field); found text, tone");
        let Value::Object(mut later) = json!({"id": 1, "label": "y"}) else { panic!("an object") };
        fields.rename(&mut later, RequiredField::Id).expect("the usual name");
        assert_eq!(later["label"], "y");
        let names = ["id", "words"].map(String::from);
        let error = LabelledFields::default().check_header(&names, RequiredField::Text).expect_err("no text");
        assert!(error.to_string().contains("found id, words (--text-field)"), "{error}");
        assert!(LabelledFields::default().check_header(&names, RequiredField::Id).is_ok());
    }
}
