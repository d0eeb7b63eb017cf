//! [`python_columns`]: the columns of batches as Python lists.

use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int32Type};
use arrow_array::{Array, RecordBatch};
use arrow_schema::{DataType, Schema};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyList};

/// Name, Python type and values of a column.
pub(crate) type PythonColumn<'py> = (String, &'static str, Bound<'py, PyList>);

/// The columns of batches of results, which have texts, bytes and two types of numbers.
pub(crate) fn python_columns<'py>(
    py: Python<'py>,
    schema: &Schema,
    batches: &[RecordBatch],
) -> PyResult<Vec<PythonColumn<'py>>> {
    let column = |(at, field): (usize, &std::sync::Arc<arrow_schema::Field>)| {
        let values = PyList::empty(py);
        let name = match field.data_type() {
            DataType::Float64 => "float",
            DataType::Int32 => "int",
            DataType::Binary => "bytes",
            _ => "str",
        };
        for batch in batches {
            let array = batch.column(at);
            for row in 0..array.len() {
                if array.is_null(row) {
                    values.append(py.None())?;
                    continue;
                }
                match field.data_type() {
                    DataType::Float64 => values.append(array.as_primitive::<Float64Type>().value(row))?,
                    DataType::Int32 => values.append(array.as_primitive::<Int32Type>().value(row))?,
                    DataType::Binary => {
                        values.append(PyBytes::new(py, array.as_binary::<i32>().value(row)))?;
                    }
                    _ => values.append(array.as_string::<i32>().value(row))?,
                }
            }
        }
        Ok((field.name().clone(), name, values))
    };
    schema.fields().iter().enumerate().map(column).collect()
}
