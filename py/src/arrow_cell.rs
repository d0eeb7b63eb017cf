//! [`write_cell`]: one cell of an Arrow column as JSON.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Date64Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type,
    UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, downcast_dictionary_array};
use arrow_schema::DataType;

use crate::arrow_times::{day_of, write_time};
use crate::json_bytes::write_json;

/// Whether cells of this type can be written; binary data, decimals and intervals are not.
pub(crate) fn is_written(data_type: &DataType) -> bool {
    match data_type {
        DataType::Utf8
        | DataType::LargeUtf8
        | DataType::Utf8View
        | DataType::Null
        | DataType::Boolean
        | DataType::Date32
        | DataType::Date64
        | DataType::Timestamp(..) => true,
        DataType::Dictionary(_, values) => is_text(values),
        DataType::List(field) | DataType::LargeList(field) => is_written(field.data_type()),
        DataType::Struct(fields) => fields.iter().all(|field| is_written(field.data_type())),
        number => number.is_integer() || matches!(number, DataType::Float32 | DataType::Float64),
    }
}

/// Whether a column of this type can hold texts.
pub(crate) fn is_text(data_type: &DataType) -> bool {
    match data_type {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View | DataType::Null => true,
        DataType::Dictionary(_, values) => is_text(values),
        _ => false,
    }
}

/// Appends the cell of a column as JSON; `null` if it has no value.
pub(crate) fn write_cell(column: &dyn Array, row: usize, out: &mut Vec<u8>) {
    if column.is_null(row) {
        out.extend_from_slice(b"null");
        return;
    }
    macro_rules! number {
        ($type:ty) => {
            write_json(&column.as_primitive::<$type>().value(row), out)
        };
    }
    match column.data_type() {
        DataType::Utf8 => write_json(column.as_string::<i32>().value(row), out),
        DataType::LargeUtf8 => write_json(column.as_string::<i64>().value(row), out),
        DataType::Utf8View => write_json(column.as_string_view().value(row), out),
        DataType::Boolean => write_json(&column.as_boolean().value(row), out),
        DataType::Int8 => number!(Int8Type),
        DataType::Int16 => number!(Int16Type),
        DataType::Int32 => number!(Int32Type),
        DataType::Int64 => number!(Int64Type),
        DataType::UInt8 => number!(UInt8Type),
        DataType::UInt16 => number!(UInt16Type),
        DataType::UInt32 => number!(UInt32Type),
        DataType::UInt64 => number!(UInt64Type),
        // a number that is not finite becomes null
        DataType::Float32 => number!(Float32Type),
        DataType::Float64 => number!(Float64Type),
        DataType::Date32 => {
            let days = column.as_primitive::<Date32Type>().value(row);
            write_json(&day_of(i64::from(days)), out);
        }
        DataType::Date64 => {
            let milliseconds = column.as_primitive::<Date64Type>().value(row);
            write_json(&day_of(milliseconds.div_euclid(86_400_000)), out);
        }
        DataType::Timestamp(unit, zone) => write_time(column, row, *unit, zone.as_deref(), out),
        DataType::Dictionary(..) => downcast_dictionary_array!(
            column => match column.key(row) {
                Some(key) => write_cell(column.values(), key, out),
                None => out.extend_from_slice(b"null"),
            },
            _ => out.extend_from_slice(b"null"),
        ),
        DataType::List(_) => write_list(&column.as_list::<i32>().value(row), out),
        DataType::LargeList(_) => write_list(&column.as_list::<i64>().value(row), out),
        DataType::Struct(fields) => {
            out.push(b'{');
            for (at, (field, values)) in fields.iter().zip(column.as_struct().columns()).enumerate() {
                if at > 0 {
                    out.push(b',');
                }
                write_json(field.name(), out);
                out.push(b':');
                write_cell(values, row, out);
            }
            out.push(b'}');
        }
        _ => out.extend_from_slice(b"null"),
    }
}

fn write_list(items: &dyn Array, out: &mut Vec<u8>) {
    out.push(b'[');
    for at in 0..items.len() {
        if at > 0 {
            out.push(b',');
        }
        write_cell(items, at, out);
    }
    out.push(b']');
}
