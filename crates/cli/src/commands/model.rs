//! `detente model`: the card of a model, what is built in, and whether a model is sound.

use std::borrow::Cow;
use std::io::Write;
use std::path::Path;

use anyhow::Context;
use detente::TrainedModel;
use detente::internals::{FileHeader, builtin_bytes};
use detente_train::TokenizerDefinition;

use crate::args::{Global, ModelAction, ModelArgs};
use crate::exit::Exit;
use crate::output::Output;

pub(crate) fn run(args: &ModelArgs, global: &Global) -> anyhow::Result<Exit> {
    let mut output = Output::open(None)?;
    match args.action {
        ModelAction::Show => {
            let (model, seal, bytes) = open(global)?;
            show(&model, &seal, bytes.len(), output.writer())?;
        }
        ModelAction::List => {
            let model = TrainedModel::builtin()?;
            let seal = FileHeader::parse(builtin_bytes())?;
            writeln!(output.writer(), "{}  built in  {}", model.id(), seal.checksum)?;
        }
        ModelAction::Verify => {
            let (model, seal, bytes) = open(global)?;
            if global.model.is_none() {
                // it was opened without its checksum being taken
                TrainedModel::from_bytes(&bytes)?;
            }
            model.verify()?;
            if let Some(folder) = &global.model {
                let file = folder.join("tokenizer.json");
                let place = || file.display().to_string();
                let json = String::from_utf8(crate::model_folder::read(&file)?).with_context(place)?;
                let words = TokenizerDefinition::from_json(&json).with_context(place)?.vocabulary();
                let same = words.words().eq(model.extractor().tokenizer().vocabulary().words());
                anyhow::ensure!(same, "{}: its words are not those of the model", place());
                verify_card(folder, &model, &bytes)?;
            }
            let FileHeader { version, checksum } = seal;
            writeln!(output.writer(), "{}: sound (format {version}, blake3 {checksum})", model.id())?;
        }
        ModelAction::Prune => prune(args, global)?,
    }
    output.finish()?;
    Ok(Exit::Done)
}

/// What ties a card to its model.
#[derive(serde::Deserialize)]
struct Card {
    id: String,
    /// Of `model.bin`.
    blake3: String,
}

/// Checks that the card, where the folder has one, is that of the model with these bytes.
fn verify_card(folder: &Path, model: &TrainedModel, bytes: &[u8]) -> anyhow::Result<()> {
    let file = folder.join("card.json");
    let place = || file.display().to_string();
    if !file.exists() {
        anstream::eprintln!("detente: {}: there is no card", place());
        return Ok(());
    }
    let card: Card = serde_json::from_slice(&crate::model_folder::read(&file)?).with_context(place)?;
    anyhow::ensure!(card.id == model.id(), "{}: it is the card of {}", place(), card.id);
    let same = card.blake3 == blake3::hash(bytes).to_hex().as_str();
    anyhow::ensure!(same, "{}: its checksum is not that of model.bin", place());
    Ok(())
}

/// Writes the pruned model and the definition of its tokens; card and hashes of what it was trained
/// on are the whole model's and not copied.
fn prune(args: &ModelArgs, global: &Global) -> anyhow::Result<()> {
    let (Some(most), Some(folder)) = (args.max_bytes, &args.out) else { return Ok(()) };
    let model = crate::model_folder::open(global.model.as_deref())?.pruned(most)?;
    crate::model_folder::write(folder, "model.bin", &model.to_bytes()?)?;
    crate::model_folder::write(folder, "tokenizer.json", detente_train::tokenizer_json(&model)?.as_bytes())
}

/// The model that the command line names, its seal, and the bytes of its file.
fn open(global: &Global) -> anyhow::Result<(TrainedModel, FileHeader, Cow<'static, [u8]>)> {
    let model = crate::model_folder::open(global.model.as_deref())?;
    let bytes = match &global.model {
        None => Cow::Borrowed(builtin_bytes()),
        Some(folder) => Cow::Owned(crate::model_folder::read(&folder.join("model.bin"))?),
    };
    let seal = FileHeader::parse(&bytes)?;
    Ok((model, seal, bytes))
}

fn show(model: &TrainedModel, seal: &FileHeader, bytes: usize, out: &mut dyn Write) -> std::io::Result<()> {
    for (name, value) in [
        ("model", model.id().to_owned()),
        ("language", "English".to_owned()),
        ("format", seal.version.to_string()),
        ("bytes", bytes.to_string()),
        ("blake3", seal.checksum.clone()),
        ("heads", "outlook, bearing, hedge".to_owned()),
        ("words", model.extractor().tokenizer().vocabulary().len().to_string()),
        ("lexicon entries", model.extractor().matcher().entries().len().to_string()),
        ("columns", model.weights().len().to_string()),
    ] {
        writeln!(out, "{name:16}{value}")?;
    }
    writeln!(out, "\nHow it was trained and where it is weak: models/README.md")
}
