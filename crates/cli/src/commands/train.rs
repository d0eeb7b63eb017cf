//! `detente train`: labelled JSONL in, model folder out.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, bail};
use detente::Lexicon;
use detente_train::{
    CardInputs, DataFile, ModelCard, RecordFormat, TrainParams, Trainer, TrainingData, TrainingOutcome,
    TrainingSettings, TrainingTextHashes, read_labels,
};

use super::labelled::{file_name, read_labelled, read_text, records, seen_before};
use crate::args::{Global, TrainArgs};
use crate::exit::Exit;

/// Draws of the bootstrap behind the card's intervals.
const DRAWS: usize = 500;
/// The licence note that holds of every model.
const LICENCE: &str =
    "The weights were learned from the texts of the files listed below, which are not part of the model.";

/// The statements to learn from and the files that they stand in.
struct Data {
    training: TrainingData,
    files: Vec<DataFile>,
}

pub(crate) fn run(args: &TrainArgs, global: &Global) -> anyhow::Result<Exit> {
    let (lexicon, lexicon_files) = read_lexicon(&args.lexicon)?;
    let data = read(args)?;
    let say = |line: &str| {
        if !global.quiet {
            anstream::eprintln!("{line}");
        }
    };
    let mut trainer = Trainer::new(params(args)).lexicon(lexicon).on_progress(|step| say(&step.to_string()));
    if args.tune {
        let tuned = trainer.tune(&data.training)?;
        let TrainParams { l2, soft_weight, authored_weight, .. } = &tuned.params;
        say(&format!(
            "of {} settings: l2 {l2:?}, soft weight {soft_weight}, article weight {authored_weight}",
            tuned.tried
        ));
        for (name, measures) in &tuned.nested {
            say(&format!("chosen without the fold, {name}: {measures}"));
        }
        trainer = trainer.with_params(tuned.params);
    }
    let trained = trainer.train(&data.training)?;
    for (name, measures) in &trained.out_of_fold {
        say(&format!("out of fold, {name}: {measures}"));
    }
    for share in &trained.families {
        say(&format!("{:>8} columns, total weight {:>9.1}: {}", share.columns, share.weight, share.family));
    }
    if let Some(learned) = &trained.aggregation {
        say(&learned.to_string());
    }
    let mut licence = vec![LICENCE.to_owned()];
    licence.extend(args.licence.iter().cloned());
    let made_of = CardInputs {
        data: data.files.clone(),
        lexicon: lexicon_files,
        licence,
        settings: TrainingSettings::new(
            trainer.params(),
            args.labels.as_ref().map(ToString::to_string),
            args.tune,
        ),
        draws: DRAWS,
    };
    let mut card = ModelCard::new(&trained, &data.training, made_of)?;
    card.soft_labels = trainer.soft_label_effect(&data.training, DRAWS)?;
    if args.curve {
        card.learning_curve = trainer.learning_curve(&data.training)?;
        for point in &card.learning_curve {
            say(&format!("learned from {} labelled statements: r {:.3}", point.statements, point.r));
        }
    }
    if let Some(thresholds) = &args.bars {
        card.check(thresholds);
    }
    save(&args.out, &trained, &card, &data.training)?;
    if card.shippable == Some(false) {
        for bar in card.thresholds.iter().filter(|bar| !bar.passed) {
            anstream::eprintln!("detente: not to be shipped: {bar}");
        }
        return Ok(Exit::Partial);
    }
    Ok(Exit::Done)
}

fn params(args: &TrainArgs) -> TrainParams {
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

/// Reads the data, and refuses what is to be held out.
fn read(args: &TrainArgs) -> anyhow::Result<Data> {
    let form = RecordFormat { label_map: args.labels.clone(), allow_unlabelled: false };
    let mut held = Vec::new();
    for path in &args.holdout {
        let records = read_labelled(path, &form)?;
        held.push((path, TrainingTextHashes::new(records.all_statements().map(|s| s.text.as_str()))));
    }
    let mut data = Data { training: TrainingData::default(), files: Vec::new() };
    for path in &args.data {
        let text = read_text(path)?;
        let records = records(path, &text, &form)?;
        for (other, seen) in &held {
            if let Some((first, count)) = seen_before(seen, records.all_statements()) {
                bail!(
                    "{}: line {}: field \"text\": stands in {} too, which is held out ({count} in all)",
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

impl Data {
    /// Takes over the labels of a later pass; every one of them must belong to a statement.
    fn relabel(&mut self, path: &Path) -> anyhow::Result<()> {
        let text = read_text(path)?;
        let labels = read_labels(&text).with_context(|| format!("{}", path.display()))?;
        let mut found = BTreeSet::new();
        for statement in self.training.real.iter_mut().chain(&mut self.training.authored) {
            if let Some((line, label)) = labels.get(&statement.id) {
                statement.relabel(*label);
                found.insert(*line);
            }
        }
        if let Some((id, (line, _))) = labels.iter().find(|(_, (line, _))| !found.contains(line)) {
            bail!("{}: line {line}: field \"id\": no statement of the data has {id:?}", path.display());
        }
        self.files.push(DataFile::new(file_name(path), text.as_bytes(), labels.len()));
        Ok(())
    }
}

/// Writes the model's folder: model, tokens, what was seen, and the card for programs and for people.
fn save(
    folder: &Path,
    trained: &TrainingOutcome,
    card: &ModelCard,
    data: &TrainingData,
) -> anyhow::Result<()> {
    let seen = TrainingTextHashes::new(data.statements().map(|s| s.text.as_str()));
    let mut json = serde_json::to_string_pretty(card)?;
    json.push('\n');
    crate::model_folder::write(folder, "model.bin", &trained.model.to_bytes()?)?;
    crate::model_folder::write(
        folder,
        "tokenizer.json",
        detente_train::tokenizer_json(&trained.model)?.as_bytes(),
    )?;
    crate::model_folder::write(folder, "seen.bin", &seen.to_bytes())?;
    crate::model_folder::write(folder, "card.json", json.as_bytes())?;
    crate::model_folder::write(folder, "CARD.md", card.to_string().as_bytes())
}

fn read_lexicon(folder: &Path) -> anyhow::Result<(Lexicon, Vec<DataFile>)> {
    let cannot = || format!("cannot read the folder {}", folder.display());
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(cannot)? {
        let path = entry.with_context(cannot)?.path();
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
    Ok((Lexicon::read(&texts)?, files))
}
