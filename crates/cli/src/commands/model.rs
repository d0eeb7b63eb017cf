//! `detente model`: shows, lists, verifies and prunes models.

use std::borrow::Cow;
use std::io::{self, Write};
use std::path::Path;

use anyhow::Context;
use detente::TrainedModel;
use detente::internals::{FileHeader, builtin_bytes};
use detente_train::{ModelCard, TokenizerDefinition};

use crate::args::{GlobalArgs, ModelAction, ModelArgs};
use crate::exit_status::ExitStatus;
use crate::model_folder::{open_model, read_card, read_model_file, write_model_file};
use crate::output::Output;

/// Does one action on the built-in model or that of `--model`.
pub(crate) fn run_model(args: &ModelArgs, global: &GlobalArgs) -> anyhow::Result<ExitStatus> {
    let mut output = Output::open(None)?;
    match args.action {
        ModelAction::Show => {
            let (model, seal, bytes) = open_with_seal(global)?;
            let card = global.model.as_deref().map(read_card).transpose()?.flatten();
            write_summary(&model, &seal, bytes.len(), output.writer())?;
            write_training(global.model.as_deref(), card.as_ref(), output.writer())?;
        }
        ModelAction::List => {
            let model = TrainedModel::builtin()?;
            let seal = FileHeader::parse(builtin_bytes())?;
            writeln!(output.writer(), "{}  built in  {}", model.id(), seal.checksum)?;
        }
        ModelAction::Verify => verify(global, output.writer())?,
        ModelAction::Prune => prune(args, global)?,
    }
    output.finish()?;
    Ok(ExitStatus::Success)
}

/// Opens the model, and returns it with its checksum and the bytes of its file.
fn open_with_seal(global: &GlobalArgs) -> anyhow::Result<(TrainedModel, FileHeader, Cow<'static, [u8]>)> {
    let model = open_model(global.model.as_deref())?;
    let bytes = match &global.model {
        None => Cow::Borrowed(builtin_bytes()),
        Some(folder) => Cow::Owned(read_model_file(&folder.join("model.bin"))?),
    };
    let seal = FileHeader::parse(&bytes)?;
    Ok((model, seal, bytes))
}

fn write_summary(
    model: &TrainedModel,
    seal: &FileHeader,
    bytes: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    for (name, value) in [
        ("model", model.id().to_owned()),
        ("language", "English".to_owned()),
        ("format", seal.version.to_string()),
        ("bytes", bytes.to_string()),
        ("blake3", seal.checksum.clone()),
        ("heads", learned_heads(model)),
        ("classes", model.classes().join(", ")),
        ("words", model.extractor().tokenizer().vocabulary().len().to_string()),
        ("lexicon entries", model.extractor().matcher().entries().len().to_string()),
        ("columns", model.weights().len().to_string()),
    ] {
        if !value.is_empty() {
            writeln!(out, "{name:16}{value}")?;
        }
    }
    Ok(())
}

/// The heads of a model that its labels said something about.
fn learned_heads(model: &TrainedModel) -> String {
    let (has_bearing, has_hedge) = model.learned_heads();
    let mut heads = vec!["outlook"];
    heads.extend(has_bearing.then_some("bearing"));
    heads.extend(has_hedge.then_some("hedge"));
    heads.join(", ")
}

/// Writes what a model was trained on and its out-of-fold figures, and where its card is.
fn write_training(folder: Option<&Path>, card: Option<&ModelCard>, out: &mut dyn Write) -> io::Result<()> {
    let Some(folder) = folder else {
        return writeln!(out, "\nTraining data, accuracy and limits: models/README.md");
    };
    let Some(card) = card else {
        return writeln!(
            out,
            "\nno card.json in {}: training data and accuracy are unknown",
            folder.display()
        );
    };
    for file in &card.data {
        writeln!(out, "{:16}{} ({} records)", "data", file.name, file.records)?;
    }
    if let Some(labels) = &card.settings.label_map {
        writeln!(out, "{:16}{labels}", "labels")?;
    }
    for evaluation in &card.out_of_fold {
        writeln!(out, "\nout of fold, {}: {} statements", evaluation.data, evaluation.statements)?;
        for (name, estimate) in evaluation.classes.iter().flat_map(|classes| &classes.measures) {
            writeln!(out, "  {name:17}{estimate}")?;
        }
        for (measure, estimate) in &evaluation.measures {
            writeln!(out, "  {:17}{estimate}", measure.title())?;
        }
    }
    writeln!(out, "\nMore on data, accuracy and limits: {}", folder.join("CARD.md").display())
}

/// Checks the model file, and in a folder also its tokenizer and card.
fn verify(global: &GlobalArgs, out: &mut dyn Write) -> anyhow::Result<()> {
    let (model, seal, bytes) = open_with_seal(global)?;
    if global.model.is_none() {
        // opening the built-in model skips its checksum
        TrainedModel::from_bytes(&bytes)?;
    }
    model.verify()?;
    if let Some(folder) = &global.model {
        verify_tokenizer(folder, &model)?;
        verify_card(folder, &model, &bytes)?;
    }
    let FileHeader { version, checksum } = seal;
    writeln!(out, "{}: valid (format {version}, blake3 {checksum})", model.id())?;
    Ok(())
}

/// Checks that `tokenizer.json` has the words of the model.
fn verify_tokenizer(folder: &Path, model: &TrainedModel) -> anyhow::Result<()> {
    let file = folder.join("tokenizer.json");
    let name = || file.display().to_string();
    let json = String::from_utf8(read_model_file(&file)?).with_context(name)?;
    let words = TokenizerDefinition::from_json(&json).with_context(name)?.vocabulary();
    let is_same = words.words().eq(model.extractor().tokenizer().vocabulary().words());
    anyhow::ensure!(is_same, "{}: its words differ from those of the model", name());
    Ok(())
}

/// The fields of a card that identify its model.
#[derive(serde::Deserialize)]
struct CardIdentity {
    id: String,
    /// Checksum of `model.bin`.
    blake3: String,
}

/// Checks that the card, if the folder has one, is that of the model with these bytes.
fn verify_card(folder: &Path, model: &TrainedModel, bytes: &[u8]) -> anyhow::Result<()> {
    let file = folder.join("card.json");
    let name = || file.display().to_string();
    if !file.exists() {
        crate::message::print_message(format_args!("detente: {}: no card", name()));
        return Ok(());
    }
    let card: CardIdentity = serde_json::from_slice(&read_model_file(&file)?).with_context(name)?;
    anyhow::ensure!(card.id == model.id(), "{}: card of another model, {}", name(), card.id);
    let is_same = card.blake3 == blake3::hash(bytes).to_hex().as_str();
    anyhow::ensure!(is_same, "{}: its checksum is not that of model.bin", name());
    Ok(())
}

/// Writes the pruned model and its tokenizer. The card and the hashes of training texts describe the whole model, so
/// they are not copied.
fn prune(args: &ModelArgs, global: &GlobalArgs) -> anyhow::Result<()> {
    let (Some(max_bytes), Some(folder)) = (args.max_bytes, &args.out) else { return Ok(()) };
    let model = open_model(global.model.as_deref())?.pruned(max_bytes)?;
    write_model_file(folder, "model.bin", &model.to_bytes()?)?;
    write_model_file(folder, "tokenizer.json", detente_train::tokenizer_json(&model)?.as_bytes())
}
