//! The error for a name that no variant of a setting has.

use detente::Error;
use strum::VariantNames;

/// An error that lists the names of `T`.
pub(crate) fn unknown<T: VariantNames>(setting: &str, name: &str) -> Error {
    Error::argument(setting, &format!("one of {}", T::VARIANTS.join(", ")), name)
}
