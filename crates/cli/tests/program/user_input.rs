//! Inputs as users have them: damaged, empty, in capitals, undated, in a legacy encoding, in mixed folders.

use crate::common::{detente, text, write};
use serde_json::Value;

const GOOD: &str = "The two sides agreed on most points and will sign the deal on Friday.";

/// The articles that `detente score --format json` gives for one input.
fn score(path: &str) -> Vec<Value> {
    let done = detente(&["score", "--format", "json", path]);
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    serde_json::from_slice(&done.stdout).expect("a JSON array")
}

fn warning<'a>(article: &'a Value, kind: &str) -> Option<&'a str> {
    let warnings = article["warnings"].as_array().expect("warnings");
    warnings.iter().find(|warning| warning["kind"] == kind)?["message"].as_str()
}

#[test]
fn a_broken_file_is_named_by_every_command_that_reads_articles() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, content, message) in [
        ("cut.json", "{\"text\": \"Talks", "cut.json: line 1: column "),
        (
            "fields.jsonl",
            "{\"headline\":\"Talks\"}\n",
            "fields.jsonl: line 1: no text field (tried text, body",
        ),
        ("quote.csv", "id,text\n1,\"Talks\nwent on.\n", "quote.csv: line 2: unclosed quotation mark"),
        ("report.pdf", "%PDF-1.7\0", "report.pdf: not supported: PDF: convert it to text"),
    ] {
        let path = write(folder.path(), name, content);
        for command in ["score", "explain", "timeline"] {
            let done = detente(&[command, &path]);
            assert_eq!(done.status.code(), Some(3), "{command} {name}: {}", text(&done.stderr));
            assert!(text(&done.stderr).contains(message), "{command}: {}", text(&done.stderr));
            assert!(done.stdout.is_empty(), "{command} {name}");
        }
    }
}

#[test]
fn an_empty_article_is_an_error_and_a_date_alone_has_no_outlook() {
    let folder = tempfile::tempdir().expect("a folder");
    for content in ["", " \r\n\t\n"] {
        let path = write(folder.path(), "empty.txt", content);
        let done = detente(&["score", &path]);
        assert_eq!(done.status.code(), Some(3));
        assert!(text(&done.stderr).contains("empty.txt: empty: no text"), "{}", text(&done.stderr));
    }
    let found = score(&write(folder.path(), "dated.txt", "date 2031-05-09\n"));
    assert!(found[0]["outlook"].is_null() && found[0]["reason"].is_string(), "{found:?}");
}

#[test]
fn an_article_in_capitals_is_scored_like_one_in_sentence_case() {
    let folder = tempfile::tempdir().expect("a folder");
    let found = score(&write(folder.path(), "capitals.txt", GOOD.to_uppercase()));
    let statements = found[0]["statements"].as_array().expect("statements");
    assert_eq!(statements.len(), 1);
    assert_eq!(statements[0]["text"], GOOD.to_uppercase());
    assert!(found[0]["outlook"]["score"].as_f64().expect("a score") > 0.3, "{found:?}");
}

#[test]
fn an_article_without_a_date_is_scored_but_not_part_of_a_timeline() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = write(folder.path(), "undated.txt", GOOD);
    assert!(score(&path)[0]["date"].is_null());
    let done = detente(&["timeline", &path]);
    assert!(!done.status.success());
    assert!(text(&done.stderr).contains("--date"), "{}", text(&done.stderr));
    let dated = detente(&["timeline", "--date", "2031-05-09", "--format", "csv", &path]);
    assert_eq!(dated.status.code(), Some(0), "{}", text(&dated.stderr));
    assert!(text(&dated.stdout).contains("2031-05-05"), "{}", text(&dated.stdout));
}

#[test]
fn windows_1252_is_converted_with_a_warning_in_text_and_records() {
    let folder = tempfile::tempdir().expect("a folder");
    let said = b"\x93We agreed on most points,\x94 the envoy said \x96 \x80 3 million is still open.";
    let plain = score(&write(folder.path(), "note.txt", said));
    assert!(
        plain[0]["statements"][0]["text"].as_str().expect("a text").starts_with("“We agreed"),
        "{plain:?}"
    );
    let message = warning(&plain[0], "encoding").expect("a warning");
    assert!(message.contains("windows-1252"), "{message}");
    let row = score(&write(folder.path(), "table.csv", [b"id,text\n7,\"", &said[..], b"\"\n"].concat()));
    assert_eq!(row[0]["id"], "7");
    let message = warning(&row[0], "encoding").expect("a warning");
    assert!(message.contains("offsets count bytes of the text in UTF-8"), "{message}");
}

#[test]
fn a_folder_of_mixed_files_gives_every_article_and_names_the_rest() {
    let folder = tempfile::tempdir().expect("a folder");
    let page =
        format!("<html><title>Talks</title><article><p>{GOOD}<p>Both envoys said so on Monday.</article>");
    for (name, content) in [
        ("a.txt", GOOD.as_bytes()),
        ("b.html", page.as_bytes()),
        ("c.csv", b"id,text,date\nc1,Talks collapsed on Sunday.,2031-05-09\nc2,Talks resumed.,soon\n"),
        ("d.jsonl", b"{\"id\":\"d1\",\"text\":\"Talks resumed.\"}\n{broken\n"),
        ("e.pdf", b"%PDF-1.7\0"),
        ("f.docx", b"PK\x03\x04"),
        (".notes.txt", b"hidden"),
    ] {
        write(folder.path(), name, content);
    }
    let path = folder.path().display().to_string();
    for command in ["score", "explain"] {
        let done = detente(&[command, "--format", "json", &path]);
        assert_eq!(done.status.code(), Some(1), "{command}: {}", text(&done.stderr));
        let found: Vec<Value> = serde_json::from_slice(&done.stdout).expect("a JSON array");
        let own = |article: &Value| article.get("article").unwrap_or(article)["id"].clone();
        assert_eq!(found.iter().map(own).collect::<Vec<_>>(), ["a", "b", "c1", "c2", "d1"], "{command}");
        let errors = text(&done.stderr);
        for message in [
            "d.jsonl: line 2: column 2: not JSON: ",
            "e.pdf: skipped: unknown format",
            "f.docx: damaged archive",
        ] {
            assert!(errors.contains(message), "{command}: {errors}");
        }
        assert!(!errors.contains("notes"), "{command}: {errors}");
    }
    let summary = text(&detente(&["score", "--format", "csv", &path]).stderr);
    assert!(
        summary.ends_with("detente: 5 scored, 2 failed (1 not JSON, 1 unreadable), 1 skipped\n"),
        "{summary}"
    );
    let quiet = text(&detente(&["score", "--format", "csv", "--quiet", &path]).stderr);
    assert_eq!(quiet.lines().count(), 2, "{quiet}");
}

#[test]
fn usage_errors_of_option_combinations_have_code_2() {
    for args in
        [&["compare", "a.jsonl"][..], &["score", "--resume", "--output", "x.csv", "--format", "csv", "a.txt"]]
    {
        let done = detente(args);
        assert_eq!(done.status.code(), Some(2), "{args:?}");
        assert!(text(&done.stderr).starts_with("error: ") && done.stdout.is_empty(), "{args:?}");
    }
}

#[test]
fn help_and_version_go_to_stdout() {
    for args in [&["--help"][..], &["score", "--help"], &["--version"]] {
        let done = detente(args);
        assert_eq!(done.status.code(), Some(0), "{args:?}");
        assert!(!done.stdout.is_empty() && done.stderr.is_empty(), "{args:?}");
    }
}
