//! What `-v` and `-vv` ask for: the log of library and program, on stderr, without times.

use std::io;

use tracing::level_filters::LevelFilter;

/// Starts the log: steps of the run with one `-v`, each file and batch with two; silent without.
pub(crate) fn start(verbose: u8) {
    let level = match verbose {
        0 => return,
        1 => LevelFilter::INFO,
        _ => LevelFilter::DEBUG,
    };
    let log = tracing_subscriber::fmt().with_max_level(level).without_time().with_ansi(false);
    log.with_writer(io::stderr).init();
}
