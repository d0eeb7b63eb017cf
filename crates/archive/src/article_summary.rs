//! [`ArticleSummary`]: an article in a list, without its text.

use detente::{Day, Verdict};
use rusqlite::Row;
use serde::Serialize;

use crate::article_columns::day_from_column;
use crate::keys::ArticleKey;
use crate::result_rows::from_units;

/// Columns of `article` and `reading` that a summary is made of.
pub(crate) const SUMMARY_COLUMNS: &str = "article.article, article.id, article.title, article.date, article.source,
    article.negotiation, article.domain, article.added, reading.score, reading.low, reading.high, reading.reading,
    reading.hedge, reading.thin, reading.reason";

/// An article in a list.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ArticleSummary {
    /// Its number in the archive; `article` in JSON.
    #[serde(rename = "article")]
    pub key: ArticleKey,
    /// Id that its source gave it; not unique.
    pub id: String,
    /// Headline.
    pub title: Option<String>,
    /// Date of publication.
    pub date: Option<Day>,
    /// Outlet.
    pub source: Option<String>,
    /// Negotiation that it is filed under.
    pub negotiation: Option<String>,
    /// Field of the negotiation.
    pub domain: Option<String>,
    /// Time of adding, in seconds since 1970-01-01 UTC, if it was given.
    pub added: Option<i64>,
    /// Outlook by the model asked for; `None` if nothing bears, or if the model did not score the article.
    pub outlook: Option<OutlookSummary>,
    /// Why there is no outlook, if the model found none.
    pub reason: Option<String>,
}

/// An outlook in a list.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct OutlookSummary {
    /// Score, -1..+1.
    pub score: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
    /// Verdict in words; `None` if this version does not know it.
    pub reading: Option<Verdict>,
    /// Weighted mean hedge, 0..1; `None` if the model learned nothing of hedges.
    pub hedge: Option<f64>,
    /// Whether fewer than two statements count.
    pub thin: bool,
}

/// The summary in a row with the [`SUMMARY_COLUMNS`].
pub(crate) fn summary_from_row(row: &Row<'_>) -> rusqlite::Result<ArticleSummary> {
    Ok(ArticleSummary {
        key: ArticleKey(row.get("article")?),
        id: row.get("id")?,
        title: row.get("title")?,
        date: day_from_column(row, "date")?,
        source: row.get("source")?,
        negotiation: row.get("negotiation")?,
        domain: row.get("domain")?,
        added: row.get("added")?,
        outlook: outlook_from_row(row)?,
        reason: row.get("reason")?,
    })
}

fn outlook_from_row(row: &Row<'_>) -> rusqlite::Result<Option<OutlookSummary>> {
    let number = |name: &str| Ok::<_, rusqlite::Error>(row.get::<_, Option<i64>>(name)?.map(from_units));
    let (Some(score), Some(low), Some(high)) = (number("score")?, number("low")?, number("high")?) else {
        return Ok(None);
    };
    let reading: Option<String> = row.get("reading")?;
    let reading = reading.and_then(|name| serde_json::from_value(name.into()).ok());
    let thin = row.get::<_, Option<bool>>("thin")?.unwrap_or(false);
    Ok(Some(OutlookSummary { score, low, high, reading, hedge: number("hedge")?, thin }))
}
