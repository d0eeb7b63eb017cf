//! `data/lists` is in canonical form, and the tables in the source are generated from it.
//!
//! `DETENTE_REWRITE=1 cargo test -p detente-lang --test word_table` rewrites both.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

const HEADER: &str = "form\tlemma\tclasses\tnote";
/// Length in bytes of the longest form that the word table can find.
const LONGEST_FORM: usize = 16;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A row of a list.
struct Row {
    form: String,
    lemma: String,
    classes: Vec<String>,
    note: String,
}

fn read(path: &Path) -> Vec<Row> {
    let text = fs::read_to_string(path).expect("a list");
    let name = path.display();
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some(HEADER), "{name}");
    let row = |line: &str| {
        let columns: Vec<&str> = line.split('\t').collect();
        let [form, lemma, classes, note] = columns[..] else { panic!("{name}: not four columns: {line}") };
        assert!(!form.is_empty() && !lemma.is_empty() && !classes.is_empty(), "{name}: empty column: {line}");
        assert_eq!(form, form.to_lowercase(), "{name}: forms are in lower case");
        let classes = classes.split(' ').map(str::to_owned).collect();
        Row { form: form.to_owned(), lemma: lemma.to_owned(), classes, note: note.to_owned() }
    };
    lines.map(row).collect()
}

fn lists() -> Vec<PathBuf> {
    let folder = fs::read_dir(root().join("data/lists")).expect("the lists");
    let mut found: Vec<PathBuf> = folder.map(|entry| entry.expect("an entry").path()).collect();
    found.retain(|path| path.extension().is_some_and(|ending| ending == "tsv"));
    found.sort();
    assert!(found.len() >= 9);
    found
}

/// Compares `text` with the file, or writes the file where a rewrite is asked for.
fn assert_file(path: &Path, text: &str) {
    if std::env::var_os("DETENTE_REWRITE").is_some() {
        // other tests read the file at the same time
        let draft = path.with_extension("draft");
        fs::write(&draft, text).expect("written");
        fs::rename(&draft, path).expect("renamed");
        return;
    }
    let is_current = fs::read_to_string(path).is_ok_and(|found| found == text);
    let advice = "DETENTE_REWRITE=1 cargo test -p detente-lang --test word_table rewrites it";
    assert!(is_current, "{} is out of date: {advice}", path.display());
}

#[test]
fn lists_are_sorted_and_without_doubles() {
    for path in lists() {
        let mut rows = read(&path);
        rows.sort_by(|a, b| a.form.cmp(&b.form));
        let doubles = rows.windows(2).filter(|pair| pair[0].form == pair[1].form);
        let doubles: Vec<&str> = doubles.map(|pair| pair[0].form.as_str()).collect();
        assert!(doubles.is_empty(), "{}: {doubles:?}", path.display());
        let mut text = format!("{HEADER}\n");
        for Row { form, lemma, mut classes, note } in rows {
            classes.sort();
            classes.dedup();
            writeln!(text, "{form}\t{lemma}\t{}\t{note}", classes.join(" ")).expect("a string");
        }
        assert_file(&path, &text);
    }
}

/// `say-any-subject` to `SayAnySubject`.
fn camel_case(name: &str) -> String {
    let upper = |part: &str| part.split_at_checked(1).map(|(first, rest)| first.to_uppercase() + rest);
    name.split('-').filter_map(upper).collect()
}

/// The single words of all lists, with their classes.
fn words() -> BTreeMap<String, Vec<String>> {
    let mut words: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in lists().iter().flat_map(|path| read(path)) {
        if !row.classes.iter().all(|class| class.starts_with("holiday=")) {
            words.entry(row.form).or_default().extend(row.classes);
        }
    }
    words
}

/// The expression for the entry of a word in these classes.
fn entry(classes: &[String]) -> String {
    let (mut plain, mut languages, mut rest) = (Vec::new(), Vec::new(), String::new());
    for class in classes {
        rest += &match class.split_once('=') {
            None if class == "hours" => ".calendar(Kind::Hours)".to_owned(),
            None => {
                plain.push(camel_case(class));
                continue;
            }
            Some(("language", code)) => {
                languages.push(format!("Languages::of(\"{code}\")"));
                continue;
            }
            Some(("abbreviation", kind)) => format!(".abbreviation(Abbreviation::{})", camel_case(kind)),
            Some((kind @ ("unit" | "season"), value)) => {
                let (kind, value) = (camel_case(kind), camel_case(value));
                format!(".calendar(Kind::{kind}({kind}::{value}))")
            }
            Some((kind, value)) => format!(".calendar(Kind::{}({value}))", camel_case(kind)),
        };
    }
    plain.sort();
    plain.dedup();
    if let Some((first, more)) = languages.split_first() {
        let all = more.iter().fold(first.clone(), |all, one| format!("{all}.and({one})"));
        write!(rest, ".languages({all})").expect("a string");
    }
    format!("WordEntry::new(&[{}]){rest}", plain.join(", "))
}

#[test]
fn the_word_table_is_that_of_the_lists() {
    let mut rows = String::new();
    let words = words();
    for (form, classes) in &words {
        assert!(form.len() <= LONGEST_FORM, "{form} is too long for the word table");
        writeln!(rows, "    ({form:?}, {}),", entry(classes)).expect("a string");
    }
    let table = format!(
        "//! The words of `data/lists`. Generated by `tests/word_table.rs`; do not edit.\n\n\
         #[allow(clippy::enum_glob_use, reason = \"thousands of rows name the classes\")]\n\
         use crate::word::class::Class::*;\n\n\
         use crate::word::abbreviation_class::Abbreviation;\n\
         use crate::word::calendar_class::{{Kind, Season, Unit}};\n\
         use crate::word::entry::WordEntry;\n\
         use crate::word::languages::Languages;\n\n\
         /// Every word in lower case, sorted, with its entry.\n\
         #[rustfmt::skip]\n\
         pub(crate) static WORDS: [(&str, WordEntry); {}] = [\n{rows}];\n",
        words.len()
    );
    assert_file(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/word/word_table.rs"), &table);
}

#[test]
fn the_holiday_table_is_that_of_the_list() {
    let mut rows = String::new();
    let holidays = read(&root().join("data/lists/holidays.tsv"));
    for row in &holidays {
        let [class] = &row.classes[..] else { panic!("{}: one class is needed", row.form) };
        let rule = class.strip_prefix("holiday=").unwrap_or_else(|| panic!("{}: no holiday", row.form));
        let (kind, values) = rule.split_once(':').unwrap_or((rule, ""));
        let values =
            if values.is_empty() { String::new() } else { format!("({})", values.replace(',', ", ")) };
        let name: Vec<String> = row.form.split(' ').map(|word| format!("{word:?}")).collect();
        writeln!(rows, "    (&[{}], Holiday::{}{values}),", name.join(", "), camel_case(kind))
            .expect("a string");
    }
    let table = format!(
        "//! The holidays of `data/lists/holidays.tsv`. Generated by `tests/word_table.rs`; do not edit.\n\n\
         use crate::time::holiday_type::Holiday;\n\n\
         /// The words of each name in lower case, and when the holiday is.\n\
         #[rustfmt::skip]\n\
         pub(crate) static HOLIDAYS: [(&[&str], Holiday); {}] = [\n{rows}];\n",
        holidays.len()
    );
    assert_file(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/time/holiday_table.rs"), &table);
}
