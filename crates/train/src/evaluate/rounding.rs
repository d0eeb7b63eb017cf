//! Rounding of reported numbers to 4 decimals.

use serde::Serializer;

/// Rounds to 4 decimals.
pub(crate) fn round_4dp(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}

/// Serializes a number rounded to 4 decimals, without a negative zero.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde calls")]
pub(crate) fn serialize_4dp<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(round_4dp(*value) + 0.0)
}

/// As [`serialize_4dp`]; `None` becomes null.
#[expect(clippy::ref_option, reason = "the signature that serde calls")]
pub(crate) fn serialize_4dp_option<S: Serializer>(
    value: &Option<f64>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => serialize_4dp(value, serializer),
        None => serializer.serialize_none(),
    }
}
