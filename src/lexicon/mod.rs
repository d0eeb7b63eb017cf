//! Cues.
mod cue;

pub use cue::CueKind;
