//! The model that a command works with.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, ensure};
use detente::TrainedModel;
use detente::internals::MAX_MODEL_BYTES;

/// The model in `folder`, or the built-in one.
pub(crate) fn open(folder: Option<&Path>) -> anyhow::Result<TrainedModel> {
    let Some(folder) = folder else {
        tracing::info!("the built-in model is used");
        return Ok(TrainedModel::builtin()?);
    };
    let file = folder.join("model.bin");
    tracing::info!(file = %file.display(), "the model is read");
    TrainedModel::from_bytes(&read(&file)?)
        .with_context(|| format!("cannot use the model {}", file.display()))
}

/// The bytes of a file of a model's folder, which may come from anywhere; no more than are looked at.
pub(crate) fn read(file: &Path) -> anyhow::Result<Vec<u8>> {
    let cannot = || format!("cannot read the model {}", file.display());
    ensure!(file.metadata().with_context(cannot)?.is_file(), "{}: no regular file", cannot());
    let mut bytes = Vec::new();
    let mut start = File::open(file).with_context(cannot)?.take(MAX_MODEL_BYTES as u64 + 1);
    start.read_to_end(&mut bytes).with_context(cannot)?;
    Ok(bytes)
}

/// Writes a file of a model's folder, which is made where it is missing.
pub(crate) fn write(folder: &Path, name: &str, bytes: &[u8]) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder)
        .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    let file = folder.join(name);
    std::fs::write(&file, bytes).with_context(|| format!("cannot write {}", file.display()))
}
