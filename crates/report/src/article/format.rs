//! [`Report`]: what every renderer does, and [`OutputFormat`]: which there are.

use std::io;
use std::io::Write;
use std::str::FromStr;

use detente::{Error, Result, ScoredArticle, ScoredStatement};

/// Writes results one after the other, so that streams need constant memory.
pub trait Report {
    /// Writes what stands before the first result.
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

    /// Writes a record that was scored as one statement.
    ///
    /// # Errors
    /// Those of `out`.
    fn statement(&mut self, id: &str, statement: &ScoredStatement, out: &mut dyn Write) -> io::Result<()>;

    /// Writes what stands behind the last result.
    ///
    /// # Errors
    /// Those of `out`.
    fn end(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

/// A form of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutputFormat {
    /// For people.
    Text,
    /// One JSON array of all results.
    Json,
    /// One JSON object a line.
    Jsonl,
    /// A table with a header.
    Csv,
}

impl OutputFormat {
    /// The names, as they are written.
    pub const NAMES: [&'static str; 4] = ["text", "json", "jsonl", "csv"];
}

impl FromStr for OutputFormat {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        match name {
            "text" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            "jsonl" => Ok(Self::Jsonl),
            "csv" => Ok(Self::Csv),
            _ => Err(Error::argument("format", "text, json, jsonl or csv", name)),
        }
    }
}
