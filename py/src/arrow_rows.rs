//! [`ArrowRows`]: the rows of an Arrow stream as lines of JSON, so that they are read as the program reads records.

use std::collections::VecDeque;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use arrow_array::RecordBatch;
use arrow_array::ffi_stream::RecordBatchStreamReader;
use arrow_schema::Schema;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;

use crate::arrow_cell::{is_text, is_written, write_cell};
use crate::chunk_reader::ChunkSource;
use crate::json_bytes::write_json;

/// Batches that were read and not yet scored.
pub(crate) type Waiting = Arc<Mutex<VecDeque<RecordBatch>>>;

/// Rows of a batch that are scored together: Ctrl-C and progress wait for them.
const MAX_ROWS: usize = 1024;

/// The rows of an Arrow stream.
pub(crate) struct ArrowRows {
    batches: RecordBatchStreamReader,
    /// The rest of a large batch.
    rest: Option<RecordBatch>,
    /// Index and name, as JSON, of each column that is written.
    columns: Vec<(usize, Vec<u8>)>,
    waiting: Waiting,
}

impl ArrowRows {
    pub(crate) fn new(batches: RecordBatchStreamReader, schema: &Schema, waiting: Waiting) -> Self {
        let fields = schema.fields().iter().enumerate();
        let columns = fields.filter(|(_, field)| is_written(field.data_type())).map(|(at, field)| {
            let mut name = Vec::new();
            write_json(field.name(), &mut name);
            name.push(b':');
            (at, name)
        });
        Self { batches, rest: None, columns: columns.collect(), waiting }
    }

    fn next_batch(&mut self) -> io::Result<Option<RecordBatch>> {
        let batch = match self.rest.take() {
            Some(rest) => rest,
            None => match self.batches.next() {
                Some(batch) => batch.map_err(io::Error::other)?,
                None => return Ok(None),
            },
        };
        if batch.num_rows() <= MAX_ROWS {
            return Ok(Some(batch));
        }
        self.rest = Some(batch.slice(MAX_ROWS, batch.num_rows() - MAX_ROWS));
        Ok(Some(batch.slice(0, MAX_ROWS)))
    }
}

impl ChunkSource for ArrowRows {
    fn next_chunk(&mut self) -> io::Result<Option<Vec<u8>>> {
        let Some(batch) = self.next_batch()? else { return Ok(None) };
        let mut lines = Vec::new();
        for row in 0..batch.num_rows() {
            lines.push(b'{');
            for (at, (column, name)) in self.columns.iter().enumerate() {
                if at > 0 {
                    lines.push(b',');
                }
                lines.extend_from_slice(name);
                write_cell(batch.column(*column), row, &mut lines);
            }
            lines.extend_from_slice(b"}\n");
        }
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).push_back(batch);
        Ok(Some(lines))
    }
}

/// Checks that the columns that options name exist, and that the text is a column of strings.
pub(crate) fn check_columns(schema: &Schema, named: &[(&str, Option<&str>)]) -> PyResult<()> {
    let names: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
    for (option, name) in named {
        let Some(name) = name else { continue };
        // a dotted path leads into a nested column
        let column = schema.fields().iter().find(|field| field.name() == name);
        let Some(column) = column else {
            if name.split('.').next().is_some_and(|first| *name != first && names.contains(&first)) {
                continue;
            }
            let message =
                format!("column {name:?} ({option}=) is missing; the columns are {}", names.join(", "));
            return Err(PyValueError::new_err(message));
        };
        if *option == "text" && !is_text(column.data_type()) {
            let message =
                format!("column {name:?} (text=) has type {}; strings are needed", column.data_type());
            return Err(PyTypeError::new_err(message));
        }
    }
    let mut sorted = names.clone();
    sorted.sort_unstable();
    let repeated = sorted.iter().zip(sorted.iter().skip(1)).find(|(name, next)| name == next);
    if let Some((name, _)) = repeated {
        return Err(PyValueError::new_err(format!("two columns are named {name:?}")));
    }
    Ok(())
}
