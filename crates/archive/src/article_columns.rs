//! Converts rows of `article` and `body` to an [`Article`].

use detente::{Article, Day, Span};
use rusqlite::Row;
use rusqlite::types::Type;
use serde_json::Error as JsonError;

/// The article in a row with the columns of `article` and `body`.
pub(crate) fn article_from_row(row: &Row<'_>) -> rusqlite::Result<Article> {
    let text: String = row.get("text")?;
    let span = Span { start: row.get("body_start")?, end: row.get("body_end")? };
    let is_inside = text.get(span.start as usize..span.end as usize).is_some();
    let mut article = Article::new(row.get::<_, String>("id")?, text);
    if is_inside {
        article.body = span;
    }
    article.title = row.get("title")?;
    article.date = day_from_column(row, "date")?;
    article.source = row.get("source")?;
    article.negotiation = row.get("negotiation")?;
    article.domain = row.get("domain")?;
    let json = |name: &str| row.get::<_, Option<String>>(name);
    if let Some(parties) = json("parties")? {
        article.parties =
            serde_json::from_str(&parties).map_err(|error| invalid_column(row, "parties", error))?;
    }
    if let Some(warnings) = json("warnings")? {
        article.warnings =
            serde_json::from_str(&warnings).map_err(|error| invalid_column(row, "warnings", error))?;
    }
    Ok(article)
}

/// The date in a column, if it has one.
pub(crate) fn day_from_column(row: &Row<'_>, name: &str) -> rusqlite::Result<Option<Day>> {
    let text: Option<String> = row.get(name)?;
    text.map(|text| text.parse().map_err(|error| invalid_column(row, name, error))).transpose()
}

/// A value as JSON text.
pub(crate) fn to_json<T: serde::Serialize>(value: &T) -> rusqlite::Result<String> {
    serde_json::to_string(value)
        .map_err(|error: JsonError| rusqlite::Error::ToSqlConversionFailure(error.into()))
}

fn invalid_column(
    row: &Row<'_>,
    name: &str,
    error: impl std::error::Error + Send + Sync + 'static,
) -> rusqlite::Error {
    let column = row.as_ref().column_index(name).unwrap_or_default();
    rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(error))
}
