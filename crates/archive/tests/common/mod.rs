//! Shared by the tests of the archive.

use std::path::Path;
use std::sync::OnceLock;

use detente::{Article, Engine};
use detente_archive::{Archive, ArticleKey, ModelIdentity, Scoring};
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use tempfile::TempDir;

/// Tables with the contents of an archive.
const TABLES: [&str; 10] =
    ["model", "article", "body", "source", "reading", "result", "side", "statement", "event", "seen"];

pub(crate) fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

#[allow(dead_code, reason = "not every test file uses this")]
pub(crate) fn archive(folder: &TempDir) -> Archive {
    Archive::create(folder.path().join("talks.db")).expect("an archive")
}

/// The built-in model.
pub(crate) fn builtin() -> &'static Scoring {
    static BUILTIN: OnceLock<Scoring> = OnceLock::new();
    BUILTIN.get_or_init(|| {
        Scoring::new(Engine::builtin().expect("the model"), ModelIdentity::builtin().expect("the model"))
    })
}

pub(crate) fn article(id: &str, text: &str) -> Article {
    Article::new(id, text)
}

#[allow(dead_code, reason = "not every test file uses this")]
pub(crate) fn dated(id: &str, day: &str, text: &str) -> Article {
    Article { date: Some(day.parse().expect("a date")), ..article(id, text) }
}

#[allow(dead_code, reason = "not every test file uses this")]
pub(crate) fn key(number: i64) -> ArticleKey {
    number.to_string().parse().expect("a number")
}

/// All rows of all tables as text.
#[allow(dead_code, reason = "not every test file uses this")]
pub(crate) fn all_rows(path: &Path) -> Vec<String> {
    let connection = Connection::open(path).expect("a database");
    let mut all = Vec::new();
    for table in TABLES {
        let mut query = connection.prepare(&format!("SELECT * FROM {table}")).expect("a table");
        let columns = query.column_count();
        let mut rows = query.query([]).expect("rows");
        while let Some(row) = rows.next().expect("a row") {
            let cells = (0..columns).map(|at| match row.get_ref(at).expect("a cell") {
                ValueRef::Null => "NULL".to_owned(),
                ValueRef::Integer(number) => number.to_string(),
                ValueRef::Real(number) => number.to_string(),
                ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
                ValueRef::Blob(bytes) => format!("{bytes:?}"),
            });
            all.push(format!("{table}|{}", cells.collect::<Vec<_>>().join("|")));
        }
    }
    all
}
