//! [`find_repetitions`]: statements with the same words as an earlier statement.

use std::collections::HashMap;

/// Letters at each end of a statement that are compared before all words are.
const EDGE_LETTERS: usize = 8;

/// Returns, for each text, the index of the first earlier text with the same words; case, spaces and
/// punctuation are ignored.
#[must_use]
pub(crate) fn find_repetitions<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<Option<usize>> {
    let mut texts: Vec<_> =
        texts.into_iter().enumerate().map(|(at, text)| (edge_hashes(text), at, text)).collect();
    let mut repetitions = vec![None; texts.len()];
    texts.sort_unstable();
    for candidates in texts.chunk_by(|a, b| a.0 == b.0).filter(|candidates| candidates.len() > 1) {
        let mut first_by_words: HashMap<String, usize> = HashMap::new();
        for (_, at, text) in candidates {
            let first = *first_by_words.entry(normalised_words(text)).or_insert(*at);
            if let Some(repetition) = repetitions.get_mut(*at) {
                *repetition = (first != *at).then_some(first);
            }
        }
    }
    repetitions
}

/// Hashes of the first and the last letters of `text`, equal for texts with the same words.
fn edge_hashes(text: &str) -> (u64, u64) {
    let letters = || text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
    let add = |sum: u64, c: char| sum.rotate_left(8) ^ u64::from(u32::from(c));
    (letters().take(EDGE_LETTERS).fold(0, add), letters().rev().take(EDGE_LETTERS).fold(0, add))
}

/// The words of `text` in lower case, each followed by a space.
fn normalised_words(text: &str) -> String {
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
    fn case_spaces_and_punctuation_are_ignored() {
        let texts =
            ["Talks resumed.", "Rain fell.", "\u{201c}TALKS  resumed\u{201d}", "Talks resumed again."];
        assert_eq!(find_repetitions(texts), [None, None, Some(0), None]);
    }

    proptest! {
        #[test]
        fn equal_words_have_equal_edge_hashes(
            words in prop::collection::vec("[a-zA-ZéÉİ\u{212a}ß1-3]{1,5}", 0..6),
            separators in prop::collection::vec("[ .,’\u{307}-]{1,2}", 6),
        ) {
            let text: String =
                words.iter().zip(&separators).flat_map(|(word, after)| [word.as_str(), after]).collect();
            let other = normalised_words(&text);
            let is_stable = normalised_words(&other) == other;
            prop_assert_eq!(is_stable, find_repetitions([text.as_str(), &other])[1].is_some());
            prop_assert!(!is_stable || edge_hashes(&text) == edge_hashes(&other));
        }
    }
}
