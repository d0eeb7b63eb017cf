//! Checks an archive.

use detente::Result;
use rusqlite::{Connection, Row};

use crate::archive::Archive;
use crate::article_columns::article_from_row;
use crate::content_hash::content_hash;
use crate::result_form::unpack_result;
use crate::result_rows::score_units;

/// Messages of SQLite that are reported.
const MAX_MESSAGES: usize = 20;

/// What a check of an archive found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct VerifyReport {
    /// Number of articles.
    pub articles: usize,
    /// Number of results.
    pub results: usize,
    /// The faults; empty if the archive is sound.
    pub findings: Vec<VerifyFinding>,
}

/// A fault of an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct VerifyFinding {
    /// What is wrong, with the number of the article if it is about one.
    pub message: String,
}

impl Archive {
    /// Checks the file, the references between its tables, the index of words, and that every text has its hash and
    /// every result is readable and has the score of its row.
    ///
    /// # Errors
    /// If the archive cannot be read at all.
    pub fn verify(&self) -> Result<VerifyReport> {
        let mut report = VerifyReport::default();
        self.run(|connection| {
            check_file(connection, &mut report)?;
            if report.findings.is_empty() {
                check_articles(connection, &mut report)?;
                check_results(connection, &mut report)?;
            }
            Ok(())
        })?;
        Ok(report)
    }
}

impl VerifyReport {
    fn add(&mut self, message: String) {
        self.findings.push(VerifyFinding { message });
    }
}

/// What SQLite itself can check.
fn check_file(connection: &Connection, report: &mut VerifyReport) -> rusqlite::Result<()> {
    let sql = format!("PRAGMA integrity_check({MAX_MESSAGES})");
    let messages: Vec<String> =
        connection.prepare(&sql)?.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    for message in messages.into_iter().filter(|message| message != "ok") {
        report.add(message);
    }
    let orphan = |row: &Row<'_>| {
        Ok(format!(
            "table {}: a row refers to no row of {}",
            row.get::<_, String>(0)?,
            row.get::<_, String>(2)?
        ))
    };
    let orphans: Vec<String> = connection
        .prepare("PRAGMA foreign_key_check")?
        .query_map([], orphan)?
        .take(MAX_MESSAGES)
        .collect::<rusqlite::Result<_>>()?;
    for message in orphans {
        report.add(message);
    }
    // with rank 1, the index is also compared with the texts
    let words = connection.execute("INSERT INTO words (words, rank) VALUES ('integrity-check', 1)", []);
    if let Err(error) = words {
        report.add(format!("the index of words does not fit the texts: {error}"));
    }
    Ok(())
}

fn check_articles(connection: &Connection, report: &mut VerifyReport) -> rusqlite::Result<()> {
    let mut query =
        connection.prepare("SELECT article.*, body.* FROM article LEFT JOIN body USING (article)")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        report.articles += 1;
        let number: i64 = row.get("article")?;
        let hash: Vec<u8> = row.get("hash")?;
        match article_from_row(row) {
            Ok(article) if content_hash(&article).as_slice() == hash => {}
            Ok(_) => report.add(format!("article {number}: its text is not the one that was added")),
            Err(error) => report.add(format!("article {number}: {error}")),
        }
    }
    Ok(())
}

fn check_results(connection: &Connection, report: &mut VerifyReport) -> rusqlite::Result<()> {
    let mut query = connection.prepare(
        "SELECT reading.article, reading.score, reading.statements, result.json,
                (SELECT count(*) FROM statement
                 WHERE statement.article = reading.article AND statement.model = reading.model) AS stored
         FROM reading LEFT JOIN result ON result.article = reading.article AND result.model = reading.model",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        report.results += 1;
        let number: i64 = row.get(0)?;
        let score: Option<i64> = row.get(1)?;
        let counts: (usize, usize) = (row.get(2)?, row.get(4)?);
        let Some(packed) = row.get::<_, Option<Vec<u8>>>(3)? else {
            report.add(format!("article {number}: a score without a result"));
            continue;
        };
        match unpack_result(&packed) {
            Ok(scored) => {
                let own = scored.outlook.as_ref().map(|outlook| score_units(outlook.score));
                let own_counts = (scored.statements.len(), scored.statements.len());
                if own != score || own_counts != counts {
                    report.add(format!("article {number}: its rows do not fit its result"));
                }
            }
            Err(error) => report.add(format!("article {number}: {error}")),
        }
    }
    Ok(())
}
