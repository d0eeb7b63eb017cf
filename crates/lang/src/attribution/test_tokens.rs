//! Helpers of the attribution tests: tokens of a text, words of a range of tokens, tables of hits and near misses.

use std::fmt::Debug;
use std::ops::Range;

use crate::attribution::attribution_match::AttributionMatch;
use crate::word::annotate::annotate;
use crate::word::segments::Segments;
use crate::word::token::Token;

/// Calls `check` with the tokens of `text`.
pub(crate) fn with_tokens<R>(text: &str, check: impl FnOnce(&[Token<'_>]) -> R) -> R {
    check(&annotate(&Segments::new(text)))
}

/// Calls `check` with the tokens of `text` and the index of the token after a `^` in it: "Brenn ^said no."
pub(crate) fn with_marked<R>(text: &str, check: impl FnOnce(&[Token<'_>], usize) -> R) -> R {
    let offset = text.find('^').unwrap_or_else(|| panic!("no mark: {text}"));
    with_tokens(&text.replace('^', ""), |tokens| {
        check(tokens, tokens.partition_point(|token| (token.span.start as usize) < offset))
    })
}

/// The words of `range` in lower case, separated by spaces, without punctuation.
pub(crate) fn words(tokens: &[Token<'_>], range: &Range<usize>) -> String {
    let words = tokens.get(range.clone()).unwrap_or(&[]).iter().filter(|token| token.is_word());
    words.map(|token| &*token.lower).collect::<Vec<_>>().join(" ")
}

/// An attribution as "source | cue | content", in words.
pub(crate) fn shown(tokens: &[Token<'_>], matched: &AttributionMatch) -> String {
    [&matched.source, &matched.cue, &matched.content].map(|range| words(tokens, range)).join(" | ")
}

/// Asserts that a rule finds what is expected in each text, and reports all texts in which it does not.
#[track_caller]
pub(crate) fn assert_hits<F: PartialEq<E> + Debug, E: Debug>(
    cases: &[(&str, E)],
    rule: impl Fn(&str) -> Option<F>,
) {
    let wrong = cases.iter().filter_map(|(text, expected)| {
        let found = rule(text);
        let is_right = found.as_ref().is_some_and(|found| found == expected);
        (!is_right).then(|| format!("{text}\n  expected {expected:?}\n  found    {found:?}\n"))
    });
    let wrong: String = wrong.collect();
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// Asserts that a rule finds nothing in any of the texts, and reports all texts in which it does.
#[track_caller]
pub(crate) fn assert_misses<F: Debug>(texts: &[&str], rule: impl Fn(&str) -> Option<F>) {
    let wrong =
        texts.iter().filter_map(|text| rule(text).map(|found| format!("{text}\n  found {found:?}\n")));
    let wrong: String = wrong.collect();
    assert!(wrong.is_empty(), "\n{wrong}");
}
