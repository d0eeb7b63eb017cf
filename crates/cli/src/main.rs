//! The `detente` binary.

use std::process::ExitCode;

fn main() -> ExitCode {
    detente_cli::run(std::env::args_os()).into()
}
