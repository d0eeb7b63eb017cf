//! Phrases of a statement: from tagged tokens to units.

pub(crate) mod chunker;
mod entry_match;
mod function_words;
mod noun_phrase;
mod predicative;
mod verb_group;
