//! `--format json` writes one array whatever the number of articles, and `timeline` and `compare` read it back.

use std::process::Output;

use crate::common::{detente, text, write};
use serde_json::Value;

const SIGNED: &str = "The two ports reached a deal on berths and signed it on Friday.";
const FAILED: &str = "Talks on the salt quota collapsed after the minister walked out in anger.";

/// JSON lines of the first `count` articles.
fn articles(count: usize) -> String {
    let lines = [("a", "2031-06-02", SIGNED), ("b", "2031-06-10", FAILED)]
        .map(|(id, date, text)| serde_json::json!({"id": id, "date": date, "text": text}).to_string() + "\n");
    lines[..count].concat()
}

fn array(done: &Output) -> Vec<Value> {
    let value: Value = serde_json::from_slice(&done.stdout).expect("JSON");
    value.as_array().unwrap_or_else(|| panic!("not an array: {}", text(&done.stdout))).clone()
}

#[test]
fn every_json_output_is_an_array_for_one_and_two_articles() {
    let folder = tempfile::tempdir().expect("a folder");
    for command in [&["score"][..], &["score", "--statements"], &["explain"]] {
        for count in 1..3 {
            let input = write(folder.path(), "articles.jsonl", articles(count));
            let done = detente(&[command, &["--format", "json", &input]].concat());
            assert_eq!(done.status.code(), Some(0), "{command:?} {count}: {}", text(&done.stderr));
            let found = array(&done);
            assert_eq!(found.len(), count, "{command:?}");
            for (article, id) in found.iter().zip(["a", "b"]) {
                let own = if command[0] == "explain" { &article["article"] } else { article };
                assert_eq!(own["id"], id, "{command:?}");
            }
        }
    }
}

#[test]
fn an_empty_table_or_array_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, content) in [("none.json", "[]"), ("none.jsonl", "\n"), ("none.csv", "id,text\n")] {
        let input = write(folder.path(), name, content);
        for command in ["score", "explain"] {
            let done = detente(&[command, "--format", "json", &input]);
            assert_eq!(done.status.code(), Some(3), "{command} {name}");
            let named = format!("{name}: empty: no record");
            assert!(text(&done.stderr).contains(&named), "{command}: {}", text(&done.stderr));
        }
    }
}

#[test]
fn nothing_is_written_where_no_input_can_be_read() {
    for command in ["score", "explain"] {
        let done = detente(&[command, "--format", "json", "no-such-file.txt"]);
        assert_eq!((done.status.code(), text(&done.stdout).as_str()), (Some(3), ""), "{command}");
    }
}

#[test]
fn a_broken_record_leaves_the_array_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let input = write(folder.path(), "articles.jsonl", articles(1) + "{broken\n");
    for command in ["score", "explain"] {
        let done = detente(&[command, "--format", "json", &input]);
        assert_eq!(done.status.code(), Some(1), "{command}");
        assert_eq!(array(&done).len(), 1, "{command}");
    }
}

#[test]
fn arrays_of_scored_articles_are_read_back_in_any_layout() {
    let folder = tempfile::tempdir().expect("a folder");
    for count in 1..3 {
        let raw = write(folder.path(), "raw.jsonl", articles(count));
        let lines = detente(&["score", "--format", "jsonl", &raw]).stdout;
        let rows = write(folder.path(), "rows.jsonl", &lines);
        let wanted = text(&detente(&["timeline", "--format", "csv", &rows]).stdout);
        assert!(wanted.lines().count() > 1, "{wanted}");
        let pretty = detente(&["score", "--format", "json", &raw]);
        let compact = serde_json::to_string(&array(&pretty)).expect("JSON");
        let layouts = [
            ("pretty", text(&pretty.stdout)),
            ("indented", serde_json::to_string_pretty(&array(&pretty)).expect("JSON")),
            ("a row a line", compact.replace("},{\"date\"", "},\n{\"date\"")),
            ("compact", compact),
            ("marked", format!("\u{feff}  {}", text(&pretty.stdout))),
            ("one object", serde_json::to_string_pretty(&array(&pretty)[0]).expect("JSON")),
            (
                "one object with spaces",
                text(&pretty.stdout).trim_matches(['[', ']', '\n']).replacen("{\n", "{ ", 1),
            ),
        ];
        for (layout, content) in layouts {
            if layout.starts_with("one object") && count > 1 {
                continue;
            }
            let input = write(folder.path(), "scored.json", content);
            let found = detente(&["timeline", "--format", "csv", &input]);
            assert_eq!(text(&found.stdout), wanted, "{layout} {count}: {}", text(&found.stderr));
            assert!(found.stderr.is_empty(), "{layout}: {}", text(&found.stderr));
            let compared = detente(&["compare", "--format", "json", &input, &rows]);
            let same = detente(&["compare", "--format", "json", &rows, &rows]);
            let sets = |done: &Output| {
                let found: Value = serde_json::from_slice(&done.stdout).unwrap_or_default();
                found["sets"][0]["articles"].clone()
            };
            assert_eq!(
                (compared.status.code(), sets(&compared)),
                (same.status.code(), sets(&same)),
                "{layout}"
            );
        }
    }
}
