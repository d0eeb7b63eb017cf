//! What the tests of this folder share.

use crate::sentence::split::sentences;
use crate::span::Span;

pub(crate) fn split(text: &str) -> Vec<&str> {
    sentences(text, Span::new(0, text.len())).into_iter().map(|s| s.span.slice(text)).collect()
}

/// Asserts where sentences end: a `|` stands for the space between two sentences, `/` for no space at all.
#[track_caller]
pub(crate) fn assert_splits(cases: &[&str]) {
    let mut wrong = Vec::new();
    for case in cases {
        let text = case.replace('|', " ").replace('/', "");
        let expected: Vec<&str> = case.split(['|', '/']).collect();
        if split(&text) != expected {
            wrong.push(format!("{}, not {case}", split(&text).join("|")));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Asserts that each text is one sentence.
#[track_caller]
pub(crate) fn assert_one_sentence(texts: &[&str]) {
    let wrong: Vec<String> =
        texts.iter().filter(|text| split(text).len() != 1).map(|text| split(text).join("|")).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
