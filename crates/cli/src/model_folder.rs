//! Opens and writes the files of a model folder.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, ensure};
use detente::internals::{FileHeader, MAX_MODEL_BYTES, builtin_bytes};
use detente::{Day, TrainedModel};
use detente_train::ModelCard;
use serde::de::DeserializeOwned;

/// Opens the model in `folder`, or the built-in one.
pub(crate) fn open_model(folder: Option<&Path>) -> anyhow::Result<TrainedModel> {
    let Some(folder) = folder else {
        tracing::info!("using the built-in model");
        return Ok(TrainedModel::builtin()?);
    };
    let file = folder.join("model.bin");
    tracing::info!(file = %file.display(), "reading the model");
    TrainedModel::from_bytes(&read_model_file(&file)?)
        .with_context(|| format!("cannot use the model {}", file.display()))
}

/// The start of the checksum of the model in `folder`, or of the built-in one, which packed articles carry.
pub(crate) fn short_checksum(folder: Option<&Path>) -> anyhow::Result<[u8; 8]> {
    let header = match folder {
        Some(folder) => FileHeader::parse(&read_model_file(&folder.join("model.bin"))?)?,
        None => FileHeader::parse(builtin_bytes())?,
    };
    let digits = header.checksum.get(..16).context("a checksum of 16 digits")?;
    Ok(u64::from_str_radix(digits, 16)?.to_be_bytes())
}

/// The last day of the news that the model was trained on, if its card says so (`news_until`). Scores of earlier articles
/// are no proof of foresight: the model may have learned from what followed.
pub(crate) fn news_until(folder: Option<&Path>) -> anyhow::Result<Option<Day>> {
    #[derive(serde::Deserialize)]
    struct Card {
        #[serde(default)]
        news_until: Option<Day>,
    }
    let card: Option<Card> = folder.map(read_card_as).transpose()?.flatten();
    Ok(card.and_then(|card| card.news_until))
}

/// Reads a file of a model folder. The file may come from an untrusted source: at most one byte more than the
/// largest valid model is read.
pub(crate) fn read_model_file(file: &Path) -> anyhow::Result<Vec<u8>> {
    let cannot_read = || format!("cannot read the model {}", file.display());
    ensure!(file.metadata().with_context(cannot_read)?.is_file(), "{}: not a regular file", cannot_read());
    let mut bytes = Vec::new();
    let mut limited = File::open(file).with_context(cannot_read)?.take(MAX_MODEL_BYTES as u64 + 1);
    limited.read_to_end(&mut bytes).with_context(cannot_read)?;
    Ok(bytes)
}

/// Reads the card of the model in a folder; `None` if there is none.
pub(crate) fn read_card(folder: &Path) -> anyhow::Result<Option<ModelCard>> {
    read_card_as(folder)
}

/// Reads the fields of `T` from the card of the model in a folder; `None` if there is none.
fn read_card_as<T: DeserializeOwned>(folder: &Path) -> anyhow::Result<Option<T>> {
    let file = folder.join("card.json");
    if !file.exists() {
        return Ok(None);
    }
    let card = serde_json::from_slice(&read_model_file(&file)?);
    card.map(Some).with_context(|| file.display().to_string())
}

/// Writes a file of a model folder, and creates the folder if it is missing.
pub(crate) fn write_model_file(folder: &Path, name: &str, bytes: &[u8]) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder)
        .with_context(|| format!("cannot create the folder {}", folder.display()))?;
    let file = folder.join(name);
    std::fs::write(&file, bytes).with_context(|| format!("cannot write {}", file.display()))
}
