//! The built-in model, embedded in the binary (feature `builtin-model`).

use crate::error::Result;
use crate::model::trained::TrainedModel;

/// File of the built-in model.
static MODEL: &[u8] = include_bytes!("../../models/negotiation-en-1/model.bin");

/// Hashes of the texts that the built-in model was trained on.
static TEXT_HASHES: &[u8] = include_bytes!("../../models/negotiation-en-1/seen.bin");

impl TrainedModel {
    /// Opens the built-in model. Its checksum is not verified on each start; a test and
    /// `detente model verify` do that.
    ///
    /// # Errors
    /// Returns an error only if the embedded model file is corrupt.
    pub fn builtin() -> Result<Self> {
        Self::from_static(MODEL)
    }
}

/// Returns the bytes of the built-in model file.
#[must_use]
pub fn builtin_bytes() -> &'static [u8] {
    MODEL
}

/// Returns the file with the hashes of the built-in model's training texts.
#[must_use]
pub fn builtin_text_hashes() -> &'static [u8] {
    TEXT_HASHES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_fits_and_borrowing_gives_the_same_model() {
        let copied = TrainedModel::from_bytes(MODEL).expect("the checksum fits");
        let borrowed = TrainedModel::builtin().expect("opens");
        assert_eq!((copied.weights(), copied.id()), (borrowed.weights(), borrowed.id()));
        assert!(copied.to_bytes().expect("writes") == borrowed.to_bytes().expect("writes"));
    }
}
