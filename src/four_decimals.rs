//! Serialization of numbers with at most four decimals, as in all JSON of `detente`; for `serde(serialize_with)`.

use serde::Serializer;

use crate::outlook::rounding::rounded;

/// Serializes a number rounded to four decimals, without a negative zero.
///
/// # Errors
/// Returns the error of the serializer.
pub fn serialize<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(rounded(*value))
}

/// As [`serialize`]; `None` becomes null.
///
/// # Errors
/// Returns the error of the serializer.
pub fn serialize_option<S: Serializer>(value: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => serializer.serialize_some(&rounded(*value)),
        None => serializer.serialize_none(),
    }
}
