//! [`Warning`]: a doubt about the input that does not prevent scoring.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Doubt about the input that does not prevent scoring, with the field, value and line it is about.
///
/// ```
/// use detente::{Article, Engine, WarningKind};
/// let text = "Talks resumed on Tuesday, two days before Thursday's Thanksgiving holiday.";
/// let mut article = Article::new("note", text);
/// article.date = Some("2019-12-12".parse()?);
/// let scored = Engine::builtin()?.score(&article);
/// assert_eq!(scored.warnings[0].kind, WarningKind::DateDoubt);
/// # Ok::<(), detente::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Warning {
    /// Kind of warning.
    pub kind: WarningKind,
    /// Message for people; programs use the other fields.
    pub message: String,
    /// Field of the record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Value as given in the input: the date that is none, the repeated id, the name of the encoding.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Line of the text, counted from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
}

impl Warning {
    /// Creates a warning without field, value and line.
    #[must_use]
    pub fn new(kind: WarningKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), field: None, value: None, line: None }
    }

    /// Sets the field.
    #[must_use]
    pub fn with_field(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }

    /// Sets the value.
    #[must_use]
    pub fn with_value(mut self, value: impl Into<String>) -> Self {
        self.value = Some(value.into());
        self
    }

    /// Sets the line, counted from 1.
    #[must_use]
    pub fn with_line(mut self, line: usize) -> Self {
        self.line = Some(line);
        self
    }
}

/// Kind of a [`Warning`]; written in kebab case (`date-doubt`).
///
/// ```
/// use detente::WarningKind;
/// assert_eq!(WarningKind::DateDoubt.as_str(), "date-doubt");
/// assert_eq!(WarningKind::from("bad-date".to_owned()), WarningKind::BadDate);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum WarningKind {
    /// A date field has no date in a known format.
    BadDate,
    /// The text contradicts the article's date.
    DateDoubt,
    /// The text found in a page may not be the article.
    DoubtfulText,
    /// The text was converted from another encoding.
    Encoding,
    /// The text was extracted from a web page.
    Html,
    /// Invalid bytes were replaced.
    InvalidBytes,
    /// An earlier article has the same id.
    RepeatedId,
    /// A field or column was not used: it is missing, repeated or of another type.
    SkippedField,
    /// The source has cut the text.
    Truncated,
    /// A kind that this version does not know, by its name.
    Other(String),
}

impl WarningKind {
    /// The kinds that this version writes.
    const KNOWN: [Self; 9] = [
        Self::BadDate,
        Self::DateDoubt,
        Self::DoubtfulText,
        Self::Encoding,
        Self::Html,
        Self::InvalidBytes,
        Self::RepeatedId,
        Self::SkippedField,
        Self::Truncated,
    ];

    /// Returns the name of the kind in kebab case.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::BadDate => "bad-date",
            Self::DateDoubt => "date-doubt",
            Self::DoubtfulText => "doubtful-text",
            Self::Encoding => "encoding",
            Self::Html => "html",
            Self::InvalidBytes => "invalid-bytes",
            Self::RepeatedId => "repeated-id",
            Self::SkippedField => "skipped-field",
            Self::Truncated => "truncated",
            Self::Other(name) => name,
        }
    }
}

impl From<String> for WarningKind {
    fn from(name: String) -> Self {
        Self::KNOWN.into_iter().find(|kind| kind.as_str() == name).unwrap_or(Self::Other(name))
    }
}

impl fmt::Display for WarningKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Serialize for WarningKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for WarningKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name: Cow<'de, str> = Deserialize::deserialize(deserializer)?;
        Ok(Self::from(name.into_owned()))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_of_kinds_are_unique_and_parse() {
        let names: BTreeSet<&str> = WarningKind::KNOWN.iter().map(WarningKind::as_str).collect();
        assert_eq!(names.len(), WarningKind::KNOWN.len());
        for kind in WarningKind::KNOWN {
            assert_eq!(WarningKind::from(kind.as_str().to_owned()), kind);
        }
    }

    #[test]
    fn rows_of_other_versions_are_read_and_written_unchanged() {
        for row in [
            r#"{"kind":"html","message":"m"}"#,
            r#"{"kind":"from-a-later-version","message":"m"}"#,
            r#"{"kind":"bad-date","message":"m","field":"date","value":"soon"}"#,
            r#"{"kind":"invalid-bytes","message":"m","line":3}"#,
        ] {
            let warning: Warning = serde_json::from_str(row).expect("a warning");
            assert_eq!(serde_json::to_string(&warning).expect("JSON"), row);
        }
    }
}
