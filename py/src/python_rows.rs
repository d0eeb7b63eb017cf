//! [`PythonRows`]: rows that Python gives as lines of JSON, where no library for Arrow is at hand.

use std::io;
use std::sync::{Arc, PoisonError};

use arrow_array::{RecordBatch, RecordBatchOptions};
use arrow_schema::Schema;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;

use crate::arrow_rows::Waiting;
use crate::chunk_reader::{ChunkSource, Raised, keep_raised};

/// An iterator over pairs of lines and their number. The batches that wait have rows and no columns.
pub(crate) struct PythonRows {
    pub(crate) iterator: Py<PyAny>,
    pub(crate) waiting: Waiting,
    pub(crate) raised: Raised,
}

impl ChunkSource for PythonRows {
    fn next_chunk(&mut self) -> io::Result<Option<Vec<u8>>> {
        let next = |py: Python<'_>| -> PyResult<Option<(Vec<u8>, usize)>> {
            let Some(chunk) = self.iterator.bind(py).try_iter()?.next() else { return Ok(None) };
            let (lines, rows) = chunk?.extract::<(PyBackedBytes, usize)>()?;
            Ok(Some((lines.to_vec(), rows)))
        };
        let next = Python::attach(next).unwrap_or_else(|error: PyErr| {
            keep_raised(&self.raised, error);
            None
        });
        let Some((lines, rows)) = next else { return Ok(None) };
        let options = RecordBatchOptions::new().with_row_count(Some(rows));
        let batch = RecordBatch::try_new_with_options(Arc::new(Schema::empty()), Vec::new(), &options);
        let batch = batch.map_err(io::Error::other)?;
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).push_back(batch);
        Ok(Some(lines))
    }
}
