//! `detente score`: articles in, outlooks out.

use detente::Engine;
use detente::outlook::ScoredArticle;
use detente::report::{Csv, Format, Json, Jsonl, Report, Text};
use detente::score::ScoredStatement;
use rayon::prelude::*;

use crate::args::{Global, ScoreArgs};
use crate::exit::Exit;
use crate::input::{InputError, open_all};
use crate::output::{Output, width};

/// Articles that are scored together: enough to keep the cores busy, few enough to hold.
const BATCH: usize = 256;

enum Scored {
    Article(Box<ScoredArticle>),
    Statement(String, Box<ScoredStatement>),
}

pub(crate) fn run(args: &ScoreArgs, global: &Global) -> anyhow::Result<Exit> {
    let engine = Engine::new(crate::model::open(global.model.as_deref())?);
    let mut report: Box<dyn Report> = match args.format.parse()? {
        Format::Text => Box::new(Text::new(width())),
        Format::Json => Box::new(Json::default()),
        Format::Jsonl => Box::new(Jsonl),
        Format::Csv => Box::new(Csv::default()),
    };
    let mut output = Output::open(args.output.as_deref())?;
    let mut input = open_all(&args.input);
    let (mut done, mut failed) = (0_usize, 0_usize);
    report.begin(output.writer())?;
    loop {
        let batch: Vec<_> = input.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            break;
        }
        let scored: Vec<Result<Scored, InputError>> = batch
            .into_par_iter()
            .map(|article| {
                article.map(|mut article| {
                    if args.date_from_text {
                        article.trust_text();
                    }
                    if args.statements {
                        let statement = engine.score_statement(article.body.slice(&article.text));
                        Scored::Statement(article.id, Box::new(statement))
                    } else {
                        Scored::Article(Box::new(engine.score(&article)))
                    }
                })
            })
            .collect();
        for result in scored {
            match result {
                Ok(Scored::Article(article)) => report.article(&article, output.writer())?,
                Ok(Scored::Statement(id, statement)) => report.statement(&id, &statement, output.writer())?,
                Err(failure) => {
                    anstream::eprintln!("detente: {failure}");
                    failed += 1;
                    continue;
                }
            }
            done += 1;
        }
    }
    if done > 0 {
        report.end(output.writer())?;
        output.finish()?;
    }
    let skipped = input.skipped();
    if (failed > 0 || skipped > 0) && !global.quiet {
        anstream::eprintln!("detente: {done} scored, {failed} failed, {skipped} of unknown kind skipped");
    }
    Ok(match (done, failed) {
        (_, 0) => Exit::Done,
        (0, _) => Exit::Nothing,
        _ => Exit::Partial,
    })
}
