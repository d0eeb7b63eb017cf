//! Sentence segmentation, measured on the hard cases of `tests/data/sentences-gold.txt`.
#![allow(clippy::print_stdout, reason = "the measure is what the test is run for")]

use std::fs;

use detente_lang::{Span, sentences};

/// Share of texts that are split as expected: 62 of 65, less two points.
const MIN_RIGHT: f64 = 0.93;

#[test]
fn hard_cases_are_split_as_expected() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/data/sentences-gold.txt");
    let file = fs::read_to_string(path).expect("the cases");
    let cases: Vec<&str> = file.lines().filter(|line| !line.starts_with('#')).collect();
    let mut right = 0;
    for case in &cases {
        let text = case.replace('|', " ").replace('¦', "").replace('¶', "\n");
        let found: Vec<&str> = sentences(&text, Span::new(0, text.len()))
            .into_iter()
            .map(|sentence| sentence.span.slice(&text))
            .collect();
        let expected: Vec<&str> = case.split(['|', '¦', '¶']).collect();
        right += usize::from(found == expected);
        if found != expected {
            println!("{}, not {case}", found.join("|"));
        }
    }
    println!("sentences: {right} of {} texts", cases.len());
    assert!(cases.len() >= 60 && right as f64 >= MIN_RIGHT * cases.len() as f64);
}
