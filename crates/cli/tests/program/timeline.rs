//! `detente timeline` and `detente compare` as users run them.

use std::fs;
use std::path::Path;

use crate::common::{command, detente, text, write};

/// Scores the articles `texts` (id, date, text) and returns the path of the JSON Lines.
fn scored(folder: &Path, name: &str, texts: &[(&str, &str, &str)]) -> String {
    let rows: Vec<String> = texts
        .iter()
        .map(|(id, date, text)| serde_json::json!({"id": id, "date": date, "text": text}).to_string() + "\n")
        .collect();
    let raw = folder.join(format!("raw-{name}"));
    fs::write(&raw, rows.concat()).expect("written");
    let path = folder.join(name);
    let (raw, path) = (raw.display().to_string(), path.display().to_string());
    let done = detente(&["score", &raw, "--format", "jsonl", "--output", &path]);
    assert!(done.status.success(), "{}", text(&done.stderr));
    path
}

const GOOD: [(&str, &str, &str); 6] = [
    ("g1", "2031-06-02", "The two ports reached a deal on berths and will sign it on Friday."),
    ("g2", "2031-06-05", "Negotiators hailed a breakthrough on ferry tolls and said an accord was close."),
    ("g3", "2031-06-09", "Both unions agreed to the pay offer, ending the walkout at the grain terminal."),
    (
        "g4",
        "2031-06-13",
        "The envoys said that talks on the canal had gone very well and would soon succeed.",
    ),
    (
        "g5",
        "2031-06-17",
        "Parliament ratified the fishing treaty after the sides settled their last dispute.",
    ),
    ("g6", "2031-06-21", "A truce was signed on the border and both armies began to withdraw their guns."),
];
const BAD: [(&str, &str, &str); 6] = [
    ("b1", "2031-05-02", "Talks on the salt quota collapsed after the minister walked out in anger."),
    ("b2", "2031-05-05", "The union rejected the final offer and called a strike across all depots."),
    ("b3", "2031-05-09", "Both capitals imposed new tariffs and cancelled the next round of negotiations."),
    ("b4", "2031-05-13", "The ceasefire broke down as shelling resumed along the northern river."),
    ("b5", "2031-05-17", "Hopes of an accord on debt faded when lenders refused any further delay."),
    ("b6", "2031-05-21", "The coalition talks ended in deadlock and the party ruled out a compromise."),
];

#[test]
fn a_timeline_does_not_depend_on_order_files_or_format() {
    let folder = tempfile::tempdir().expect("a folder");
    let good = scored(folder.path(), "good.jsonl", &GOOD);
    let bad = scored(folder.path(), "bad.jsonl", &BAD);
    let raw = [folder.path().join("raw-bad.jsonl"), folder.path().join("raw-good.jsonl")];
    let raw = raw.map(|path| path.display().to_string());
    let whole = folder.path().join("appended.jsonl").display().to_string();
    let both = fs::read_to_string(&good).expect("rows") + &fs::read_to_string(&bad).expect("rows");
    fs::write(&whole, both).expect("written");
    let json = folder.path().join("bad.json").display().to_string();
    assert!(detente(&["score", &raw[0], "--format", "json", "--output", &json]).status.success());
    let one = detente(&["timeline", &good, &bad, "--format", "csv", "--jobs", "1"]);
    assert_eq!(one.status.code(), Some(0), "{}", text(&one.stderr));
    for inputs in [vec![&bad, &good], vec![&whole], vec![&raw[0], &raw[1]], vec![&good, &json]] {
        let inputs: Vec<&str> = inputs.into_iter().map(String::as_str).collect();
        let other = detente(&[&["timeline", "--format", "csv"], inputs.as_slice()].concat());
        assert_eq!(text(&one.stdout), text(&other.stdout), "{inputs:?}");
    }
    // repeated rows change nothing but the message
    let again = detente(&["timeline", &whole, &good, "--format", "csv"]);
    assert_eq!(text(&one.stdout), text(&again.stdout));
    assert!(
        text(&again.stderr).contains("repeated-row: 6 (g1, g2, g3, g4, g5, …)"),
        "{}",
        text(&again.stderr)
    );
}

#[test]
fn every_format_of_a_timeline_is_complete() {
    let folder = tempfile::tempdir().expect("a folder");
    let good = scored(folder.path(), "good.jsonl", &GOOD);
    let bad = scored(folder.path(), "bad.jsonl", &BAD);
    let written = |format: &str| {
        let done = detente(&["timeline", &good, &bad, "--format", format]);
        assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
        text(&done.stdout)
    };
    let plain = written("text");
    assert!(
        plain.starts_with("12 articles, 12 stories by week") && plain.contains("2031-06-02  ▲"),
        "{plain}"
    );
    let json: serde_json::Value = serde_json::from_str(&written("json")).expect("JSON");
    assert_eq!(json["series"][0]["turns"][0]["day"], "2031-06-02");
    assert_eq!(json["stories"], 12);
    let rows = written("jsonl");
    let csv = written("csv");
    assert_eq!(rows.lines().count() + 1, csv.lines().count());
    let columns = "by,series,period,start,end,articles,stories,score,low,high,filled,level,level_low,level_high,turn,turn_p,model,filtered,filtered_low,filtered_high,turn_date,news_until,dispersion,negative,decayed";
    assert_eq!(csv.lines().next(), Some(columns));
    let row: serde_json::Value = serde_json::from_str(rows.lines().next().expect("a row")).expect("JSON");
    for column in columns.split(',') {
        assert!(row.get(column).is_some(), "{column}");
    }
    let svg = written("svg");
    for part in
        ["<svg xmlns", "role=\"img\"", "<title id=", "<desc id=", "prefers-color-scheme:dark", "</svg>"]
    {
        assert!(svg.contains(part), "{part}");
    }
    let page = written("html");
    for document in [&svg, &page] {
        let outside = document.replace("http://www.w3.org/2000/svg", "");
        assert!(!outside.contains("http") && !outside.contains("<script") && !outside.contains("@import"));
    }
    for output in [&plain, &page, &written("markdown")] {
        assert!(output.contains("p: share of random orders"), "{output}");
    }
    assert!(page.contains("<svg") && page.contains("@media print") && page.contains("</html>"));
    assert!(written("markdown").contains("| 2031-04-28 | 2031-05-04 | 1 |"));
}

#[test]
fn a_comparison_reports_a_change_only_if_it_is_significant() {
    let folder = tempfile::tempdir().expect("a folder");
    let good = scored(folder.path(), "good.jsonl", &GOOD);
    let bad = scored(folder.path(), "bad.jsonl", &BAD);
    let json = |args: &[&str]| -> serde_json::Value {
        let done = detente(&[&["compare", "--format", "json"], args].concat());
        assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
        serde_json::from_slice(&done.stdout).expect("JSON")
    };
    let inputs = json(&[&bad, &good]);
    assert_eq!((&inputs["verdict"], inputs["p"].as_f64() < Some(0.01)), (&"higher".into(), true));
    let split = json(&[&bad, &good, "--split", "2031-06-01"]);
    assert_eq!(inputs["difference"], split["difference"]);
    assert_eq!(split["sets"][0]["name"], "before 2031-06-01");
    for parts in split["splits"].as_array().expect("splits") {
        let units = |value: &serde_json::Value| (value.as_f64().expect("a number") * 1e4).round() as i64;
        assert_eq!(units(&parts["mix"]) + units(&parts["within"]), units(&split["difference"]), "{parts}");
    }
    assert_eq!(split["statements"].as_array().map(Vec::len), Some(5));
    let sentence = detente(&["compare", &bad, &good, "--split", "2031-06-01"]);
    let sentence = text(&sentence.stdout);
    assert!(sentence.starts_with("Outlook rose from −0."), "{sentence}");
    assert!(
        sentence.contains("(until 31 May 2031) to +0.") && sentence.contains("(from 1 June 2031)"),
        "{sentence}"
    );
    let within = json(&[&bad, "--split", "2031-05-10"]);
    assert_eq!(within["verdict"], "no clear change");
    assert!(within["power"].as_str().expect("a note").contains("3 and 3 stories"));
    for format in ["text", "csv", "jsonl", "markdown", "html", "svg"] {
        let done = detente(&["compare", &bad, &good, "--format", format]);
        assert_eq!(done.status.code(), Some(0), "{format}: {}", text(&done.stderr));
        assert!(text(&done.stdout).contains("higher"), "{format}");
    }
}

#[test]
fn invalid_arguments_and_data_are_errors() {
    let folder = tempfile::tempdir().expect("a folder");
    let bad = scored(folder.path(), "bad.jsonl", &BAD);
    for (args, code, named) in [
        (vec!["compare", bad.as_str()], 2, "--split"),
        (vec!["compare", &bad, "--before", "2031-05-05"], 2, "--after"),
        (vec!["compare", &bad, "--before", "2031-05-05", "--after", "2031-05-01"], 2, "overlap"),
        (vec!["compare", &bad, "--split", "2030-01-01"], 3, "two per set"),
        (vec!["timeline", &bad, "--period", "aeon"], 2, "aeon"),
        (vec!["timeline", &bad, "--half-life", "0"], 2, "half-life"),
        (vec!["timeline", &bad, "--since", "2040-01-01"], 3, "before the first day asked for"),
        (vec!["timeline", "no-such-file.jsonl"], 3, "no-such-file.jsonl"),
    ] {
        let done = detente(&args);
        assert_eq!(done.status.code(), Some(code), "{args:?}: {}", text(&done.stderr));
        assert!(text(&done.stderr).contains(named), "{args:?}: {}", text(&done.stderr));
        assert!(done.stdout.is_empty());
    }
    // a broken row is an error, the others are used
    let mut rows = fs::read_to_string(&bad).expect("rows");
    rows.push_str("{\"schema\":1,\"id\":\"x\"}\n");
    fs::write(&bad, &rows).expect("written");
    let done = detente(&["timeline", &bad]);
    assert_eq!(done.status.code(), Some(1));
    assert!(text(&done.stderr).contains("bad.jsonl: line 7: "), "{}", text(&done.stderr));
    // scores of another model are mixed in only on request
    let other = folder.path().join("other.jsonl").display().to_string();
    fs::write(&other, rows.replace("negotiation-en-1", "negotiation-xx-9")).expect("written");
    let refused = detente(&["timeline", &bad, &other]);
    assert_eq!(refused.status.code(), Some(3));
    assert!(
        text(&refused.stderr).contains("negotiation-xx-9") && text(&refused.stderr).contains("--allow-mixed")
    );
    assert_eq!(detente(&["timeline", &bad, &other, "--allow-mixed"]).status.code(), Some(1));
}

#[test]
fn inputs_can_be_files_lists_globs_and_standard_input() {
    let folder = tempfile::tempdir().expect("a folder");
    let good = scored(folder.path(), "good.jsonl", &GOOD);
    let bad = scored(folder.path(), "bad.jsonl", &BAD);
    let raw = |name: &str| folder.path().join(format!("raw-{name}.jsonl"));
    let raw_list = [raw("good"), raw("bad")].map(|path| path.display().to_string() + "\n").concat();
    let list = write(folder.path(), "list.txt", format!("{bad}\n{good}\n"));
    let raw_list = write(folder.path(), "raw-list.txt", raw_list);
    let pattern = folder.path().join("[bg]*.jsonl").display().to_string();
    let whole = detente(&["timeline", &good, &bad, "--format", "csv"]);
    for inputs in [vec!["--files-from", &list], vec!["--files-from", &raw_list], vec![&pattern]] {
        let found = detente(&[&["timeline", "--format", "csv"], inputs.as_slice()].concat());
        assert_eq!(text(&found.stdout), text(&whole.stdout), "{inputs:?}: {}", text(&found.stderr));
    }
    let missing = detente(&["timeline", &good, "--files-from", "no-such-list"]);
    assert!(missing.status.code() == Some(1) && text(&missing.stderr).contains("no-such-list"));
    // without inputs, standard input
    let piped = |name: &str, more: &[&str]| {
        let input = fs::File::open(name).expect("a file");
        let done = command().args(["timeline", "--format", "csv"]).args(more).stdin(input).output();
        text(&done.expect("the program runs").stdout)
    };
    let one = text(&detente(&["timeline", &good, "--format", "csv"]).stdout);
    assert_eq!(piped(&good, &[]), one);
    assert_eq!(piped(&raw("good").display().to_string(), &["--input-format", "jsonl"]), one);
}

#[test]
fn unknown_files_of_a_folder_are_skipped_with_a_message() {
    let folder = tempfile::tempdir().expect("a folder");
    let good = scored(folder.path(), "good.jsonl", &GOOD);
    fs::remove_file(folder.path().join("raw-good.jsonl")).expect("removed");
    let stray = write(folder.path(), "plot.xyz", "no article");
    let place = folder.path().display().to_string();
    let alone = detente(&["timeline", &good, "--format", "csv"]);
    let found = detente(&["timeline", &place, "--format", "csv"]);
    assert_eq!(text(&found.stdout), text(&alone.stdout));
    assert!(text(&found.stderr).contains(&format!("{stray}: skipped: unknown format")));
    // also if no file is scored
    fs::remove_file(&good).expect("removed");
    write(folder.path(), "news.txt", "date 2031-06-02\nThe two ports reached a deal on berths.");
    let found = detente(&["timeline", &place, "--format", "csv"]);
    assert!(text(&found.stderr).contains(&format!("{stray}: skipped: unknown format")));
}

#[test]
fn doubtful_records_are_reported_for_scored_and_unscored_input() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut texts = GOOD;
    texts[1].1 = "June 31";
    texts[2].1 = "";
    texts[3].0 = "g1";
    let rows = scored(folder.path(), "odd.jsonl", &texts);
    for input in [rows, folder.path().join("raw-odd.jsonl").display().to_string()] {
        let found = detente(&["timeline", &input]);
        let said = text(&found.stderr);
        for (finding, name) in [
            ("bad-date: 1 (", "g2 (June 31)): "),
            ("no-date: 1 (", "g3): "),
            ("repeated-id: 1 (", "odd#4): same id as another article; both are counted"),
        ] {
            let line = said.lines().find(|line| line.contains(finding));
            assert!(line.is_some_and(|line| line.contains(name)), "{finding}{name}: {said}");
        }
        assert!(text(&found.stdout).starts_with("4 articles, 4 stories"));
    }
}

#[test]
fn packed_items_give_the_timeline_of_the_json_lines() {
    let folder = tempfile::tempdir().expect("a folder");
    let scored = scored(folder.path(), "good.jsonl", &GOOD);
    let raw = folder.path().join("raw-good.jsonl").display().to_string();
    let items = folder.path().join("good.items").display().to_string();
    let packed = detente(&["score", &raw, "--format", "items", "--output", &items]);
    assert!(packed.status.success(), "{}", text(&packed.stderr));
    for options in [&["--by", "side"][..], &["--place", "statement"], &[]] {
        let arguments = |file| [&["timeline", file, "--format", "json"], options].concat();
        let of_items = detente(&arguments(items.as_str()));
        assert!(of_items.status.success(), "{}", text(&of_items.stderr));
        assert_eq!(text(&of_items.stdout), text(&detente(&arguments(scored.as_str())).stdout));
    }
    let compared = detente(&["compare", &items, "--split", "2031-06-10"]);
    assert_eq!(compared.status.code(), Some(3));
    assert!(text(&compared.stderr).contains("needs the texts of statements"), "{}", text(&compared.stderr));

    let bytes = fs::read(&items).expect("the items");
    fs::write(&items, &bytes[..bytes.len() - 3]).expect("written");
    let truncated = detente(&["timeline", &items]);
    assert_eq!(truncated.status.code(), Some(1), "{}", text(&truncated.stderr));
    assert!(
        text(&truncated.stderr).contains("good.items: article 6: truncated"),
        "{}",
        text(&truncated.stderr)
    );
    let refused = detente(&["score", &raw, "--format", "items", "--statements"]);
    assert_eq!(refused.status.code(), Some(2));
}
