//! Converts errors of SQLite to [`Error`] with the path of the archive.

use std::path::Path;

use detente::{Error, ErrorKind};
use rusqlite::ErrorCode;

/// The message for files and databases of other kinds.
pub(crate) const NOT_AN_ARCHIVE: &str = "not an archive of detente";

/// The error of a failed operation on the archive at `path`.
pub(crate) fn archive_error(path: &Path, error: rusqlite::Error) -> Error {
    let (kind, message) = match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => (ErrorKind::Unsupported, NOT_AN_ARCHIVE.to_owned()),
        Some(ErrorCode::DatabaseCorrupt) => (ErrorKind::Data, format!("the archive is damaged: {error}")),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            (ErrorKind::Io, "another process has been writing for more than 10 s; try again".to_owned())
        }
        Some(ErrorCode::DiskFull) => (ErrorKind::Io, "the disk is full".to_owned()),
        Some(ErrorCode::ReadOnly) => (ErrorKind::Io, "the archive cannot be written".to_owned()),
        Some(ErrorCode::CannotOpen) => (ErrorKind::Io, "cannot open the archive".to_owned()),
        _ => (ErrorKind::Io, format!("archive: {error}")),
    };
    Error::new(kind, message).with_source(error).in_file(path)
}
