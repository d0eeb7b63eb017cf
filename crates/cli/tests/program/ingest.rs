//! Input cases after public bug reports (`tests/data/ingest`), run by `tests/ingest-cases.py`.
//!
//! Raise the number when a change reads more of them. A case must never be lost or misread without a message.

use std::path::Path;
use std::process::Command;

/// Cases that give the expected value, of 257 that can be rebuilt.
const RIGHT: usize = 247;
/// Cases that lose or misread something without a message.
const SILENT: usize = 1;

#[test]
fn the_recorded_number_of_input_cases_is_right() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let script = root.join("tests/ingest-cases.py");
    let run =
        Command::new("python3").arg(script).arg(env!("CARGO_BIN_EXE_detente")).output().expect("python3");
    let report = String::from_utf8_lossy(&run.stdout).into_owned();
    let all = report.lines().find(|line| line.starts_with("all ")).unwrap_or_else(|| {
        panic!("no counts: {report}{}", String::from_utf8_lossy(&run.stderr));
    });
    let counts: Vec<usize> =
        all.split_whitespace().skip(1).map(|count| count.parse().expect("a count")).collect();
    assert!(counts[0] >= RIGHT && counts[2] <= SILENT, "{report}");
}
