//! A lexicon as the tab-separated text that a model file holds.

use crate::error::{Error, Result};
use crate::lexicon::parse::{Entry, Lexicon};

/// The lexicon as text: a header line, then entry, kind and value of each entry.
pub(crate) fn to_text(lexicon: &Lexicon) -> String {
    let mut text = String::from("entry\tkind\tvalue\n");
    for Entry { phrase, kind, value } in lexicon.entries() {
        let side = if *value < 0.0 { "\tmain" } else { "" };
        let note = if kind.as_str() == "contrast" { side } else { "" };
        text.extend([phrase, "\t", kind.as_str(), "\t", &value.to_string(), note, "\n"]);
    }
    text
}

/// Reads a lexicon from the text that [`to_text`] writes.
pub(crate) fn from_text(text: &str) -> Result<Lexicon> {
    Lexicon::read(&[("lexicon", text)]).map_err(|e| Error::model(e.to_string()))
}
