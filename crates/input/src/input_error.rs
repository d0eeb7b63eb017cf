//! [`InputError`]: why a file or a record could not be read, and where.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// A result with [`InputError`].
pub type Result<T, E = InputError> = std::result::Result<T, E>;

/// A file, a record or a field that cannot be read.
///
/// [`Display`](fmt::Display) gives the place and the message in one line:
/// `news.jsonl: line 17: field text: empty`.
#[derive(Debug)]
pub struct InputError(Box<Details>);

/// Boxed, so that a `Result` of a small value stays small.
#[derive(Debug)]
struct Details {
    kind: InputErrorKind,
    path: Option<PathBuf>,
    line: Option<usize>,
    record: Option<usize>,
    field: Option<String>,
    message: String,
    source: Option<io::Error>,
}

/// What is wrong with an input. Its `Display` is a noun or adjective for summaries: `2 not JSON`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum InputErrorKind {
    /// Binary data, where text is needed.
    Binary,
    /// No text, or only spaces.
    Empty,
    /// A field is missing or has an invalid value.
    InvalidRecord,
    /// No field holds the text of the article, or the page holds no article.
    NoText,
    /// The JSON cannot be parsed, or the record is not an object.
    NotJson,
    /// More bytes than [`ReadOptions::max_bytes`](crate::ReadOptions::max_bytes).
    TooLong,
    /// A quotation mark that is opened in a cell and never closed.
    UnclosedQuote,
    /// A format that is not read, as PDF.
    Unsupported,
    /// The file cannot be opened, read or decompressed, or no file matches.
    Unreadable,
    /// A row with more or fewer cells than the header.
    WrongCellCount,
}

impl fmt::Display for InputErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Binary => "binary",
            Self::Empty => "empty",
            Self::InvalidRecord => "invalid record",
            Self::NoText => "no text",
            Self::NotJson => "not JSON",
            Self::TooLong => "too long",
            Self::UnclosedQuote => "unclosed quotation mark",
            Self::Unreadable => "unreadable",
            Self::Unsupported => "unsupported format",
            Self::WrongCellCount => "wrong number of cells",
        })
    }
}

impl InputError {
    /// What is wrong.
    #[must_use]
    pub fn kind(&self) -> InputErrorKind {
        self.0.kind
    }

    /// The file, folder or pattern; `-` for standard input. `None` if the text did not come from a file.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.0.path.as_deref()
    }

    /// The line, from 1, where the format has lines.
    #[must_use]
    pub fn line(&self) -> Option<usize> {
        self.0.line
    }

    /// The index of the record in a JSON array, from 1.
    #[must_use]
    pub fn record(&self) -> Option<usize> {
        self.0.record
    }

    /// The field that is missing or invalid.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        self.0.field.as_deref()
    }

    /// What is wrong in words, without the place.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    pub(crate) fn new(kind: InputErrorKind, message: impl Into<String>) -> Self {
        let message = message.into();
        Self(Box::new(Details {
            kind,
            path: None,
            line: None,
            record: None,
            field: None,
            message,
            source: None,
        }))
    }

    /// An input that cannot be opened, found or read.
    ///
    /// ```
    /// use detente_input::InputError;
    /// let error = InputError::unreadable("no such table").in_file("news.db");
    /// assert_eq!(error.to_string(), "news.db: no such table");
    /// ```
    #[must_use]
    pub fn unreadable(message: impl fmt::Display) -> Self {
        Self::new(InputErrorKind::Unreadable, message.to_string())
    }

    /// Reading failed after the file was opened.
    pub(crate) fn read_failed(error: io::Error) -> Self {
        let mut failed = Self::unreadable(format_args!("cannot read: {error}"));
        failed.0.source = Some(error);
        failed
    }

    /// The field `name` is missing or invalid.
    pub(crate) fn invalid_field(name: &str, message: impl Into<String>) -> Self {
        Self::new(InputErrorKind::InvalidRecord, message).in_field(name)
    }

    /// A text that cannot be parsed as JSON, with the column where the parser stopped.
    pub(crate) fn not_json(error: &serde_json::Error) -> Self {
        // the parser counts lines from the start of the record, which would contradict the line of the file
        let position = format!(" at line {} column {}", error.line(), error.column());
        let reason = error.to_string();
        let reason = reason.strip_suffix(&position).unwrap_or(&reason);
        Self::new(InputErrorKind::NotJson, format!("column {}: not JSON: {reason}", error.column()))
    }

    /// The value of `--date-format` has no year, month and day.
    pub(crate) fn invalid_date_pattern(pattern: &str) -> Self {
        let message = format!(
            "{pattern:?} is not a date format (dmy, mdy, ymd, unix, unix-ms, excel, or a pattern as %d/%m/%Y)"
        );
        Self::new(InputErrorKind::InvalidRecord, message)
    }

    /// `subject` ("record", "file") has more than `limit` bytes.
    pub(crate) fn too_long(subject: &str, limit: usize) -> Self {
        Self::new(InputErrorKind::TooLong, format!("{subject} of more than the limit of {limit} bytes"))
    }

    /// Adds what may help, in brackets.
    pub(crate) fn with_advice(mut self, advice: &str) -> Self {
        self.0.message = format!("{} ({advice})", self.0.message);
        self
    }

    /// Sets the file.
    #[must_use]
    pub fn in_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.0.path = Some(path.into());
        self
    }

    pub(crate) fn at_line(mut self, line: usize) -> Self {
        self.0.line = Some(line);
        self
    }

    pub(crate) fn in_record(mut self, record: usize) -> Self {
        self.0.record = Some(record);
        self
    }

    pub(crate) fn in_field(mut self, field: &str) -> Self {
        self.0.field = Some(field.to_owned());
        self
    }
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Details { path, line, record, field, message, .. } = &*self.0;
        if let Some(path) = path {
            write!(f, "{}: ", path.display())?;
        }
        if let Some(line) = line {
            write!(f, "line {line}: ")?;
        }
        if let Some(record) = record {
            write!(f, "record {record}: ")?;
        }
        if let Some(field) = field {
            write!(f, "field {field}: ")?;
        }
        f.write_str(message)
    }
}

impl Error for InputError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source.as_ref().map(|source| source as _)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_comes_before_the_message() {
        let error = InputError::invalid_field("date", "not a date").at_line(3).in_file("news.jsonl");
        assert_eq!(error.to_string(), "news.jsonl: line 3: field date: not a date");
        assert_eq!(
            (error.kind(), error.line(), error.field()),
            (InputErrorKind::InvalidRecord, Some(3), Some("date"))
        );
        assert_eq!((error.path(), error.message()), (Some(Path::new("news.jsonl")), "not a date"));
    }

    #[test]
    fn a_parser_error_keeps_its_column_and_drops_its_line() {
        let parsed = serde_json::from_str::<Vec<u8>>("[1,\n oops]").expect_err("not JSON");
        assert_eq!(InputError::not_json(&parsed).message(), "column 2: not JSON: expected value");
    }

    #[test]
    fn a_failed_read_keeps_its_cause() {
        let error = InputError::read_failed(io::Error::other("disk on fire"));
        assert_eq!(error.to_string(), "cannot read: disk on fire");
        assert!(error.source().is_some());
    }
}
