//! The tables of an archive, and their versions.

use detente::{Error, ErrorKind, Result};
use rusqlite::Transaction;

/// `PRAGMA application_id` of an archive: "dtnt".
pub(crate) const APPLICATION_ID: i32 = 0x6474_6e74;

/// The statements that lead from each version (`PRAGMA user_version`) to the next. An element never changes once it
/// was released.
const MIGRATIONS: [&str; 1] = [include_str!("schema/version_1.sql")];

/// Refuses an archive of a newer version.
pub(crate) fn check_version(version: i64) -> Result<()> {
    if version <= current() {
        return Ok(());
    }
    let message = format!(
        "a newer version of detente wrote this archive (schema {version}, this version reads up to {}); use that version",
        MIGRATIONS.len()
    );
    Err(Error::new(ErrorKind::Unsupported, message))
}

fn current() -> i64 {
    i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX)
}

/// Whether an archive has the current version.
pub(crate) fn is_current(version: i64) -> bool {
    version == current()
}

/// Brings the tables to the current version. Runs in a transaction that excludes other writers.
pub(crate) fn migrate(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    let version: usize = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    for (from, statements) in MIGRATIONS.iter().enumerate().skip(version) {
        tracing::info!(from, "converting the archive");
        transaction.execute_batch(statements)?;
    }
    if version < MIGRATIONS.len() {
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", current())?;
    }
    Ok(())
}
