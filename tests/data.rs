//! The data files are sorted and well-formed.

use std::fs;
use std::path::Path;

use detente_train::{read_jsonl, read_labels};

fn files(folder: &str, extension: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(folder);
    let mut found: Vec<_> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == extension))
        .map(|path| (path.display().to_string(), fs::read_to_string(&path).expect("a file")))
        .collect();
    found.sort();
    assert!(!found.is_empty());
    found
}

/// With `DETENTE_REWRITE=1` the files are sorted instead.
#[test]
fn the_lexicon_is_sorted_without_duplicates() {
    for (name, text) in files("lexicon", "tsv") {
        let mut lines: Vec<&str> = text.lines().collect();
        let header = lines.remove(0);
        assert_eq!(header, "entry\tkind\tvalue\tnote", "{name}");
        let key = |line: &&str| {
            let mut columns = line.split('\t').map(String::from);
            (columns.next(), columns.next())
        };
        lines.sort_by_key(key);
        assert!(lines.windows(2).all(|pair| key(&pair[0]) != key(&pair[1])), "{name} has duplicates");
        let canonical = format!("{header}\n{}\n", lines.join("\n"));
        if std::env::var_os("DETENTE_REWRITE").is_some() {
            fs::write(&name, canonical).expect("written");
        } else {
            assert!(
                text == canonical,
                "{name} is not sorted; DETENTE_REWRITE=1 cargo test --test data fixes it"
            );
        }
    }
}

#[test]
fn the_corpus_is_well_formed() {
    let (mut articles, mut statements) = (0, 0);
    let mut ids = std::collections::BTreeSet::new();
    for (name, text) in files("corpus", "jsonl") {
        let records = read_jsonl(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        articles += records.articles.len();
        statements += records.all_statements().count();
        for id in records.articles.iter().map(|a| &a.id).chain(records.statements.iter().map(|s| &s.id)) {
            assert!(ids.insert(id.clone()), "{name}: {id} occurs in two files");
        }
        assert!(!text.contains('\r') && text.ends_with('\n'), "{name}: lines end in LF");
    }
    assert_eq!((articles, statements), (586, 15_623));
}

#[test]
fn the_labels_of_later_passes_are_well_formed() {
    let mut count = 0;
    for (name, text) in files("labels", "jsonl") {
        let labels = read_labels(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        let ids: Vec<&str> = text.lines().filter_map(|line| line.split('"').nth(3)).collect();
        assert!(ids.is_sorted() && ids.len() == labels.len(), "{name} is sorted by id");
        count += labels.len();
    }
    assert_eq!(count, 18_217);
}
