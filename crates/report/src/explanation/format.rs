//! [`ExplainFormat`]: the output formats of explained articles.

use std::io;
use std::io::Write;

use detente::{Error, ExplainedArticle, LedgerEntry};
use serde::Serialize;
use strum::{Display, EnumString, VariantNames};

use crate::explanation::{html, markdown, text};

/// An output format for explained articles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Display, EnumString, VariantNames)]
#[strum(serialize_all = "lowercase", parse_err_ty = Error, parse_err_fn = unknown_format)]
pub enum ExplainFormat {
    /// Text for a terminal.
    #[default]
    Text,
    /// One array with an object for each article.
    Json,
    /// JSON lines: one object for each statement.
    Jsonl,
    /// Markdown with tables.
    Markdown,
    /// One self-contained page of all articles.
    Html,
}

fn unknown_format(name: &str) -> Error {
    Error::argument("format", &format!("one of {}", ExplainFormat::VARIANTS.join(", ")), name)
}

/// Writes explained articles in `format`. Formats for people show at most `max_features` features for each statement;
/// text is fitted to lines of `width` columns.
///
/// # Errors
/// Those of `out`.
pub fn write_explained(
    articles: &[ExplainedArticle],
    format: ExplainFormat,
    (max_features, width): (usize, usize),
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        ExplainFormat::Text => {
            articles.iter().try_for_each(|article| text::write_text(article, max_features, width, out))
        }
        ExplainFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, articles)?;
            writeln!(out)
        }
        ExplainFormat::Jsonl => articles.iter().try_for_each(|article| write_json_lines(article, out)),
        ExplainFormat::Markdown => articles
            .iter()
            .try_for_each(|article| out.write_all(markdown::document(article, max_features).as_bytes())),
        ExplainFormat::Html => html::write_page(articles, max_features, out),
    }
}

/// The JSON line of a statement.
#[derive(Serialize)]
struct StatementRow<'a> {
    id: &'a str,
    text: &'a str,
    weight: f64,
    contribution: f64,
    #[serde(flatten)]
    entry: &'a LedgerEntry,
}

fn write_json_lines(explained: &ExplainedArticle, out: &mut dyn Write) -> io::Result<()> {
    let article = &explained.article;
    for (statement, entry) in article.statements.iter().zip(&explained.ledger) {
        let row = StatementRow {
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
