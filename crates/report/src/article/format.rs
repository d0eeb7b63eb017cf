//! [`Report`], the interface of all reports on articles, and [`OutputFormat`].

use std::io;
use std::io::Write;

use detente::{Error, ScoredArticle, ScoredStatement};
use strum::{EnumString, VariantNames};

/// Writes results one at a time, so that a stream of any length needs constant memory.
pub trait Report {
    /// Writes the part before the first result.
    ///
    /// # Errors
    /// Those of `out`.
    fn begin(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// Writes an article.
    ///
    /// # Errors
    /// Those of `out`.
    fn article(&mut self, article: &ScoredArticle, out: &mut dyn Write) -> io::Result<()>;

    /// Writes a record that was scored as a single statement.
    ///
    /// # Errors
    /// Those of `out`.
    fn statement(&mut self, id: &str, statement: &ScoredStatement, out: &mut dyn Write) -> io::Result<()>;

    /// Writes the part after the last result.
    ///
    /// # Errors
    /// Those of `out`.
    fn end(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

/// An output format for scored articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, VariantNames)]
#[strum(serialize_all = "lowercase", parse_err_ty = Error, parse_err_fn = unknown_format)]
pub enum OutputFormat {
    /// Text for a terminal.
    Text,
    /// One JSON array of all results.
    Json,
    /// JSON lines: one object for each result.
    Jsonl,
    /// A table with a header.
    Csv,
}

impl OutputFormat {
    /// The names, as on the command line.
    pub const NAMES: &'static [&'static str] = Self::VARIANTS;
}

fn unknown_format(name: &str) -> Error {
    Error::argument("format", &format!("one of {}", OutputFormat::NAMES.join(", ")), name)
}
