//! `detente train`: labelled JSONL in, model folder out.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, bail};
use detente::Lexicon;
use detente_train::{
    Bootstrap, CardInputs, DataFile, LabelledArticle, LabelledStatement, ModelCard, Predicted, Progress,
    RecordFormat, Sample, SoftLabelCount, TrainParams, Trained, TrainingSettings, TrainingTextHashes, curve,
    read_labels, train, tune, without_soft,
};

use super::labelled::{file_name, read_labelled, read_text, records, seen_before, sorted};
use crate::args::{Global, TrainArgs};
use crate::exit::Exit;

/// Draws of the bootstrap behind the card's intervals.
const DRAWS: usize = 500;
/// The licence note that holds of every model.
const LICENCE: &str =
    "The weights were learned from the texts of the files listed below, which are not part of the model.";

/// The statements to learn from and the files that they stand in.
struct Data {
    real: Vec<LabelledStatement>,
    authored: Vec<LabelledStatement>,
    articles: Vec<LabelledArticle>,
    files: Vec<DataFile>,
}

pub(crate) fn run(args: &TrainArgs, global: &Global) -> anyhow::Result<Exit> {
    let (lexicon, lexicon_files) = read_lexicon(&args.lexicon)?;
    let data = read(args)?;
    let mut say = |line: &str| {
        if !global.quiet {
            anstream::eprintln!("{line}");
        }
    };
    let mut params = params(args);
    if args.tune {
        let tuned = tune(&lexicon, &data.real, &data.authored, &params, &mut say)?;
        let TrainParams { l2, soft, authored, .. } = &tuned.params;
        say(&format!(
            "of {} settings: l2 {l2:?}, soft weight {soft}, article weight {authored}",
            tuned.tried
        ));
        for (name, measures) in &tuned.nested {
            say(&format!("chosen without the fold, {name}: {measures}"));
        }
        params = tuned.params;
    }
    let trained = train(&lexicon, &data.real, (&data.authored, &data.articles), &params, &mut say)?;
    for (name, measures) in &trained.out_of_fold {
        say(&format!("out of fold, {name}: {measures}"));
    }
    for (family, columns, weight) in &trained.families {
        say(&format!("{columns:>8} columns, total weight {weight:>9.1}: {family}"));
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
        settings: TrainingSettings::new(&params, args.labels.as_ref().map(ToString::to_string), args.tune),
        draws: DRAWS,
    };
    let mut card = ModelCard::new(&trained, &data.real, &data.authored, made_of)?;
    card.soft = soft_part(&lexicon, &data, &trained, &params, &mut say)?;
    if args.curve {
        card.curve = curve(&lexicon, &data.real, &data.authored, &params, &mut say)?;
        for point in &card.curve {
            say(&format!("learned from {} labelled statements: r {:.3}", point.statements, point.r));
        }
    }
    if let Some(bars) = &args.bars {
        card.hold(&bars.0);
    }
    save(&args.out, &trained, &card, &data)?;
    if card.shippable == Some(false) {
        for bar in card.bars.iter().filter(|bar| !bar.passed) {
            anstream::eprintln!("detente: not to be shipped: {bar}");
        }
        return Ok(Exit::Partial);
    }
    Ok(Exit::Done)
}

fn params(args: &TrainArgs) -> TrainParams {
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

/// Reads the data, and refuses what is to be held out.
fn read(args: &TrainArgs) -> anyhow::Result<Data> {
    let form = RecordFormat { labels: args.labels.clone(), unlabelled: false };
    let mut held = Vec::new();
    for path in &args.holdout {
        let records = read_labelled(path, &form)?;
        held.push((path, TrainingTextHashes::new(records.all_statements().map(|s| s.text.as_str()))));
    }
    let mut data = Data { real: Vec::new(), authored: Vec::new(), articles: Vec::new(), files: Vec::new() };
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
        data.articles.extend(records.articles.iter().cloned());
        let (single, sets) = sorted(records);
        data.real.extend(single);
        data.authored.extend(sets);
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
        for statement in self.real.iter_mut().chain(&mut self.authored) {
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

/// What softly labelled statements bought: the same training without them.
fn soft_part(
    lexicon: &Lexicon,
    data: &Data,
    trained: &Trained,
    params: &TrainParams,
    say: Progress,
) -> anyhow::Result<Option<SoftLabelCount>> {
    let (_, statements) = trained.statements;
    if statements == 0 {
        return Ok(None);
    }
    let predicted = without_soft(lexicon, &data.real, &data.authored, params, say)?;
    let any_real = data.real.iter().any(|s| s.label.is_some());
    let measured = if any_real { &data.real } else { &data.authored };
    let skipped = if any_real { 0 } else { data.real.len() };
    let known = measured.iter().zip(predicted.iter().skip(skipped)).filter_map(|(s, p)| Some((s, (*p)?)));
    let (statements_known, predicted): (Vec<&LabelledStatement>, Vec<Predicted>) = known.unzip();
    let labels: Vec<_> = statements_known.iter().filter_map(|s| s.label).collect();
    let groups = statements_known.iter().map(|s| s.group.as_str());
    let without = Sample::new(&predicted, &labels).estimates(&Bootstrap::new(groups, DRAWS, params.seed));
    Ok(Some(SoftLabelCount { statements, weight: params.soft, without }))
}

/// Writes the model's folder: model, tokens, what was seen, and the card for programs and for people.
fn save(folder: &Path, trained: &Trained, card: &ModelCard, data: &Data) -> anyhow::Result<()> {
    let seen = TrainingTextHashes::new(data.real.iter().chain(&data.authored).map(|s| s.text.as_str()));
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
    Ok((Lexicon::parse(&texts)?, files))
}
