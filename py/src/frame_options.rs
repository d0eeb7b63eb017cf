//! [`FrameOptions`]: how the rows of a frame are read and which columns are added.

use pyo3::prelude::*;

use crate::article::FieldNames;

/// How the rows of a frame are read and which columns are added.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct FrameOptions {
    pub(crate) fields: FieldNames,
    /// Whether each row is one statement.
    pub(crate) statements: bool,
    /// Whether the input columns are kept.
    pub(crate) keep: bool,
    /// Put before the names of the added columns.
    pub(crate) prefix: String,
    /// Whether the line of JSON of each article is added.
    pub(crate) json: bool,
    /// Whether the packed article is added.
    pub(crate) items: bool,
    pub(crate) jobs: Option<usize>,
    /// Date of articles without one.
    pub(crate) date: Option<String>,
    /// Called with the number of rows after each batch.
    pub(crate) progress: Option<Py<PyAny>>,
}
