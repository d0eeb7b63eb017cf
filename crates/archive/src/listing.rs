//! Lists negotiations and articles.

use detente::{Day, Result};
use rusqlite::params_from_iter;
use serde::Serialize;

use crate::archive::Archive;
use crate::article_columns::day_from_column;
use crate::article_filter::{ArticleFilter, Page};
use crate::article_summary::{ArticleSummary, SUMMARY_COLUMNS, summary_from_row};
use crate::keys::ModelKey;

/// A negotiation of an archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct NegotiationSummary {
    /// Its name; `None` for the articles that are filed under none.
    pub name: Option<String>,
    /// Number of articles.
    pub articles: usize,
    /// Date of the earliest article, if any is dated.
    pub first: Option<Day>,
    /// Date of the latest article, if any is dated.
    pub last: Option<Day>,
}

impl Archive {
    /// The negotiations, the one with the latest article first, and the unfiled articles last.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn negotiations(&self) -> Result<Vec<NegotiationSummary>> {
        self.run(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT negotiation, count(*) AS articles, min(date) AS first, max(date) AS last FROM article
                 GROUP BY negotiation ORDER BY negotiation IS NULL, last DESC, negotiation",
            )?;
            let summary = |row: &rusqlite::Row<'_>| {
                Ok(NegotiationSummary {
                    name: row.get("negotiation")?,
                    articles: row.get("articles")?,
                    first: day_from_column(row, "first")?,
                    last: day_from_column(row, "last")?,
                })
            };
            query.query_map([], summary)?.collect()
        })
    }

    /// The articles that `filter` accepts, with their outlooks by `model`, the latest first and undated ones last.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn articles(
        &self,
        filter: &ArticleFilter,
        model: Option<ModelKey>,
        page: Page,
    ) -> Result<Vec<ArticleSummary>> {
        let (condition, mut values) = filter.condition();
        let sql = format!(
            "SELECT {SUMMARY_COLUMNS} FROM article
             LEFT JOIN reading ON reading.article = article.article AND reading.model = {}
             WHERE {condition} ORDER BY article.date DESC, article.article DESC LIMIT ? OFFSET ?",
            model.map_or(0, |model| model.0)
        );
        values.push(Box::new(page.limit));
        values.push(Box::new(page.offset));
        self.run(|connection| {
            let mut query = connection.prepare_cached(&sql)?;
            query.query_map(params_from_iter(values), summary_from_row)?.collect()
        })
    }

    /// Number of articles that `filter` accepts.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn count(&self, filter: &ArticleFilter) -> Result<usize> {
        let (condition, values) = filter.condition();
        let sql = format!("SELECT count(*) FROM article WHERE {condition}");
        self.run(|connection| {
            connection.prepare_cached(&sql)?.query_row(params_from_iter(values), |row| row.get(0))
        })
    }
}
