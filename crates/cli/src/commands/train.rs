//! `detente train`: trains a model on labelled data and writes its folder.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, bail};
use detente::Lexicon;
use detente::internals::builtin_bytes;
use detente_train::{
    CardInputs, DataFile, ModelCard, RecordFormat, TrainParams, Trainer, TrainingData, TrainingOutcome,
    TrainingSettings, TrainingTextHashes, read_labels,
};

use crate::args::{GlobalArgs, TrainArgs};
use crate::commands::labelled_data::{file_name, find_overlap, parse_labelled, read_labelled, read_text};
use crate::exit_status::ExitStatus;
use crate::model_folder::{open_model, read_model_file, write_model_file};

/// Bootstrap samples for the intervals of the card.
const CARD_DRAWS: usize = 500;
/// Folder of the lexicon in the repository.
const REPOSITORY_LEXICON: &str = "data/lexicon";
/// The licence note of every model.
const LICENCE: &str =
    "The weights were learned from the texts of the files listed below, which are not part of the model.";

/// Trains, measures and writes the model.
pub(crate) fn run_train(args: &TrainArgs, global: &GlobalArgs) -> anyhow::Result<ExitStatus> {
    let repository = Path::new(REPOSITORY_LEXICON);
    let folder = args.lexicon.as_deref().or(repository.is_dir().then_some(repository));
    let (lexicon, lexicon_files) = match folder {
        Some(folder) => read_lexicon(folder)?,
        None => lexicon_of_model(global.model.as_deref())?,
    };
    let data = LabelledData::read(args)?;
    let report_step = |line: &str| {
        if !global.quiet {
            crate::message::print_message(format_args!("{line}"));
        }
    };
    let mut trainer =
        Trainer::new(params_of(args)).lexicon(lexicon).on_progress(|step| report_step(&step.to_string()));
    if args.tune {
        let tuned = trainer.tune(&data.training)?;
        let TrainParams { l2, soft_weight, authored_weight, .. } = &tuned.params;
        report_step(&format!(
            "best of {} settings: l2 {l2:?}, soft weight {soft_weight}, article weight {authored_weight}",
            tuned.tried
        ));
        for (name, measures) in &tuned.nested {
            report_step(&format!("nested, {name}: {measures}"));
        }
        trainer = trainer.with_params(tuned.params);
    }
    let trained = trainer.train(&data.training)?;
    for (name, measures) in &trained.out_of_fold {
        report_step(&format!("out of fold, {name}: {measures}"));
    }
    for share in &trained.families {
        let (columns, weight, family) = (share.columns, share.weight, &share.family);
        report_step(&format!("{columns:>8} columns, total weight {weight:>9.1}: {family}"));
    }
    if let Some(aggregation) = &trained.aggregation {
        report_step(&aggregation.to_string());
    }
    let mut licence = vec![LICENCE.to_owned()];
    licence.extend(args.licence.iter().cloned());
    let inputs = CardInputs {
        data: data.files.clone(),
        lexicon: lexicon_files,
        licence,
        settings: TrainingSettings::new(
            trainer.params(),
            args.labels.as_ref().map(ToString::to_string),
            args.tune,
        ),
        draws: CARD_DRAWS,
    };
    let mut card = ModelCard::new(&trained, &data.training, inputs)?;
    card.soft_labels = trainer.soft_label_effect(&data.training, CARD_DRAWS)?;
    if args.curve {
        card.learning_curve = trainer.learning_curve(&data.training)?;
        for point in &card.learning_curve {
            report_step(&format!("with {} labelled statements: r {:.3}", point.statements, point.r));
        }
    }
    if let Some(thresholds) = &args.bars {
        card.check(thresholds);
    }
    write_folder(&args.out, &trained, &card, &data.training)?;
    if card.shippable == Some(false) {
        for threshold in card.thresholds.iter().filter(|threshold| !threshold.passed) {
            crate::message::print_message(format_args!("detente: below threshold: {threshold}"));
        }
        return Ok(ExitStatus::Partial);
    }
    Ok(ExitStatus::Success)
}

fn params_of(args: &TrainArgs) -> TrainParams {
    let mut params = TrainParams {
        model_id: args.id.clone(),
        seed: args.seed,
        soft_weight: args.soft_weight,
        authored_weight: args.article_weight,
        ..TrainParams::default()
    };
    if let Some([outlook, bearing, hedge]) = args.l2.as_deref() {
        params.l2 = [*outlook, *bearing, *hedge];
    }
    if let Some(columns) = args.columns {
        params.max_columns = columns;
    }
    params
}

/// The labelled statements and the files they come from.
struct LabelledData {
    training: TrainingData,
    files: Vec<DataFile>,
}

impl LabelledData {
    /// Reads the labelled files.
    ///
    /// # Errors
    /// If a file is invalid, or one of its texts is also in a held-out file.
    fn read(args: &TrainArgs) -> anyhow::Result<Self> {
        let format = RecordFormat { label_map: args.labels.clone(), allow_unlabelled: false };
        let mut held_out = Vec::new();
        for path in &args.holdout {
            let records = read_labelled(path, &format)?;
            held_out.push((path, TrainingTextHashes::new(records.all_statements().map(|s| s.text.as_str()))));
        }
        let mut data = Self { training: TrainingData::default(), files: Vec::new() };
        for path in &args.data {
            let text = read_text(path)?;
            let records = parse_labelled(path, &text, &format)?;
            for (other, hashes) in &held_out {
                if let Some((first, count)) = find_overlap(hashes, records.all_statements()) {
                    bail!(
                        "{}: line {}: field \"text\": also in the held-out file {} ({count} in all)",
                        path.display(),
                        first.line,
                        other.display()
                    );
                }
            }
            let statements = records.all_statements().count();
            data.files.push(DataFile::new(file_name(path), text.as_bytes(), statements));
            data.training.add(records);
        }
        for path in &args.relabel {
            data.relabel(path)?;
        }
        Ok(data)
    }

    /// Applies the labels of a later pass.
    ///
    /// # Errors
    /// If the file is invalid, or a label has the id of no statement.
    fn relabel(&mut self, path: &Path) -> anyhow::Result<()> {
        let text = read_text(path)?;
        let labels = read_labels(&text).with_context(|| path.display().to_string())?;
        let mut used_lines = BTreeSet::new();
        for statement in self.training.real.iter_mut().chain(&mut self.training.authored) {
            if let Some((line, label)) = labels.get(&statement.id) {
                statement.relabel(*label);
                used_lines.insert(*line);
            }
        }
        if let Some((id, (line, _))) = labels.iter().find(|(_, (line, _))| !used_lines.contains(line)) {
            bail!("{}: line {line}: field \"id\": no statement of the data has {id:?}", path.display());
        }
        self.files.push(DataFile::new(file_name(path), text.as_bytes(), labels.len()));
        Ok(())
    }
}

/// Writes the model folder: model, tokenizer, hashes of training texts, and the card as JSON and Markdown.
fn write_folder(
    folder: &Path,
    trained: &TrainingOutcome,
    card: &ModelCard,
    data: &TrainingData,
) -> anyhow::Result<()> {
    let hashes = TrainingTextHashes::new(data.statements().map(|s| s.text.as_str()));
    let mut json = serde_json::to_string_pretty(card)?;
    json.push('\n');
    let tokenizer = detente_train::tokenizer_json(&trained.model)?;
    write_model_file(folder, "model.bin", &trained.model.to_bytes()?)?;
    write_model_file(folder, "tokenizer.json", tokenizer.as_bytes())?;
    write_model_file(folder, "seen.bin", &hashes.to_bytes())?;
    write_model_file(folder, "card.json", json.as_bytes())?;
    write_model_file(folder, "CARD.md", card.to_string().as_bytes())
}

/// The lexicon of a model, which the model's file has.
fn lexicon_of_model(folder: Option<&Path>) -> anyhow::Result<(Lexicon, Vec<DataFile>)> {
    let model = open_model(folder)?;
    let lexicon = model.lexicon()?;
    let name = format!("lexicon of the model {}", model.id());
    let file = match folder {
        Some(folder) => DataFile::new(name, &read_model_file(&folder.join("model.bin"))?, lexicon.len()),
        None => DataFile::new(name, builtin_bytes(), lexicon.len()),
    };
    Ok((lexicon, vec![file]))
}

/// Reads the TSV files of a lexicon folder, by name.
fn read_lexicon(folder: &Path) -> anyhow::Result<(Lexicon, Vec<DataFile>)> {
    let cannot_read = || format!("cannot read the folder {}", folder.display());
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(cannot_read)? {
        let path = entry.with_context(cannot_read)?.path();
        if path.extension().is_some_and(|e| e == "tsv") {
            paths.push(path);
        }
    }
    paths.sort();
    let (mut texts, mut files) = (Vec::new(), Vec::new());
    for path in paths {
        let text = read_text(&path)?;
        let entries = text.lines().count().saturating_sub(1);
        files.push(DataFile::new(file_name(&path), text.as_bytes(), entries));
        texts.push((path.display().to_string(), text));
    }
    let texts: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    Ok((Lexicon::parse(&texts)?, files))
}
