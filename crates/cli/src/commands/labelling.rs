//! Helps for labelling: agreement of passes, suspicious labels, what to label next.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use detente::TrainedModel;
use detente_train::{
    AnnotatorAgreement, Label, LabelledStatement, RecordFormat, SystemPredictions, TrainParams, Trainer,
    TrainingData, label_candidates, suspect_labels,
};

use super::labelled::read_labelled;
use crate::args::{EvaluateArgs, Global};
use crate::exit::Exit;

/// Agreement of the passes of every statement: its `annotations`, or its labels in several files.
pub(crate) fn show_agreement(
    args: &EvaluateArgs,
    form: &RecordFormat,
    out: &mut dyn Write,
) -> anyhow::Result<Exit> {
    let mut passes: BTreeMap<String, Vec<Label>> = BTreeMap::new();
    for path in &args.data {
        for statement in read_labelled(path, form)?.all_statements() {
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
    Ok(if agreement.statements > 0 { Exit::Done } else { Exit::Nothing })
}

/// Labels that models doubt which did not learn from them: cross-validated over the data, with the
/// model's lexicon.
pub(crate) fn show_suspects(
    (args, most): (&EvaluateArgs, usize),
    global: &Global,
    model: &TrainedModel,
    form: &RecordFormat,
    out: &mut dyn Write,
) -> anyhow::Result<Exit> {
    let mut data = TrainingData::default();
    for path in &args.data {
        data.add(read_labelled(path, form)?);
    }
    let trainer = Trainer::new(TrainParams { seed: args.seed, ..TrainParams::default() })
        .lexicon(model.lexicon()?)
        .on_progress(|step| {
            if !global.quiet {
                anstream::eprintln!("{step}");
            }
        });
    let predicted = trainer.cross_validate(&data)?;
    let known = data.statements().zip(predicted).filter_map(|(s, p)| Some((s, p?)));
    let (statements, predicted): (Vec<&LabelledStatement>, Vec<_>) = known.unzip();
    let found = suspect_labels(&statements, &predicted, most);
    if args.format == "json" {
        writeln!(out, "{}", serde_json::to_string(&found)?)?;
        return Ok(Exit::Done);
    }
    writeln!(out, "chance  about    label  model (outlook bearing hedge)  id  words")?;
    for s in found {
        let label = s.outlook.map_or_else(|| "none".to_owned(), |o| format!("{o:+}"));
        let [outlook, bearing, hedge] = s.model;
        let words = s.text.replace('\n', " ");
        writeln!(
            out,
            "{:.4}  {:<7}  {label:>5}  {outlook:+.2} {bearing:.2} {hedge:.2}  {}  {words}",
            s.probability, s.part, s.id
        )?;
    }
    Ok(Exit::Done)
}

/// Statements whose labels would teach the model most.
pub(crate) fn show_next(
    (args, most): (&EvaluateArgs, usize),
    model: &Arc<TrainedModel>,
    form: &RecordFormat,
    out: &mut dyn Write,
) -> anyhow::Result<Exit> {
    let form = RecordFormat { allow_unlabelled: true, ..form.clone() };
    let read = |path: &Path| read_labelled(path, &form);
    let records = args.data.iter().map(|path| read(path)).collect::<anyhow::Result<Vec<_>>>()?;
    let statements: Vec<&LabelledStatement> =
        records.iter().flat_map(detente_train::Records::all_statements).collect();
    let predicted = SystemPredictions::of_model(model, &statements);
    let found = label_candidates(&statements, &predicted.predictions, most);
    if args.format == "json" {
        writeln!(out, "{}", serde_json::to_string(&found)?)?;
        return Ok(Exit::Done);
    }
    for candidate in found {
        writeln!(out, "{:.3}  {}  {}", candidate.entropy, candidate.id, candidate.text.replace('\n', " "))?;
    }
    Ok(Exit::Done)
}
