//! [`NativeExplained`]: an explained article.

use detente::ExplainedArticle;
use detente_report::{ExplainFormat, write_explained};
use pyo3::exceptions::PyOSError;
use pyo3::prelude::*;

use crate::errors::{detached, library_error};

/// Width of text.
const WIDTH: usize = 100;

/// An explained article.
#[pyclass(frozen, name = "Explained", module = "detente._native")]
pub(crate) struct NativeExplained([ExplainedArticle; 1]);

impl NativeExplained {
    pub(crate) fn new(article: ExplainedArticle) -> Self {
        Self([article])
    }
}

#[pymethods]
impl NativeExplained {
    /// The explanation in one of the formats of `detente explain`, with at most `top` features a statement.
    fn render(&self, py: Python<'_>, format: &str, top: usize) -> PyResult<String> {
        let format: ExplainFormat = format.parse().map_err(|error| library_error(&error))?;
        let mut out = Vec::new();
        let written = detached(py, || write_explained(&self.0, format, (top, WIDTH), &mut out))?;
        written.map_err(|error| PyOSError::new_err(error.to_string()))?;
        Ok(String::from_utf8_lossy(&out).into_owned())
    }
}
