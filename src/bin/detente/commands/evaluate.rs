//! `detente evaluate`: how well a model's numbers agree with labels.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::Arc;

use detente::corpus::{Label, LabelledArticle, LabelledStatement};
use detente::score::Scorer;
use detente::text::Article;
use detente::train::{ArticleMeasures, Measures, Predicted, measure, measure_articles as agreement};
use detente::{Engine, Span};
use rayon::prelude::*;

use super::train::read_labelled;
use crate::args::{EvaluateArgs, Global};
use crate::exit::Exit;

pub(crate) fn run(args: &EvaluateArgs, global: &Global) -> anyhow::Result<Exit> {
    let engine = Engine::new(crate::model::open(global.model.as_deref())?);
    let model = Arc::new(engine.model().clone());
    let bars = args.at_least.as_deref().map(bars).transpose()?.unwrap_or_default();
    let mut exit = Exit::Done;
    let mut out = anstream::stdout().lock();
    for path in &args.data {
        let records = read_labelled(path)?;
        let statements: Vec<&LabelledStatement> =
            records.all_statements().filter(|s| s.label.is_some()).collect();
        let predicted: Vec<Predicted> = statements
            .par_iter()
            .map_init(
                || Scorer::new(Arc::clone(&model)),
                |scorer, statement| {
                    let judged = scorer.judge(&statement.text, Span::new(0, statement.text.len()));
                    Predicted {
                        score: judged.score.get(),
                        bearing: judged.bearing.get(),
                        hedge: judged.hedge.get(),
                    }
                },
            )
            .collect();
        let articles: Vec<&LabelledArticle> =
            records.articles.iter().filter(|a| a.outlook.is_some()).collect();
        if !articles.is_empty() {
            writeln!(out, "{}: articles: {}", path.display(), measure_articles(&engine, &articles))?;
        }
        if statements.is_empty() {
            continue;
        }
        let labels: Vec<Label> = statements.iter().filter_map(|s| s.label).collect();
        let measures = measure(&predicted, &labels);
        writeln!(out, "{}: {measures}", path.display())?;
        for (name, bar) in &bars {
            let value = figure(&measures, name).unwrap_or(f64::NEG_INFINITY);
            if value < *bar {
                anstream::eprintln!("detente: {}: {name} is {value:.3}, below {bar}", path.display());
                exit = Exit::Partial;
            }
        }
        let mut sources: BTreeMap<&str, (Vec<Predicted>, Vec<Label>)> = BTreeMap::new();
        for ((statement, predicted), label) in statements.iter().zip(&predicted).zip(&labels) {
            let src = statement.probe.as_deref().or(statement.src.as_deref()).unwrap_or("-");
            let source = sources.entry(src.split(':').next().unwrap_or(src)).or_default();
            source.0.push(*predicted);
            source.1.push(*label);
        }
        for (source, (predicted, labels)) in &sources {
            writeln!(out, "  {source}: {}", measure(predicted, labels))?;
        }
    }
    Ok(exit)
}

/// Reads `name=value,…`.
fn bars(text: &str) -> anyhow::Result<Vec<(String, f64)>> {
    let bar = |part: &str| {
        let (name, value) = part.split_once('=')?;
        matches!(name, "r" | "sign" | "bearing" | "hedge").then_some(())?;
        Some((name.to_owned(), value.parse().ok()?))
    };
    text.split(',')
        .map(|part| {
            bar(part).ok_or_else(|| {
                anyhow::anyhow!("--at-least: {part:?} is not r, sign, bearing or hedge = number")
            })
        })
        .collect()
}

fn figure(measures: &Measures, name: &str) -> Option<f64> {
    match name {
        "r" => Some(measures.r),
        "sign" => measures.sign_auc,
        "bearing" => measures.bearing_auc,
        _ => measures.hedge_auc,
    }
}

/// Scores whole articles and measures their outlooks; where there is none, 0 within -1..+1 stands for it.
fn measure_articles(engine: &Engine, articles: &[&LabelledArticle]) -> ArticleMeasures {
    let pairs: Vec<_> = articles
        .par_iter()
        .map(|labelled| {
            let article = Article {
                title: labelled.title.clone(),
                date: labelled.date,
                parties: labelled.parties.clone(),
                ..Article::new(labelled.id.clone(), labelled.text.clone())
            };
            (engine.score(&article).outlook, labelled.outlook.unwrap_or_default() / 3.0)
        })
        .collect();
    agreement(&pairs)
}
