//! Choices that have a name on the command line and in output, and numbers as they are printed.

use detente::internals::rounded;
use serde::Serializer;

/// Gives an enum `NAMES`, `as_str`, `Display` and `FromStr`.
macro_rules! named {
    ($type:ident, $what:literal, $count:literal, $($variant:ident => $name:literal),+) => {
        impl $type {
            /// The names, as they are written.
            pub const NAMES: [&'static str; $count] = [$($name),+];

            /// The name, as it is written.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name),+
                }
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $type {
            type Err = detente::Error;

            fn from_str(name: &str) -> detente::Result<Self> {
                match name {
                    $($name => Ok(Self::$variant),)+
                    _ => Err(detente::Error::argument($what, &format!("one of {}", Self::NAMES.join(", ")), name)),
                }
            }
        }
    };
}

/// A number with at most four decimals.
#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
pub(crate) fn four<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(rounded(*value))
}

/// A number with at most four decimals, or none.
#[allow(clippy::ref_option, clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
pub(crate) fn four_if_any<S: Serializer>(value: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => serializer.serialize_some(&rounded(*value)),
        None => serializer.serialize_none(),
    }
}
