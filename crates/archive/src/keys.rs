//! [`ArticleKey`] and [`ModelKey`]: the numbers of articles and models in one archive.

use serde::Serialize;
use std::fmt;
use std::str::FromStr;

use detente::{Error, Result};

/// The number of an article in its archive. It stays the same for the life of the archive and is not used again after
/// the article is removed.
///
/// ```
/// use detente_archive::ArticleKey;
/// let key: ArticleKey = "12".parse()?;
/// assert_eq!(key.to_string(), "12");
/// assert!("twelve".parse::<ArticleKey>().is_err());
/// # Ok::<(), detente::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct ArticleKey(pub(crate) i64);

/// The number of a model in an archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct ModelKey(pub(crate) i64);

impl ArticleKey {
    /// The number.
    #[must_use]
    pub fn get(self) -> i64 {
        self.0
    }
}

impl fmt::Display for ArticleKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for ArticleKey {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let key = text.parse().ok().filter(|key| *key > 0);
        key.map(Self).ok_or_else(|| Error::argument("article", "a positive number", text))
    }
}
