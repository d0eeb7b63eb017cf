//! [`write_json`]: appends a value as JSON.

/// Appends a value as JSON.
pub(crate) fn write_json<T: serde::Serialize + ?Sized>(value: &T, out: &mut Vec<u8>) {
    // writing to memory does not fail, and these types have no other error
    let _ = serde_json::to_writer(out, value);
}
