//! The `detente` binary.

use std::process::ExitCode;

/// Articles are many small strings, which this allocator hands out and takes back at half the cost of the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    detente_cli::run(std::env::args_os()).into()
}
