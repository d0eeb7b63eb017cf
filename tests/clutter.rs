//! Lines that do not belong to an article, before and after its text, do not move its outlook.

use std::fs;
use std::path::Path;

use detente::{Article, Engine};
use serde_json::Value;

/// Every so many articles of the corpus are read, which takes a second.
const STEP: usize = 24;
/// Most that a line moves the outlook on average, over all articles and both places.
const MAX_MOVE: f64 = 0.06;
/// The same over all lines.
const MAX_MEAN_MOVE: f64 = 0.03;

/// The text of a labelled article.
fn text_of(article: &Value) -> String {
    let (mut text, mut paragraph) = (String::new(), 0);
    for statement in article["statements"].as_array().expect("statements") {
        let own = statement["p"].as_u64().unwrap_or(0);
        if !text.is_empty() {
            text.push_str(if own == paragraph { " " } else { "\n\n" });
        }
        paragraph = own;
        text.push_str(statement["text"].as_str().expect("a text"));
    }
    text
}

fn articles() -> Vec<(Option<String>, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/corpus");
    let read = |name: &str| fs::read_to_string(root.join(name)).expect("the corpus");
    ["train-a", "train-b", "train-c", "train-d", "train-e", "train-g"]
        .iter()
        .flat_map(|name| read(&format!("{name}.jsonl")).lines().map(str::to_owned).collect::<Vec<_>>())
        .step_by(STEP)
        .map(|line| {
            let article: Value = serde_json::from_str(&line).expect("a record");
            (article["title"].as_str().map(str::to_owned), text_of(&article))
        })
        .collect()
}

#[test]
fn clutter_does_not_move_outlooks() {
    let engine = Engine::builtin().expect("the built-in model");
    let score = |title: &Option<String>, text: String| {
        let mut article = Article::new("case", text);
        article.title.clone_from(title);
        engine.score(&article).outlook.map_or(0.0, |outlook| outlook.score.get())
    };
    let lines = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/clutter.txt"));
    let lines = lines.expect("the lines");
    let articles = articles();
    let mut means = Vec::new();
    for line in lines.lines() {
        let moves = articles.iter().map(|(title, text)| {
            let plain = score(title, text.clone());
            let before = score(title, format!("{line}\n\n{text}"));
            let after = score(title, format!("{text}\n\n{line}"));
            f64::midpoint((before - plain).abs(), (after - plain).abs())
        });
        let mean = moves.sum::<f64>() / articles.len() as f64;
        assert!(mean <= MAX_MOVE, "{line}: {mean:.3}");
        means.push(mean);
    }
    let mean = means.iter().sum::<f64>() / means.len() as f64;
    assert!(mean <= MAX_MEAN_MOVE, "{mean:.3}");
}

#[test]
fn clutter_is_marked_and_bears_on_nothing() {
    let engine = Engine::builtin().expect("the built-in model");
    let scored =
        engine.score(&Article::new("case", "Read more: Talks collapse\n\nBrenn said talks had resumed."));
    assert!(scored.statements[0].clutter && scored.statements[0].score.is_none());
    assert!(!scored.statements[1].clutter && scored.statements[1].score.is_some());
    let json = serde_json::to_value(&scored).expect("JSON");
    assert_eq!(json["statements"][0]["clutter"], Value::Bool(true));
    assert_eq!(json["statements"][1].get("clutter"), None);
}
