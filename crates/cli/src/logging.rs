//! [`start_logging`]: the log of `-v` and `-vv` on stderr.

use std::io;

use tracing::level_filters::LevelFilter;

/// Logs the steps of the run at verbosity 1, also every file and batch at 2, nothing at 0. Without time stamps, so
/// that the logs of two runs can be compared.
pub(crate) fn start_logging(verbosity: u8) {
    let level = match verbosity {
        0 => return,
        1 => LevelFilter::INFO,
        _ => LevelFilter::DEBUG,
    };
    let subscriber = tracing_subscriber::fmt().with_max_level(level).without_time().with_ansi(false);
    // fails if the host program has a subscriber, which then gets the log
    let _ = subscriber.with_writer(io::stderr).try_init();
}
