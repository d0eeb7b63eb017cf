//! `detente evaluate`: how well a model's numbers agree with labels, and how sure that is.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use anyhow::bail;
use detente::{Engine, TrainedModel};
use detente_train::{
    Evaluation, Evaluator, LabelledStatement, RecordFormat, Records, SystemPredictions, baselines,
};

use super::labelled::{file_name, peer, read_labelled, seen, seen_before};
use super::labelling::{show_agreement, show_next, show_suspects};
use crate::args::{EvaluateArgs, Global};
use crate::exit::Exit;
use crate::output::Output;

pub(crate) fn run(args: &EvaluateArgs, global: &Global) -> anyhow::Result<Exit> {
    let form = RecordFormat { label_map: args.labels.clone(), allow_unlabelled: false };
    let model = Arc::new(crate::model_folder::open(global.model.as_deref())?);
    let mut output = Output::open(args.output.as_deref())?;
    let out = output.writer();
    let exit = if args.agreement {
        show_agreement(args, &form, out)?
    } else if let Some(most) = args.suspects {
        show_suspects((args, most), global, &model, &form, out)?
    } else if let Some(most) = args.next {
        show_next((args, most), &model, &form, out)?
    } else {
        measure(args, global, &model, &form, out)?
    };
    output.finish()?;
    Ok(exit)
}

fn measure(
    args: &EvaluateArgs,
    global: &Global,
    model: &Arc<TrainedModel>,
    form: &RecordFormat,
    out: &mut dyn Write,
) -> anyhow::Result<Exit> {
    let other = args.against.as_deref().map(|folder| crate::model_folder::open(Some(folder))).transpose()?;
    let other = other.map(Arc::new);
    let engine = Engine::new(model.as_ref().clone());
    let seen = seen(global.model.as_deref())?;
    let mut exit = Exit::Done;
    let mut evaluations = Vec::new();
    for path in &args.data {
        let records = read_labelled(path, form)?;
        let statements: Vec<&LabelledStatement> =
            records.all_statements().filter(|s| s.label.is_some()).collect();
        if let Some((first, count)) = seen.as_ref().and_then(|s| seen_before(s, statements.iter().copied())) {
            let (line, all) = (first.line, statements.len());
            let message = format!(
                "{}: line {line}: field \"text\": the model was trained on it, and on {count} of {all} in all",
                path.display()
            );
            if args.unseen {
                bail!(message);
            }
            if !global.quiet {
                anstream::eprintln!("detente: {message}");
            }
        }
        let evaluation = one(args, &engine, model, other.as_ref(), (path, &records, &statements))?;
        for bar in args.at_least.iter().flat_map(|thresholds| thresholds.check(&[&evaluation], None)) {
            if !bar.passed && !statements.is_empty() {
                anstream::eprintln!("detente: {}: {bar}", path.display());
                exit = Exit::Partial;
            }
        }
        evaluations.push(evaluation);
    }
    if args.format == "json" {
        writeln!(out, "{}", serde_json::json!({"schema": 1, "evaluations": evaluations}))?;
    } else {
        for evaluation in &evaluations {
            writeln!(out, "{evaluation}")?;
        }
    }
    Ok(exit)
}

/// Evaluates the records of one file.
fn one(
    args: &EvaluateArgs,
    engine: &Engine,
    model: &Arc<TrainedModel>,
    other: Option<&Arc<TrainedModel>>,
    (path, records, statements): (&Path, &Records, &[&LabelledStatement]),
) -> anyhow::Result<Evaluation> {
    let predicted = SystemPredictions::of_model(model, statements);
    let mut others = Vec::new();
    if let Some(other) = other {
        let mut predicted = SystemPredictions::of_model(other, statements);
        if other.id() == model.id() {
            predicted.name.push_str(" (other)");
        }
        others.push(predicted);
    }
    for place in &args.peer {
        others.push(peer(place, statements)?);
    }
    others.extend(baselines(model, statements));
    let evaluator = Evaluator { draws: args.draws, seed: args.seed, largest_errors: args.errors };
    Ok(evaluator
        .evaluate(&file_name(path), statements, &predicted, &others)
        .with_articles(evaluator.evaluate_articles(engine, &records.articles)))
}
