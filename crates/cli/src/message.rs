//! [`print_message`]: messages on stderr.

use std::fmt;
use std::io::Write;

/// Prints a line on stderr. A stderr that cannot be written to, as on a full disk, does not end the run.
pub(crate) fn print_message(message: fmt::Arguments<'_>) {
    let _ = writeln!(anstream::stderr(), "{message}");
}
