//! [`Next`]: what follows final punctuation, as far as it tells whether a sentence ends there.

use crate::sentence::abbreviation::{is_speech, is_title};
use crate::sentence::layout::{is_space, marker, markers};

/// How far, in bytes, a decision looks back for a word or ahead for an opening:
/// longer than any abbreviation or run of quotes and dashes, short enough that
/// the whole pass stays linear on hostile text.
pub(crate) const REACH: usize = 64;

/// What comes after a run of final punctuation and blanks.
#[expect(clippy::struct_excessive_bools, reason = "independent traits of what follows")]
pub(crate) struct Next<'a> {
    /// From the first letter or digit on.
    pub(crate) rest: &'a str,
    pub(crate) word: &'a str,
    pub(crate) is_lower: bool,
    pub(crate) is_digit: bool,
    pub(crate) is_quote: bool,
    /// Quotes, brackets or dashes stand before the first letter.
    pub(crate) is_wrapped: bool,
    /// Nothing but punctuation comes: it belongs to the sentence before.
    pub(crate) is_nothing: bool,
}

impl<'a> Next<'a> {
    pub(crate) fn read(tail: &'a str) -> Self {
        let window = tail.get(..floor(tail, REACH)).unwrap_or("");
        let start = window.find(char::is_alphanumeric);
        let lead = window.get(..start.unwrap_or(0)).unwrap_or("");
        let rest = tail.get(start.unwrap_or(0)..).unwrap_or("");
        let rest = rest.get(..floor(rest, REACH)).unwrap_or("");
        let word_end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        let first = rest.chars().next();
        let is_quote = lead.contains(['"', '“', '‘', '\'', '«']);
        let is_bulleted = lead.starts_with(['•', '‣', '⁃', '◦', '▪', '●', '■']);
        Self {
            rest,
            word: rest.get(..word_end).unwrap_or(""),
            is_lower: first.is_some_and(char::is_lowercase)
                && !is_quote
                && !is_bulleted
                && marker(rest).is_none()
                && markers(tail).next().is_none(),
            is_digit: first.is_some_and(|c| c.is_ascii_digit()),
            is_quote,
            is_wrapped: !lead.is_empty(),
            is_nothing: start.is_none() && window.len() == tail.len(),
        }
    }

    pub(crate) fn is_wrapped_word(&self) -> bool {
        self.rest.chars().next().is_some_and(char::is_lowercase)
    }

    /// Whether a Roman numeral follows (`Art. IV`).
    pub(crate) fn is_numeral(&self) -> bool {
        !self.word.is_empty()
            && self.word != "I"
            && self.word.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L'))
    }
}

/// Whether what follows a quotation that ends with `!` or `?` names its speaker:
/// up to four words with capitals, a verb of speech, and no clause after it
/// ("Ms. Ode asked.", but not "Ode said he would leave").
pub(crate) fn is_attribution(rest: &str) -> bool {
    let mut words = rest.split(is_space).filter(|word| !word.is_empty());
    for _ in 0..5 {
        let Some(word) = words.next() else { return false };
        let bare = word.trim_end_matches(['.', ',', ';', ':']);
        if is_speech(bare) {
            return bare.len() < word.len()
                || words.next().is_none_or(|after| {
                    let after = after.trim_end_matches([',', '.']);
                    matches!(
                        after,
                        "on" | "in" | "at" | "to" | "during" | "after" | "before" | "reporters" | "of"
                    )
                });
        }
        let is_name = bare.chars().next().is_some_and(char::is_uppercase);
        if !is_name || (bare.len() < word.len() && !is_title(bare) && bare.chars().count() > 1) {
            return false;
        }
    }
    false
}

/// The greatest character bound of `text` that is at most `at`.
pub(crate) fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0)
}
