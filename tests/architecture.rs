//! The structure of the workspace: layers of crates, no import circles, one place for each outside library.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The crates by layer; a crate depends on crates of lower layers only.
const LAYERS: [&[&str]; 7] = [
    &["detente-lang"],
    &["detente"],
    &["detente-input", "detente-timeline", "detente-train"],
    &["detente-archive", "detente-report"],
    &["detente-serve"],
    &["detente-cli"],
    &["detente-python"],
];

/// Outside libraries, and the one file or folder that names each.
const DOORS: [(&str, &str); 33] = [
    ("anyhow", "crates/cli/src"),
    ("arrow_array", "py/src"),
    ("arrow_schema", "py/src"),
    ("askama", "crates/report/src crates/serve/src/pages"),
    ("axum", "crates/serve/src"),
    ("chardetng", "crates/input/src/encoding.rs"),
    ("clap", "crates/cli/src"),
    ("encoding_rs", "crates/input/src/encoding.rs"),
    ("form_urlencoded", "crates/serve/src/params.rs"),
    ("globset", "crates/input/src/input_files.rs"),
    ("html5ever", "crates/input/src/html/parser.rs"),
    ("hyper", "crates/serve/src"),
    ("hyper_util", "crates/serve/src"),
    ("jiff", "crates/lang/src/day.rs"),
    ("linfa", "crates/train/src/fit"),
    ("mail_parser", "crates/input/src/documents/mail.rs"),
    ("ndarray", "crates/train/src/fit"),
    ("parquet", "crates/cli/src/parquet.rs crates/input/src/parquet_rows.rs"),
    ("percent_encoding", "crates/serve/src/pages/frame.rs"),
    ("pyo3", "py/src"),
    ("quick_xml", "crates/input/src/documents"),
    ("rusqlite", "crates/archive/src"),
    ("serde_path_to_error", "crates/train/src/corpus/fields.rs"),
    ("statrs", "crates/timeline/src/mean_difference.rs"),
    ("strum", "crates/report/src crates/timeline/src"),
    ("subtle", "crates/serve/src/token.rs"),
    ("textwrap", "crates/report/src/text_width.rs"),
    ("tokenizers", "crates/train/src/tokenizer_json.rs"),
    ("tokio", "crates/serve/src"),
    ("tracing_subscriber", "crates/cli/src/logging.rs"),
    ("walkdir", "crates/input/src/input_files.rs"),
    ("wide", "src/model/pair_weights.rs"),
    ("zip", "crates/input/src/documents/docx.rs"),
];

/// A file longer than this does more than one job.
const MAX_LINES: usize = 450;

/// A source file: its path from the repository's root, its crate, its module path, its text without tests.
struct Source {
    path: String,
    package: String,
    module: Vec<String>,
    code: String,
    lines: usize,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Name and folder of every crate.
fn packages() -> Vec<(String, PathBuf)> {
    let mut folders = vec![root(), root().join("py")];
    let crates = fs::read_dir(root().join("crates")).expect("crates");
    folders.extend(crates.map(|entry| entry.expect("an entry").path()));
    folders.sort();
    let name = |folder: &Path| {
        let manifest = fs::read_to_string(folder.join("Cargo.toml")).expect("a manifest");
        let line = manifest.lines().find(|line| line.starts_with("name = ")).expect("a name");
        line.trim_start_matches("name = ").trim_matches('"').to_owned()
    };
    folders.into_iter().map(|folder| (name(&folder), folder)).collect()
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found.sort();
}

fn sources() -> Vec<Source> {
    let mut all = Vec::new();
    for (package, folder) in packages() {
        let mut files = Vec::new();
        rust_files(&folder.join("src"), &mut files);
        for file in files {
            let text = fs::read_to_string(&file).expect("a source");
            let path = file.strip_prefix(root()).expect("below the root").display().to_string();
            let inner = file.strip_prefix(folder.join("src")).expect("below src").with_extension("");
            let mut module: Vec<String> =
                inner.iter().map(|part| part.to_string_lossy().into_owned()).collect();
            module.pop_if(|last| ["mod", "lib", "main"].contains(&last.as_str()));
            let is_test = path.ends_with("_tests.rs");
            let code = if is_test { "" } else { text.split("\n#[cfg(test)]\n").next().unwrap_or("") };
            let lines = text.lines().count();
            all.push(Source { path, package: package.clone(), module, code: without_comments(code), lines });
        }
    }
    all
}

fn without_comments(code: &str) -> String {
    let mut kept = String::new();
    for line in code.lines().filter(|line| !line.trim_start().starts_with("//")) {
        kept.push_str(line);
        kept.push('\n');
    }
    kept
}

/// The paths that a file names from its own crate: those of `use` declarations, groups resolved, and those that
/// stand in expressions. Each is relative to the crate's root.
fn paths_of(source: &Source) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let mut rest = source.code.as_str();
    while let Some(at) = rest.find("use ") {
        let starts_item = rest.get(..at).is_some_and(|before| {
            before.is_empty() || before.ends_with('\n') || before.ends_with("pub ") || before.ends_with(") ")
        });
        rest = rest.get(at + 4..).unwrap_or("");
        if let Some(end) = rest.find(';').filter(|_| starts_item) {
            expand(&without_renames(rest.get(..end).unwrap_or("")), &[], &mut found);
        }
    }
    for word in source.code.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':')) {
        if word.starts_with("crate::") || word.starts_with("super::") {
            found.push(word.split("::").map(str::to_owned).collect());
        }
    }
    found.into_iter().filter_map(|path| absolute(&path, &source.module)).collect()
}

/// A `use` tree without blanks and without `as NAME`.
fn without_renames(tree: &str) -> String {
    let mut words = tree.split_whitespace();
    let mut kept = String::new();
    while let Some(word) = words.next() {
        if word == "as" {
            // what follows the new name still closes the group
            kept.extend(words.next().unwrap_or("").chars().filter(|c| [',', '}'].contains(c)));
        } else {
            kept.push_str(word);
        }
    }
    kept
}

/// Adds every path of a `use` tree without blanks, as `a::{b,c::{self,d}}`.
fn expand(tree: &str, prefix: &[String], found: &mut Vec<Vec<String>>) {
    let Some(open) = tree.find('{') else {
        let parts = tree.split("::").filter(|part| *part != "self").map(str::to_owned);
        found.push(prefix.iter().cloned().chain(parts).collect());
        return;
    };
    let head = tree.get(..open).unwrap_or("").trim_end_matches("::");
    let mut inner: Vec<String> = prefix.to_vec();
    inner.extend(head.split("::").filter(|part| !part.is_empty()).map(str::to_owned));
    let body = tree.get(open + 1..tree.rfind('}').unwrap_or(tree.len())).unwrap_or("");
    let (mut depth, mut from) = (0_usize, 0);
    for (at, c) in body.char_indices().chain([(body.len(), ',')]) {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                if let Some(part) = body.get(from..at).filter(|part| !part.is_empty()) {
                    expand(part, &inner, found);
                }
                from = at + 1;
            }
            _ => {}
        }
    }
}

/// The path from the crate's root; `None` for one into another crate.
fn absolute(path: &[String], module: &[String]) -> Option<Vec<String>> {
    let (first, rest) = path.split_first()?;
    match first.as_str() {
        "crate" => Some(rest.to_vec()),
        "super" => {
            let up = path.iter().take_while(|part| *part == "super").count();
            let base = module.get(..module.len().checked_sub(up)?)?;
            Some(base.iter().chain(path.get(up..)?).cloned().collect())
        }
        _ => Some(module.iter().chain(path).cloned().collect()),
    }
}

/// For each file the files that it imports from, by their place in `sources`.
fn imports(sources: &[Source]) -> Vec<BTreeSet<usize>> {
    let mut by_module = BTreeMap::new();
    for (at, source) in sources.iter().enumerate().filter(|(_, source)| !source.path.ends_with("/main.rs")) {
        by_module.insert((source.package.as_str(), source.module.clone()), at);
    }
    let target = |package: &str, path: &[String]| {
        // the longest part of the path that is a module; a path that only leads into a folder names nothing in it
        (0..=path.len()).rev().find_map(|len| {
            let key = (package, path.get(..len)?.to_vec());
            by_module.get(&key).copied().filter(|_| len > 0 || path.len() == 1)
        })
    };
    let edges = |(at, source): (usize, &Source)| {
        let found = paths_of(source).into_iter().filter_map(|path| {
            let to = target(&source.package, &path)?;
            // `mod.rs` and `lib.rs` re-export what is below them
            let below = sources[to].module.len() > source.module.len()
                && sources[to].module.starts_with(&source.module);
            let only_reexports = !source.code.contains("fn ") && !source.code.contains("struct ");
            (to != at && !(below && only_reexports)).then_some(to)
        });
        found.collect()
    };
    sources.iter().enumerate().map(edges).collect()
}

/// The files that each file reaches by imports.
fn reached(edges: &[BTreeSet<usize>], from: usize) -> BTreeSet<usize> {
    let mut seen = BTreeSet::new();
    let mut waiting: Vec<usize> = edges[from].iter().copied().collect();
    while let Some(at) = waiting.pop() {
        if seen.insert(at) {
            waiting.extend(&edges[at]);
        }
    }
    seen
}

#[test]
fn files_import_each_other_in_no_circle() {
    let sources = sources();
    let edges = imports(&sources);
    let reach: Vec<BTreeSet<usize>> = (0..sources.len()).map(|at| reached(&edges, at)).collect();
    let mut circles = BTreeSet::new();
    for at in 0..sources.len() {
        if reach[at].contains(&at) {
            let circle: Vec<&str> = (0..sources.len())
                .filter(|other| reach[at].contains(other) && reach[*other].contains(&at))
                .map(|other| sources[other].path.as_str())
                .collect();
            circles.insert(circle);
        }
    }
    assert!(edges.iter().map(BTreeSet::len).sum::<usize>() > 300, "the imports were not read");
    assert!(circles.is_empty(), "{circles:#?}");
}

#[test]
fn imports_are_read_in_every_form() {
    let source = |code: &str| Source {
        path: "src/a/b.rs".to_owned(),
        package: "x".to_owned(),
        module: vec!["a".to_owned(), "b".to_owned()],
        code: code.to_owned(),
        lines: 1,
    };
    let read = |code: &str| -> Vec<String> {
        paths_of(&source(code)).into_iter().map(|path| path.join("::")).collect()
    };
    assert_eq!(read("use crate::c::{\n    D,\n    e::{self, F},\n};\n"), ["c::D", "c::e", "c::e::F", "c::"]);
    assert_eq!(read("use crate::basis::{A as B, C};\n"), ["basis::A", "basis::C", "basis::"]);
    assert_eq!(read("use super::c::D;\n"), ["a::c::D", "a::c::D"]);
    assert_eq!(read("pub(crate) use super::super::G;\n"), ["G", "G"]);
    assert_eq!(read("fn f() { crate::h::i() }\n"), ["h::i"]);
}

#[test]
fn crates_depend_on_lower_layers_only() {
    let layer = |name: &str| LAYERS.iter().position(|names| names.contains(&name));
    for (name, folder) in packages() {
        let own = layer(&name).unwrap_or_else(|| panic!("{name} has no layer"));
        let manifest = fs::read_to_string(folder.join("Cargo.toml")).expect("a manifest");
        let dependencies = manifest.split("\n[dependencies]\n").nth(1).unwrap_or("");
        let dependencies = dependencies.split("\n[").next().unwrap_or("");
        for line in dependencies.lines() {
            let other = line.split(['.', ' ', '=']).next().unwrap_or("");
            if let Some(other_layer) = layer(other) {
                assert!(other_layer < own, "{name} depends on {other}, which is not below it");
            }
        }
    }
}

#[test]
fn outside_libraries_have_one_door() {
    for source in sources() {
        for (library, door) in DOORS {
            let named = source.code.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'));
            let is_named =
                named.into_iter().any(|word| word.split("::").next() == Some(library) && word.contains("::"));
            assert!(
                !is_named || door.split(' ').any(|door| source.path.starts_with(door)),
                "{} names {library}, which belongs to {door}",
                source.path
            );
        }
    }
}

#[test]
fn files_are_short_and_say_what_they_are_for() {
    let sources = sources();
    for source in &sources {
        let text = fs::read_to_string(root().join(&source.path)).expect("a source");
        assert!(text.starts_with("//! "), "{} does not start with its purpose", source.path);
        let is_generated = text.lines().next().is_some_and(|line| line.contains("Generated by"));
        assert!(is_generated || source.lines <= MAX_LINES, "{} has {} lines", source.path, source.lines);
    }
    let mut lines: Vec<usize> = sources.iter().map(|source| source.lines).collect();
    lines.sort_unstable();
    assert!(lines[lines.len() / 2] < 150, "the median file has {} lines", lines[lines.len() / 2]);
}
