//! `detente evaluate`: how well the scores of a model agree with labels, with intervals.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use anyhow::bail;
use detente::{Aggregation, Engine, Outlook, Profile, TrainedModel};
use detente_train::{
    ArticleCase, ArticleFigures, Evaluation, LabelledArticle, LabelledStatement, RecordFormat, Records,
    Threshold, baselines, evaluate, measure_articles,
};

use crate::args::{EvaluateArgs, GlobalArgs};
use crate::commands::labelled_data::{
    file_name, find_overlap, predict, read_labelled, read_peer, training_text_hashes,
};
use crate::commands::labelling_aids::{write_agreement, write_label_candidates, write_suspects};
use crate::exit_status::ExitStatus;
use crate::model_folder::open_model;
use crate::output::Output;

use rayon::prelude::*;

/// Evaluates the model, or gives the help with labelling that is asked for.
pub(crate) fn run_evaluate(args: &EvaluateArgs, global: &GlobalArgs) -> anyhow::Result<ExitStatus> {
    let format = RecordFormat { labels: args.labels.clone(), unlabelled: false };
    let model = Arc::new(open_model(global.model.as_deref())?);
    let mut output = Output::open(args.output.as_deref())?;
    let out = output.writer();
    let status = if args.agreement {
        write_agreement(args, &format, out)?
    } else if let Some(count) = args.suspects {
        write_suspects((args, count), global, &model, &format, out)?
    } else if let Some(count) = args.next {
        write_label_candidates((args, count), &model, &format, out)?
    } else {
        write_evaluations(args, global, &model, &format, out)?
    };
    output.finish()?;
    Ok(status)
}

fn write_evaluations(
    args: &EvaluateArgs,
    global: &GlobalArgs,
    model: &Arc<TrainedModel>,
    format: &RecordFormat,
    out: &mut dyn Write,
) -> anyhow::Result<ExitStatus> {
    let other = args.against.as_deref().map(|folder| open_model(Some(folder))).transpose()?;
    let systems = Systems { engine: Engine::new(model.as_ref().clone()), model, other: other.map(Arc::new) };
    let trained_on = training_text_hashes(global.model.as_deref())?;
    let mut status = ExitStatus::Success;
    let mut evaluations = Vec::new();
    for path in &args.data {
        let records = read_labelled(path, format)?;
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
                anstream::eprintln!("detente: {message}");
            }
        }
        let evaluation = evaluate_file(args, &systems, (path, &records, &statements))?;
        let thresholds = args.at_least.clone().unwrap_or_default().0;
        for threshold in Threshold::hold(&thresholds, &[&evaluation], None) {
            if !threshold.passed && !statements.is_empty() {
                anstream::eprintln!("detente: {}: {threshold}", path.display());
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
    let predicted = predict(model, statements);
    let mut others = Vec::new();
    if let Some(other) = &systems.other {
        let suffix = if other.id() == model.id() { " (other)" } else { "" };
        others.push((format!("{}{suffix}", other.id()), predict(other, statements)));
    }
    for peer in &args.peer {
        others.push(read_peer(peer, statements)?);
    }
    others.extend(baselines(model, statements));
    let name = file_name(path);
    let mut evaluation =
        evaluate((&name, model.id()), statements, &predicted, &others, (args.draws, args.seed)).with_errors(
            statements,
            &predicted,
            args.errors,
        );
    let articles: Vec<&LabelledArticle> = records.articles.iter().filter(|a| a.outlook.is_some()).collect();
    if !articles.is_empty() {
        let mut schemes = evaluate_articles(&systems.engine, &articles, args);
        evaluation.articles = schemes.first().map(|(_, figures)| *figures);
        evaluation.schemes = schemes.split_off(1);
    }
    Ok(evaluation)
}

/// Measures the outlooks of whole articles: as learned first, then by each aggregation scheme alone.
fn evaluate_articles(
    engine: &Engine,
    articles: &[&LabelledArticle],
    args: &EvaluateArgs,
) -> Vec<(String, ArticleFigures)> {
    let learned = engine.model().aggregation();
    let mut schemes = vec![("learned".to_owned(), learned.clone())];
    schemes.extend(Profile::ALL.map(|profile| (profile.to_string(), learned.alone(profile))));
    let (names, aggregations): (Vec<String>, Vec<Aggregation>) = schemes.into_iter().unzip();
    let outlooks = |labelled: &&LabelledArticle| engine.outlooks(&labelled.article(), &aggregations);
    let outlooks: Vec<Vec<Option<Outlook>>> = articles.par_iter().map(outlooks).collect();
    let figures = |(scheme, name): (usize, String)| {
        let case = |(labelled, outlooks): (&&LabelledArticle, &Vec<Option<Outlook>>)| ArticleCase {
            outlook: outlooks.get(scheme).cloned().flatten(),
            // labels are -3..3, scores -1..1
            gold: labelled.outlook.unwrap_or_default() / 3.0,
            group: labelled.negotiation.clone().unwrap_or_else(|| labelled.id.clone()),
        };
        let cases: Vec<ArticleCase> = articles.iter().zip(&outlooks).map(case).collect();
        (name, measure_articles(&cases, args.draws, args.seed))
    };
    names.into_iter().enumerate().map(figures).collect()
}
