//! The rules of the house: imports go one way, outside libraries have one door.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms in the order of the flow; a room imports from its left only.
const FLOW: [&str; 13] = [
    "error", "span", "day", "scale", "text", "token", "lexicon", "feature", "model", "score", "outlook",
    "timeline", "report",
];
/// Rooms beside the flow, and what they may see.
const BESIDE: [(&str, &[&str]); 4] = [
    ("corpus", &["error", "span", "day", "scale", "text"]),
    (
        "measure",
        &[
            "error", "span", "day", "scale", "text", "token", "lexicon", "feature", "model", "score",
            "outlook", "corpus",
        ],
    ),
    (
        "train",
        &[
            "error", "span", "day", "scale", "text", "token", "lexicon", "feature", "model", "score",
            "outlook", "corpus", "measure",
        ],
    ),
    (
        "engine",
        &[
            "error", "span", "day", "scale", "text", "token", "lexicon", "feature", "model", "score",
            "outlook",
        ],
    ),
];
/// What `report` may see: results, never the model.
const REPORT: [&str; 9] =
    ["error", "span", "day", "scale", "text", "lexicon", "score", "outlook", "timeline"];
/// Outside libraries and the one place that names them.
const DOORS: [(&str, &str); 10] = [
    ("tokenizers", "token/tokenizer.rs"),
    ("linfa", "train/"),
    ("ndarray", "train/"),
    ("jiff", "day.rs"),
    ("clap", "bin/"),
    ("anyhow", "bin/"),
    ("encoding_rs", "text/decode.rs"),
    ("html5ever", "text/html/page.rs"),
    ("parquet", "bin/detente/parquet.rs"),
    ("tracing_subscriber", "bin/detente/log.rs"),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
    found.sort();
}

/// Relative name and text of every source file.
fn files() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    sources(&root, &mut found);
    let name = |path: &Path| path.strip_prefix(&root).expect("below src").display().to_string();
    found.iter().map(|path| (name(path), fs::read_to_string(path).expect("a source"))).collect()
}

/// The rooms that a line names as `crate::room`, those re-exported at the top by their types.
fn rooms(line: &str) -> Vec<String> {
    let mut found = Vec::new();
    for part in line.split("crate::").skip(1) {
        let names = part.strip_prefix('{').map_or_else(|| vec![part], |list| list.split(',').collect());
        for name in names {
            let word: String = name.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let room = match word.as_str() {
                "Error" | "Result" => "error".to_owned(),
                "Span" => "span".to_owned(),
                "Day" => "day".to_owned(),
                "Score" | "Probability" => "scale".to_owned(),
                "Engine" => "engine".to_owned(),
                _ => word,
            };
            found.push(room);
        }
    }
    found
}

fn may_see(room: &str) -> Vec<&'static str> {
    if room == "report" {
        return REPORT.to_vec();
    }
    if let Some((_, seen)) = BESIDE.iter().find(|(name, _)| *name == room) {
        return seen.to_vec();
    }
    let at = FLOW.iter().position(|name| *name == room).unwrap_or(FLOW.len());
    // the four at the bottom may name each other
    FLOW[..at.max(4)].to_vec()
}

#[test]
fn imports_go_one_way() {
    let mut wrong = Vec::new();
    for (name, text) in files() {
        if name.starts_with("bin/") || name == "lib.rs" {
            continue;
        }
        let room = name.split(['/', '.']).next().unwrap_or_default().to_owned();
        let allowed = may_see(&room);
        for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
            for seen in rooms(line) {
                if seen != room
                    && !allowed.contains(&seen.as_str())
                    && (FLOW.contains(&seen.as_str()) || BESIDE.iter().any(|b| b.0 == seen))
                {
                    wrong.push(format!("{name}: {room} may not see {seen}: {}", line.trim()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn outside_libraries_have_one_door() {
    let mut wrong = Vec::new();
    for (name, text) in files() {
        for (library, door) in DOORS {
            let named = text.lines().any(|line| {
                let line = line.trim_start();
                !line.starts_with("//")
                    && (line.contains(&format!("use {library}::"))
                        || line.contains(&format!(" {library}::"))
                        || line.contains(&format!("({library}::")))
            });
            if named && !name.starts_with(door) {
                wrong.push(format!("{name} names {library}; its door is {door}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_file_says_what_it_is_for_and_stays_small() {
    for (name, text) in files() {
        assert!(text.starts_with("//!"), "{name} does not say in its first line what it is for");
        let lines = text.lines().count();
        assert!(lines <= 500, "{name} has {lines} lines: part it");
    }
}
