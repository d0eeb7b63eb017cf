//! The lexicon of cues: words and phrases that express outlook, hedging, negation and time.

pub(crate) mod binary;
pub(crate) mod compile;
pub(crate) mod cue;
pub(crate) mod matcher;
pub(crate) mod parse;
pub(crate) mod text_form;
