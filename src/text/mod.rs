//! What came in, and its sentences.
mod article;

pub use article::Article;

/// Who says it, and for which side.
mod voice;
pub use voice::{Attribution, Voice, VoiceKind, attributions, voices};
