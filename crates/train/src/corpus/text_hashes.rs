//! [`TrainingTextHashes`]: which texts a model was trained on, without the texts.

use std::collections::BTreeSet;

use detente::internals::builtin_text_hashes;
use detente::{Error, Result};

/// Bytes kept of each hash. With 100,000 texts stored, the chance that another text collides with one of
/// them is 1 in 10 million.
const HASH_BYTES: usize = 5;
/// First bytes of the file format.
const MAGIC: &[u8; 8] = b"dt-seen\n";

type TextHash = [u8; HASH_BYTES];

/// Hashes of the texts that a model was trained on; case, spaces and punctuation are ignored.
///
/// ```
/// use detente_train::TrainingTextHashes;
/// let trained_on = TrainingTextHashes::new(["Talks resumed on Monday."]);
/// assert!(trained_on.contains("talks  resumed on Monday"));
/// assert!(!trained_on.contains("Talks resumed on Tuesday."));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrainingTextHashes(BTreeSet<TextHash>);

impl TrainingTextHashes {
    /// The hashes of `texts`.
    pub fn new<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        Self(texts.into_iter().map(text_hash).collect())
    }

    /// The hashes of the texts that the built-in model was trained on.
    ///
    /// # Errors
    /// Only if the embedded file is corrupt.
    pub fn builtin() -> Result<Self> {
        Self::from_bytes(builtin_text_hashes())
    }

    /// Whether the text is one of them.
    #[must_use]
    pub fn contains(&self, text: &str) -> bool {
        self.0.contains(&text_hash(text))
    }

    /// Number of texts.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are no texts.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The contents of a `seen.bin` file: a magic number and the sorted hashes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        MAGIC.iter().copied().chain(self.0.iter().flatten().copied()).collect()
    }

    /// Reads the contents of a `seen.bin` file.
    ///
    /// # Errors
    /// If the magic number is missing or the length is not a whole number of hashes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let (hashes, rest) = bytes.strip_prefix(MAGIC).ok_or_else(not_hashes)?.as_chunks::<HASH_BYTES>();
        if rest.is_empty() { Ok(Self(hashes.iter().copied().collect())) } else { Err(not_hashes()) }
    }
}

fn not_hashes() -> Error {
    Error::data("not a file of training text hashes")
}

/// Hash of the words of a text in lower case.
fn text_hash(text: &str) -> TextHash {
    let words: Vec<String> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
    let hash = blake3::hash(words.join(" ").as_bytes());
    let mut kept = [0; HASH_BYTES];
    kept.iter_mut().zip(hash.as_bytes()).for_each(|(to, from)| *to = *from);
    kept
}

#[cfg(test)]
mod tests {
    use crate::corpus::text_hashes::TrainingTextHashes;

    #[test]
    fn hashes_survive_a_round_trip() {
        let hashes = TrainingTextHashes::new(["Talks resumed on Monday.", "No deal yet."]);
        let read = TrainingTextHashes::from_bytes(&hashes.to_bytes()).expect("reads");
        assert_eq!((&read, read.len()), (&hashes, 2));
        assert!(read.contains("talks  resumed on Monday") && !read.contains("Talks resumed on Tuesday."));
        assert!(
            TrainingTextHashes::from_bytes(b"dt-seen\n123").is_err()
                && TrainingTextHashes::from_bytes(b"").is_err()
        );
    }
}
