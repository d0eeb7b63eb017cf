//! What the tests of the program share.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// The repository.
#[allow(dead_code, reason = "not every test that shares this reads files of the repository")]
pub(crate) const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// The program, without input.
pub(crate) fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_detente"));
    command.stdin(Stdio::null());
    command
}

/// What `detente ARGS` does, run in the project's folder.
#[allow(dead_code, reason = "not every test that shares this runs it so")]
pub(crate) fn detente(args: &[&str]) -> Output {
    command().args(args).current_dir(ROOT).output().expect("the program runs")
}

/// What was printed.
pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// Writes a file and gives its path as an argument.
#[allow(dead_code, reason = "not every test that shares this writes files")]
pub(crate) fn write(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> String {
    let path = folder.join(name);
    fs::write(&path, content).expect("written");
    path.display().to_string()
}
