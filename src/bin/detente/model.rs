//! The model that a command works with.

use std::path::Path;

use anyhow::Context;
use detente::model::TrainedModel;

/// The model in `folder`, or the built-in one.
pub(crate) fn open(folder: Option<&Path>) -> anyhow::Result<TrainedModel> {
    let Some(folder) = folder else {
        tracing::info!("the built-in model is used");
        return Ok(detente::model::builtin()?);
    };
    let file = folder.join("model.bin");
    tracing::info!(file = %file.display(), "the model is read");
    let bytes = std::fs::read(&file).with_context(|| format!("cannot read the model {}", file.display()))?;
    TrainedModel::from_bytes(&bytes).with_context(|| format!("cannot use the model {}", file.display()))
}

/// Writes a file of a model's folder, which is made where it is missing.
pub(crate) fn write(folder: &Path, name: &str, bytes: &[u8]) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder)
        .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    let file = folder.join(name);
    std::fs::write(&file, bytes).with_context(|| format!("cannot write {}", file.display()))
}
