//! [`ExitStatus`]: how a run ended, and the exit code of each case.

use std::process::ExitCode;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ExitStatus {
    /// Everything was done.
    Success,
    /// Some inputs failed, and the others are in the output; or a model misses a threshold.
    Partial,
    /// The arguments are invalid.
    Usage,
    /// Nothing could be done: the model or all inputs are unreadable, or the output cannot be written.
    Failure,
}

impl ExitStatus {
    /// The exit code of the process.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Success => 0,
            Self::Partial => 1,
            Self::Usage => 2,
            Self::Failure => 3,
        }
    }

    /// The status of a run in which `done` inputs were processed and `failed` were not.
    pub(crate) fn of_counts(done: usize, failed: usize) -> Self {
        match (done, failed) {
            (_, 0) => Self::Success,
            (0, _) => Self::Failure,
            _ => Self::Partial,
        }
    }
}

impl From<ExitStatus> for ExitCode {
    fn from(status: ExitStatus) -> Self {
        Self::from(status.code())
    }
}
