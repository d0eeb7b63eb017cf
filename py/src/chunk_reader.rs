//! [`ChunkReader`]: reads chunks of bytes from a source as one stream.

use std::io::{self, BufRead, Read};
use std::sync::{Arc, Mutex, PoisonError};

use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;

/// Gives the next chunk; `None` at the end.
pub(crate) trait ChunkSource: Send {
    fn next_chunk(&mut self) -> io::Result<Option<Vec<u8>>>;
}

/// An exception that a Python iterator raised, for the caller.
pub(crate) type Raised = Arc<Mutex<Option<PyErr>>>;

/// Takes the exception that a Python iterator raised, if any.
pub(crate) fn take_raised(raised: &Raised) -> Option<PyErr> {
    raised.lock().unwrap_or_else(PoisonError::into_inner).take()
}

/// Keeps an exception for the caller.
pub(crate) fn keep_raised(raised: &Raised, error: PyErr) {
    *raised.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
}

/// The chunks of a source as one stream.
pub(crate) struct ChunkReader<S> {
    pub(crate) source: S,
    chunk: Vec<u8>,
    at: usize,
}

impl<S: ChunkSource> ChunkReader<S> {
    pub(crate) fn new(source: S) -> Self {
        Self { source, chunk: Vec::new(), at: 0 }
    }
}

impl<S: ChunkSource> BufRead for ChunkReader<S> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.at >= self.chunk.len() {
            match self.source.next_chunk()? {
                Some(chunk) => (self.chunk, self.at) = (chunk, 0),
                None => break,
            }
        }
        Ok(self.chunk.get(self.at..).unwrap_or_default())
    }

    fn consume(&mut self, amount: usize) {
        self.at += amount;
    }
}

impl<S: ChunkSource> Read for ChunkReader<S> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}

/// A Python iterator over `bytes`; an exception ends it.
pub(crate) struct PythonChunks {
    pub(crate) iterator: Py<PyAny>,
    pub(crate) raised: Raised,
}

impl ChunkSource for PythonChunks {
    fn next_chunk(&mut self) -> io::Result<Option<Vec<u8>>> {
        let next = |py: Python<'_>| -> PyResult<Option<Vec<u8>>> {
            let Some(chunk) = self.iterator.bind(py).try_iter()?.next() else { return Ok(None) };
            Ok(Some(chunk?.extract::<PyBackedBytes>()?.to_vec()))
        };
        Ok(Python::attach(next).unwrap_or_else(|error: PyErr| {
            keep_raised(&self.raised, error);
            None
        }))
    }
}
