//! [`ModelSummary`]: the models that scored articles of an archive.

use detente::Result;
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;

use crate::archive::Archive;
use crate::keys::ModelKey;
use crate::model_identity::ModelIdentity;

/// A model of an archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ModelSummary {
    /// Its number in the archive; `model` in JSON.
    #[serde(rename = "model")]
    pub key: ModelKey,
    /// Its identity.
    #[serde(flatten)]
    pub identity: ModelIdentity,
    /// Number of articles that it scored.
    pub articles: usize,
}

impl Archive {
    /// The models that scored articles, in the order in which they were first used.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn models(&self) -> Result<Vec<ModelSummary>> {
        self.run(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT model, id, checksum, (SELECT count(*) FROM reading WHERE reading.model = model.model)
                 FROM model ORDER BY model",
            )?;
            let summary = |row: &rusqlite::Row<'_>| {
                Ok(ModelSummary {
                    key: ModelKey(row.get(0)?),
                    identity: ModelIdentity { id: row.get(1)?, checksum: row.get(2)? },
                    articles: row.get(3)?,
                })
            };
            query.query_map([], summary)?.collect()
        })
    }

    /// The number of a model; `None` if it scored no article.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn model(&self, identity: &ModelIdentity) -> Result<Option<ModelKey>> {
        let number = self.run(|connection| find_model(connection, identity))?;
        Ok(number.map(ModelKey))
    }
}

fn find_model(connection: &Connection, identity: &ModelIdentity) -> rusqlite::Result<Option<i64>> {
    let mut query = connection.prepare_cached("SELECT model FROM model WHERE checksum = ?1")?;
    query.query_row([&identity.checksum], |row| row.get(0)).optional()
}

/// The number of a model, which is added if it is new.
pub(crate) fn model_number(connection: &Connection, identity: &ModelIdentity) -> rusqlite::Result<i64> {
    if let Some(number) = find_model(connection, identity)? {
        return Ok(number);
    }
    connection
        .prepare_cached("INSERT INTO model (id, checksum) VALUES (?1, ?2)")?
        .execute(params![identity.id, identity.checksum])?;
    Ok(connection.last_insert_rowid())
}
