//! `detente evaluate`: how well a model's numbers agree with labels, and how sure that is.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use anyhow::bail;
use detente::{Aggregation, Engine, Outlook, Profile, TrainedModel};
use detente_train::{
    ArticleCase, ArticleFigures, Evaluation, LabelledArticle, LabelledStatement, RecordFormat, Records,
    Threshold, baselines, evaluate, measure_articles as agreement,
};

use super::labelled::{file_name, peer, predict, read_labelled, seen, seen_before};
use super::labelling::{show_agreement, show_next, show_suspects};
use crate::args::{EvaluateArgs, Global};
use crate::exit::Exit;
use crate::output::Output;

use rayon::prelude::*;

pub(crate) fn run(args: &EvaluateArgs, global: &Global) -> anyhow::Result<Exit> {
    let form = RecordFormat { labels: args.labels.clone(), unlabelled: false };
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
        for bar in Threshold::hold(&args.at_least.clone().unwrap_or_default().0, &[&evaluation], None) {
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
    let predicted = predict(model, statements);
    let mut others = Vec::new();
    if let Some(other) = other {
        let same = if other.id() == model.id() { " (other)" } else { "" };
        others.push((format!("{}{same}", other.id()), predict(other, statements)));
    }
    for place in &args.peer {
        others.push(peer(place, statements)?);
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
        let mut schemes = measure_articles(engine, &articles, args);
        evaluation.articles = schemes.first().map(|(_, figures)| *figures);
        evaluation.schemes = schemes.split_off(1);
    }
    Ok(evaluation)
}

/// Scores whole articles and measures their outlooks, as learned and by each scheme alone; where there
/// is none, 0 stands for it.
fn measure_articles(
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
    let measured = |(at, name): (usize, String)| {
        let case = |(labelled, outlooks): (&&LabelledArticle, &Vec<Option<Outlook>>)| ArticleCase {
            outlook: outlooks.get(at).cloned().flatten(),
            gold: labelled.outlook.unwrap_or_default() / 3.0,
            group: labelled.negotiation.clone().unwrap_or_else(|| labelled.id.clone()),
        };
        let cases: Vec<ArticleCase> = articles.iter().zip(&outlooks).map(case).collect();
        (name, agreement(&cases, args.draws, args.seed))
    };
    names.into_iter().enumerate().map(measured).collect()
}
