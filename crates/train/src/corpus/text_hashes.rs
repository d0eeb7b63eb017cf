//! [`TrainingTextHashes`]: which texts a model was trained on, without the texts.

use std::collections::BTreeSet;

use detente::internals::builtin_text_hashes;
use detente::{Error, Result};

/// Bytes that are kept of a text's hash: among 100,000 texts, one other text in ten million is
/// taken for one of them.
const KEPT: usize = 5;
const MAGIC: &[u8; 8] = b"dt-seen\n";

/// Hashes of texts; case, blanks and punctuation do not count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrainingTextHashes(BTreeSet<[u8; KEPT]>);

impl TrainingTextHashes {
    /// Remembers these texts.
    pub fn new<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        Self(texts.into_iter().map(mark).collect())
    }

    /// What the built-in model was trained on.
    ///
    /// # Errors
    /// Never for a program that was built from a whole repository.
    pub fn builtin() -> Result<Self> {
        Self::from_bytes(builtin_text_hashes())
    }

    /// Whether the text was among them.
    #[must_use]
    pub fn contains(&self, text: &str) -> bool {
        self.0.contains(&mark(text))
    }

    /// Number of texts.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The bytes of its file: a magic and the sorted hashes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        MAGIC.iter().copied().chain(self.0.iter().flatten().copied()).collect()
    }

    /// Reads the bytes of its file.
    ///
    /// # Errors
    /// When the bytes are no such file.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let hashes = bytes
            .strip_prefix(MAGIC)
            .filter(|rest| rest.len() % KEPT == 0)
            .ok_or_else(|| Error::data("no list of texts that were trained on"))?;
        let hash = |chunk: &[u8]| {
            let mut hash = [0; KEPT];
            hash.iter_mut().zip(chunk).for_each(|(to, from)| *to = *from);
            hash
        };
        Ok(Self(hashes.chunks_exact(KEPT).map(hash).collect()))
    }
}

fn mark(text: &str) -> [u8; KEPT] {
    let words: Vec<String> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
    let hash = blake3::hash(words.join(" ").as_bytes());
    let mut kept = [0; KEPT];
    kept.iter_mut().zip(hash.as_bytes()).for_each(|(to, from)| *to = *from);
    kept
}

#[cfg(test)]
mod tests {
    use crate::corpus::text_hashes::TrainingTextHashes;

    #[test]
    fn the_same_text_is_known_again_and_no_other() {
        let seen = TrainingTextHashes::new(["Talks resumed on Monday.", "No deal yet."]);
        let read = TrainingTextHashes::from_bytes(&seen.to_bytes()).expect("reads");
        assert_eq!((&read, read.len()), (&seen, 2));
        assert!(read.contains("talks  resumed on Monday") && !read.contains("Talks resumed on Tuesday."));
        assert!(
            TrainingTextHashes::from_bytes(b"dt-seen\n123").is_err()
                && TrainingTextHashes::from_bytes(b"").is_err()
        );
    }
}
