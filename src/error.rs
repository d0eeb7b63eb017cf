//! The library's one error type: opaque, with predicates and a source.

use std::fmt;

/// Why something could not be done. The message names the place: argument and
/// value, or line and field; the program adds the file's name.
#[derive(Debug)]
pub struct Error {
    kind: Kind,
    reason: &'static str,
    message: String,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Argument,
    Data,
    Model,
    Io,
}

/// A result with the library's [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// An argument `name` that must be `condition` and was `value`.
    #[must_use]
    pub fn argument(name: &str, condition: &str, value: impl fmt::Debug) -> Self {
        Self::new(Kind::Argument, format!("{name} must be {condition}, not {value:?}"))
    }

    /// Data that break their form, with the reason.
    #[must_use]
    pub fn data(message: impl Into<String>) -> Self {
        Self::new(Kind::Data, message.into())
    }

    /// A model that cannot be used, with the reason.
    #[must_use]
    pub fn model(message: impl Into<String>) -> Self {
        Self::new(Kind::Model, message.into())
    }

    /// Reading or writing failed.
    #[must_use]
    pub fn io(message: impl Into<String>, source: std::io::Error) -> Self {
        Self::new(Kind::Io, message.into()).because(source)
    }

    /// The same error with what lies behind it.
    #[must_use]
    pub fn because(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// The same error with its reason in a word or two, the same for all errors of its sort.
    #[must_use]
    pub fn because_of(mut self, reason: &'static str) -> Self {
        self.reason = reason;
        self
    }

    /// The reason in a word or two (`empty`, `not JSON`), for counting.
    #[must_use]
    pub fn reason(&self) -> &'static str {
        self.reason
    }

    /// The same error with `line` (from 1) in front of its message.
    #[must_use]
    pub fn at_line(mut self, line: usize) -> Self {
        self.message = format!("line {line}: {}", self.message);
        self
    }

    /// The same error with the name of a file or place in front of its message.
    #[must_use]
    pub fn within(mut self, place: impl fmt::Display) -> Self {
        self.message = format!("{place}: {}", self.message);
        self
    }

    /// Whether an argument was out of its range.
    #[must_use]
    pub fn is_argument(&self) -> bool {
        self.kind == Kind::Argument
    }

    /// Whether data broke their form.
    #[must_use]
    pub fn is_data(&self) -> bool {
        self.kind == Kind::Data
    }

    /// Whether a model could not be used.
    #[must_use]
    pub fn is_model(&self) -> bool {
        self.kind == Kind::Model
    }

    /// Whether reading or writing failed.
    #[must_use]
    pub fn is_io(&self) -> bool {
        self.kind == Kind::Io
    }

    fn new(kind: Kind, message: String) -> Self {
        let reason = match kind {
            Kind::Argument => "bad argument",
            Kind::Data => "bad record",
            Kind::Model => "bad model",
            Kind::Io => "unreadable",
        };
        Self { kind, reason, message, source: None }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl From<detente_lang::ParseDayError> for Error {
    fn from(error: detente_lang::ParseDayError) -> Self {
        Self::new(Kind::Argument, error.to_string())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
