//! `detente explain`: why each statement has its score, and what it adds to the outlook.

use std::sync::Arc;

use detente::Engine;
use detente::report::{Report, Text};
use detente::score::{Explanation, Scorer};
use serde::Serialize;

use crate::args::{ExplainArgs, Global};
use crate::context::Context;
use crate::exit::Exit;
use crate::input::open_all;
use crate::output::{Output, width};

/// A statement of the output for programs.
#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    index: usize,
    text: &'a str,
    weight: f64,
    contribution: f64,
    #[serde(flatten)]
    explanation: Explanation,
}

pub(crate) fn run(args: &ExplainArgs, global: &Global) -> anyhow::Result<Exit> {
    let engine = Engine::new(crate::model::open(global.model.as_deref())?);
    let context = Context::open(&args.context)?;
    let mut scorer = Scorer::new(Arc::new(engine.model().clone()));
    let mut output = Output::open(None)?;
    let (mut done, mut failed) = (0_usize, 0_usize);
    for article in open_all(&args.input) {
        let mut article = match article {
            Ok(article) => article,
            Err(failure) => {
                anstream::eprintln!("detente: {failure}");
                failed += 1;
                continue;
            }
        };
        context.give(&mut article);
        let mut scored = engine.score(&article);
        let statements = std::mem::take(&mut scored.statements);
        if args.format == "text" {
            Text::new(width()).article(&scored, output.writer())?;
        }
        for statement in &statements {
            let explanation = scorer.explain(&article.text, statement.span);
            if args.format == "jsonl" {
                let row = Row {
                    id: &article.id,
                    index: statement.index,
                    text: &statement.text,
                    weight: statement.weight,
                    contribution: statement.contribution,
                    explanation,
                };
                serde_json::to_writer(output.writer(), &row)?;
                writeln!(output.writer())?;
                continue;
            }
            let out = output.writer();
            Text::new(width()).statement("", statement, out)?;
            writeln!(
                out,
                "    bearing {:.2}, hedge {:.2}; weight {:.4} in the article, adds {:+.4} to its outlook",
                statement.bearing.get(),
                statement.hedge.get(),
                statement.weight,
                statement.contribution
            )?;
            for part in explanation.contributions.iter().take(args.top) {
                writeln!(out, "    {:+.4}  {}  ({})", part.micro as f64 / 1e6, part.feature, part.family)?;
            }
            let rest: i64 = explanation.contributions.iter().skip(args.top).map(|part| part.micro).sum();
            let others = explanation.contributions.len().saturating_sub(args.top);
            if others > 0 {
                writeln!(out, "    {:+.4}  {others} smaller ones", rest as f64 / 1e6)?;
            }
            writeln!(out, "  = {:+.4}\n", explanation.micro as f64 / 1e6)?;
        }
        output.flush()?;
        done += 1;
    }
    output.finish()?;
    Ok(match (done, failed) {
        (_, 0) => Exit::Done,
        (0, _) => Exit::Nothing,
        _ => Exit::Partial,
    })
}
