//! Statements and their scores.
mod statement;

pub use statement::{ScoredCue, ScoredStatement, Speaker, SpeakerKind, When};
