//! Errors of the library as Python exceptions, and panics too.

use std::panic::{AssertUnwindSafe, catch_unwind};

use detente::{Error, ErrorKind};
use detente_input::InputError;
use pyo3::exceptions::{PyOSError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyDict;

/// Place and kind of a [`Failure`].
#[derive(Clone, Debug, Default)]
pub(crate) struct Failure {
    pub(crate) kind: String,
    pub(crate) message: String,
    pub(crate) path: Option<String>,
    pub(crate) line: Option<usize>,
    pub(crate) field: Option<String>,
    /// Index of the record among those given, from 0.
    pub(crate) row: Option<usize>,
}

impl Failure {
    /// The failure of a record of a file.
    pub(crate) fn in_file(error: &InputError) -> Self {
        Self {
            kind: error.kind().to_string(),
            message: error.to_string(),
            path: error.path().map(|path| path.display().to_string()),
            line: error.line(),
            field: error.field().map(str::to_owned),
            row: error.record().map(|record| record.saturating_sub(1)),
        }
    }

    /// The failure of a record that was given as a value, where `noun` is what a record is called.
    pub(crate) fn in_row(error: &InputError, row: usize, noun: &str) -> Self {
        let field = error.field().map(|field| format!("field {field}: ")).unwrap_or_default();
        Self {
            message: format!("{noun} {row}: {field}{}", error.message()),
            line: None,
            row: Some(row),
            ..Self::in_file(error)
        }
    }

    /// An exception `DataError`.
    pub(crate) fn into_exception(self) -> PyErr {
        let Self { kind, message, path, line, field, row } = self;
        exception("DataError", &message, |fields| {
            fields.set_item("kind", kind)?;
            fields.set_item("path", path)?;
            fields.set_item("line", line)?;
            fields.set_item("field", field)?;
            fields.set_item("row", row)
        })
    }
}

/// An exception of the package's own class `name`.
fn exception(
    name: &str,
    message: &str,
    add_fields: impl FnOnce(&Bound<'_, PyDict>) -> PyResult<()>,
) -> PyErr {
    let build = |py: Python<'_>| -> PyResult<PyErr> {
        let fields = PyDict::new(py);
        add_fields(&fields)?;
        py.import("detente._errors")?.getattr(name)?.call((message,), Some(&fields)).map(PyErr::from_value)
    };
    Python::attach(build).unwrap_or_else(|error| error)
}

pub(crate) fn model_error(message: &str) -> PyErr {
    exception("ModelError", message, |_| Ok(()))
}

/// An error of the library.
pub(crate) fn library_error(error: &Error) -> PyErr {
    let message = error.to_string();
    match error.kind() {
        ErrorKind::Argument => PyValueError::new_err(message),
        ErrorKind::Model => model_error(&message),
        ErrorKind::Io => {
            let cause = std::error::Error::source(error).and_then(|e| e.downcast_ref::<std::io::Error>());
            let path = error.path().map(|path| path.display().to_string());
            match cause.and_then(std::io::Error::raw_os_error) {
                // Python picks the class by the number, as `FileNotFoundError`
                Some(number) => PyOSError::new_err((number, message, path)),
                None => PyOSError::new_err(message),
            }
        }
        kind => Failure {
            kind: kind.as_str().to_owned(),
            message,
            path: error.path().map(|path| path.display().to_string()),
            line: error.line(),
            field: error.field().map(str::to_owned),
            row: None,
        }
        .into_exception(),
    }
}

/// Runs `work` without the interpreter's lock; a panic becomes a `DetenteError`.
///
/// `PyO3`'s own `PanicException` is no `Exception`, so `except Exception` would miss it.
pub(crate) fn detached<T: Send>(py: Python<'_>, work: impl FnOnce() -> T + Send) -> PyResult<T> {
    py.detach(|| catch_unwind(AssertUnwindSafe(work))).map_err(|panic| {
        let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
        let text = text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
        exception("DetenteError", &format!("internal error: {text}"), |_| Ok(()))
    })
}

/// Panics, for the test of [`detached`].
#[pyfunction]
#[pyo3(name = "_raise_panic")]
pub(crate) fn raise_panic(py: Python<'_>, message: String) -> PyResult<()> {
    detached(py, || std::panic::panic_any(message))
}
