//! [`empty_locks`]: a table whose entries are computed when they are first needed.

use std::iter;
use std::sync::OnceLock;

/// Returns `count` empty locks.
pub(crate) fn empty_locks<T>(count: usize) -> Vec<OnceLock<T>> {
    iter::repeat_with(OnceLock::new).take(count).collect()
}
