//! The model that is part of the program.

use crate::error::Result;
use crate::model::trained::TrainedModel;

/// The bytes of the built-in model.
static BUILTIN: &[u8] = include_bytes!("../../models/negotiation-en-1/model.bin");

/// Hashes of the texts that the built-in model was trained on.
static TEXT_HASHES: &[u8] = include_bytes!("../../models/negotiation-en-1/seen.bin");

/// The built-in model. At each start its checksum is taken on trust; `detente model verify` and a test take it.
///
/// # Errors
/// Never for a program that was built from a whole repository.
pub fn builtin() -> Result<TrainedModel> {
    TrainedModel::from_program(BUILTIN)
}

/// The bytes of the built-in model's file.
#[must_use]
pub fn builtin_bytes() -> &'static [u8] {
    BUILTIN
}

/// The bytes of the built-in model's list of hashes of its training texts.
#[must_use]
pub fn builtin_text_hashes() -> &'static [u8] {
    TEXT_HASHES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_sound_and_read_as_any_other() {
        let given = TrainedModel::from_bytes(BUILTIN).expect("its checksum fits");
        let builtin = builtin().expect("opens");
        assert_eq!((given.weights(), given.id()), (builtin.weights(), builtin.id()));
        assert!(given.to_bytes().expect("writes") == builtin.to_bytes().expect("writes"));
    }
}
