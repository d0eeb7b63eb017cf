//! [`ExplainFormat`]: the forms in which a ledger is written.

use std::io::Write;
use std::str::FromStr;
use std::{fmt, io};

use detente::{Error, ExplainedArticle, LedgerEntry, Result};
use serde::Serialize;

use crate::explanation::{html, markdown, text};

/// A form of `detente explain`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ExplainFormat {
    /// For people at a terminal.
    #[default]
    Text,
    /// One object an article.
    Json,
    /// One object a statement.
    Jsonl,
    /// Tables in Markdown.
    Markdown,
    /// One page that stands by itself.
    Html,
}

impl ExplainFormat {
    const ALL: [Self; 5] = [Self::Text, Self::Json, Self::Jsonl, Self::Markdown, Self::Html];

    fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Markdown => "markdown",
            Self::Html => "html",
        }
    }
}

impl fmt::Display for ExplainFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for ExplainFormat {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        let known = Self::ALL.into_iter().find(|format| format.as_str() == name);
        known.ok_or_else(|| Error::argument("format", "text, json, jsonl, markdown or html", name))
    }
}

/// A statement of the lines for programs.
#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    text: &'a str,
    weight: f64,
    contribution: f64,
    #[serde(flatten)]
    entry: &'a LedgerEntry,
}

/// Writes explained articles in `format`, with at most `top` features a statement for people; text is
/// `width` characters wide.
///
/// # Errors
/// Those of `out`.
pub fn write_explained(
    articles: &[ExplainedArticle],
    format: ExplainFormat,
    (top, width): (usize, usize),
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        ExplainFormat::Text => articles.iter().try_for_each(|a| text::write(a, top, width, out)),
        ExplainFormat::Json if articles.len() == 1 => {
            articles.iter().try_for_each(|a| serde_json::to_writer_pretty(&mut *out, a))?;
            writeln!(out)
        }
        ExplainFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, articles)?;
            writeln!(out)
        }
        ExplainFormat::Jsonl => articles.iter().try_for_each(|a| rows(a, out)),
        ExplainFormat::Markdown => {
            articles.iter().try_for_each(|a| out.write_all(markdown::page(a, top).as_bytes()))
        }
        ExplainFormat::Html => out.write_all(html::page(articles, top).as_bytes()),
    }
}

fn rows(explained: &ExplainedArticle, out: &mut dyn Write) -> io::Result<()> {
    let article = &explained.article;
    for (statement, entry) in article.statements.iter().zip(&explained.ledger) {
        let row = Row {
            id: &article.id,
            text: &statement.text,
            weight: statement.weight,
            contribution: statement.contribution,
            entry,
        };
        serde_json::to_writer(&mut *out, &row)?;
        writeln!(out)?;
    }
    Ok(())
}
