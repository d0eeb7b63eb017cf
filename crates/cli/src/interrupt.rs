//! [`handle_interrupts`]: Ctrl-C ends the process between two records.

use crate::output;

/// The exit code that shells give a process ended by SIGINT.
const INTERRUPTED: i32 = 130;

/// Makes Ctrl-C and SIGTERM wait until the current record is written, then end the process.
pub(crate) fn handle_interrupts() {
    // fails if the host program has a handler of its own, which is then kept
    let _ = ctrlc::set_handler(|| {
        let _lock = output::lock_between_records();
        crate::message::print_message(format_args!(
            "\ndetente: interrupted; --resume continues a run with --output"
        ));
        std::process::exit(INTERRUPTED);
    });
}
