//! A note about how an article was read.

/// Something about a text that its reader should know; the engine hands it on as a warning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What sort of note, in kebab case (`invalid-bytes`, `encoding`).
    pub kind: &'static str,
    /// The note in words.
    pub message: String,
}
