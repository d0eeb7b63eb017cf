//! Options of `detente evaluate` that help with labelling: agreement of passes, suspicious labels, what to label next.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use detente::TrainedModel;
use detente_train::{
    AnnotatorAgreement, ClassPredictions, Label, LabelledStatement, OutOfFold, Records, SystemPredictions,
    TrainParams, Trainer, TrainingData, label_candidates, suspect_labels,
};

use crate::args::{EvaluateArgs, GlobalArgs};
use crate::commands::labelled_data::LabelledReader;
use crate::commands::labelling_tables::{LabelColumns, write_candidate_table, write_suspect_table};
use crate::exit_status::ExitStatus;

/// Writes the agreement of labelling passes: the `annotations` of each statement, or its labels in several files.
pub(crate) fn write_agreement(
    args: &EvaluateArgs,
    reader: &LabelledReader,
    out: &mut dyn Write,
) -> anyhow::Result<ExitStatus> {
    let mut passes: BTreeMap<String, Vec<Label>> = BTreeMap::new();
    for path in &args.data {
        for statement in reader.read(path)?.all_statements() {
            let labels = passes.entry(statement.id.clone()).or_default();
            if statement.annotations.is_empty() {
                labels.extend(statement.label);
            } else {
                labels.extend(&statement.annotations);
            }
        }
    }
    let agreement = AnnotatorAgreement::new(&passes.into_values().collect::<Vec<_>>());
    if args.format == "json" {
        writeln!(out, "{}", serde_json::to_string(&agreement)?)?;
    } else {
        write!(out, "{agreement}")?;
    }
    Ok(if agreement.statements > 0 { ExitStatus::Success } else { ExitStatus::Failure })
}

/// Writes the `count` labels that disagree most with predictions. The predictions are cross-validated on the data,
/// with the lexicon of `model`, so none was learned from its own label.
pub(crate) fn write_suspects(
    (args, count): (&EvaluateArgs, usize),
    global: &GlobalArgs,
    model: &TrainedModel,
    reader: &LabelledReader,
    out: &mut dyn Write,
) -> anyhow::Result<ExitStatus> {
    let mut data = TrainingData::default();
    for path in &args.data {
        data.add(reader.read(path)?);
    }
    let trainer = Trainer::new(TrainParams { seed: args.seed, ..TrainParams::default() })
        .lexicon(model.lexicon()?)
        .on_progress(|step| {
            if !global.quiet {
                crate::message::print_message(format_args!("{step}"));
            }
        });
    let OutOfFold { predictions, classes, class_probabilities, .. } = trainer.cross_validate(&data)?;
    let all: Vec<&LabelledStatement> = data.statements().collect();
    let rows: Vec<usize> = (0..all.len()).filter(|at| predictions[*at].is_some()).collect();
    let statements: Vec<&LabelledStatement> = rows.iter().map(|at| all[*at]).collect();
    let predicted: Vec<_> = rows.iter().filter_map(|at| predictions[*at]).collect();
    let probabilities: Option<Vec<Vec<f64>>> =
        rows.iter().map(|at| class_probabilities.get(*at).cloned().flatten()).collect();
    let classes = probabilities
        .filter(|_| !classes.is_empty())
        .map(|probabilities| ClassPredictions::of_probabilities(classes, probabilities));
    let found = suspect_labels(&statements, &predicted, classes.as_ref(), count);
    match args.format.as_str() {
        "json" => {
            writeln!(out, "{}", serde_json::to_string(&found)?)?;
            return Ok(ExitStatus::Success);
        }
        "csv" => {
            let columns = LabelColumns::of(args.labelled.label_range, classes.is_some());
            write_suspect_table(&found, &columns, out)?;
            return Ok(ExitStatus::Success);
        }
        _ => {}
    }
    writeln!(out, "chance  about    label  model (outlook bearing hedge)  id  words")?;
    for suspect in found {
        let outlook = suspect.outlook.map_or_else(|| "none".to_owned(), |outlook| format!("{outlook:+}"));
        let suggested = suspect.suggested.map_or_else(String::new, |class| format!("  suggested: {class}"));
        let label = suspect.label.unwrap_or(outlook);
        let [outlook, bearing, hedge] = suspect.model;
        let words = suspect.text.replace('\n', " ");
        writeln!(
            out,
            "{:.4}  {:<7}  {label:>5}  {outlook:+.2} {bearing:.2} {hedge:.2}  {}  {words}{suggested}",
            suspect.probability, suspect.part, suspect.id
        )?;
    }
    Ok(ExitStatus::Success)
}

/// Writes the `count` statements, labelled or not, whose labels would improve the model most.
pub(crate) fn write_label_candidates(
    (args, count): (&EvaluateArgs, usize),
    model: &Arc<TrainedModel>,
    reader: &LabelledReader,
    out: &mut dyn Write,
) -> anyhow::Result<ExitStatus> {
    let read_file = |path: &Path| reader.read(path);
    let records = args.data.iter().map(|path| read_file(path)).collect::<anyhow::Result<Vec<_>>>()?;
    let mut statements: Vec<&LabelledStatement> = records.iter().flat_map(Records::all_statements).collect();
    // where labels are missing, these are the statements to label
    if statements.iter().any(|statement| statement.label.is_none()) {
        statements.retain(|statement| statement.label.is_none());
    }
    let predicted = SystemPredictions::of_model(model, &statements);
    let found = label_candidates(&statements, &predicted, count);
    match args.format.as_str() {
        "json" => {
            writeln!(out, "{}", serde_json::to_string(&found)?)?;
            return Ok(ExitStatus::Success);
        }
        "csv" => {
            let columns = LabelColumns::of(args.labelled.label_range, !model.classes().is_empty());
            write_candidate_table(&found, &columns, out)?;
            return Ok(ExitStatus::Success);
        }
        _ => {}
    }
    for candidate in found {
        let text = candidate.text.replace('\n', " ");
        writeln!(out, "{:.3}  {}  {text}", candidate.entropy, candidate.id)?;
    }
    Ok(ExitStatus::Success)
}
