//! The model that is part of the program.

use super::trained::TrainedModel;
use crate::Result;

/// The bytes of the built-in model.
static BUILTIN: &[u8] = include_bytes!("../../models/negotiation-en-1/model.bin");

/// The built-in model.
///
/// # Errors
/// Never for a program that was built from a whole repository.
pub fn builtin() -> Result<TrainedModel> {
    TrainedModel::from_bytes(BUILTIN)
}

/// The bytes of the built-in model's file.
#[must_use]
pub fn builtin_bytes() -> &'static [u8] {
    BUILTIN
}
