//! The exit codes of the contract, and a clean end when a run is interrupted.

use crate::output;

/// Code after Ctrl-C or a request to end, as shells give it.
const INTERRUPTED: i32 = 130;

/// Makes Ctrl-C and requests to end wait until the record that is being written is whole.
pub(crate) fn on_interrupt() {
    // fails only where the system has no signals; the default then stands
    let _ = ctrlc::set_handler(|| {
        let _gate = output::between_records();
        anstream::eprintln!("\ndetente: interrupted; --resume goes on where an --output ended");
        std::process::exit(INTERRUPTED);
    });
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// All was done.
    Done = 0,
    /// Some inputs failed; the others are in the output.
    Partial = 1,
    /// Nothing could be done.
    Nothing = 3,
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
