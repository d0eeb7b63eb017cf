//! [`ArticleRecord`]: an article with its text and its sources; and its results.

use detente::{Article, Day, Result, ScoredArticle};
use rusqlite::{OptionalExtension, params};

use crate::archive::Archive;
use crate::article_columns::{article_from_row, day_from_column};
use crate::keys::{ArticleKey, ModelKey};
use crate::result_form::{unpack_json, unpack_result};

/// An article of an archive.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ArticleRecord {
    /// Its number.
    pub key: ArticleKey,
    /// The article with its text, as an engine can score or explain it.
    pub article: Article,
    /// Time of adding, in seconds since 1970-01-01 UTC, if it was given.
    pub added: Option<i64>,
    /// Where its text was found, by time of adding.
    pub sources: Vec<ArticleSource>,
}

/// A place where the text of an article was found.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ArticleSource {
    /// Id there, such as a URL.
    pub id: String,
    /// Outlet.
    pub source: Option<String>,
    /// Headline there.
    pub title: Option<String>,
    /// Date there.
    pub date: Option<Day>,
    /// File that it was read from.
    pub file: Option<String>,
    /// Time of adding, in seconds since 1970-01-01 UTC, if it was given.
    pub added: Option<i64>,
}

impl Archive {
    /// The article with this number; `None` if there is none.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn article(&self, key: ArticleKey) -> Result<Option<ArticleRecord>> {
        self.run(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT article.*, body.* FROM article JOIN body USING (article) WHERE article.article = ?1",
            )?;
            let found = query
                .query_row([key.0], |row| Ok((article_from_row(row)?, row.get::<_, Option<i64>>("added")?)))
                .optional()?;
            let Some((article, added)) = found else { return Ok(None) };
            let mut query = connection.prepare_cached(
                "SELECT * FROM source WHERE article = ?1 ORDER BY added NULLS FIRST, id, source",
            )?;
            let source = |row: &rusqlite::Row<'_>| {
                Ok(ArticleSource {
                    id: row.get("id")?,
                    source: Some(row.get::<_, String>("source")?).filter(|source| !source.is_empty()),
                    title: row.get("title")?,
                    date: day_from_column(row, "date")?,
                    file: row.get("file")?,
                    added: row.get("added")?,
                })
            };
            let sources = query.query_map([key.0], source)?.collect::<rusqlite::Result<_>>()?;
            Ok(Some(ArticleRecord { key, article, added, sources }))
        })
    }

    /// The result of a model for an article, with statements and events; `None` if the model did not score it.
    ///
    /// # Errors
    /// If the archive cannot be read or the result is damaged.
    pub fn result(&self, key: ArticleKey, model: ModelKey) -> Result<Option<ScoredArticle>> {
        let packed = self.packed_result(key, model)?;
        packed.map(|packed| unpack_result(&packed).map_err(|error| error.in_file(self.path()))).transpose()
    }

    /// As [`Archive::result`], as the line of `detente score --format jsonl` without its line break.
    ///
    /// # Errors
    /// As [`Archive::result`].
    pub fn result_json(&self, key: ArticleKey, model: ModelKey) -> Result<Option<Vec<u8>>> {
        let packed = self.packed_result(key, model)?;
        packed.map(|packed| unpack_json(&packed).map_err(|error| error.in_file(self.path()))).transpose()
    }

    fn packed_result(&self, key: ArticleKey, model: ModelKey) -> Result<Option<Vec<u8>>> {
        self.run(|connection| {
            let mut query =
                connection.prepare_cached("SELECT json FROM result WHERE article = ?1 AND model = ?2")?;
            query.query_row(params![key.0, model.0], |row| row.get(0)).optional()
        })
    }
}
