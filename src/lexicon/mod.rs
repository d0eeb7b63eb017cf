//! Cues: the words and phrases that carry outlook, hedging, negation and time.

mod compile;
mod cue;
mod find;
mod parse;
mod stored;

pub use cue::{Cue, CueKind};
pub use find::Finder;
pub use parse::{Entry, Lexicon};
