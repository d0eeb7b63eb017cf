//! Shared by the tests of the program.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Root of the repository.
#[allow(dead_code, reason = "not every test file uses this")]
pub(crate) const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// The program, with empty standard input.
pub(crate) fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_detente"));
    command.stdin(Stdio::null());
    command
}

/// Runs `detente ARGS` in the root of the repository.
#[allow(dead_code, reason = "not every test file uses this")]
pub(crate) fn detente(args: &[&str]) -> Output {
    command().args(args).current_dir(ROOT).output().expect("the program runs")
}

/// Printed bytes as text.
pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// Writes a file and returns its path as an argument.
#[allow(dead_code, reason = "not every test file uses this")]
pub(crate) fn write(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> String {
    let path = folder.join(name);
    fs::write(&path, content).expect("written");
    path.display().to_string()
}
