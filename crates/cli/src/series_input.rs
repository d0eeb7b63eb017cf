//! [`SeriesReader`]: reads the articles of a series. Scored articles are used as they are, others are scored.

use std::io::{self, BufRead, Cursor, Read};
use std::path::Path;

use anyhow::Context as _;
use detente::{Article, Engine, Error, ScoredArticle};
use detente_archive::{Archive, ArticleFilter};
use detente_input::{
    ByteCounter, FileArticles, InputError, InputFiles, InputOptions, InputReader, open_input,
};
use detente_timeline::{Collector, Retain, ScoredFormat, ScoredRow, SeriesArticle};
use indicatif::{ProgressBar, ProgressStyle};

use crate::archive_model::chosen_model;
use crate::args::GlobalArgs;
use crate::article_context::ArticleContext;
use crate::article_inputs::{is_archive, open_archive};
use crate::exit_status::ExitStatus;
use crate::packed_items::read_item;
use crate::progress::{describe, shows_bar};
use crate::read_notes::ReadNotes;

use rayon::prelude::*;

/// Bytes of scored lines that are parsed together.
const BLOCK_BYTES: usize = 8 << 20;
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";
/// Articles that are scored together.
const BATCH: usize = 256;
/// The progress bar is redrawn after so many articles.
const BAR_STEP: usize = 256;

/// Reads inputs into a collector.
pub(crate) struct SeriesReader<'a> {
    global: &'a GlobalArgs,
    context: ArticleContext,
    retain: Retain,
    collector: Collector,
    /// Opened for the first article that is not scored.
    engine: Option<Engine>,
    /// Articles to score, and failures between them.
    batch: Vec<Result<Article, InputError>>,
    bar: ProgressBar,
    done: usize,
    failed: usize,
    notes: ReadNotes,
}

/// An opened file.
enum Opened {
    Scored(ScoredFormat, InputReader),
    Raw(Box<FileArticles>),
    Archive(Box<Archive>),
}

impl<'a> SeriesReader<'a> {
    pub(crate) fn new(global: &'a GlobalArgs, context: ArticleContext, retain: Retain) -> Self {
        let bar = if shows_bar(global) {
            let style = ProgressStyle::with_template("{pos} articles  {elapsed}  {per_sec}");
            ProgressBar::new_spinner().with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()))
        } else {
            ProgressBar::hidden()
        };
        Self {
            global,
            context,
            retain,
            collector: Collector::default(),
            engine: None,
            batch: Vec::new(),
            bar,
            done: 0,
            failed: 0,
            notes: ReadNotes::default(),
        }
    }

    /// Reads the articles of all inputs, into the second set of a comparison if `is_second`.
    ///
    /// # Errors
    /// If an article has to be scored and the model cannot be opened.
    pub(crate) fn read(&mut self, options: &InputOptions, is_second: bool) -> anyhow::Result<()> {
        let mut files = InputFiles::new(options);
        while let Some(file) = files.next() {
            for skipped in files.take_skipped() {
                self.print_unless_quiet(&skipped.to_string());
            }
            match file.and_then(|path| Ok((open(&path, options)?, path))) {
                Ok((Opened::Raw(articles), _)) => {
                    for article in articles {
                        if let Ok(article) = &article {
                            self.notes.add(article);
                        }
                        self.batch.push(article);
                        if self.batch.len() == BATCH {
                            self.score_batch(is_second)?;
                        }
                    }
                }
                Ok((Opened::Scored(format, reader), path)) => {
                    self.score_batch(is_second)?;
                    tracing::debug!(file = %path.display(), scored = ?format, "opened");
                    let name = path.display().to_string();
                    if let Err(error) = self.read_scored(reader, format, &name, is_second) {
                        self.fail(&format!("{name}: {error:#}"));
                    }
                }
                Ok((Opened::Archive(archive), path)) => {
                    self.score_batch(is_second)?;
                    tracing::debug!(file = %path.display(), "opened an archive");
                    if let Err(error) = self.read_archive(&archive, &ArticleFilter::default(), is_second) {
                        self.fail(&format!("{error:#}"));
                    }
                }
                Err(error) => self.batch.push(Err(error)),
            }
        }
        for skipped in files.take_skipped() {
            self.print_unless_quiet(&skipped.to_string());
        }
        self.score_batch(is_second)
    }

    /// Reads the articles of an archive that `filter` accepts, as the model scored them that the options name.
    ///
    /// # Errors
    /// If the archive cannot be read, or has no scores of the model.
    pub(crate) fn read_archive(
        &mut self,
        archive: &Archive,
        filter: &ArticleFilter,
        is_second: bool,
    ) -> anyhow::Result<()> {
        let model = chosen_model(archive, self.global)?;
        for article in archive.series_articles(filter, model, self.retain)? {
            self.push(article, is_second);
        }
        Ok(())
    }

    /// Returns the collected articles, if any, and the status of the run.
    pub(crate) fn finish(self) -> (Option<Collector>, ExitStatus) {
        self.bar.finish_and_clear();
        if self.engine.is_none() && !self.context.is_default() && !self.global.quiet {
            crate::message::print_message(format_args!(
                "detente: --parties, --date-from-text and --any-language have no effect on articles that are \
                 already scored"
            ));
        }
        if !self.global.quiet {
            // dates are reported with the series
            let notes = self.notes.without("bad-date");
            notes.lines().for_each(|line| crate::message::print_message(format_args!("detente: {line}")));
        }
        match self.done {
            0 => (None, ExitStatus::Failure),
            done => (Some(self.collector), ExitStatus::of_counts(done, self.failed)),
        }
    }

    fn fail(&mut self, message: &str) {
        self.bar.suspend(|| crate::message::print_message(format_args!("detente: {message}")));
        self.failed += 1;
    }

    fn print_unless_quiet(&self, message: &str) {
        if !self.global.quiet {
            self.bar.suspend(|| crate::message::print_message(format_args!("detente: {message}")));
        }
    }

    fn push(&mut self, article: SeriesArticle, is_second: bool) {
        self.collector.push(article.in_set(is_second));
        self.done += 1;
        if self.done.is_multiple_of(BAR_STEP) {
            self.bar.set_position(self.done as u64);
        }
    }

    /// Scores the articles of the batch in parallel and collects them in order.
    fn score_batch(&mut self, is_second: bool) -> anyhow::Result<()> {
        if self.batch.is_empty() {
            return Ok(());
        }
        let engine = match &self.engine {
            Some(engine) => engine.clone(),
            None => self.context.engine(crate::model_folder::open_model(self.global.model.as_deref())?),
        };
        self.engine = Some(engine.clone());
        let (context, retain) = (&self.context, self.retain);
        let score = |article: Result<Article, InputError>| {
            article.map(|mut article| {
                context.apply_to(&mut article);
                SeriesArticle::of_scored(&engine.score(&article), retain)
            })
        };
        let scored: Vec<_> = std::mem::take(&mut self.batch).into_par_iter().map(score).collect();
        for article in scored {
            match article {
                Ok(article) => self.push(article, is_second),
                Err(error) => self.fail(&describe(&error)),
            }
        }
        Ok(())
    }

    fn read_scored(
        &mut self,
        mut reader: InputReader,
        format: ScoredFormat,
        name: &str,
        is_second: bool,
    ) -> anyhow::Result<()> {
        match format {
            ScoredFormat::JsonLines => self.read_scored_lines(&mut reader, name, is_second)?,
            ScoredFormat::Json => {
                let mut bytes = Vec::new();
                reader.read_to_end(&mut bytes)?;
                let json = without_byte_order_mark(&bytes);
                let is_array = json.trim_ascii_start().starts_with(b"[");
                let context = "not an array of scored articles";
                if self.retain.details {
                    let articles: Vec<ScoredArticle> = if is_array {
                        serde_json::from_slice(json).context(context)?
                    } else {
                        vec![scored_article(json)?]
                    };
                    for article in &articles {
                        self.push(SeriesArticle::of_scored(article, self.retain), is_second);
                    }
                    return Ok(());
                }
                let rows: Vec<ScoredRow<'_>> = if is_array {
                    serde_json::from_slice(json).context(context)?
                } else {
                    vec![ScoredRow::from_json(json)?]
                };
                for row in &rows {
                    self.push(SeriesArticle::new(row, self.retain), is_second);
                }
            }
            ScoredFormat::Items => {
                let mut first_line = Vec::new();
                reader.read_until(b'\n', &mut first_line)?;
                let mut number = 1;
                while let Some(article) =
                    read_item(&mut reader).with_context(|| format!("article {number}"))?
                {
                    self.push(article, is_second);
                    number += 1;
                }
            }
            ScoredFormat::Table(delimiter) => self.read_scored_table(reader, delimiter, name, is_second)?,
        }
        Ok(())
    }

    fn read_scored_table(
        &mut self,
        reader: InputReader,
        delimiter: u8,
        name: &str,
        is_second: bool,
    ) -> anyhow::Result<()> {
        let mut table = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(reader);
        let header = table.headers()?.clone();
        let columns: Vec<&str> = header.iter().collect();
        for record in table.records() {
            let record = match record {
                Ok(record) => record,
                Err(error) => {
                    self.fail(&format!("{name}: {error}"));
                    continue;
                }
            };
            let cells: Vec<&str> = record.iter().collect();
            match ScoredRow::from_record(&columns, &cells) {
                Ok(row) => self.push(SeriesArticle::new(&row, self.retain), is_second),
                Err(error) => {
                    let line = record.position().map_or(0, csv::Position::line);
                    self.fail(&format!("{name}: line {line}: {error}"));
                }
            }
        }
        Ok(())
    }

    /// Reads scored lines in blocks: while one block is parsed in parallel, the previous one is collected and the next
    /// one read. At most three blocks are held.
    fn read_scored_lines(
        &mut self,
        reader: &mut dyn BufRead,
        name: &str,
        is_second: bool,
    ) -> anyhow::Result<()> {
        let retain = self.retain;
        let mut line = 0;
        let mut block = read_block(reader, Vec::new())?;
        let mut spare = Vec::new();
        let mut previous = Vec::new();
        while !block.is_empty() || !previous.is_empty() {
            let mut parsed = Vec::new();
            let next = rayon::in_place_scope(|scope| {
                scope.spawn(|_| parsed = parse_block(&block, retain));
                for article in previous {
                    line += 1;
                    match article {
                        None => {}
                        Some(Ok(article)) => self.push(article, is_second),
                        Some(Err(error)) => self.fail(&format!("{name}: line {line}: {error}")),
                    }
                }
                read_block(reader, spare)
            })?;
            spare = std::mem::replace(&mut block, next);
            previous = parsed;
        }
        Ok(())
    }
}

/// Opens a file and recognises scored articles by its first bytes.
fn open(path: &Path, options: &InputOptions) -> Result<Opened, InputError> {
    if is_archive(path) {
        return Ok(Opened::Archive(Box::new(open_archive(path)?)));
    }
    let raw = |reader| Opened::Raw(Box::new(FileArticles::new(path.to_owned(), reader, options)));
    let mut reader = open_input(path, &ByteCounter::default())?;
    let mut head = Vec::with_capacity(ScoredFormat::HEAD_BYTES);
    if reader.by_ref().take(ScoredFormat::HEAD_BYTES as u64).read_to_end(&mut head).is_err() {
        // read again as raw articles, so that those before the damaged part are used and the error has its line
        return Ok(raw(open_input(path, &ByteCounter::default())?));
    }
    let format = ScoredFormat::detect(&head);
    let reader: InputReader = Box::new(Cursor::new(head).chain(reader));
    Ok(match format {
        Some(format) => Opened::Scored(format, reader),
        None => raw(reader),
    })
}

/// Reads at least [`BLOCK_BYTES`] and whole lines into the memory of `block`. The result is empty at the end.
fn read_block(reader: &mut dyn BufRead, mut block: Vec<u8>) -> io::Result<Vec<u8>> {
    block.clear();
    reader.take(BLOCK_BYTES as u64).read_to_end(&mut block)?;
    if !block.ends_with(b"\n") {
        reader.read_until(b'\n', &mut block)?;
    }
    Ok(block)
}

fn without_byte_order_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes)
}

/// Parses a scored article with all its fields, for a brief.
fn scored_article(json: &[u8]) -> detente::Result<ScoredArticle> {
    serde_json::from_slice(json).map_err(|error| Error::data(format!("not a scored article: {error}")))
}

/// Parses the lines of `block` in parallel. `None` stands for a blank line.
fn parse_block(block: &[u8], retain: Retain) -> Vec<Option<detente::Result<SeriesArticle>>> {
    if block.is_empty() {
        return Vec::new();
    }
    let block = block.strip_suffix(b"\n").unwrap_or(block);
    let mut from = 0;
    let ends = memchr::memchr_iter(b'\n', block).chain(std::iter::once(block.len()));
    let lines: Vec<&[u8]> =
        ends.filter_map(|to| block.get(std::mem::replace(&mut from, to + 1)..to)).collect();
    let parse = |line: &&[u8]| {
        let line = without_byte_order_mark(line);
        let is_blank = line.iter().all(u8::is_ascii_whitespace);
        (!is_blank).then(|| {
            if retain.details {
                return scored_article(line).map(|article| SeriesArticle::of_scored(&article, retain));
            }
            ScoredRow::from_json(line).map(|row| SeriesArticle::new(&row, retain))
        })
    };
    lines.par_iter().map(parse).collect()
}
