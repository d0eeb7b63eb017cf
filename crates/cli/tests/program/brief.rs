//! `detente brief` as users run it.

use std::fs;
use std::path::Path;

use crate::common::{detente, text};
use serde_json::Value;

/// Thirteen articles of an invented negotiation.
const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/example");
const SCHEMA: &str = include_str!("../../../../docs/schema/brief.schema.json");

fn brief(args: &[&str]) -> String {
    let done = detente(&[&["brief"], args].concat());
    assert_eq!(done.status.code(), Some(0), "{args:?}: {}", text(&done.stderr));
    text(&done.stdout)
}

fn json(args: &[&str]) -> Value {
    serde_json::from_str(&brief(&[args, &["--format", "json"]].concat())).expect("JSON")
}

/// Where `value` breaks `schema`: its type, a missing or an unknown field, or a value outside an enumeration.
fn violations(root: &Value, schema: &Value, value: &Value, path: &str, found: &mut Vec<String>) {
    if let Some(name) = schema["$ref"].as_str() {
        let target = root.pointer(name.trim_start_matches('#')).expect("a definition");
        return violations(root, target, value, path, found);
    }
    if let Some(options) = schema["anyOf"].as_array() {
        let fits = options.iter().any(|option| {
            let mut inner = Vec::new();
            violations(root, option, value, path, &mut inner);
            inner.is_empty()
        });
        if !fits {
            found.push(format!("{path}: fits no option"));
        }
        return;
    }
    let is_type = |name: &Value| match name.as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("integer") => value.is_u64() || value.is_i64(),
        Some("number") => value.is_number(),
        Some("boolean") => value.is_boolean(),
        Some("null") => value.is_null(),
        other => panic!("{path}: type {other:?}"),
    };
    let types = schema["type"].as_array().cloned().unwrap_or_else(|| vec![schema["type"].clone()]);
    if !types.iter().any(is_type) {
        found.push(format!("{path}: {value} is no {}", schema["type"]));
    }
    if schema["enum"].as_array().is_some_and(|values| !values.contains(value)) {
        found.push(format!("{path}: {value} is not in the enumeration"));
    }
    for name in schema["required"].as_array().into_iter().flatten() {
        if value.get(name.as_str().expect("a name")).is_none() {
            found.push(format!("{path}: {name} is missing"));
        }
    }
    for (name, inner) in value.as_object().into_iter().flatten() {
        match schema["properties"].get(name) {
            Some(schema) => violations(root, schema, inner, &format!("{path}.{name}"), found),
            None => found.push(format!("{path}: {name} is not in the schema")),
        }
    }
    for (at, inner) in value.as_array().into_iter().flatten().enumerate() {
        violations(root, &schema["items"], inner, &format!("{path}[{at}]"), found);
    }
}

fn assert_valid(output: &Value) {
    let schema: Value = serde_json::from_str(SCHEMA).expect("a schema");
    let mut found = Vec::new();
    violations(&schema, &schema, output, "brief", &mut found);
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn a_folder_of_articles_gives_the_story() {
    let output = json(&[EXAMPLE]);
    assert_valid(&output);
    let brief = &output["briefs"][0];
    assert_eq!((brief["articles"].as_u64(), brief["sources"].as_u64()), (Some(13), Some(3)));
    assert_eq!((&brief["first"], &brief["last"]), (&"2033-01-12".into(), &"2033-06-24".into()));
    let names: Vec<&str> =
        brief["parties"].as_array().expect("parties").iter().filter_map(Value::as_str).collect();
    assert!(names.contains(&"Estmar") && names.contains(&"Kovland"), "{names:?}");
    // it stood badly until the mediator brought both sides back on 11 April
    assert_eq!(
        (&brief["change"]["since"], &brief["change"]["basis"]),
        (&"2033-04-11".into(), &"turning point".into())
    );
    assert_eq!(brief["change"]["comparison"]["verdict"], "higher");
    assert_eq!(
        (&brief["standing"]["since"], &brief["standing"]["basis"]),
        (&"2033-04-11".into(), &"turning point".into())
    );
    assert!(brief["standing"]["score"].as_f64() > Some(0.3) && brief["standing"]["uncertain"] == false);
    let titles: Vec<&str> = brief["milestones"]
        .as_array()
        .expect("milestones")
        .iter()
        .filter_map(|m| m["title"].as_str())
        .collect();
    for title in [
        "talks collapse as Kovland walks out",
        "Mediator brings Estmar and Kovland back",
        "Signing of Selvoe treaty set",
    ] {
        assert!(titles.iter().any(|found| found.contains(title)), "{title}: {titles:?}");
    }
    let dates: Vec<(&str, &str)> = brief["next"]
        .as_array()
        .expect("dates")
        .iter()
        .filter_map(|next| Some((next["from"].as_str()?, next["kind"].as_str()?)))
        .collect();
    for date in [
        ("2033-07-14", "signing"),
        ("2033-09-06", "vote"),
        ("2033-09-30", "deadline"),
        ("2033-10-01", "other"),
    ] {
        assert!(dates.contains(&date), "{date:?}: {dates:?}");
    }
    let movers: Vec<&str> =
        brief["movers"].as_array().expect("movers").iter().filter_map(|m| m["speaker"].as_str()).collect();
    assert!(movers.contains(&"Anna Brannick") && movers.contains(&"Pavel Hrost"), "{movers:?}");
    assert!(brief["open"].to_string().contains("opposition"), "{}", brief["open"]);
}

#[test]
fn every_format_has_all_parts_and_scored_articles_give_the_same() {
    let page = brief(&[EXAMPLE, "--format", "html"]);
    let plain = brief(&[EXAMPLE]);
    let markdown = brief(&[EXAMPLE, "--format", "markdown"]);
    for output in [&page, &plain, &markdown] {
        for part in [
            "What changed since 11 Apr 2033",
            "How it went",
            "Who moved",
            "What happened",
            "What comes next",
            "Open points",
            "Articles",
            "14 Jul 2033",
        ] {
            assert!(output.contains(part), "{part}: {output}");
        }
    }
    assert!(
        page.contains("class=\"wide\"") && page.contains("class=\"narrow\"") && !page.contains("<script")
    );
    let folder = tempfile::tempdir().expect("a folder");
    let scored = folder.path().join("scored.jsonl").display().to_string();
    assert!(detente(&["score", EXAMPLE, "--format", "jsonl", "--output", &scored]).status.success());
    assert_eq!(json(&[&scored]), json(&[EXAMPLE]));
}

#[test]
fn change_is_reported_since_the_day_asked_for() {
    let output = json(&[EXAMPLE, "--since", "2033-06-01", "--until", "2033-06-20"]);
    assert_valid(&output);
    let brief = &output["briefs"][0];
    assert_eq!(
        (&brief["change"]["since"], &brief["change"]["basis"]),
        (&"2033-06-01".into(), &"option".into())
    );
    assert_eq!(brief["last"], "2033-06-20");
}

#[test]
fn negotiations_are_told_apart_by_a_field_or_noticed() {
    let folder = tempfile::tempdir().expect("a folder");
    let article = |id: &str, date: &str, group: &str, words: &str| {
        serde_json::json!({"id": id, "date": date, "topic": group, "text": words}).to_string() + "\n"
    };
    let rows = [
        article(
            "a1",
            "2033-03-01",
            "fish",
            "Talks between Estmar and Kovland collapsed on Tuesday. Estmar’s minister blamed Kovland’s envoy.",
        ),
        article(
            "a2",
            "2033-03-09",
            "fish",
            "Estmar and Kovland agreed to resume talks. Kovland’s envoy welcomed Estmar’s offer.",
        ),
        article(
            "b1",
            "2033-03-02",
            "pay",
            "The Yard Union rejected the offer of Brinkwell Steel. The Yard Union called a strike, Brinkwell Steel said.",
        ),
        article(
            "b2",
            "2033-03-20",
            "pay",
            "The Yard Union and Brinkwell Steel reached a deal on pay. Brinkwell Steel thanked the Yard Union.",
        ),
    ];
    let path = folder.path().join("rows.jsonl").display().to_string();
    fs::write(&path, rows.concat()).expect("written");
    let output = json(&[&path, "--group-field", "topic"]);
    assert_valid(&output);
    let names: Vec<&str> =
        output["briefs"].as_array().expect("briefs").iter().filter_map(|b| b["name"].as_str()).collect();
    assert_eq!(names, ["pay", "fish"]);
    let about = json(&[&path, "--about", "union"]);
    assert_eq!(about["briefs"][0]["articles"], 2);
    let mixed = json(&[&path]);
    assert_valid(&mixed);
    assert!(mixed["several"].as_str().is_some_and(|note| note.contains("--about")), "{}", mixed["several"]);
}

#[test]
fn a_few_articles_without_a_common_party_are_noticed() {
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/articles");
    let found = brief(&[samples]);
    assert!(found.contains("several negotiations"), "{found}");
    let one = brief(&[samples, "--about", "Velmark"]);
    assert!(!one.contains("several negotiations"), "{one}");
}

#[test]
fn few_articles_give_a_brief_and_none_an_error() {
    let one = Path::new(EXAMPLE).join("2033-03-03-north-courier.txt").display().to_string();
    let two = Path::new(EXAMPLE).join("2033-06-24-harbour-wire.txt").display().to_string();
    for inputs in [vec![one.as_str()], vec![one.as_str(), two.as_str()]] {
        let output = json(&inputs);
        assert_valid(&output);
        assert_eq!(output["briefs"][0]["articles"].as_u64(), Some(inputs.len() as u64));
        assert!(brief(&inputs).contains("Too few articles on either side"));
    }
    let folder = tempfile::tempdir().expect("a folder");
    let undated = folder.path().join("note.txt");
    fs::write(&undated, "Talks collapsed. The envoys left.").expect("written");
    let done = detente(&["brief", &undated.display().to_string()]);
    assert_eq!(done.status.code(), Some(3));
    assert!(text(&done.stderr).contains("no date"), "{}", text(&done.stderr));
}
