//! Behaviour cases: single statements with bounds on their scores, by kind of construction
//! (`tests/data/behaviour/statements.jsonl`).
//!
//! Many constructions are still misread. The test fails where the built-in model holds fewer cases than recorded
//! here; raise the number when a change holds more.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use detente::{Article, Engine, Score};
use serde_json::Value;

/// Cases that the built-in model holds, of 566.
const HELD: usize = 502;

/// Kinds of which the built-in model holds every case.
const COMPLETE: [&str; 29] = [
    "\"hard\" and bitter words",
    "\"no\" before a bad thing",
    "\"without\", \"no\" on something else",
    "British and Indian English",
    "all capitals",
    "but, although, while",
    "curly apostrophes",
    "delay against refusal",
    "frame matrix: confirming frame + bad news",
    "frame matrix: confirming frame + good news",
    "headline grammar",
    "hedge recognised",
    "implicatives",
    "inflection of event verbs",
    "labels with a colon",
    "litotes",
    "phrases that overlap",
    "questions",
    "rare event verbs",
    "removal matrix: bad thing active",
    "removal matrix: bad thing noun",
    "removal matrix: bad thing passive",
    "removal matrix: good thing active",
    "removal matrix: good thing intransitive",
    "removal matrix: good thing noun",
    "removal matrix: good thing passive",
    "short and long form",
    "speech within speech",
    "superlatives",
];

struct Numbers {
    score: f64,
    bearing: f64,
    hedge: f64,
}

fn score(engine: &Engine, text: &Value) -> Option<Numbers> {
    let statement = engine.score_unsplit(&Article::new("case", text.as_str()?));
    Some(Numbers {
        score: statement.score.map_or(0.0, Score::get),
        bearing: statement.bearing.expect("learned").get(),
        hedge: statement.hedge.expect("learned").get(),
    })
}

/// Whether the scores of a case's `text` and `other` satisfy every bound of `expect`. A bound within 0.03 of 0 asks
/// for the sign only.
fn holds(expect: &Value, text: &Numbers, other: Option<&Numbers>) -> bool {
    let other = |check: &dyn Fn(&Numbers) -> bool| other.is_some_and(check);
    expect.as_object().expect("bounds").iter().all(|(name, bound)| {
        let bound = bound.as_f64().unwrap_or(0.0);
        match name.as_str() {
            "min" => text.score > bound || bound.abs() > 0.03 && text.score == bound,
            "max" => text.score < bound || bound.abs() > 0.03 && text.score == bound,
            "bearing_max" => text.bearing < bound,
            "hedge_min" => text.hedge >= bound,
            "hedge_max" => text.hedge < bound,
            "below_other_by" => other(&|other| text.score <= other.score - bound),
            "within_of_other" => other(&|other| (text.score - other.score).abs() <= bound),
            "hedge_above_other" => other(&|other| text.hedge > other.hedge),
            name => panic!("{name} is not a bound"),
        }
    })
}

#[test]
fn bounds_are_checked() {
    let numbers = |score| Numbers { score, bearing: 0.6, hedge: 0.2 };
    let check = |expect: &str, other: Option<f64>| {
        let expect = serde_json::from_str(expect).expect("JSON");
        holds(&expect, &numbers(0.02), other.map(numbers).as_ref())
    };
    assert!(check(r#"{"min": 0.0, "hedge_max": 0.3}"#, None));
    assert!(!check(r#"{"min": 0.02}"#, None));
    assert!(!check(r#"{"max": 0.0}"#, None));
    assert!(check(r#"{"below_other_by": 0.1}"#, Some(0.3)));
    assert!(!check(r#"{"within_of_other": 0.1}"#, Some(0.3)));
    assert!(!check(r#"{"bearing_max": 0.5}"#, None));
}

#[test]
fn the_builtin_model_holds_the_recorded_cases() {
    let engine = Engine::builtin().expect("the built-in model");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/behaviour/statements.jsonl");
    let cases = fs::read_to_string(path).expect("cases");
    let mut kinds: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for line in cases.lines() {
        let case: Value = serde_json::from_str(line).expect("JSON");
        let text = score(&engine, &case["text"]).expect("a text");
        let other = score(&engine, &case["other"]);
        let (held, all) = kinds.entry(case["kind"].as_str().expect("a kind").to_owned()).or_default();
        *held += usize::from(holds(&case["expect"], &text, other.as_ref()));
        *all += 1;
    }
    for kind in COMPLETE {
        let (held, all) = kinds[kind];
        assert_eq!(held, all, "{kind}");
    }
    let held: usize = kinds.values().map(|(held, _)| held).sum();
    assert!(held >= HELD, "{held} cases hold, {HELD} before: {kinds:#?}");
}
