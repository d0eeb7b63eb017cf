//! Scores the articles of an archive with another model, or another version of the program.

use detente::{Article, Result};
use rusqlite::{Connection, params};

use crate::archive::{Archive, data_version};
use crate::article_columns::article_from_row;
use crate::models::model_number;
use crate::result_form::pack_result;
use crate::result_rows::{VERSION, insert_result};
use crate::scoring::Scoring;

use rayon::prelude::*;

impl Archive {
    /// Number of articles that have no current score by this model and this version of the program.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn count_unscored(&self, scoring: &Scoring) -> Result<usize> {
        self.run(|connection| {
            connection
                .prepare_cached(
                    "SELECT (SELECT count(*) FROM article) - (
                         SELECT count(*) FROM reading JOIN model USING (model) WHERE checksum = ?1 AND version = ?2)",
                )?
                .query_row(params![scoring.model().checksum, VERSION], |row| row.get(0))
        })
    }

    /// Scores at most `limit` articles that have no current score by this model and this version of the program, and
    /// stores the scores in one transaction. Scores of other models stay. Returns the number of articles; 0 means that
    /// all are scored.
    ///
    /// # Errors
    /// If the archive cannot be read or written.
    pub fn rescore(&mut self, scoring: &Scoring, limit: usize) -> Result<usize> {
        loop {
            if let Some(count) = self.try_rescore(scoring, limit)? {
                return Ok(count);
            }
        }
    }

    /// Scores articles; `None` if another process changed one of them meanwhile.
    fn try_rescore(&mut self, scoring: &Scoring, limit: usize) -> Result<Option<usize>> {
        let version = self.run(data_version)?;
        let articles = self.run(|connection| unscored(connection, scoring, limit))?;
        let scored = articles.par_iter().map(|(number, article)| {
            let scored = scoring.score(article);
            pack_result(&scored).map(|packed| (*number, scored, packed))
        });
        let scored: Vec<_> = scored.collect::<Result<_>>()?;
        self.write(|transaction| {
            if data_version(transaction)? != version && unscored(transaction, scoring, limit)? != articles {
                return Ok(None);
            }
            let model = model_number(transaction, scoring.model())?;
            for (number, scored, packed) in &scored {
                insert_result(transaction, *number, model, scored, packed)?;
            }
            Ok(Some(scored.len()))
        })
    }
}

/// Articles without a current score.
fn unscored(
    connection: &Connection,
    scoring: &Scoring,
    limit: usize,
) -> rusqlite::Result<Vec<(i64, Article)>> {
    let mut query = connection.prepare_cached(
        "SELECT article.*, body.* FROM article JOIN body USING (article)
         WHERE NOT EXISTS (
             SELECT 1 FROM reading JOIN model USING (model)
             WHERE reading.article = article.article AND checksum = ?1 AND version = ?2)
         ORDER BY article.article LIMIT ?3",
    )?;
    let values = params![scoring.model().checksum, VERSION, limit];
    query.query_map(values, |row| Ok((row.get("article")?, article_from_row(row)?)))?.collect()
}
