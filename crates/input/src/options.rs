//! How inputs are read: format, field names, limits, default date.

use std::path::PathBuf;

use detente::Day;

use crate::date::DatePattern;

/// The format of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InputFormat {
    /// Plain text or Markdown: one article. A text export of Nexis, Factiva or `ProQuest`: several.
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
    /// An RSS, RDF or Atom feed.
    Feed,
    /// A mail (.eml) or a page saved as .mht.
    Mail,
    /// A mailbox of several mails.
    Mbox,
    /// A web archive: the pages in its responses.
    Warc,
    /// SGML of the Reuters collection.
    Sgml,
    /// Subtitles (.srt, .vtt).
    Subtitles,
    /// A document of Word (.docx).
    Docx,
}

/// The field names of a record, or dotted paths into nested objects (`fields.bodyText`). `None` tries common names
/// (`text`, `body`, `content` …; `date`, `published` …; `title`, `headline`; `id`, `url` …; `source`, `publisher` …).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldMap {
    /// Field of the text.
    pub text: Option<String>,
    /// Field of the publication date.
    pub date: Option<String>,
    /// Form of the publication date. `None` reads all usual forms.
    pub date_format: Option<DatePattern>,
    /// Field of the headline.
    pub title: Option<String>,
    /// Field of the id.
    pub id: Option<String>,
    /// Field of the outlet.
    pub source: Option<String>,
    /// Field of the group that the article belongs to, in place of `negotiation`.
    pub group: Option<String>,
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
    /// Format of all files. `None` takes it from the content and the extension.
    pub format: Option<InputFormat>,
    /// Date of articles without one.
    pub date: Option<Day>,
    /// The file that results are written to: it is not read where it is in a folder of the inputs.
    pub output: Option<PathBuf>,
    /// How each file is read.
    pub read: ReadOptions,
}
