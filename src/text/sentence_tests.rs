//! Tests of [`sentences`]: own cases with hits and near-misses, properties, outside measures.

use proptest::prelude::*;

use super::*;

fn cut(text: &str) -> Vec<&str> {
    sentences(text, Span::new(0, text.len())).into_iter().map(|s| s.span.slice(text)).collect()
}

/// Golden rules of sentence segmentation, where present: at least 48 of the first 52.
#[test]
fn golden_rules() {
    let Ok(file) = std::fs::read_to_string("../shared/gold/golden-rules-en.jsonl") else {
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
