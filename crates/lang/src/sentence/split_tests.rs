//! Tests of [`sentences`]: whole texts, properties, measures on outside data.

#![allow(clippy::print_stdout, reason = "the measure is what the test is run for")]

use proptest::prelude::*;

use super::*;
use crate::sentence::characters::is_space;
use crate::sentence::testing::{assert_splits, split};

/// Golden rules of sentence segmentation: at least 48 of the first 52.
#[test]
#[ignore = "needs ../shared"]
fn golden_rules() {
    let file = std::fs::read_to_string("../../../shared/gold/golden-rules-en.jsonl").expect("the rules");
    let squeeze = |s: &str| s.split_whitespace().collect::<Vec<_>>().join(" ");
    let (mut right, mut rules) = (0, 0);
    let mut wrong = Vec::new();
    for line in file.lines() {
        let rule: serde_json::Value = serde_json::from_str(line).expect("a rule");
        let text = rule["text"].as_str().expect("a text");
        let name = rule["name"].as_str().expect("a name");
        let number: usize = name.rsplit('#').next().and_then(|n| n.parse().ok()).expect("a number");
        let expected: Vec<String> = rule["sentences"]
            .as_array()
            .expect("sentences")
            .iter()
            .filter_map(|s| s.as_str())
            .map(squeeze)
            .collect();
        let is_right = split(text).into_iter().map(squeeze).collect::<Vec<_>>() == expected;
        if number <= 52 {
            rules += 1;
            right += usize::from(is_right);
        }
        if !is_right {
            wrong.push(name.to_owned());
        }
    }
    println!("golden rules: {right} of {rules}; wrong: {wrong:#?}");
    assert!(rules == 52 && right >= 48, "{right} of {rules}: {wrong:#?}");
}

#[test]
fn sentences_of_news() {
    assert_splits(&[
        "The U.S. National Mediator met Mr. Ode in Washington, D.C. on Monday.|She left early.",
        "He works for Varn Inc. and Corda Ltd. in Velnor.|Varn Inc.|The firm was founded in 1990.",
        "They meet on Nov. 3 in Coste.|Talks ended in Nov.|The next round is open.",
        "The vote is at 5 p.m. Wednesday.|It ended at 9 p.m.|The envoys went home.",
        "At 7 a.m. Mr. Ode rang.|At 7 a.m. London time he left.",
        "J. R. Ode and Anna B. Lind signed.|It was plan B.|The other had failed.",
        "Tariffs fell 3.5 percent to $1.2 billion.|That is 0.4 points less.",
        "“Stop it!” he said.|“Stop it!”|She left.",
        "\"Is it over?\" Ms. Lind asked.|\"It is over.\"|Lind said she would go.",
        // several sentences in one quotation are several statements
        "“We are close.|We are not there yet,” he said.",
        "He resigned (nobody knew why).|(They asked.)|Nobody answered.",
        "The talks… went on.|They paused...|Then they left.",
        "See Art. 5 and No. 7 of the text.|The answer was no.|Nobody spoke.",
        "The deal covers wool, cotton, etc.|Nobody mentioned silk.",
        "Yes!|No?|Perhaps?!|Who knows.",
        "The site is ode.example.com.|It is down.",
    ]);
}

#[test]
fn no_break_spaces_separate_sentences() {
    let text = "They met.\u{a0}Nobody signed. \u{a0}At 5\u{a0}p.m. they left.";
    assert_eq!(split(text), ["They met.", "Nobody signed.", "At 5\u{a0}p.m. they left."]);
}

#[test]
fn closing_quotes_brackets_and_notes_belong_to_the_sentence() {
    assert_splits(&[
        "“It is over.”|She left.",
        "(It is over.)|She left.",
        "It is over.[12]|She left.",
        "“(It is over.)”[3]|She left.",
        "*It is over.*|She left.",
        "\"It is over.\"|\"So it is.\"",
    ]);
    // an opening quotation mark belongs to the next sentence
    assert_splits(&["It is over.|“So it is.”", "It is over.|\"So it is.\"", "It is over.|[So it is.]"]);
}

#[test]
fn list_items_within_a_line_are_sentences() {
    assert_splits(&[
        "1. Cotton is free|2. Wool is not|3. Silk is open",
        "(a) cotton|(b) wool|(c) silk",
        "• cotton|• wool|• silk",
        "i) cotton|ii) wool",
    ]);
    assert_splits(&[
        "1. Cotton is free in 2 ports",
        "- cotton - the best",
        "They agreed on (a) cotton (b) wool",
    ]);
}

#[test]
fn a_spaced_ellipsis_after_a_sentence_is_an_omission() {
    assert_splits(&["They signed.|. . . The rest is open."]);
    assert_splits(&["“They signed. . . .”|The rest is open."]);
}

#[test]
fn a_body_may_be_a_part_of_the_text() {
    let text = "Headline\n\nThey met. Nobody signed.\n\nFooter.";
    let spans = |start, end| -> Vec<&str> {
        sentences(text, Span::new(start, end)).into_iter().map(|s| s.span.slice(text)).collect()
    };
    assert_eq!(spans(10, 34), ["They met.", "Nobody signed."]);
    assert_eq!(spans(0, 0), [] as [&str; 0]);
    assert_eq!(spans(10, 900), [] as [&str; 0]);
}

proptest! {
    #[test]
    fn every_character_is_in_one_sentence(text in r#"([A-Za-z ]{0,8}|[.!?…"'“”‘’()\[\]•\-]{1,3}|\n{1,3}|\r\n|\u{a0}|U\.S\.|1\. |\PC{0,4}){0,40}"#) {
        let found = sentences(&text, Span::new(0, text.len()));
        let mut at = 0;
        for sentence in &found {
            let (start, end) = (sentence.span.start as usize, sentence.span.end as usize);
            prop_assert!(start >= at && end > start);
            prop_assert!(text[at..start].chars().all(is_space), "lost {:?}", &text[at..start]);
            let slice = sentence.span.slice(&text);
            prop_assert_eq!(slice.trim_matches(is_space), slice);
            at = end;
        }
        prop_assert!(text[at..].chars().all(is_space), "lost {:?}", &text[at..]);
        prop_assert!(found.windows(2).all(|pair| pair[0].paragraph <= pair[1].paragraph));
    }
}

#[test]
fn text_without_full_stops_is_split_at_a_space() {
    let text = "a deal and ".repeat(2000);
    let found = sentences(&text, Span::new(0, text.len()));
    assert!(found.len() > 4);
    assert!(
        found.iter().all(|s| s.span.len() <= MAX_SENTENCE_BYTES + 8 && !s.span.slice(&text).contains("  "))
    );
    let words: usize = found.iter().map(|s| s.span.slice(&text).split(' ').count()).sum();
    assert_eq!(words, 6000);
}
