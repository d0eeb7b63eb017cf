//! The files of `data/lists` are in canonical form, and the tables in the source are generated from them.
//!
//! `DETENTE_REWRITE=1 cargo test -p detente-lang --test word_table` rewrites both. Where a class was renamed,
//! so that the library does not compile, `CARGO_MANIFEST_DIR=crates/lang rustc --edition 2024 --test` builds this file
//! alone.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use generated_file::{assert_file, root};

mod generated_file;

/// Header of a list of words.
const HEADER: &str = "form\tlemma\tclasses\tnote";
/// The one list that is not a list of words: a date on each line.
const LUNAR_NEW_YEAR: &str = "lunar-new-year.tsv";
/// Length in bytes of the longest form that the word table can find.
const LONGEST_FORM: usize = 16;

fn list(name: &str) -> PathBuf {
    root().join("data/lists").join(name)
}

fn source(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(name)
}

/// A row of a list of words.
struct Row {
    form: String,
    lemma: String,
    classes: Vec<String>,
    note: String,
}

fn read_rows(path: &Path) -> Vec<Row> {
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

/// Paths of all lists of words.
fn word_lists() -> Vec<PathBuf> {
    let folder = fs::read_dir(root().join("data/lists")).expect("the lists");
    let mut paths: Vec<PathBuf> = folder.map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| {
        path.extension().is_some_and(|extension| extension == "tsv") && !path.ends_with(LUNAR_NEW_YEAR)
    });
    paths.sort();
    assert!(paths.len() >= 10, "{paths:?}");
    paths
}

#[test]
fn lists_are_sorted_without_duplicates() {
    for path in word_lists() {
        let mut rows = read_rows(&path);
        rows.sort_by(|a, b| a.form.cmp(&b.form));
        let duplicates = rows.windows(2).filter(|pair| pair[0].form == pair[1].form);
        let duplicates: Vec<&str> = duplicates.map(|pair| pair[0].form.as_str()).collect();
        assert!(duplicates.is_empty(), "{}: {duplicates:?}", path.display());
        let mut text = format!("{HEADER}\n");
        for Row { form, lemma, mut classes, note } in rows {
            classes.sort();
            classes.dedup();
            writeln!(text, "{form}\t{lemma}\t{}\t{note}", classes.join(" ")).expect("a string");
        }
        assert_file(&path, &text);
    }
}

/// `SayAnySubject` for `say-any-subject`.
fn camel_case(name: &str) -> String {
    let capitalise = |part: &str| part.split_at_checked(1).map(|(first, rest)| first.to_uppercase() + rest);
    name.split('-').filter_map(capitalise).collect()
}

/// The single words of all lists with their classes.
fn words() -> BTreeMap<String, Vec<String>> {
    let mut words: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in word_lists().iter().flat_map(|path| read_rows(path)) {
        if !row.classes.iter().all(|class| class.starts_with("holiday=")) {
            words.entry(row.form).or_default().extend(row.classes);
        }
    }
    words
}

/// The Rust expression for the entry of a word in these classes.
fn entry_expression(classes: &[String]) -> String {
    let (mut plain, mut languages, mut rest) = (Vec::new(), Vec::new(), String::new());
    for class in classes {
        let call = match class.split_once('=') {
            None if class == "day-part" => ".calendar(CalendarSense::DayPart)".to_owned(),
            None => {
                plain.push(camel_case(class));
                continue;
            }
            Some(("language", code)) => {
                languages.push(format!("Languages::of(\"{code}\")"));
                continue;
            }
            Some(("abbreviation", kind)) => format!(".abbreviation(Abbreviation::{})", camel_case(kind)),
            Some((sense @ ("unit" | "season"), value)) => {
                let (sense, value) = (camel_case(sense), camel_case(value));
                format!(".calendar(CalendarSense::{sense}({sense}::{value}))")
            }
            Some((sense, value)) => format!(".calendar(CalendarSense::{}({value}))", camel_case(sense)),
        };
        rest.push_str(&call);
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
fn the_word_table_is_generated_from_the_lists() {
    let mut rows = String::new();
    let words = words();
    for (form, classes) in &words {
        assert!(form.len() <= LONGEST_FORM, "{form} is too long for the word table");
        writeln!(rows, "    ({form:?}, {}),", entry_expression(classes)).expect("a string");
    }
    let table = format!(
        "//! The words of `data/lists`. Generated by `tests/word_table.rs`; do not edit.\n\n\
         #[allow(clippy::enum_glob_use, reason = \"thousands of rows name the classes\")]\n\
         use crate::word::class::Class::*;\n\n\
         use crate::word::abbreviation_class::Abbreviation;\n\
         use crate::word::calendar_class::{{CalendarSense, Season, Unit}};\n\
         use crate::word::entry::WordEntry;\n\
         use crate::word::languages::Languages;\n\n\
         /// Every word in lower case, sorted, with its entry.\n\
         #[rustfmt::skip]\n\
         pub(crate) static WORDS: [(&str, WordEntry); {}] = [\n{rows}];\n",
        words.len()
    );
    assert_file(&source("word/word_table.rs"), &table);
}

#[test]
fn the_holiday_table_is_generated_from_its_list() {
    let mut rows = String::new();
    let holidays = read_rows(&list("holidays.tsv"));
    for row in &holidays {
        let [class] = &row.classes[..] else { panic!("{}: not one class", row.form) };
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
         /// The words of each name in lower case, and the rule for its day.\n\
         #[rustfmt::skip]\n\
         pub(crate) static HOLIDAYS: [(&[&str], Holiday); {}] = [\n{rows}];\n",
        holidays.len()
    );
    assert_file(&source("time/holiday_table.rs"), &table);
}

#[test]
fn the_table_of_lunar_new_years_is_generated_from_its_list() {
    let text = fs::read_to_string(list(LUNAR_NEW_YEAR)).expect("the list");
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("date"));
    let mut rows = String::new();
    for (year, date) in (1900..=2100).zip(lines.by_ref()) {
        let (month_and_day, is_january) = match date.strip_prefix(&format!("{year}-")) {
            Some(rest) if rest.starts_with("01-") => (rest, true),
            Some(rest) if rest.starts_with("02-") => (rest, false),
            _ => panic!("{date} is not in January or February of {year}"),
        };
        let day: u8 = month_and_day[3..].parse().expect("a day");
        writeln!(rows, "    ({}, {day}), // {year}", if is_january { 1 } else { 2 }).expect("a string");
    }
    assert_eq!(lines.next(), None);
    let table = format!(
        "//! The days of `data/lists/{LUNAR_NEW_YEAR}`. Generated by `tests/word_table.rs`; do not edit.\n\n\
         /// Month and day of the Lunar New Year, from 1900 to 2100.\n\
         #[rustfmt::skip]\n\
         pub(crate) static LUNAR_NEW_YEARS: [(i8, i8); 201] = [\n{rows}];\n"
    );
    assert_file(&source("time/lunar_new_year_table.rs"), &table);
}
