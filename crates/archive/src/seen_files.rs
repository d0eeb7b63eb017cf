//! [`FileStamp`]: which files watching a folder has taken.

use std::path::Path;

use detente::Result;
use rusqlite::{OptionalExtension, params};

use crate::archive::Archive;

/// Size and time of a file: a file whose stamp is unchanged is not read again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileStamp {
    /// Length in bytes.
    pub bytes: u64,
    /// Time of the last change, in nanoseconds since 1970-01-01 UTC.
    pub modified: i64,
}

impl Archive {
    /// The stamp of a file when it was taken; `None` if it was not.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn seen(&self, file: &Path) -> Result<Option<FileStamp>> {
        self.run(|connection| {
            connection
                .prepare_cached("SELECT bytes, modified FROM seen WHERE file = ?1")?
                .query_row([file.to_string_lossy()], |row| {
                    Ok(FileStamp { bytes: row.get(0)?, modified: row.get(1)? })
                })
                .optional()
        })
    }

    /// Records that a file was taken.
    ///
    /// # Errors
    /// If the archive cannot be written.
    pub fn mark_seen(&mut self, file: &Path, stamp: FileStamp) -> Result<()> {
        self.write(|transaction| {
            transaction
                .prepare_cached("INSERT OR REPLACE INTO seen (file, bytes, modified) VALUES (?1, ?2, ?3)")?
                .execute(params![file.to_string_lossy(), stamp.bytes, stamp.modified])?;
            Ok(())
        })
    }
}
