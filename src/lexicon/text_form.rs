//! The tab-separated text of a lexicon in a model file.

use crate::error::{Error, Result};
use crate::lexicon::cue::CueKind;
use crate::lexicon::parse::{Lexicon, LexiconEntry};

/// Writes a header line, then phrase, kind and value of each entry.
pub(crate) fn to_text(lexicon: &Lexicon) -> String {
    let mut text = String::from("entry\tkind\tvalue\n");
    for LexiconEntry { phrase, kind, value } in lexicon.entries() {
        let note = if *kind == CueKind::Contrast && *value < 0.0 { "\tmain" } else { "" };
        text.extend([phrase, "\t", kind.as_str(), "\t", &value.to_string(), note, "\n"]);
    }
    text
}

/// Parses the text that [`to_text`] writes.
pub(crate) fn from_text(text: &str) -> Result<Lexicon> {
    Lexicon::parse(&[("lexicon", text)]).map_err(|e| Error::model(e.to_string()))
}
