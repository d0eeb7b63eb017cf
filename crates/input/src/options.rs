//! How to read an input: format, field names, limits.

use detente::{Error, ErrorKind};

/// The form of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputFormat {
    /// Plain text or Markdown: one article.
    Text,
    /// A web page: one article.
    Html,
    /// A JSON object (one article) or an array of objects.
    Json,
    /// A JSON object a line.
    JsonLines,
    /// A table with a header line, parted by commas.
    Csv,
    /// A table with a header line, parted by tabs.
    Tsv,
}

/// The names of the fields of a record; `None` tries common names
/// (`text`, `body`, `content` …; `date`, `published` …; `title`, `headline`; `id`, `url` …).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldMap {
    /// Field with the article's text.
    pub text: Option<String>,
    /// Field with the day of publication, `YYYY-MM-DD` or a time stamp that starts so.
    pub date: Option<String>,
    /// Field with the headline.
    pub title: Option<String>,
    /// Field with the article's name.
    pub id: Option<String>,
}

/// How to read a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadOptions {
    /// Names of fields.
    pub fields: FieldMap,
    /// Longest article or record in bytes. Default: 64 MiB.
    pub max_bytes: usize,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self { fields: FieldMap::default(), max_bytes: 64 << 20 }
    }
}

pub(crate) fn too_long(what: &str, limit: usize) -> Error {
    Error::new(ErrorKind::TooLong, format!("{what} than the limit of {limit} bytes"))
}
