//! `detente score`: the outlooks of articles, or the scores of single statements.

use std::io::{self, Write};
use std::slice;

use clap::error::ErrorKind;
use detente::internals::map_offsets;
use detente::{Article, Engine, ScoredArticle, ScoredStatement, Scorer};
use detente_input::{InputError, InputOptions};
use detente_lang::non_english_reason;
use detente_report::{JsonLinesReport, Report, Table};

use crate::args::{GlobalArgs, ScoreArgs, usage_error};
use crate::article_context::ArticleContext;
use crate::article_inputs::ArticleInputs;
use crate::exit_status::ExitStatus;
use crate::output::Output;
use crate::packed_items::items_report;
use crate::progress::Progress;
use crate::report_format::new_report;
use crate::resume::WrittenRecords;

use rayon::prelude::*;

/// Articles that are scored together: enough to keep all cores busy.
const BATCH: usize = 1024;
/// A batch ends after so many bytes of text, which bounds memory to a small multiple of them, or to one article.
const BATCH_BYTES: usize = 4 << 20;
/// Records between two writes; at most so many are lost when a disk fills up.
const FLUSH_RECORDS: usize = 256;

/// Scores all inputs batch by batch and writes them in order.
pub(crate) fn run_score(args: &ScoreArgs, global: &GlobalArgs) -> anyhow::Result<ExitStatus> {
    if args.resume && args.format != "jsonl" {
        let message = "--resume needs --format jsonl: only complete lines can be continued";
        return Err(usage_error(ErrorKind::ArgumentConflict, message));
    }
    let context = ArticleContext::from_args(&args.context)?;
    let model = crate::model_folder::open_model(global.model.as_deref())?;
    let engine = args.aggregate.apply_to(context.engine(model));
    let mut report = match args.format.as_str() {
        "items" => items_report(args.statements, global)?,
        format => new_report(format, table_of(args)?, args.full)?,
    };
    let is_lines = args.format == "jsonl";
    let is_machine_readable = is_lines || args.format == "json";
    let (mut output, written) = match (args.output.as_deref(), args.resume) {
        (Some(path), true) => Output::resume(path).map(|(output, written)| (output, Some(written)))?,
        (path, _) if is_machine_readable || matches!(args.format.as_str(), "parquet" | "items") => {
            (Output::open_exact(path)?, None)
        }
        (path, _) => (Output::open(path)?, None),
    };
    let mut inputs =
        ArticleInputs::new(InputOptions { output: args.output.clone(), ..args.input.to_options() });
    let mut progress = Progress::start(&inputs, global);
    report.begin(output.writer())?;
    let mut batches = BatchReader { inputs: &mut inputs, written, model: engine.model().id() };
    let mut is_stopped = false;
    while !is_stopped {
        let batch = batches.next_batch(&mut progress)?;
        if batch.is_empty() {
            break;
        }
        let scored: Vec<Result<io::Result<ScoredRecord>, InputError>> = batch
            .into_par_iter()
            .map_init(
                || (engine.scorer(), JsonLinesReport::default()),
                |(scorer, lines), article| {
                    article.map(|mut article| {
                        context.apply_to(&mut article);
                        let scored = if args.statements {
                            score_as_statement(scorer, article, is_machine_readable)
                        } else {
                            score_article(&engine, scorer, article, is_machine_readable)
                        };
                        if is_lines { scored.into_lines(lines) } else { Ok(scored) }
                    })
                },
            )
            .collect();
        let mut done = 0;
        for record in scored {
            let record = match record {
                Ok(record) => record?,
                Err(error) => {
                    progress.add_failure(&error);
                    if args.strict {
                        is_stopped = true;
                        break;
                    }
                    continue;
                }
            };
            if let Some(reason) = record.not_english {
                progress.add_not_english(&record.id, reason);
            }
            record.write(&mut *report, output.writer())?;
            done += 1;
            if done % FLUSH_RECORDS == 0 {
                output.flush()?;
            }
        }
        output.flush()?;
        progress.add_done(done);
        tracing::debug!(done, "batch written");
    }
    // inputs without records give an empty output, inputs that cannot be read give none
    let has_output = !progress.has_only_failures();
    if has_output {
        report.end(output.writer())?;
    }
    if is_stopped {
        // the records so far stay in the .part file, for --resume
        output.flush()?;
        progress.print(&"stopped at the first error (--strict)");
    } else if has_output {
        output.finish()?;
    } else {
        output.discard()?;
    }
    Ok(progress.finish())
}

/// The rows of a table that the options ask for.
fn table_of(args: &ScoreArgs) -> anyhow::Result<Table> {
    let default = if args.statements { Table::Statements } else { Table::Articles };
    let Some(name) = &args.table else { return Ok(default) };
    if !matches!(args.format.as_str(), "csv" | "parquet") {
        let message =
            "--table needs --format csv or parquet; the other formats have articles, statements and events";
        return Err(usage_error(ErrorKind::ArgumentConflict, message));
    }
    let table: Table = name.parse()?;
    if args.statements && table == Table::Articles {
        let message = "--table articles is not possible with --statements: each record is one statement";
        return Err(usage_error(ErrorKind::ArgumentConflict, message));
    }
    Ok(table)
}

/// A scored record, and why it is not in English if it is not.
struct ScoredRecord {
    id: String,
    content: RecordContent,
    not_english: Option<&'static str>,
}

enum RecordContent {
    Article(Box<ScoredArticle>),
    Statement(Box<ScoredStatement>),
    /// JSON Lines, written by the thread that scored the record.
    Lines(Vec<u8>),
}

impl ScoredRecord {
    fn into_lines(self, report: &mut JsonLinesReport) -> io::Result<Self> {
        let mut lines = Vec::new();
        self.write(report, &mut lines)?;
        Ok(Self { content: RecordContent::Lines(lines), ..self })
    }

    fn write(&self, report: &mut dyn Report, out: &mut dyn Write) -> io::Result<()> {
        match &self.content {
            RecordContent::Article(article) => report.article(article, out),
            RecordContent::Statement(statement) => report.statement(&self.id, statement, out),
            RecordContent::Lines(lines) => out.write_all(lines),
        }
    }
}

fn score_as_statement(scorer: &mut Scorer, article: Article, is_machine_readable: bool) -> ScoredRecord {
    let mut scored = Engine::score_unsplit_with(scorer, &article);
    if is_machine_readable {
        map_to_source(slice::from_mut(&mut scored), &article);
    }
    let not_english = non_english_reason(article.body.slice(&article.text));
    ScoredRecord { id: article.id, content: RecordContent::Statement(Box::new(scored)), not_english }
}

fn score_article(
    engine: &Engine,
    scorer: &mut Scorer,
    article: Article,
    is_machine_readable: bool,
) -> ScoredRecord {
    let mut scored = engine.score_with(scorer, &article);
    if is_machine_readable {
        map_to_source(&mut scored.statements, &article);
    }
    // the engine returns no statements of an article that is not in English
    let may_be_foreign = scored.statements.is_empty();
    let not_english = may_be_foreign.then(|| non_english_reason(article.body.slice(&article.text))).flatten();
    ScoredRecord { id: article.id, content: RecordContent::Article(Box::new(scored)), not_english }
}

/// Maps offsets to the source file if the text was converted. Text output keeps offsets of the text, which it uses
/// to mark cues.
fn map_to_source(statements: &mut [ScoredStatement], article: &Article) {
    if let Some(map) = &article.source_map {
        map_offsets(statements, map);
    }
}

/// Reads the inputs in batches, without the records that an earlier run has written.
struct BatchReader<'a> {
    inputs: &'a mut ArticleInputs,
    /// `None` once all records of the earlier run are passed.
    written: Option<WrittenRecords>,
    model: &'a str,
}

impl BatchReader<'_> {
    /// The next articles and errors in order; empty at the end.
    fn next_batch(&mut self, progress: &mut Progress) -> anyhow::Result<Vec<Result<Article, InputError>>> {
        let (mut batch, mut bytes) = (Vec::new(), 0);
        while batch.len() < BATCH && bytes < BATCH_BYTES {
            let next = self.inputs.next();
            for skipped in self.inputs.take_skipped() {
                progress.add_skipped(&skipped);
            }
            match (next, &mut self.written) {
                (None, written) => {
                    written.take().map_or(Ok(()), WrittenRecords::check_end)?;
                    break;
                }
                (Some(Ok(article)), Some(written)) => {
                    if written.take_matching(&article.id, self.model)? {
                        progress.add_done(1);
                        continue;
                    }
                    progress.print_detail(&format_args!("resumed after {} records", written.count()));
                    self.written = None;
                    progress.add_notes(&article);
                    bytes += article.text.len();
                    batch.push(Ok(article));
                }
                (Some(article), _) => {
                    if let Ok(article) = &article {
                        progress.add_notes(article);
                    }
                    bytes += article.as_ref().map_or(0, |article| article.text.len());
                    batch.push(article);
                }
            }
        }
        Ok(batch)
    }
}
