//! Statements and their scores.

mod explain;
mod scorer;
mod statement;

pub use explain::{Contribution, Explanation};
pub use scorer::{Judgement, Scorer};
pub use statement::{ScoredCue, ScoredStatement, Speaker, SpeakerKind, When, trace};
