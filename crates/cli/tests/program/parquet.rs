//! Parquet input and output (feature `parquet`).

use crate::common::{detente, text};

#[test]
fn a_written_table_can_be_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let table = folder.path().join("out.parquet").display().to_string();
    let list = "data/corpus/train-a.jsonl";
    let csv = text(&detente(&["score", "--format", "csv", list]).stdout);
    let written = detente(&["score", "--format", "parquet", "--output", &table, list]);
    assert_eq!(written.status.code(), Some(0), "{}", text(&written.stderr));
    let printed = detente(&["score", "--format", "parquet", list]).stdout;
    assert!(printed == std::fs::read(&table).expect("the table"), "stdout and a file get the same bytes");
    // its rows have titles, which can be scored as texts
    let again = detente(&["score", "--format", "csv", "--text-field", "title", &table]);
    assert_eq!(again.status.code(), Some(0), "{}", text(&again.stderr));
    let ids = |csv: &str| csv.lines().map(|row| row.split(',').next().map(String::from)).collect::<Vec<_>>();
    assert_eq!(ids(&text(&again.stdout)), ids(&csv));
}

#[test]
fn an_archive_exports_what_score_writes() {
    let folder = tempfile::tempdir().expect("a folder");
    let archive = folder.path().join("talks.db").display().to_string();
    let articles = "data/example";
    assert_eq!(detente(&["archive", "add", &archive, articles]).status.code(), Some(0));
    for table in ["articles", "statements", "events"] {
        let args = ["--format", "parquet", "--table", table];
        let exported = detente(&[&["archive", "export", &archive], args.as_slice()].concat()).stdout;
        let scored = detente(&[&["score", articles], args.as_slice()].concat()).stdout;
        assert!(exported.starts_with(b"PAR1") && exported == scored, "{table}");
    }
}
