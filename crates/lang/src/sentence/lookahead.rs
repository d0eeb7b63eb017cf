//! [`Lookahead`]: what follows sentence-final punctuation, as far as it decides whether a sentence ends there.

use crate::sentence::abbreviation::{is_quote_verb, is_title, may_follow_quote_verb};
use crate::sentence::characters::{floor_char_boundary, is_space};
use crate::sentence::list_marker::marker;

/// Bytes that a decision looks back for a word or ahead for the next one: more than any abbreviation or run of
/// quotes and dashes has, few enough that the time on adversarial text stays linear.
pub(crate) const WINDOW_BYTES: usize = 64;

/// Most words of the name and verb after a quotation: "Foreign Minister Ada Brenn asked".
const MAX_TAG_WORDS: usize = 5;

/// What follows sentence-final punctuation and white space.
#[expect(clippy::struct_excessive_bools, reason = "independent properties of the text that follows")]
pub(crate) struct Lookahead<'a> {
    /// The text from the first letter or digit on.
    pub(crate) rest: &'a str,
    /// The first word.
    pub(crate) word: &'a str,
    /// Whether the next word starts in lower case and opens no quotation or list item.
    pub(crate) is_lower: bool,
    pub(crate) is_digit: bool,
    pub(crate) is_quote: bool,
    /// Whether quotes, brackets or dashes stand before the first letter.
    pub(crate) is_wrapped: bool,
    /// Whether only punctuation follows: it belongs to the sentence before it.
    pub(crate) is_empty: bool,
}

impl<'a> Lookahead<'a> {
    pub(crate) fn read(tail: &'a str) -> Self {
        let window = tail.get(..floor_char_boundary(tail, WINDOW_BYTES)).unwrap_or("");
        let start = window.find(char::is_alphanumeric);
        let opening = window.get(..start.unwrap_or(0)).unwrap_or("");
        let rest = tail.get(start.unwrap_or(0)..).unwrap_or("");
        let rest = rest.get(..floor_char_boundary(rest, WINDOW_BYTES)).unwrap_or("");
        let word_end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        let first = rest.chars().next();
        let is_quote = opening.contains(['"', '“', '‘', '\'', '«']);
        let is_bulleted = opening.starts_with(['•', '‣', '⁃', '◦', '▪', '●', '■']);
        Self {
            rest,
            word: rest.get(..word_end).unwrap_or(""),
            is_lower: first.is_some_and(char::is_lowercase)
                && !is_quote
                && !is_bulleted
                && marker(rest).is_none()
                && marker(tail).is_none(),
            is_digit: first.is_some_and(|c| c.is_ascii_digit()),
            is_quote,
            is_wrapped: !opening.is_empty(),
            is_empty: start.is_none() && window.len() == tail.len(),
        }
    }

    /// Whether the next word starts in lower case, whatever stands before it.
    pub(crate) fn starts_in_lower_case(&self) -> bool {
        self.rest.chars().next().is_some_and(char::is_lowercase)
    }

    /// Whether a Roman numeral follows (`Art. IV`). `I` is the pronoun.
    pub(crate) fn is_roman_numeral(&self) -> bool {
        !self.word.is_empty()
            && self.word != "I"
            && self.word.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L'))
    }
}

/// Whether the text after a quotation that ends with `!` or `?` names its speaker: up to four capitalised words,
/// a verb of speech, and no clause after it ("Ms. Ode asked.", but not "Ode said he would leave").
pub(crate) fn is_speaker_tag(rest: &str) -> bool {
    let mut words = rest.split(is_space).filter(|word| !word.is_empty());
    for _ in 0..MAX_TAG_WORDS {
        let Some(word) = words.next() else { return false };
        let bare = word.trim_end_matches(['.', ',', ';', ':']);
        if is_quote_verb(bare) {
            let ends_clause = bare.len() < word.len();
            return ends_clause
                || words.next().is_none_or(|next| may_follow_quote_verb(next.trim_end_matches([',', '.'])));
        }
        let is_name = bare.chars().next().is_some_and(char::is_uppercase);
        if !is_name || (bare.len() < word.len() && !is_title(bare) && bare.chars().count() > 1) {
            return false;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn next_word() {
        let word = |tail| Lookahead::read(tail).word;
        assert_eq!(word("Talks go on."), "Talks");
        assert_eq!(word("“Talks go on."), "Talks");
        assert_eq!(word("U.S. talks"), "U");
        assert_eq!(word("— (Talks)"), "Talks");
        assert_eq!(word("…"), "");
    }

    #[test]
    fn lower_case_continues_a_sentence() {
        let is_lower = |tail| Lookahead::read(tail).is_lower;
        assert!(is_lower("talks") && is_lower("(talks") && is_lower("— talks") && is_lower("été"));
        // quotations and list items start sentences
        assert!(!is_lower("Talks") && !is_lower("“talks") && !is_lower("• talks"));
        assert!(!is_lower("b) talks") && !is_lower("(iv) talks") && !is_lower("5 talks"));
    }

    #[test]
    fn what_the_next_word_is_wrapped_in() {
        assert!(Lookahead::read("“Talks").is_quote && Lookahead::read("‘Talks").is_quote);
        assert!(!Lookahead::read("Talks “go").is_quote);
        assert!(Lookahead::read("(Talks").is_wrapped && Lookahead::read("— talks").is_wrapped);
        assert!(!Lookahead::read("Talks").is_wrapped);
        assert!(Lookahead::read("5 talks").is_digit && !Lookahead::read("Talks 5").is_digit);
    }

    #[test]
    fn nothing_but_punctuation() {
        let is_empty = |tail: &str| Lookahead::read(tail).is_empty;
        assert!(is_empty("") && is_empty("” —") && is_empty("...") && is_empty("\u{a0})"));
        assert!(!is_empty("x") && !is_empty("— 5"));
        // what is beyond the window may be a word
        assert!(!is_empty(&"—".repeat(WINDOW_BYTES)));
    }

    #[test]
    fn roman_numeral() {
        let is_roman = |tail| Lookahead::read(tail).is_roman_numeral();
        assert!(is_roman("IV of") && is_roman("II") && is_roman("XL.") && is_roman("V"));
        assert!(!is_roman("I went") && !is_roman("Ivy") && !is_roman("iv") && !is_roman("5"));
    }

    #[test]
    fn speaker_tag() {
        for tag in [
            "Ms. Ode asked.",
            "Ode said, smiling.",
            "Foreign Minister Ada Brenn asked.",
            "Ode said on Monday that it was.",
            "Brenn told reporters.",
            "J. R. Ode replied.",
        ] {
            assert!(is_speaker_tag(tag), "{tag}");
        }
        for other in [
            "Ode said he would leave.",
            "Ode left.",
            "Ode. Brenn asked.",
            "The man from Velnor asked.",
            "The Foreign Minister Of All Velnor asked.",
            "",
        ] {
            assert!(!is_speaker_tag(other), "{other}");
        }
    }
}
