//! `detente train`: trains a model on labelled data and writes its folder.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, bail};
use detente::Lexicon;
use detente_train::{
    Bootstrap, CardInputs, DataFile, LabelledArticle, LabelledStatement, ModelCard, Predicted, Progress,
    RecordFormat, Sample, SoftLabelCount, TrainParams, Trained, TrainingSettings, TrainingTextHashes, curve,
    read_labels, train, tune, without_soft,
};

use crate::args::{GlobalArgs, TrainArgs};
use crate::commands::labelled_data::{
    file_name, find_overlap, parse_labelled, read_labelled, read_text, split_single,
};
use crate::exit_status::ExitStatus;
use crate::model_folder::write_model_file;

/// Bootstrap samples for the intervals of the card.
const CARD_DRAWS: usize = 500;
/// The licence note of every model.
const LICENCE: &str =
    "The weights were learned from the texts of the files listed below, which are not part of the model.";

/// Trains, measures and writes the model.
pub(crate) fn run_train(args: &TrainArgs, global: &GlobalArgs) -> anyhow::Result<ExitStatus> {
    let (lexicon, lexicon_files) = read_lexicon(&args.lexicon)?;
    let data = TrainingData::read(args)?;
    let mut report_step = |line: &str| {
        if !global.quiet {
            anstream::eprintln!("{line}");
        }
    };
    let mut params = params_of(args);
    if args.tune {
        let tuned = tune(&lexicon, &data.single, &data.grouped, &params, &mut report_step)?;
        let TrainParams { l2, soft, authored, .. } = &tuned.params;
        report_step(&format!(
            "best of {} settings: l2 {l2:?}, soft weight {soft}, article weight {authored}",
            tuned.tried
        ));
        for (name, measures) in &tuned.nested {
            report_step(&format!("nested, {name}: {measures}"));
        }
        params = tuned.params;
    }
    let trained = train(&lexicon, &data.single, (&data.grouped, &data.articles), &params, &mut report_step)?;
    for (name, measures) in &trained.out_of_fold {
        report_step(&format!("out of fold, {name}: {measures}"));
    }
    for (family, columns, weight) in &trained.families {
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
        settings: TrainingSettings::new(&params, args.labels.as_ref().map(ToString::to_string), args.tune),
        draws: CARD_DRAWS,
    };
    let mut card = ModelCard::new(&trained, &data.single, &data.grouped, inputs)?;
    card.soft = measure_soft_labels(&lexicon, &data, &trained, &params, &mut report_step)?;
    if args.curve {
        card.curve = curve(&lexicon, &data.single, &data.grouped, &params, &mut report_step)?;
        for point in &card.curve {
            report_step(&format!("with {} labelled statements: r {:.3}", point.statements, point.r));
        }
    }
    if let Some(thresholds) = &args.bars {
        card.hold(&thresholds.0);
    }
    write_folder(&args.out, &trained, &card, &data)?;
    if card.shippable == Some(false) {
        for threshold in card.bars.iter().filter(|threshold| !threshold.passed) {
            anstream::eprintln!("detente: below threshold: {threshold}");
        }
        return Ok(ExitStatus::Partial);
    }
    Ok(ExitStatus::Success)
}

fn params_of(args: &TrainArgs) -> TrainParams {
    let mut params = TrainParams {
        id: args.id.clone(),
        seed: args.seed,
        soft: args.soft_weight,
        authored: args.article_weight,
        ..TrainParams::default()
    };
    if let Some([outlook, bearing, hedge]) = args.l2.as_deref() {
        params.l2 = [*outlook, *bearing, *hedge];
    }
    if let Some(columns) = args.columns {
        params.columns = columns;
    }
    params
}

/// The labelled statements and the files they come from.
struct TrainingData {
    single: Vec<LabelledStatement>,
    /// Statements of articles and contrast sets.
    grouped: Vec<LabelledStatement>,
    articles: Vec<LabelledArticle>,
    files: Vec<DataFile>,
}

impl TrainingData {
    /// Reads the labelled files.
    ///
    /// # Errors
    /// If a file is invalid, or one of its texts is also in a held-out file.
    fn read(args: &TrainArgs) -> anyhow::Result<Self> {
        let format = RecordFormat { labels: args.labels.clone(), unlabelled: false };
        let mut held_out = Vec::new();
        for path in &args.holdout {
            let records = read_labelled(path, &format)?;
            held_out.push((path, TrainingTextHashes::new(records.all_statements().map(|s| s.text.as_str()))));
        }
        let mut data =
            Self { single: Vec::new(), grouped: Vec::new(), articles: Vec::new(), files: Vec::new() };
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
            data.articles.extend(records.articles.iter().cloned());
            let (single, grouped) = split_single(records);
            data.single.extend(single);
            data.grouped.extend(grouped);
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
        for statement in self.single.iter_mut().chain(&mut self.grouped) {
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

/// Measures what soft labels contribute, by the same training without them. `None` if there are none.
fn measure_soft_labels(
    lexicon: &Lexicon,
    data: &TrainingData,
    trained: &Trained,
    params: &TrainParams,
    report_step: Progress,
) -> anyhow::Result<Option<SoftLabelCount>> {
    let (_, statements) = trained.statements;
    if statements == 0 {
        return Ok(None);
    }
    let predicted = without_soft(lexicon, &data.single, &data.grouped, params, report_step)?;
    // single statements are those of real news; predictions are in the order single, grouped
    let has_single = data.single.iter().any(|s| s.label.is_some());
    let measured = if has_single { &data.single } else { &data.grouped };
    let offset = if has_single { 0 } else { data.single.len() };
    let with_prediction =
        measured.iter().zip(predicted.iter().skip(offset)).filter_map(|(s, p)| Some((s, (*p)?)));
    let (measured, predicted): (Vec<&LabelledStatement>, Vec<Predicted>) = with_prediction.unzip();
    let labels: Vec<_> = measured.iter().filter_map(|s| s.label).collect();
    let groups = measured.iter().map(|s| s.group.as_str());
    let without =
        Sample::new(&predicted, &labels).estimates(&Bootstrap::new(groups, CARD_DRAWS, params.seed));
    Ok(Some(SoftLabelCount { statements, weight: params.soft, without }))
}

/// Writes the model folder: model, tokenizer, hashes of training texts, and the card as JSON and Markdown.
fn write_folder(
    folder: &Path,
    trained: &Trained,
    card: &ModelCard,
    data: &TrainingData,
) -> anyhow::Result<()> {
    let texts = data.single.iter().chain(&data.grouped).map(|s| s.text.as_str());
    let hashes = TrainingTextHashes::new(texts);
    let mut json = serde_json::to_string_pretty(card)?;
    json.push('\n');
    let tokenizer = detente_train::tokenizer_json(&trained.model)?;
    write_model_file(folder, "model.bin", &trained.model.to_bytes()?)?;
    write_model_file(folder, "tokenizer.json", tokenizer.as_bytes())?;
    write_model_file(folder, "seen.bin", &hashes.to_bytes())?;
    write_model_file(folder, "card.json", json.as_bytes())?;
    write_model_file(folder, "CARD.md", card.to_string().as_bytes())
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
