//! Files and sources that a model was made from.

use serde::{Deserialize, Serialize};

/// A file that a model was made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DataFile {
    /// Name of the file, without its folder.
    pub name: String,
    /// BLAKE3 hash of its bytes.
    pub blake3: String,
    /// Number of labelled statements, or of entries of a lexicon.
    pub records: usize,
}

impl DataFile {
    /// A file with the hash of its bytes.
    ///
    /// ```
    /// let file = detente_train::DataFile::new("train.jsonl", b"", 0);
    /// assert!(file.blake3.starts_with("af1349b9"));
    /// ```
    #[must_use]
    pub fn new(name: impl Into<String>, bytes: &[u8], records: usize) -> Self {
        Self { name: name.into(), blake3: blake3::hash(bytes).to_hex().to_string(), records }
    }
}

/// Number of statements of one source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SourceCount {
    /// Name of the source up to its colon, the domain of an article, or the probe of a contrast set.
    pub name: String,
    /// Labelled statements.
    pub labelled: usize,
    /// Softly labelled statements.
    pub soft: usize,
}

impl SourceCount {
    /// A source without statements.
    pub(crate) fn new(name: &str) -> Self {
        Self { name: name.to_owned(), labelled: 0, soft: 0 }
    }
}
