//! [`run`]: the command line of `detente`.

use std::ffi::OsString;

use pyo3::prelude::*;

use crate::errors::detached;

/// Runs the program with `args`, the first of which is its name, and returns the exit code.
#[pyfunction]
pub(crate) fn run(py: Python<'_>, args: Vec<OsString>) -> PyResult<u8> {
    detached(py, || detente_cli::run(args).code())
}
