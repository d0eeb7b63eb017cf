//! Shared by the tests of the program.

pub(crate) mod transcript;

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Root of the repository.
pub(crate) const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// The program, with empty standard input.
pub(crate) fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_detente"));
    command.stdin(Stdio::null());
    command
}

/// Runs `detente ARGS` in the root of the repository.
pub(crate) fn detente(args: &[&str]) -> Output {
    command().args(args).current_dir(ROOT).output().expect("the program runs")
}

/// Generated central-bank sentences with the numbers `from..from + count`: number, sentence, and the label hawkish,
/// dovish or neutral.
pub(crate) fn bank_sentences(
    from: usize,
    count: usize,
) -> impl Iterator<Item = (usize, String, &'static str)> {
    let subjects = ["The committee", "The governor", "The board", "A majority of members", "The bank"];
    let claims = [
        ("saw inflation risks to the upside and favoured raising rates", "hawkish"),
        ("judged that further tightening would be needed", "hawkish"),
        ("saw weak demand and favoured cutting rates", "dovish"),
        ("judged that more stimulus was needed to support employment", "dovish"),
        ("reviewed the minutes of the last meeting", "neutral"),
        ("discussed the schedule of the regional surveys", "neutral"),
    ];
    let times = ["in March", "this spring", "at the last meeting", "in its report", "on the day", "again"];
    (from..from + count).map(move |number| {
        let (claim, label) = claims[number % 6];
        let (subject, time) = (subjects[number / 6 % 5], times[number / 30 % 6]);
        (number, format!("{subject} {claim} {time}."), label)
    })
}

/// Printed bytes as text.
pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// Writes a file and returns its path as an argument.
pub(crate) fn write(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> String {
    let path = folder.join(name);
    fs::write(&path, content).expect("written");
    path.display().to_string()
}
