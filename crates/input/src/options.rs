//! How inputs are read: format, field names, limits, default date.

use std::path::PathBuf;

use detente::Day;

/// The format of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InputFormat {
    /// Plain text or Markdown: one article.
    Text,
    /// A web page: one article.
    Html,
    /// A JSON object (one article) or an array of objects.
    Json,
    /// One JSON object per line.
    JsonLines,
    /// A comma-separated table with a header.
    Csv,
    /// A tab-separated table with a header.
    Tsv,
}

/// The field names of a record. `None` tries common names
/// (`text`, `body`, `content` …; `date`, `published` …; `title`, `headline`; `id`, `url` …).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldMap {
    /// Field of the text.
    pub text: Option<String>,
    /// Field of the publication date: a date or a time stamp that starts with one.
    pub date: Option<String>,
    /// Field of the headline.
    pub title: Option<String>,
    /// Field of the id.
    pub id: Option<String>,
}

/// How to read one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadOptions {
    /// Field names of records.
    pub fields: FieldMap,
    /// Maximum length of an article or record in bytes. Default: 64 MiB.
    pub max_bytes: usize,
}

impl ReadOptions {
    /// The default of [`max_bytes`](Self::max_bytes).
    pub const DEFAULT_MAX_BYTES: usize = 64 << 20;
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self { fields: FieldMap::default(), max_bytes: Self::DEFAULT_MAX_BYTES }
    }
}

/// Which inputs to read, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InputOptions {
    /// Files, folders and glob patterns; `-` for standard input. Standard input is read if this is empty and there
    /// is no [`files_from`](Self::files_from).
    pub inputs: Vec<PathBuf>,
    /// File that lists more inputs, one per line; `-` for standard input.
    pub files_from: Option<PathBuf>,
    /// Format of all files. `None` takes it from the extension; unknown extensions and standard input are text.
    pub format: Option<InputFormat>,
    /// Date of articles without one.
    pub date: Option<Day>,
    /// How each file is read.
    pub read: ReadOptions,
}
