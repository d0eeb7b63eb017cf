//! `detente archive` as users run it.

use std::fs;
use std::path::Path;
use std::process::Output;

use crate::common::{command, detente, text, write};
use serde_json::Value;

/// Runs `detente ARGS` and returns its stdout.
fn run(args: &[&str]) -> Vec<u8> {
    let done = detente(args);
    assert_eq!(done.status.code(), Some(0), "{args:?}: {}", text(&done.stderr));
    done.stdout
}

fn stderr_of(args: &[&str], code: i32) -> String {
    let done: Output = detente(args);
    assert_eq!(done.status.code(), Some(code), "{args:?}: {}", text(&done.stderr));
    text(&done.stderr)
}

/// Dated articles of two negotiations with parties, speakers and a headline; the last one has no outlook.
fn rows() -> String {
    let words = [
        "agreed to resume talks",
        "rejected the offer and walked out",
        "said a deal was near",
        "warned of a strike",
    ];
    let mut rows = String::new();
    for n in 0..60 {
        let (first, second) = (words[n % 4], words[(n / 7) % 4]);
        let body = format!(
            "Velmark {first} in round {n}. “We are hopeful,” said Ada Brenn, a minister of Ostrania.\n\nOstrania {second} \
             on Monday. Sign up for our newsletter here."
        );
        let row = serde_json::json!({
            "id": format!("n{n}"), "date": format!("2031-{:02}-{:02}", 1 + n / 10, 1 + n % 10 * 2), "text": body,
            "title": format!("Round {n}: Ostrania {second}"), "source": format!("Outlet {}", n % 3),
            "negotiation": if n % 2 == 0 { "steel" } else { "ferry" },
            "parties": {"velmark": ["Velmark"], "ostrania": ["Ostrania"]},
        });
        rows += &(row.to_string() + "\n");
    }
    rows + "{\"id\":\"quiet\",\"date\":\"2031-03-01\",\"text\":\"The bakery opens at seven.\"}\n"
}

/// The path of a file in `folder` as an argument.
fn at(folder: &Path, name: &str) -> String {
    folder.join(name).display().to_string()
}

#[test]
fn an_archive_gives_what_its_rows_give() {
    let folder = tempfile::tempdir().expect("a folder");
    let raw = write(folder.path(), "raw.jsonl", rows());
    let (db, scored) = (at(folder.path(), "talks.db"), at(folder.path(), "scored.jsonl"));
    run(&["score", &raw, "--format", "jsonl", "--output", &scored]);
    let added = run(&["archive", "add", &db, &raw]);
    assert_eq!(text(&added), format!("{db}: 61 added\n"));

    let settings: [&[&str]; 6] = [
        &["--format", "text"],
        &["--format", "json", "--by", "side,negotiation"],
        &["--format", "csv", "--by", "speaker", "--place", "statement"],
        &["--format", "svg", "--period", "month"],
        &["--format", "html", "--since", "2031-02-01", "--until", "2031-05-01"],
        &["--format", "jsonl", "--causal"],
    ];
    for args in settings {
        let expected = text(&run(&[&["timeline", &scored], args].concat()));
        assert_eq!(text(&run(&[&["archive", "timeline", &db], args].concat())), expected, "{args:?}");
        assert_eq!(text(&run(&[&["timeline", &db], args].concat())), expected, "{args:?}");
    }
    for args in [&["--format", "text"], &["--format", "json"], &["--format", "html"]] {
        let expected = text(&run(&[&["brief", &scored], args.as_slice()].concat()));
        assert_eq!(text(&run(&[&["archive", "brief", &db], args.as_slice()].concat())), expected);
        assert_eq!(text(&run(&[&["brief", &db], args.as_slice()].concat())), expected);
    }
    let by_date = ["--format", "json", "--split", "2031-03-01"];
    assert_eq!(
        text(&run(&[&["compare", &db], by_date.as_slice()].concat())),
        text(&run(&[&["compare", &scored], by_date.as_slice()].concat()))
    );
    // an archive is one of several inputs, and can be scored again
    assert_eq!(
        text(&run(&["timeline", &db, &scored, "--format", "csv", "--quiet"])),
        text(&run(&["timeline", &scored, "--format", "csv"]))
    );
    assert_eq!(text(&run(&["score", &db, "--format", "jsonl"])), fs::read_to_string(&scored).expect("rows"));
    assert_eq!(run(&["explain", &db, "--format", "jsonl"]), run(&["explain", &raw, "--format", "jsonl"]));

    assert_eq!(text(&run(&["archive", "export", &db])), fs::read_to_string(&scored).expect("rows"));
    for table in ["articles", "statements", "events"] {
        let args = ["--format", "csv", "--table", table];
        let expected = text(&run(&[&["score", &raw], args.as_slice()].concat()));
        assert_eq!(text(&run(&[&["archive", "export", &db], args.as_slice()].concat())), expected);
    }
    // one negotiation: its rows alone
    let steel: String = fs::read_to_string(&scored)
        .expect("rows")
        .lines()
        .filter(|row| row.contains("\"negotiation\":\"steel\""))
        .map(|row| row.to_owned() + "\n")
        .collect();
    let steel_rows = write(folder.path(), "steel.jsonl", &steel);
    assert_eq!(text(&run(&["archive", "export", &db, "--negotiation", "steel"])), steel);
    for verb in ["timeline", "brief"] {
        assert_eq!(
            text(&run(&["archive", verb, &db, "--negotiation", "steel", "--format", "json"])),
            text(&run(&[verb, &steel_rows, "--format", "json"]))
        );
    }
    assert_eq!(text(&run(&["archive", "verify", &db])), format!("{db}: sound (61 articles, 61 results)\n"));
}

#[test]
fn adding_again_changes_nothing_and_names_what_happened() {
    let folder = tempfile::tempdir().expect("a folder");
    let raw = write(folder.path(), "raw.jsonl", rows());
    let (db, copy) = (at(folder.path(), "talks.db"), at(folder.path(), "copy.db"));
    run(&["archive", "add", &db, &raw]);
    let before = run(&["archive", "export", &db]);
    assert_eq!(text(&run(&["archive", "add", &db, &raw])), format!("{db}: 61 known\n"));
    assert_eq!(run(&["archive", "export", &db]), before);
    // an archive can be added to another one
    run(&["archive", "add", &copy, &db]);
    assert_eq!(run(&["archive", "export", &copy]), before);
    let more = "{\"id\":\"x1\",\"text\":\"Talks stalled again.\"}\n{oops\n{\"id\":\"x2\",\"text\":\"Talks  stalled again.\"}\n";
    let more = write(folder.path(), "more.jsonl", more);
    let done = detente(&["archive", "add", &db, &more, "--format", "jsonl", "--negotiation", "salt"]);
    assert_eq!(done.status.code(), Some(1), "{}", text(&done.stderr));
    assert!(text(&done.stderr).contains("more.jsonl: line 2: column 2"), "{}", text(&done.stderr));
    let expected = "{\"article\":62,\"id\":\"x1\",\"outcome\":\"added\"}\n\
                    {\"article\":62,\"id\":\"x2\",\"outcome\":\"source-added\"}\n";
    assert_eq!(text(&done.stdout), expected);
    let list = text(&run(&["archive", "list", &db, "--format", "csv"]));
    assert_eq!(
        list,
        "negotiation,articles,first,last\nferry,30,2031-01-03,2031-06-19\nsteel,30,2031-01-01,2031-06-17\nsalt,1,,\n,1,2031-03-01,2031-03-01\n"
    );
}

#[test]
fn articles_are_listed_and_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let raw = write(folder.path(), "raw.jsonl", rows());
    let db = at(folder.path(), "talks.db");
    run(&["archive", "add", &db, &raw]);
    let json = |args: &[&str]| -> Vec<Value> {
        let lines = text(&run(&[args, &["--format", "jsonl"]].concat()));
        lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    };
    let listed = json(&["archive", "list", &db, "--negotiation", "ferry", "--limit", "3", "--offset", "1"]);
    let ids: Vec<&str> = listed.iter().filter_map(|article| article["id"].as_str()).collect();
    assert_eq!(ids, ["n57", "n55", "n53"]);
    assert!(listed[0]["outlook"]["score"].is_number() && listed[0]["article"] == 58, "{}", listed[0]);
    let quiet = json(&["archive", "list", &db, "--unfiled"]);
    assert!(quiet[0]["outlook"].is_null() && quiet[0]["reason"].is_string(), "{}", quiet[0]);
    let hits = json(&[
        "archive",
        "find",
        &db,
        "\"walked",
        "out\"",
        "round",
        "--since",
        "2031-02-01",
        "--limit",
        "100",
    ]);
    assert!(hits.len() > 5 && hits.iter().all(|hit| hit["date"].as_str() >= Some("2031-02-01")));
    let found = hits[0]["snippet"].as_array().expect("a snippet").iter().any(|part| part["match"] == true);
    assert!(found, "{}", hits[0]);
    let done = detente(&["archive", "find", &db, "velmark", "--limit", "2"]);
    assert_eq!(text(&done.stderr), "detente: 2 of 60 articles with velmark\n");
    let shown = text(&done.stdout);
    assert!(shown.lines().count() == 4 && shown.contains("Velmark") && !shown.contains('\u{1b}'), "{shown}");
    let all = text(&run(&["archive", "list", &db, "--articles", "--limit", "99", "--format", "csv"]));
    assert_eq!(all.lines().count(), 62);
    let models = text(&run(&["archive", "list", &db, "--models"]));
    assert!(models.contains("      61  negotiation-en-1  "), "{models}");
}

#[test]
fn models_stand_side_by_side() {
    let folder = tempfile::tempdir().expect("a folder");
    let raw = write(folder.path(), "raw.jsonl", rows());
    let [db, model, scored] = ["talks.db", "small", "scored.jsonl"].map(|name| at(folder.path(), name));
    run(&["model", "prune", "--max-bytes", "3000000", "--out", &model]);
    run(&["archive", "add", &db, &raw]);
    let before = run(&["archive", "export", &db]);
    let error = stderr_of(&["archive", "timeline", &db, "--model", &model], 3);
    assert!(error.contains("not scored by negotiation-en-1") && error.contains("archive rescore"), "{error}");
    let done = text(&run(&["archive", "rescore", &db, "--model", &model]));
    assert!(done.ends_with(": 61 scored by negotiation-en-1, 0 had its scores\n"), "{done}");
    let again = text(&run(&["archive", "rescore", &db, "--model", &model]));
    assert!(again.ends_with(": 0 scored by negotiation-en-1, 61 had its scores\n"), "{again}");
    run(&["score", &raw, "--model", &model, "--format", "jsonl", "--output", &scored]);
    let other = run(&["archive", "export", &db, "--model", &model]);
    assert_eq!(text(&other), fs::read_to_string(&scored).expect("rows"));
    assert_ne!(other, before);
    assert_eq!(run(&["archive", "export", &db]), before);
    assert_eq!(
        run(&["archive", "timeline", &db, "--model", &model, "--format", "json"]),
        run(&["timeline", &scored, "--format", "json"])
    );
    // an archive of one other model needs no option, one with new articles says what is missing
    let only = at(folder.path(), "only.db");
    run(&["archive", "add", &only, &raw, "--model", &model]);
    assert_eq!(run(&["archive", "export", &only]), other);
    run(&["archive", "add", &db, &write(folder.path(), "new.txt", "Talks stalled again.")]);
    let note = stderr_of(&["archive", "export", &db, "--model", &model], 0);
    assert!(note.contains("1 articles are not scored by negotiation-en-1; left out"), "{note}");
    assert_eq!(text(&run(&["archive", "verify", &db])), format!("{db}: sound (62 articles, 123 results)\n"));
}

#[test]
fn what_is_no_archive_or_not_in_it_is_refused_in_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let raw = write(folder.path(), "raw.jsonl", rows());
    let db = at(folder.path(), "talks.db");
    for verb in ["list", "verify", "timeline", "brief", "export", "rescore"] {
        let error = stderr_of(&["archive", verb, &db], 3);
        assert!(error.contains("talks.db: cannot open the archive"), "{error}");
        assert!(stderr_of(&["archive", verb, &raw], 3).contains("raw.jsonl: not an archive of detente"));
        assert!(!Path::new(&db).exists());
    }
    assert!(stderr_of(&["archive", "add", &raw, &raw], 3).contains("not an archive of detente"));
    assert!(stderr_of(&["archive", "add", &db, &at(folder.path(), "none.txt")], 3).contains("none.txt"));
    assert!(stderr_of(&["archive", "timeline", &db], 3).contains("the archive has no articles"));
    run(&["archive", "add", &db, &raw]);
    assert!(
        stderr_of(&["archive", "brief", &db, "--negotiation", "tea"], 3).contains("no negotiation \"tea\"")
    );
    assert!(stderr_of(&["archive", "find", &db, "*"], 3).contains("at least one word"));
    assert_eq!(stderr_of(&["archive", "find", &db, "zebra"], 0), "detente: 0 of 0 articles with zebra\n");
    assert!(
        stderr_of(&["archive", "add", &db, "--watch", &raw, "--every", "1s"], 3).contains("not a folder")
    );
    assert!(stderr_of(&["archive", "add", &db, &raw, "--every", "1s"], 2).contains("--watch"));
    // a newer archive, as an argument and as an input
    let mut bytes = fs::read(&db).expect("an archive");
    assert_eq!(bytes[63], 1, "the last byte of user_version");
    bytes[63] = 77;
    let newer = write(folder.path(), "newer.db", bytes);
    for args in [vec!["archive", "list", &newer], vec!["timeline", &newer], vec!["score", &newer]] {
        let error = stderr_of(&args, 3);
        assert!(
            error.contains("newer.db: a newer version of detente wrote this archive (schema 77"),
            "{error}"
        );
    }
    // a damaged one
    let mut bytes = fs::read(&db).expect("an archive");
    let len = bytes.len();
    bytes[len / 4..len / 2].fill(0x5a);
    let damaged = write(folder.path(), "damaged.db", bytes);
    let done = command().args(["archive", "verify", &damaged]).output().expect("it runs");
    assert_eq!(done.status.code(), Some(3), "{}", text(&done.stdout));
    assert!(done.stdout.len() + done.stderr.len() > 20);
}
