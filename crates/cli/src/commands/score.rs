//! `detente score`: articles in, outlooks out.

use std::io::Write;
use std::{io, slice};

use clap::CommandFactory;
use detente::internals::map_offsets;
use detente::{Article, Engine, ScoredArticle, ScoredStatement, Scorer};
use detente_lang::non_english_reason;
use detente_report::{CsvReport, JsonLinesReport, JsonReport, OutputFormat, Report, TextReport};

use crate::args::{Cli, Global, ScoreArgs};
use crate::article_context::ArticleContext;
use crate::exit::Exit;
use crate::input::{InputError, Inputs, open_all};
use crate::output::{Output, Written, width};
use crate::progress::Progress;

use rayon::prelude::*;

/// Articles that are scored together: enough to keep the cores busy, few enough to hold.
const BATCH: usize = 1024;
/// Records that are written together: as many are lost at most when a disk fills up.
const WHOLE: usize = 256;
/// Bytes of text that end a batch: what is held is a small multiple of them, or one article.
const BATCH_BYTES: usize = 4 << 20;

/// A record as scored, and why it is not English, where it is not.
struct Scored {
    id: String,
    form: Form,
    foreign: Option<&'static str>,
}

enum Form {
    Article(Box<ScoredArticle>),
    Statement(Box<ScoredStatement>),
    /// Lines that no other line changes, written by who scored them.
    Lines(Vec<u8>),
}

impl Scored {
    /// Writes it as lines of JSON.
    fn lines(self, report: &mut JsonLinesReport) -> io::Result<Self> {
        let mut lines = Vec::new();
        self.write(report, &mut lines)?;
        Ok(Self { form: Form::Lines(lines), ..self })
    }

    fn write(&self, report: &mut dyn Report, out: &mut dyn Write) -> io::Result<()> {
        match &self.form {
            Form::Article(article) => report.article(article, out),
            Form::Statement(statement) => report.statement(&self.id, statement, out),
            Form::Lines(lines) => out.write_all(lines),
        }
    }
}

pub(crate) fn run(args: &ScoreArgs, global: &Global) -> anyhow::Result<Exit> {
    if args.resume && args.format != "jsonl" {
        let message = "--resume needs --format jsonl: only whole lines can be gone on with";
        Cli::command().error(clap::error::ErrorKind::ArgumentConflict, message).exit();
    }
    let context = ArticleContext::open(&args.context)?;
    let engine = args.aggregate.give(context.engine(crate::model_folder::open(global.model.as_deref())?));
    let mut report = renderer(&args.format)?;
    let are_lines = args.format == "jsonl";
    let for_programs = are_lines || args.format == "json";
    let (mut output, written) = match (args.output.as_deref(), args.resume) {
        (Some(path), true) => Output::resume(path).map(|(output, written)| (output, Some(written)))?,
        (path, _) if for_programs || args.format == "parquet" => (Output::exact(path)?, None),
        (path, _) => (Output::open(path)?, None),
    };
    let mut input = open_all(&args.input);
    let mut progress = Progress::start(&input, global);
    report.begin(output.writer())?;
    let mut records = Records { input: &mut input, written, model: engine.model().id() };
    let mut is_stopped = false;
    while !is_stopped {
        let batch = records.batch(&mut progress)?;
        if batch.is_empty() {
            break;
        }
        let scored: Vec<Result<io::Result<Scored>, InputError>> = batch
            .into_par_iter()
            .map_init(
                || (engine.scorer(), JsonLinesReport::default()),
                |(scorer, lines), article| {
                    article.map(|mut article| {
                        context.give(&mut article);
                        let scored = if args.statements {
                            score_unsplit(scorer, article, for_programs)
                        } else {
                            score(&engine, scorer, article, for_programs)
                        };
                        if are_lines { scored.lines(lines) } else { Ok(scored) }
                    })
                },
            )
            .collect();
        let mut done = 0;
        for result in scored {
            let scored = match result {
                Ok(scored) => scored?,
                Err(failure) => {
                    progress.failed(&failure);
                    if args.strict {
                        is_stopped = true;
                        break;
                    }
                    continue;
                }
            };
            if let Some(why) = scored.foreign {
                progress.warned("not English", &format!("{}: not English: {why}", scored.id));
            }
            scored.write(&mut *report, output.writer())?;
            done += 1;
            if done % WHOLE == 0 {
                output.flush()?;
            }
        }
        output.flush()?;
        progress.done(done);
        tracing::debug!(done, "a batch is written");
    }
    // without input there is nothing to write; an input without records is an empty output
    let is_nothing = !progress.has_done() && progress.has_failed();
    if !is_nothing {
        report.end(output.writer())?;
    }
    if is_stopped {
        // what was written stays, unfinished, for --resume
        output.flush()?;
        progress.say(&"stopped at the first bad record (--strict)");
    } else if is_nothing {
        output.discard()?;
    } else {
        output.finish()?;
    }
    Ok(progress.finish())
}

fn renderer(format: &str) -> anyhow::Result<Box<dyn Report>> {
    #[cfg(feature = "parquet")]
    if format == "parquet" {
        return Ok(Box::new(crate::parquet::Table::new()));
    }
    Ok(match format.parse()? {
        OutputFormat::Text => Box::new(TextReport::new(width())),
        OutputFormat::Json => Box::new(JsonReport::default()),
        OutputFormat::Jsonl => Box::new(JsonLinesReport::default()),
        OutputFormat::Csv => Box::new(CsvReport::default()),
    })
}

/// Scores an article as one statement.
fn score_unsplit(scorer: &mut Scorer, article: Article, for_programs: bool) -> Scored {
    let mut scored = Engine::score_unsplit_with(scorer, &article);
    traced(slice::from_mut(&mut scored), &article, for_programs);
    let foreign = non_english_reason(article.body.slice(&article.text));
    Scored { id: article.id, form: Form::Statement(Box::new(scored)), foreign }
}

fn score(engine: &Engine, scorer: &mut Scorer, article: Article, for_programs: bool) -> Scored {
    let mut scored = engine.score_with(scorer, &article);
    traced(&mut scored.statements, &article, for_programs);
    let may_be_foreign = scored.statements.is_empty();
    let foreign = may_be_foreign.then(|| non_english_reason(article.body.slice(&article.text))).flatten();
    Scored { id: article.id, form: Form::Article(Box::new(scored)), foreign }
}

/// Leads offsets into the bytes given; what is written for people shows the words where they stand in the statement.
fn traced(statements: &mut [ScoredStatement], article: &Article, for_programs: bool) {
    if let Some(map) = article.source_map.as_ref().filter(|_| for_programs) {
        map_offsets(statements, map);
    }
}

/// The records that are still to be scored.
struct Records<'a> {
    input: &'a mut Inputs,
    /// What an earlier run wrote, until it is passed.
    written: Option<Written>,
    model: &'a str,
}

impl Records<'_> {
    /// The next records and failures, in order; none at the end.
    fn batch(&mut self, progress: &mut Progress) -> anyhow::Result<Vec<Result<Article, InputError>>> {
        let (mut batch, mut bytes) = (Vec::new(), 0);
        while batch.len() < BATCH && bytes < BATCH_BYTES {
            let next = self.input.next();
            for skipped in self.input.take_skipped() {
                progress.skipped(&skipped);
            }
            match (next, &mut self.written) {
                (None, written) => {
                    written.take().map_or(Ok(()), Written::end)?;
                    break;
                }
                (Some(Ok(article)), Some(written)) => {
                    if written.has(&article.id, self.model)? {
                        progress.done(1);
                        continue;
                    }
                    progress.detail(&format!("resumed behind {} records", written.seen()));
                    self.written = None;
                    bytes += article.text.len();
                    batch.push(Ok(article));
                }
                (Some(found), _) => {
                    bytes += found.as_ref().map_or(0, |article| article.text.len());
                    batch.push(found);
                }
            }
        }
        Ok(batch)
    }
}
