//! [`ModelIdentity`]: which model a score is from.

use detente::Result;
use detente::internals::FileHeader;
use serde::Serialize;

/// Id and checksum of a model. Ids alone do not identify models: two trainings may have the same.
///
/// ```
/// let model = detente_archive::ModelIdentity::builtin()?;
/// assert_eq!(model.id, "negotiation-en-1");
/// # Ok::<(), detente::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ModelIdentity {
    /// Id of the model.
    pub id: String,
    /// BLAKE3 of the model file, in hexadecimal.
    pub checksum: String,
}

impl ModelIdentity {
    /// The identity of the model with this id in a file that starts with a model's header and ends with its checksum.
    ///
    /// # Errors
    /// If the file is not a model file.
    pub fn of_file(id: impl Into<String>, file: &[u8]) -> Result<Self> {
        Ok(Self { id: id.into(), checksum: FileHeader::parse(file)?.checksum })
    }

    /// The identity of the built-in model.
    ///
    /// # Errors
    /// If the built-in model is damaged.
    pub fn builtin() -> Result<Self> {
        let id = detente::TrainedModel::builtin()?.id().to_owned();
        Self::of_file(id, detente::internals::builtin_bytes())
    }
}
