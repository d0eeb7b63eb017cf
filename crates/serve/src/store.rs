//! [`Store`]: an archive for many threads: one connection that writes, and others that read.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use detente::{Article, Result};
use detente_archive::{Archive, ModelKey, NewArticle, Scoring, Stored};

/// SQLite's name for a database that is not on a disk.
const IN_MEMORY: &str = ":memory:";

/// An archive and the model that scores its articles.
pub(crate) struct Store {
    /// `None` in memory, where there is one connection for all.
    path: Option<PathBuf>,
    scoring: Scoring,
    writer: Mutex<Archive>,
    /// Connections that nobody reads with now.
    readers: Mutex<Vec<Archive>>,
}

impl Store {
    /// Opens the archive at `path`, or a new one in memory.
    pub(crate) fn open(path: Option<&Path>, scoring: Scoring) -> Result<Self> {
        let writer = Archive::create(path.unwrap_or(Path::new(IN_MEMORY)))?;
        Ok(Self {
            path: path.map(Path::to_owned),
            scoring,
            writer: Mutex::new(writer),
            readers: Mutex::default(),
        })
    }

    /// Whether filed articles are lost when the server ends.
    pub(crate) fn is_in_memory(&self) -> bool {
        self.path.is_none()
    }

    /// Reads; with a connection of its own, if there is a file.
    pub(crate) fn read<T>(&self, query: impl FnOnce(&Archive) -> Result<T>) -> Result<T> {
        let Some(path) = &self.path else { return query(&lock(&self.writer)) };
        let spare = lock(&self.readers).pop();
        let archive = spare.map_or_else(|| Archive::open(path), Ok)?;
        let found = query(&archive);
        lock(&self.readers).push(archive);
        found
    }

    /// Writes, one thread at a time.
    pub(crate) fn write<T>(&self, change: impl FnOnce(&mut Archive) -> Result<T>) -> Result<T> {
        change(&mut lock(&self.writer))
    }

    /// Scores and stores articles; all of them are on the disk when this returns.
    pub(crate) fn add(&self, articles: Vec<Article>) -> Result<Vec<Stored>> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
        let now = i64::try_from(now).unwrap_or(0);
        let articles: Vec<NewArticle> =
            articles.into_iter().map(|article| NewArticle::new(article).added_at(now)).collect();
        self.write(|archive| archive.add(&self.scoring, &articles))
    }

    /// The number of the model in the archive; `None` before it has scored anything.
    pub(crate) fn model(&self, archive: &Archive) -> Result<Option<ModelKey>> {
        archive.model(self.scoring.model())
    }
}

/// A thread that panicked leaves the connection as it was: SQLite rolls its transaction back.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
