//! [`Error`]: the error type of every fallible function, with its kind and the place it is about.

use std::fmt;
use std::path::{Path, PathBuf};

/// Error of this crate and its sister crates: a kind, a message, and the file, line and field it is about.
///
/// `Display` writes file, line and message; [`path`](Self::path), [`line`](Self::line) and
/// [`field`](Self::field) give the same facts as values.
///
/// ```
/// use detente::{Engine, ErrorKind};
/// let error = Engine::open("no/such/folder").unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::Io);
/// assert!(error.path().is_some_and(|path| path.ends_with("model.bin")));
/// ```
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    message: String,
    path: Option<PathBuf>,
    line: Option<usize>,
    field: Option<String>,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// Result with the crate's [`Error`].
///
/// ```
/// fn model_id() -> detente::Result<String> {
///     Ok(detente::Engine::builtin()?.model().id().to_owned())
/// }
/// assert_eq!(model_id()?, "negotiation-en-1");
/// # Ok::<(), detente::Error>(())
/// ```
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Cause of an [`Error`].
///
/// ```
/// use detente::{Day, Error, ErrorKind};
/// let error = Error::from("soon".parse::<Day>().unwrap_err());
/// assert_eq!(error.kind(), ErrorKind::Argument);
/// assert_eq!(error.kind().as_str(), "bad argument");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// An argument is outside its range or has an unknown name.
    Argument,
    /// A record of the input data is malformed.
    Data,
    /// A model file is damaged or inconsistent.
    Model,
    /// Reading or writing failed.
    Io,
    /// The format, or the version of a format, is not supported.
    Unsupported,
    /// An article or record exceeds the size limit.
    TooLong,
    /// The text is empty.
    Empty,
    /// The record or page has no text.
    NoText,
    /// The file is binary, not text.
    Binary,
    /// The record is not valid JSON.
    NotJson,
    /// A quotation mark in a table is not closed.
    UnclosedQuotation,
    /// A row of a table has more or fewer cells than the header.
    CellCount,
    /// The text is not English.
    NotEnglish,
}

impl ErrorKind {
    /// All kinds.
    #[cfg(test)]
    const ALL: [Self; 13] = [
        Self::Argument,
        Self::Data,
        Self::Model,
        Self::Io,
        Self::Unsupported,
        Self::TooLong,
        Self::Empty,
        Self::NoText,
        Self::Binary,
        Self::NotJson,
        Self::UnclosedQuotation,
        Self::CellCount,
        Self::NotEnglish,
    ];

    /// Returns the kind in a word or two (`empty`, `not JSON`), as summaries count it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Argument => "bad argument",
            Self::Data => "bad record",
            Self::Model => "bad model",
            Self::Io => "unreadable",
            Self::Unsupported => "unsupported",
            Self::TooLong => "too long",
            Self::Empty => "empty",
            Self::NoText => "no text",
            Self::Binary => "binary",
            Self::NotJson => "not JSON",
            Self::UnclosedQuotation => "quotation not closed",
            Self::CellCount => "wrong number of cells",
            Self::NotEnglish => "not English",
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Error {
    /// Creates an error of `kind`.
    #[must_use]
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), path: None, line: None, field: None, source: None }
    }

    /// Creates an [`ErrorKind::Argument`] error: the argument `name` must be `condition` and was `value`.
    #[must_use]
    pub fn argument(name: &str, condition: &str, value: impl fmt::Debug) -> Self {
        let message = format!("{name} must be {condition}, not {value:?}");
        Self::new(ErrorKind::Argument, message).with_field(name)
    }

    /// Creates an [`ErrorKind::Data`] error.
    #[must_use]
    pub fn data(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Data, message)
    }

    /// Creates an [`ErrorKind::Model`] error.
    #[must_use]
    pub fn model(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Model, message)
    }

    /// Creates an [`ErrorKind::Io`] error.
    #[must_use]
    pub fn io(message: impl Into<String>, source: std::io::Error) -> Self {
        Self::new(ErrorKind::Io, message).with_source(source)
    }

    /// Sets the underlying error.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// Sets the field or argument that the error is about; the message is not changed.
    #[must_use]
    pub fn with_field(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }

    /// Sets the line, counted from 1.
    #[must_use]
    pub fn at_line(mut self, line: usize) -> Self {
        self.line = Some(line);
        self
    }

    /// Sets the file.
    #[must_use]
    pub fn in_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// Puts a place inside the record or list (`party 2`) in front of the message.
    #[must_use]
    pub fn within(mut self, place: impl fmt::Display) -> Self {
        self.message = format!("{place}: {}", self.message);
        self
    }

    /// Returns the kind.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// Returns the file that the error is about, if known.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Returns the line that the error is about, counted from 1, if known.
    #[must_use]
    pub fn line(&self) -> Option<usize> {
        self.line
    }

    /// Returns the field or argument that the error is about, if known.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        self.field.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = &self.path {
            write!(f, "{}: ", path.display())?;
        }
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        f.write_str(&self.message)
    }
}

impl From<detente_lang::ParseDayError> for Error {
    fn from(error: detente_lang::ParseDayError) -> Self {
        Self::new(ErrorKind::Argument, error.to_string()).with_field("date")
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_of_kinds_are_unique() {
        let names: BTreeSet<&str> = ErrorKind::ALL.into_iter().map(ErrorKind::as_str).collect();
        assert_eq!(names.len(), ErrorKind::ALL.len());
    }

    #[test]
    fn the_message_starts_with_file_and_line() {
        let error = Error::data("bad value").with_field("kind").within("row").at_line(3).in_file("a.tsv");
        assert_eq!(error.to_string(), "a.tsv: line 3: row: bad value");
        assert_eq!(
            (error.path(), error.line(), error.field()),
            (Some(Path::new("a.tsv")), Some(3), Some("kind"))
        );
    }
}
