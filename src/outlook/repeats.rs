//! [`repeats`]: statements that say again, word for word, what stands before them.

use std::collections::HashMap;

/// For each text, the first one before it with the same words, whatever their case, blanks and marks.
///
/// ```
/// # use detente::outlook::repeats;
/// let texts = ["Talks resumed.", "Rain fell.", "\u{201c}TALKS  resumed\u{201d}", "Talks resumed again."];
/// assert_eq!(repeats(texts), [None, None, Some(0), None]);
/// ```
#[must_use]
pub fn repeats<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<Option<usize>> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let first = |(at, text): (usize, &str)| {
        let mut words = String::with_capacity(text.len() + 1);
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            words.extend(word.chars().flat_map(char::to_lowercase));
            words.push(' ');
        }
        let first = *seen.entry(words).or_insert(at);
        (first != at).then_some(first)
    };
    texts.into_iter().enumerate().map(first).collect()
}
