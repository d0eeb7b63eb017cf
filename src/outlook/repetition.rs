//! [`repeats`]: statements that say again, word for word, what stands before them.

use std::collections::HashMap;

/// Letters at either end of a statement that are held against others before all of its words are.
const ENDS: usize = 8;

/// For each text, the first one before it with the same words, whatever their case, blanks and marks.
#[must_use]
pub(crate) fn repeats<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<Option<usize>> {
    let mut texts: Vec<_> = texts.into_iter().enumerate().map(|(at, text)| (ends(text), at, text)).collect();
    let mut repeats = vec![None; texts.len()];
    texts.sort_unstable();
    for alike in texts.chunk_by(|a, b| a.0 == b.0).filter(|alike| alike.len() > 1) {
        let mut seen: HashMap<String, usize> = HashMap::new();
        for (_, at, text) in alike {
            let first = *seen.entry(words(text)).or_insert(*at);
            if let Some(repeat) = repeats.get_mut(*at) {
                *repeat = (first != *at).then_some(first);
            }
        }
    }
    repeats
}

/// A number for the first and one for the last letters of `text`: the same for texts of the same words.
fn ends(text: &str) -> (u64, u64) {
    let letters = || text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
    let add = |sum: u64, c: char| sum.rotate_left(8) ^ u64::from(u32::from(c));
    (letters().take(ENDS).fold(0, add), letters().rev().take(ENDS).fold(0, add))
}

/// The words of `text` in lower case, a blank behind each.
fn words(text: &str) -> String {
    let mut words = String::with_capacity(text.len() + 1);
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        words.extend(word.chars().flat_map(char::to_lowercase));
        words.push(' ');
    }
    words
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_repetition_has_the_same_words() {
        let texts =
            ["Talks resumed.", "Rain fell.", "\u{201c}TALKS  resumed\u{201d}", "Talks resumed again."];
        assert_eq!(repeats(texts), [None, None, Some(0), None]);
    }

    proptest! {
        #[test]
        fn texts_of_the_same_words_have_the_same_ends(
            words_ in prop::collection::vec("[a-zA-ZéÉİ\u{212a}ß1-3]{1,5}", 0..6),
            marks in prop::collection::vec("[ .,’\u{307}-]{1,2}", 6),
        ) {
            let text: String = words_.iter().zip(&marks).flat_map(|(word, mark)| [word.as_str(), mark]).collect();
            let other = words(&text);
            prop_assert_eq!(words(&other) == other, repeats([text.as_str(), &other])[1].is_some());
            prop_assert!(words(&other) != other || ends(&text) == ends(&other));
        }
    }
}
