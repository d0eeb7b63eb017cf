//! Statements and their scores.

mod scorer;
mod statement;

pub use scorer::{Judgement, Scorer};
pub use statement::{ScoredCue, ScoredStatement, Speaker, SpeakerKind, When};
