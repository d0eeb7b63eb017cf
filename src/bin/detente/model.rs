//! The model that a command works with.

use std::path::Path;

use anyhow::Context;
use detente::model::TrainedModel;

/// The model in `folder`, or the built-in one.
pub(crate) fn open(folder: Option<&Path>) -> anyhow::Result<TrainedModel> {
    let Some(folder) = folder else { return Ok(detente::model::builtin()?) };
    let file = folder.join("model.bin");
    let bytes = std::fs::read(&file).with_context(|| format!("cannot read the model {}", file.display()))?;
    TrainedModel::from_bytes(&bytes).with_context(|| format!("cannot use the model {}", file.display()))
}
