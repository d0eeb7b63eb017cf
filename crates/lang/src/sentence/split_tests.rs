//! Tests of [`sentences`]: own cases with hits and near-misses, properties, outside measures.

#![allow(clippy::print_stdout, clippy::print_stderr)] // a skipped test says so

use proptest::prelude::*;

use super::*;
use crate::sentence::characters::is_space;

fn cut(text: &str) -> Vec<&str> {
    sentences(text, Span::new(0, text.len())).into_iter().map(|s| s.span.slice(text)).collect()
}

/// Golden rules of sentence segmentation, where present: at least 48 of the first 52.
#[test]
fn golden_rules() {
    let Ok(file) = std::fs::read_to_string("../../../shared/gold/golden-rules-en.jsonl") else {
        eprintln!("skipped: no golden rules here");
        return;
    };
    let squeeze = |s: &str| s.split_whitespace().collect::<Vec<_>>().join(" ");
    let (mut right, mut rules) = (0, 0);
    let mut wrong = Vec::new();
    for line in file.lines() {
        let rule: serde_json::Value = serde_json::from_str(line).expect("a rule");
        let text = rule["text"].as_str().expect("a text");
        let name = rule["name"].as_str().expect("a name");
        let number: usize = name.rsplit('#').next().and_then(|n| n.parse().ok()).expect("a number");
        let want: Vec<String> = rule["sentences"]
            .as_array()
            .expect("sentences")
            .iter()
            .filter_map(|s| s.as_str())
            .map(squeeze)
            .collect();
        let is_right = cut(text).into_iter().map(squeeze).collect::<Vec<_>>() == want;
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

/// Hits and near-misses: `|` marks where a sentence must end.
#[test]
fn own_cases() {
    let cases = [
        "The U.S. National Mediator met Mr. Ode in Washington, D.C. on Monday.|She left early.",
        "He works for Varn Inc. and Corda Ltd. in Velnor.|Varn Inc.|The firm was founded in 1990.",
        "They meet on Nov. 3 in Coste.|Talks ended in Nov.|The next round is open.",
        "The vote is at 5 p.m. Wednesday.|It ended at 9 p.m.|The envoys went home.",
        "At 7 a.m. Mr. Ode rang.|At 7 a.m. London time he left.",
        "J. R. Ode and Anna B. Lind signed.|It was plan B.|The other had failed.",
        "Tariffs fell 3.5 percent to $1.2 billion.|That is 0.4 points less.",
        "“Stop it!” he said.|“Stop it!”|She left.",
        "\"Is it over?\" Ms. Lind asked.|\"It is over.\"|Lind said she would go.",
        "“We are close. We are not there yet,” he said.",
        "He resigned (nobody knew why).|(They asked.)|Nobody answered.",
        "The talks… went on.|They paused...|Then they left.",
        "See Art. 5 and No. 7 of the text.|The answer was no.|Nobody spoke.",
        "The deal covers wool, cotton, etc.|Nobody mentioned silk.",
        "Yes!|No?|Perhaps?!|Who knows.",
        "The site is ode.example.com.|It is down.",
    ];
    for case in cases {
        let text = case.replace('|', " ");
        let mut want: Vec<String> = case.split('|').map(str::to_owned).collect();
        if case.starts_with("“We are close.") {
            // several sentences in one quotation are several statements
            want = vec!["“We are close.".to_owned(), "We are not there yet,” he said.".to_owned()];
        }
        assert_eq!(cut(&text), want);
        let wrapped = text.replace(' ', "\u{a0}");
        assert_eq!(cut(&wrapped).len(), want.len(), "no-break spaces: {case}");
    }
}

proptest! {
    #[test]
    fn nothing_is_lost_and_nothing_doubled(text in r#"([A-Za-z ]{0,8}|[.!?…"'“”‘’()\[\]•\-]{1,3}|\n{1,3}|\r\n|\u{a0}|U\.S\.|1\. |\PC{0,4}){0,40}"#) {
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
fn text_without_stops_is_cut_at_a_blank() {
    let text = "a deal and ".repeat(2000);
    let found = sentences(&text, Span::new(0, text.len()));
    assert!(found.len() > 4);
    assert!(
        found.iter().all(|s| s.span.len() <= MAX_SENTENCE_BYTES + 8 && !s.span.slice(&text).contains("  "))
    );
    let words: usize = found.iter().map(|s| s.span.slice(&text).split(' ').count()).sum();
    assert_eq!(words, 6000);
}
