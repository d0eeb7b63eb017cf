//! The documents of the repository: the paths that they name exist, and the map in ARCHITECTURE.md leads to the rules.

use std::fs;
use std::path::{Path, PathBuf};

const DOCUMENTS: [&str; 13] = [
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "README.md",
    "benches/timeline/README.md",
    "data/README.md",
    "docs/README.md",
    "docs/archive.md",
    "docs/faq.md",
    "docs/glossary.md",
    "docs/migration.md",
    "docs/server.md",
    "docs/speakers-and-dates.md",
    "models/README.md",
];

/// Folders that a path of the repository starts with.
const TOP: [&str; 9] = ["benches", "crates", "data", "docs", "examples", "fuzz", "models", "src", "tests"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The paths in code spans of a Markdown text, without patterns (`data/lists/*.tsv`).
fn paths(markdown: &str) -> Vec<&str> {
    let prose = markdown.split("```").step_by(2);
    prose
        .flat_map(|part| part.split('`').skip(1).step_by(2))
        .filter(|span| span.split_once('/').is_some_and(|(folder, _)| TOP.contains(&folder)))
        .filter(|span| !span.contains(['*', ' ', '<', '{']))
        .collect()
}

/// The local targets of the links of a Markdown text.
fn links(markdown: &str) -> Vec<&str> {
    let targets = markdown.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    targets
        .map(|target| target.split('#').next().unwrap_or(""))
        .filter(|target| !target.contains("://"))
        .collect()
}

#[test]
fn paths_are_read_from_code_spans_and_links() {
    assert_eq!(paths("see `src/lib.rs`, `a/b`, `data/lists/*.tsv`\n```\n`src/no.rs`\n```\n"), ["src/lib.rs"]);
    assert_eq!(links("[a](b.md#c), [d](https://e.org)"), ["b.md"]);
}

#[test]
fn named_paths_exist() {
    for document in DOCUMENTS {
        let text = fs::read_to_string(root().join(document)).expect(document);
        for path in paths(&text) {
            assert!(root().join(path).exists(), "{document} names {path}, which does not exist");
        }
        let folder = root().join(Path::new(document).parent().expect("a folder"));
        for link in links(&text) {
            assert!(folder.join(link).exists(), "{document} links to {link}, which does not exist");
        }
    }
}

/// The text of the file that the map's row for `construction` names.
fn file_for(map: &str, construction: &str) -> String {
    let row =
        map.lines().find(|line| line.starts_with('|') && line.contains(construction)).expect(construction);
    let path = row.split('`').nth(1).expect("a path");
    fs::read_to_string(root().join(path)).expect(path)
}

#[test]
fn the_map_leads_to_a_rule_in_one_step() {
    let map = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    assert!(file_for(&map, "\"last Thursday\"").contains("last"));
    assert!(file_for(&map, "verbs of speech (\"said\"").contains("\nsaid\t"));
    assert!(file_for(&map, "\"according to X\"").contains("according to"));
}
