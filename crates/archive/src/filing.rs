//! Files articles under a negotiation, and removes articles.

use detente::Result;
use rusqlite::{Transaction, params};

use crate::archive::Archive;
use crate::archive_error::archive_error;
use crate::keys::ArticleKey;
use crate::result_form::{pack_result, unpack_result};

impl Archive {
    /// Files articles under the negotiation `name`, or under none. Returns the number of articles that changed.
    ///
    /// # Errors
    /// If the archive cannot be read or written, or a result is damaged; then nothing is changed.
    pub fn set_negotiation(&mut self, articles: &[ArticleKey], name: Option<&str>) -> Result<usize> {
        let name = name.map(str::trim).filter(|name| !name.is_empty());
        let mut damage = None;
        let changed = self.write(|transaction| {
            let mut changed = 0;
            for key in articles {
                let is_changed = transaction
                    .prepare_cached(
                        "UPDATE article SET negotiation = ?2 WHERE article = ?1 AND negotiation IS NOT ?2",
                    )?
                    .execute(params![key.0, name])?
                    > 0;
                if is_changed && let Err(error) = rename_in_results(transaction, *key, name)? {
                    damage = Some(error);
                    // ends the transaction without a change
                    return Err(rusqlite::Error::InvalidQuery);
                }
                changed += usize::from(is_changed);
            }
            Ok(changed)
        });
        match damage {
            Some(error) => Err(error.in_file(self.path())),
            None => changed,
        }
    }

    /// Removes an article with its results and sources, and returns whether there was one. The same text can be added
    /// again, under a new number.
    ///
    /// # Errors
    /// If the archive cannot be written.
    pub fn remove(&mut self, article: ArticleKey) -> Result<bool> {
        self.write(|transaction| {
            let mut removal = transaction.prepare_cached("DELETE FROM article WHERE article = ?1")?;
            Ok(removal.execute([article.0])? > 0)
        })
    }

    /// Moves everything from the write-ahead log to the file, so that it can be copied alone.
    ///
    /// # Errors
    /// If the archive cannot be written.
    pub fn checkpoint(&self) -> Result<()> {
        let moved = self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        moved.map_err(|error| archive_error(self.path(), error))
    }
}

/// Writes the negotiation into the stored results of an article.
fn rename_in_results(
    transaction: &Transaction<'_>,
    article: ArticleKey,
    name: Option<&str>,
) -> rusqlite::Result<Result<()>> {
    let results: Vec<(i64, Vec<u8>)> = transaction
        .prepare_cached("SELECT result, json FROM result WHERE article = ?1")?
        .query_map([article.0], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (result, packed) in results {
        let renamed = unpack_result(&packed).and_then(|mut scored| {
            scored.negotiation = name.map(str::to_owned);
            pack_result(&scored)
        });
        match renamed {
            Ok(packed) => transaction
                .prepare_cached("UPDATE result SET json = ?2, item = ?3 WHERE result = ?1")?
                .execute(params![result, packed.json, packed.item])?,
            Err(error) => return Ok(Err(error)),
        };
    }
    Ok(Ok(()))
}
