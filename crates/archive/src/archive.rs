//! [`Archive`]: one connection to an archive file.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use detente::{Error, ErrorKind, Result};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior};

use crate::archive_error::{NOT_AN_ARCHIVE, archive_error};
use crate::schema::{APPLICATION_ID, check_version, is_current, migrate};

/// How long a writer waits for another one.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// Prepared statements that a connection keeps.
const CACHED_STATEMENTS: usize = 64;

/// One connection to an archive file, for one thread; see the [crate documentation](crate#threads).
#[derive(Debug)]
pub struct Archive {
    pub(crate) connection: Connection,
    path: PathBuf,
}

impl Archive {
    /// Opens an archive to read and write. An archive of an earlier version is converted to the current one.
    ///
    /// # Errors
    /// If there is no such file, or it is not an archive, or a newer version wrote it.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        Self::open_with(path.as_ref(), OpenFlags::SQLITE_OPEN_READ_WRITE)
    }

    /// Opens an archive, or creates it if there is no file, or an empty one.
    ///
    /// # Errors
    /// As [`Archive::open`], and if the file cannot be created.
    pub fn create(path: impl AsRef<Path>) -> Result<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        Self::open_with(path.as_ref(), flags)
    }

    /// Whether the file at `path` is an archive, by its content. A file that cannot be read is not.
    #[must_use]
    pub fn is_archive(path: impl AsRef<Path>) -> bool {
        let path = path.as_ref();
        if !path.metadata().is_ok_and(|data| data.is_file()) {
            return false;
        }
        // SQLite reads the head of the file: to open and close it in another way would drop the locks of all connections
        // that this process has to the same archive
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let id: rusqlite::Result<i32> = Connection::open_with_flags(path, flags)
            .and_then(|connection| connection.pragma_query_value(None, "application_id", |row| row.get(0)));
        match id {
            Ok(id) => id == APPLICATION_ID,
            // it is a database, and opening it gives the reason
            Err(error) => matches!(
                error.sqlite_error_code(),
                Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseCorrupt | ErrorCode::ReadOnly)
            ),
        }
    }

    /// The path of the file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn open_with(path: &Path, flags: OpenFlags) -> Result<Self> {
        let fail = |error| archive_error(path, error);
        // one thread uses a connection at a time
        let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags).map_err(fail)?;
        connection.busy_timeout(BUSY_TIMEOUT).map_err(fail)?;
        connection.set_prepared_statement_cache_capacity(CACHED_STATEMENTS);
        // the file may come from others: its schema must not call functions with side effects
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true).map_err(fail)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false).map_err(fail)?;
        let mut archive = Self { connection, path: path.to_owned() };
        archive.check_kind(flags.contains(OpenFlags::SQLITE_OPEN_CREATE))?;
        archive.set_up()?;
        Ok(archive)
    }

    /// Refuses other databases; an empty one may become an archive if `may_be_empty`.
    fn check_kind(&self, may_be_empty: bool) -> Result<()> {
        let (id, tables): (i32, i64) = self.run(|connection| {
            let id = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
            Ok((id, connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?))
        })?;
        if id == APPLICATION_ID || (may_be_empty && id == 0 && tables == 0) {
            return Ok(());
        }
        Err(Error::new(ErrorKind::Unsupported, NOT_AN_ARCHIVE).in_file(&self.path))
    }

    /// Brings the schema to the current version and sets the modes of the connection.
    fn set_up(&mut self) -> Result<()> {
        let version =
            self.run(|connection| connection.pragma_query_value(None, "user_version", |row| row.get(0)))?;
        check_version(version).map_err(|error| error.in_file(&self.path))?;
        self.run(|connection| connection.pragma_update(None, "foreign_keys", true))?;
        if !is_current(version) {
            // before the write-ahead log is used, so that the head of the file itself shows that it is an archive
            self.write(migrate)?;
        }
        self.run(use_write_ahead_log)?;
        // every commit reaches the disk: what was reported as stored survives a power failure
        self.run(|connection| connection.pragma_update(None, "synchronous", "full"))
    }

    /// Runs a query and adds the path to its error.
    pub(crate) fn run<T>(&self, query: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T> {
        query(&self.connection).map_err(|error| archive_error(&self.path, error))
    }

    /// Runs `change` in one transaction: all of it is stored, or nothing.
    pub(crate) fn write<T>(
        &mut self,
        change: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T> {
        let changed = || {
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let value = change(&transaction)?;
            transaction.commit()?;
            Ok(value)
        };
        changed().map_err(|error| archive_error(&self.path, error))
    }
}

/// Switches to the write-ahead log. Another process that creates the same archive may be in the way for a moment, for
/// which SQLite does not wait itself.
fn use_write_ahead_log(connection: &Connection) -> rusqlite::Result<()> {
    let started = Instant::now();
    loop {
        match connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(())) {
            Err(error)
                if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy)
                    && started.elapsed() < BUSY_TIMEOUT =>
            {
                std::thread::sleep(Duration::from_millis(5));
            }
            done => return done,
        }
    }
}

/// A number that changes when another connection changes the archive.
pub(crate) fn data_version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "data_version", |row| row.get(0))
}
