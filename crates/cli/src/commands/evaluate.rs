//! `detente evaluate`: how well the scores of a model agree with labels, with intervals.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use anyhow::bail;
use clap::error::ErrorKind;
use detente::{Engine, TrainedModel};
use detente_train::{Evaluation, Evaluator, LabelledStatement, Records, SystemPredictions, baselines};

use crate::args::{EvaluateArgs, GlobalArgs, usage_error};
use crate::commands::labelled_data::{LabelledReader, file_name, find_overlap, training_text_hashes};
use crate::commands::labelling_aids::{write_agreement, write_label_candidates, write_suspects};
use crate::commands::peer::read_peer;
use crate::exit_status::ExitStatus;
use crate::model_folder::{open_model, read_card};
use crate::output::Output;

/// Evaluates the model, or gives the help with labelling that is asked for.
pub(crate) fn run_evaluate(args: &EvaluateArgs, global: &GlobalArgs) -> anyhow::Result<ExitStatus> {
    if args.format == "csv" && args.suspects.is_none() && args.next.is_none() {
        let message = "--format csv needs --suspects or --next";
        return Err(usage_error(ErrorKind::ArgumentConflict, message));
    }
    let card = global.model.as_deref().map(read_card).transpose()?.flatten();
    let conversion = card.as_ref().and_then(|card| card.settings.label_map.as_deref());
    let args = &EvaluateArgs { labelled: args.labelled.or_conversion(conversion)?, ..args.clone() };
    let reader = LabelledReader::new(&args.labelled, global.quiet);
    let model = Arc::new(open_model(global.model.as_deref())?);
    let mut output = Output::open(args.output.as_deref())?;
    let out = output.writer();
    let status = if args.agreement {
        write_agreement(args, &reader, out)?
    } else if let Some(count) = args.suspects {
        write_suspects((args, count), global, &model, &reader, out)?
    } else if let Some(count) = args.next {
        write_label_candidates((args, count), &model, &reader.allow_unlabelled(), out)?
    } else {
        write_evaluations(args, global, &model, &reader, out)?
    };
    output.finish()?;
    Ok(status)
}

fn write_evaluations(
    args: &EvaluateArgs,
    global: &GlobalArgs,
    model: &Arc<TrainedModel>,
    reader: &LabelledReader,
    out: &mut dyn Write,
) -> anyhow::Result<ExitStatus> {
    let other = args.against.as_deref().map(|folder| open_model(Some(folder))).transpose()?;
    let systems = Systems { engine: Engine::new(model.as_ref().clone()), model, other: other.map(Arc::new) };
    let trained_on = training_text_hashes(global.model.as_deref())?;
    let mut status = ExitStatus::Success;
    let mut evaluations = Vec::new();
    for path in &args.data {
        let records = reader.read(path)?;
        let statements: Vec<&LabelledStatement> =
            records.all_statements().filter(|s| s.label.is_some()).collect();
        let overlap = trained_on.as_ref().and_then(|hashes| find_overlap(hashes, statements.iter().copied()));
        if let Some((first, count)) = overlap {
            let message = format!(
                "{}: line {}: field \"text\": the model was trained on it, and on {count} of {} in all",
                path.display(),
                first.line,
                statements.len()
            );
            if args.unseen {
                bail!(message);
            }
            if !global.quiet {
                crate::message::print_message(format_args!("detente: {message}"));
            }
        }
        let evaluation = evaluate_file(args, &systems, (path, &records, &statements))?;
        for threshold in args.at_least.iter().flat_map(|thresholds| thresholds.check(&[&evaluation], None)) {
            if !threshold.passed && !statements.is_empty() {
                crate::message::print_message(format_args!("detente: {}: {threshold}", path.display()));
                status = ExitStatus::Partial;
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
    Ok(status)
}

/// The model to evaluate, and another to compare it with.
struct Systems<'a> {
    engine: Engine,
    model: &'a Arc<TrainedModel>,
    other: Option<Arc<TrainedModel>>,
}

/// Evaluates the systems on the records of one file.
fn evaluate_file(
    args: &EvaluateArgs,
    systems: &Systems<'_>,
    (path, records, statements): (&Path, &Records, &[&LabelledStatement]),
) -> anyhow::Result<Evaluation> {
    let model = systems.model;
    let predicted = SystemPredictions::of_model(model, statements);
    let mut others = Vec::new();
    if let Some(other) = &systems.other {
        let mut predicted = SystemPredictions::of_model(other, statements);
        if other.id() == model.id() {
            predicted.name.push_str(" (other)");
        }
        others.push(predicted);
    }
    for peer in &args.peer {
        others.push(read_peer(peer, statements)?);
    }
    others.extend(baselines(model, statements));
    let evaluator = Evaluator { draws: args.draws, seed: args.seed, largest_errors: args.errors };
    Ok(evaluator
        .evaluate(&file_name(path), statements, &predicted, &others)
        .with_articles(evaluator.evaluate_articles(&systems.engine, &records.articles)))
}
