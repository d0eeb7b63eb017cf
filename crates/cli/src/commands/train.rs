//! `detente train`: trains a model on labelled data and writes its folder.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, anyhow, bail};
use detente::Lexicon;
use detente::internals::builtin_bytes;
use detente_input::RowPlace;
use detente_train::{
    CardInputs, Correction, DataFile, Evaluation, Measure, ModelCard, TrainParams, Trainer, TrainingData,
    TrainingOutcome, TrainingSettings, TrainingTextHashes,
};

use crate::args::{GlobalArgs, TrainArgs};
use crate::commands::labelled_data::{LabelledReader, file_name, find_overlap, read_bytes, read_text};
use crate::exit_status::ExitStatus;
use crate::model_folder::{open_model, read_model_file, write_model_file};

/// Bootstrap samples for the intervals of the card.
const CARD_DRAWS: usize = 500;
/// The licence note of every model.
const LICENCE: &str =
    "The weights were learned from the texts of the files listed below, which are not part of the model.";

/// Trains, measures and writes the model.
pub(crate) fn run_train(args: &TrainArgs, global: &GlobalArgs) -> anyhow::Result<ExitStatus> {
    let (lexicon, lexicon_files) = match args.lexicon.as_deref() {
        Some(folder) => read_lexicon(folder)?,
        None => lexicon_of_model(global.model.as_deref())?,
    };
    let data = LabelledData::read(args, global.quiet)?;
    let report_step = |line: &str| {
        if !global.quiet {
            crate::message::print_message(format_args!("{line}"));
        }
    };
    let mut trainer =
        Trainer::new(params_of(args)?).lexicon(lexicon).on_progress(|step| report_step(&step.to_string()));
    if args.tune {
        let tuned = trainer.tune(&data.training)?;
        let TrainParams { l2, class_l2, soft_weight, authored_weight, .. } = &tuned.params;
        report_step(&format!(
            "best of {} settings: l2 {l2:?}, class l2 {class_l2}, soft weight {soft_weight}, article weight {authored_weight}",
            tuned.tried
        ));
        for (name, measures) in &tuned.nested {
            report_step(&format!("nested, {name}: {measures}"));
        }
        trainer = trainer.with_params(tuned.params);
    }
    let trained = trainer.train(&data.training)?;
    if let Some(aggregation) = &trained.aggregation {
        report_step(&aggregation.to_string());
    }
    let mut licence = vec![LICENCE.to_owned()];
    licence.extend(args.licence.iter().cloned());
    let inputs = CardInputs {
        data: data.files.clone(),
        lexicon: lexicon_files,
        licence,
        settings: TrainingSettings::new(trainer.params(), args.labelled.conversion(), args.tune),
        draws: CARD_DRAWS,
    };
    let mut card = ModelCard::new(&trained, &data.training, inputs)?;
    for evaluation in &card.out_of_fold {
        report_step(&out_of_fold_line(evaluation));
    }
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
    let folder = args.out.display();
    report_step(&format!(
        "model {} written to {folder}; card: {folder}/CARD.md; use it with --model {folder}",
        card.id
    ));
    if card.shippable == Some(false) {
        for threshold in card.thresholds.iter().filter(|threshold| !threshold.passed) {
            crate::message::print_message(format_args!("detente: below threshold: {threshold}"));
        }
        return Ok(ExitStatus::Partial);
    }
    Ok(ExitStatus::Success)
}

/// The main out-of-fold figures in one line.
fn out_of_fold_line(evaluation: &Evaluation) -> String {
    let mut figures = vec![format!("out of fold, {}: n {}", evaluation.data, evaluation.statements)];
    for (name, title) in [("accuracy", "accuracy"), ("macro_f1", "macro-F1 of classes")] {
        let estimate = evaluation.classes.as_ref().and_then(|classes| classes.measures.get(name));
        figures.extend(estimate.map(|estimate| format!("{title} {estimate}")));
    }
    for measure in [Measure::Pearson, Measure::SignAuc, Measure::BearingAuc, Measure::HedgeAuc] {
        let estimate = evaluation.measures.get(&measure);
        figures.extend(estimate.map(|estimate| format!("{} {estimate}", measure.title())));
    }
    figures.join("  ")
}

fn params_of(args: &TrainArgs) -> anyhow::Result<TrainParams> {
    let mut params = TrainParams {
        model_id: match &args.id {
            Some(id) => id.clone(),
            None => folder_name(&args.out)?,
        },
        seed: args.seed,
        soft_weight: args.soft_weight,
        authored_weight: args.article_weight,
        balanced: args.balanced,
        ..TrainParams::default()
    };
    if let Some([outlook, bearing, hedge]) = args.l2.as_deref() {
        params.l2 = [*outlook, *bearing, *hedge];
    }
    if let Some(class_l2) = args.class_l2 {
        params.class_l2 = class_l2;
    }
    if let Some(columns) = args.columns {
        params.max_columns = columns;
    }
    Ok(params)
}

/// The name of a folder that may not exist yet.
fn folder_name(folder: &Path) -> anyhow::Result<String> {
    let absolute = std::path::absolute(folder).with_context(|| format!("no folder {}", folder.display()))?;
    let name = absolute
        .file_name()
        .with_context(|| format!("{}: give the model a name with --id", folder.display()))?;
    Ok(name.to_string_lossy().into_owned())
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
    fn read(args: &TrainArgs, is_quiet: bool) -> anyhow::Result<Self> {
        let reader = LabelledReader::new(&args.labelled, is_quiet);
        let mut held_out = Vec::new();
        for path in &args.holdout {
            let records = reader.read(path)?;
            held_out.push((path, TrainingTextHashes::new(records.all_statements().map(|s| s.text.as_str()))));
        }
        let mut data = Self { training: TrainingData::default(), files: Vec::new() };
        for path in &args.data {
            let records = reader.read(path)?;
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
            data.files.push(DataFile::new(file_name(path), &read_bytes(path)?, statements));
            data.training.add(records);
        }
        for path in &args.relabel {
            data.relabel(path, &reader)?;
        }
        Ok(data)
    }

    /// Applies the labels of a later pass, by id, or by text where the data lack the id. Statements with neither are
    /// added.
    ///
    /// # Errors
    /// If the file is invalid, a label without a text has the id of no statement, or a text is not that of its id.
    fn relabel(&mut self, path: &Path, reader: &LabelledReader) -> anyhow::Result<()> {
        let corrections = reader.read_corrections(path)?;
        let mut by_id: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut by_text: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let statements = self.training.real.iter().chain(&self.training.authored);
        for (at, statement) in statements.enumerate() {
            by_id.entry(statement.id.clone()).or_default().push(at);
            by_text.entry(statement.text.clone()).or_default().push(at);
        }
        let real = self.training.real.len();
        let (count, mut added) = (corrections.len(), Vec::new());
        for (place, correction) in corrections {
            let fault = |what: String| anyhow!("{}: {}: field {what}", path.display(), name_place(place));
            let Correction { id, text, label, class, statement, .. } = correction;
            let same_text = || by_text.get(text.as_ref()?);
            for at in by_id.get(&id).or_else(same_text).into_iter().flatten() {
                let (real_part, authored) = (&mut self.training.real, &mut self.training.authored);
                let found = if *at < real { real_part.get_mut(*at) } else { authored.get_mut(*at - real) };
                let Some(found) = found else { continue };
                if text.as_ref().is_some_and(|text| text != &found.text) {
                    return Err(fault(format!("\"text\": the data have another text for {id:?}")));
                }
                found.relabel(label, class.clone());
            }
            if !by_id.contains_key(&id) && same_text().is_none() {
                added.push(
                    statement.ok_or_else(|| fault(format!("\"id\": no statement of the data has {id:?}")))?,
                );
            }
        }
        reader.print_note(format_args!(
            "{}: {count} labels, {} of new statements",
            path.display(),
            added.len()
        ));
        self.training.real.extend(added);
        self.files.push(DataFile::new(file_name(path), &read_bytes(path)?, count));
        Ok(())
    }
}

fn name_place(place: RowPlace) -> String {
    match place {
        RowPlace::Line(line) => format!("line {line}"),
        RowPlace::Record(record) => format!("record {record}"),
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
