//! Helps for labelling: agreement of passes, suspicious labels, what to label next.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use detente::TrainedModel;
use detente_train::{
    Label, LabelledStatement, RecordFormat, TrainParams, agreement, cross_validate, lessons, suspects,
};

use super::labelled::{predict, read_labelled, sorted};
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
            if statement.passes.is_empty() {
                labels.extend(statement.label);
            } else {
                labels.extend(&statement.passes);
            }
        }
    }
    let agreement = agreement(&passes.into_values().collect::<Vec<_>>());
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
    let (mut real, mut authored) = (Vec::new(), Vec::new());
    for path in &args.data {
        let (single, sets) = sorted(read_labelled(path, form)?);
        real.extend(single);
        authored.extend(sets);
    }
    let mut say = |line: &str| {
        if !global.quiet {
            anstream::eprintln!("{line}");
        }
    };
    let params = TrainParams { seed: args.seed, ..TrainParams::default() };
    let predicted = cross_validate(&model.lexicon()?, &real, &authored, &params, &mut say)?;
    let known = real.iter().chain(&authored).zip(predicted).filter_map(|(s, p)| Some((s, p?)));
    let (statements, predicted): (Vec<&LabelledStatement>, Vec<_>) = known.unzip();
    let found = suspects(&statements, &predicted, most);
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
            s.chance, s.about, s.id
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
    let form = RecordFormat { unlabelled: true, ..form.clone() };
    let read = |path: &Path| read_labelled(path, &form);
    let records = args.data.iter().map(|path| read(path)).collect::<anyhow::Result<Vec<_>>>()?;
    let statements: Vec<&LabelledStatement> =
        records.iter().flat_map(detente_train::Records::all_statements).collect();
    let found = lessons(&statements, &predict(model, &statements), most);
    if args.format == "json" {
        writeln!(out, "{}", serde_json::to_string(&found)?)?;
        return Ok(Exit::Done);
    }
    for lesson in found {
        writeln!(out, "{:.3}  {}  {}", lesson.doubt, lesson.id, lesson.text.replace('\n', " "))?;
    }
    Ok(Exit::Done)
}
