//! The model that is part of the program.

use super::trained::TrainedModel;
use crate::Result;

/// The bytes of the built-in model.
static BUILTIN: &[u8] = include_bytes!("../../models/negotiation-en-1/model.bin");

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
