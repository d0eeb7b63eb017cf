//! What the tests of this folder share.

use crate::day::Day;
use crate::span::Span;
use crate::time::calendar_word::{CalendarWord, calendar_words};
use crate::time::dating::{sentence_dates, time_expressions};
use crate::time::expression::find_expressions;
use crate::time::expression_type::Expression;
use crate::time::meaning::Days;
use crate::word::segments::Segments;

/// The reference day of most tests: a Thursday.
pub(crate) const TODAY: &str = "2019-12-12";

pub(crate) fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

/// What `analyse` returns for the words of `text`.
pub(crate) fn with_words<T>(text: &str, analyse: impl FnOnce(&[CalendarWord<'_>]) -> T) -> T {
    let segments = Segments::new(text);
    analyse(&calendar_words(&segments, Span::new(0, text.len())))
}

/// The first time expression of `text` with its days: "next week: 2019-12-16..2019-12-22"; empty where there is none.
pub(crate) fn first_expression(text: &str) -> String {
    let found = time_expressions(text, Span::new(0, text.len()), Some(day(TODAY)));
    found.first().map_or(String::new(), |e| format!("{}: {}", e.span.slice(text), shown((e.from, e.to))))
}

/// The date of the event in the sentence `text`; empty where there is none.
pub(crate) fn date_of(text: &str) -> String {
    let dates = sentence_dates(text, &[Span::new(0, text.len())], Some(day(TODAY)));
    dates[0].when.map(shown).unwrap_or_default()
}

pub(crate) fn shown((from, to): Days) -> String {
    if from == to { from.to_string() } else { format!("{from}..{to}") }
}

/// Asserts the first time expression of each text.
#[track_caller]
pub(crate) fn assert_reads(cases: &[(&str, &str)]) {
    assert_all(cases, first_expression);
}

/// Asserts the date of the event in each sentence.
#[track_caller]
pub(crate) fn assert_dates(cases: &[(&str, &str)]) {
    assert_all(cases, date_of);
}

#[track_caller]
fn assert_all(cases: &[(&str, &str)], analyse: fn(&str) -> String) {
    let wrong: Vec<String> = cases
        .iter()
        .filter(|(text, expected)| analyse(text) != *expected)
        .map(|(text, expected)| format!("{text}: {:?}, not {expected:?}", analyse(text)))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Asserts that `rule` is true of every hit and of no near miss.
#[track_caller]
pub(crate) fn assert_rule(rule: impl Fn(&str) -> bool, hits: &[&str], near_misses: &[&str]) {
    let missed: Vec<_> = hits.iter().filter(|text| !rule(text)).collect();
    let wrong: Vec<_> = near_misses.iter().filter(|text| rule(text)).collect();
    assert!(missed.is_empty() && wrong.is_empty(), "missed: {missed:#?}, wrong: {wrong:#?}");
}

/// Whether `rule` is true of a time expression of `text`.
pub(crate) fn any_expression(text: &str, rule: impl Fn(&[CalendarWord<'_>], &Expression) -> bool) -> bool {
    with_words(text, |words| find_expressions(words).iter().any(|expression| rule(words, expression)))
}

/// Whether `rule` is true of a word of `text`.
pub(crate) fn any_word(text: &str, rule: impl Fn(&[CalendarWord<'_>], usize) -> bool) -> bool {
    with_words(text, |words| (0..words.len()).any(|at| rule(words, at)))
}
