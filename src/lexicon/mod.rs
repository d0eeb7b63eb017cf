//! Cues: the words and phrases that carry outlook, hedging, negation and time.

mod cue;
mod find;
mod parse;

pub use cue::{Cue, CueKind};
pub use find::Finder;
pub use parse::{Entry, Lexicon};
