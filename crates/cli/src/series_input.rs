//! The articles of a series: scored rows as they stand, raw articles scored on the way.

use std::io;
use std::io::{BufRead, IsTerminal, Read};
use std::path::Path;

use anyhow::Context as _;
use detente::Engine;
use detente_input::Counter;
use detente_timeline::{Collector, Retain, ScoredRow, SeriesArticle};
use indicatif::{ProgressBar, ProgressStyle};

use crate::args::Global;
use crate::article_context::ArticleContext;
use crate::exit::Exit;
use crate::input::{InputArgs, files, is_known, named, open_all};

use rayon::prelude::*;

/// Bytes of scored lines that are parsed together.
const BLOCK: usize = 8 << 20;
/// Bytes at the start of an input that tell what it is.
const PEEK: usize = 64 << 10;
/// Raw articles that are scored together.
const BATCH: usize = 256;

/// The form of scored articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scored {
    /// An object a line.
    Lines,
    /// One object or a list.
    Json,
    /// A table parted by this byte.
    Table(u8),
}

/// Gathers articles from inputs into a collector.
pub(crate) struct SeriesReader<'a> {
    global: &'a Global,
    context: ArticleContext,
    keep: Retain,
    collector: Collector,
    engine: Option<Engine>,
    bar: ProgressBar,
    done: usize,
    failed: usize,
}

impl<'a> SeriesReader<'a> {
    pub(crate) fn new(global: &'a Global, context: ArticleContext, keep: Retain) -> Self {
        let bar = if io::stderr().is_terminal() && !global.quiet && global.verbose == 0 {
            let style = ProgressStyle::with_template("{pos} articles  {elapsed}  {per_sec}");
            ProgressBar::new_spinner().with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()))
        } else {
            ProgressBar::hidden()
        };
        Self { global, context, keep, collector: Collector::default(), engine: None, bar, done: 0, failed: 0 }
    }

    /// Takes the articles of all inputs, as the second set of a comparison if `second`.
    ///
    /// Scored articles are told by their fields `schema` and `outlook`, tables by their columns.
    pub(crate) fn take(&mut self, args: &InputArgs, second: bool) -> anyhow::Result<()> {
        let only =
            |path: &Path| InputArgs { inputs: vec![path.to_owned()], files_from: None, ..args.clone() };
        let (names, failed) = named(args);
        if let Some(failed) = failed {
            self.fail(&failed.to_string());
        }
        for name in names {
            let files = files(&name);
            let kinds: Vec<Option<Scored>> = files.iter().map(|file| kind(file)).collect();
            if kinds.iter().all(Option::is_none) {
                self.raw(&only(&name), second)?;
                continue;
            }
            for (file, kind) in files.into_iter().zip(kinds) {
                tracing::debug!(file = %file.display(), scored = ?kind, "opened");
                match kind {
                    None if name.is_dir() && !is_known(&file) => {
                        self.skip(&format!("{}: skipped: of unknown kind", file.display()));
                    }
                    None => self.raw(&only(&file), second)?,
                    Some(kind) => {
                        let name = file.display().to_string();
                        if let Err(error) =
                            open(&file).and_then(|reader| self.scored(reader, kind, &name, second))
                        {
                            self.fail(&format!("{name}: {error:#}"));
                        }
                    }
                }
            }
        }
        Ok(())
    }

    /// What was gathered, and how the run ends; `None` where nothing was.
    pub(crate) fn finish(self) -> (Option<Collector>, Exit) {
        self.bar.finish_and_clear();
        if self.engine.is_none() && !self.context.is_empty() && !self.global.quiet {
            anstream::eprintln!(
                "detente: --parties, --date-from-text and --any-language do not change articles that are scored already"
            );
        }
        match (self.done, self.failed) {
            (0, _) => (None, Exit::Nothing),
            (_, 0) => (Some(self.collector), Exit::Done),
            _ => (Some(self.collector), Exit::Partial),
        }
    }

    fn fail(&mut self, message: &str) {
        self.bar.suspend(|| anstream::eprintln!("detente: {message}"));
        self.failed += 1;
    }

    fn skip(&self, message: &str) {
        if !self.global.quiet {
            self.bar.suspend(|| anstream::eprintln!("detente: {message}"));
        }
    }

    fn push(&mut self, item: SeriesArticle, second: bool) {
        self.collector.push(item.in_set(second));
        self.done += 1;
        if self.done.is_multiple_of(256) {
            self.bar.set_position(self.done as u64);
        }
    }

    fn raw(&mut self, args: &InputArgs, second: bool) -> anyhow::Result<()> {
        let keep = self.keep;
        let engine = match &self.engine {
            Some(engine) => engine.clone(),
            None => self.context.engine(crate::model_folder::open(self.global.model.as_deref())?),
        };
        self.engine = Some(engine.clone());
        let mut input = open_all(args);
        loop {
            let batch: Vec<_> = input.by_ref().take(BATCH).collect();
            input.take_skipped().iter().for_each(|skipped| self.skip(skipped));
            if batch.is_empty() {
                return Ok(());
            }
            let context = &self.context;
            let items: Vec<_> = batch
                .into_par_iter()
                .map(|article| {
                    article.map(|mut article| {
                        context.give(&mut article);
                        SeriesArticle::new(&ScoredRow::from(&engine.score(&article)), keep)
                    })
                })
                .collect();
            for item in items {
                match item {
                    Ok(item) => self.push(item, second),
                    Err(failure) => self.fail(&failure.to_string()),
                }
            }
        }
    }

    fn scored(
        &mut self,
        mut reader: Box<dyn BufRead>,
        kind: Scored,
        name: &str,
        second: bool,
    ) -> anyhow::Result<()> {
        match kind {
            Scored::Lines => self.lines(&mut reader, name, second)?,
            Scored::Json => {
                let mut bytes = Vec::new();
                reader.read_to_end(&mut bytes)?;
                let is_list = bytes.iter().find(|b| !b.is_ascii_whitespace()) == Some(&b'[');
                let rows: Vec<ScoredRow<'_>> = if is_list {
                    serde_json::from_slice(&bytes).context("no list of scored articles")?
                } else {
                    vec![ScoredRow::from_json(&bytes)?]
                };
                for row in &rows {
                    self.push(SeriesArticle::new(row, self.keep), second);
                }
            }
            Scored::Table(delimiter) => {
                let mut table = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(reader);
                let header = table.headers()?.clone();
                let names: Vec<&str> = header.iter().collect();
                for record in table.records() {
                    let item = record.map_err(|error| (0, error.to_string())).and_then(|record| {
                        let line = record.position().map_or(0, csv::Position::line);
                        let fields: Vec<&str> = record.iter().collect();
                        let row = ScoredRow::from_record(&names, &fields)
                            .map_err(|error| (line, error.to_string()))?;
                        Ok(SeriesArticle::new(&row, self.keep))
                    });
                    match item {
                        Ok(item) => self.push(item, second),
                        Err((0, error)) => self.fail(&format!("{name}: {error}")),
                        Err((line, error)) => self.fail(&format!("{name}: line {line}: {error}")),
                    }
                }
            }
        }
        Ok(())
    }

    /// Lines are read in blocks. While one is parsed in parallel, the one before is gathered and the
    /// next one read; these three are held, or so many lines that are longer.
    fn lines(&mut self, reader: &mut dyn BufRead, name: &str, second: bool) -> anyhow::Result<()> {
        let keep = self.keep;
        let mut line = 0;
        let mut block = next_block(reader, Vec::new())?;
        let mut spare = Vec::new();
        let mut before = Vec::new();
        while !block.is_empty() || !before.is_empty() {
            let mut parsed = Vec::new();
            let next = rayon::in_place_scope(|scope| {
                scope.spawn(|_| parsed = parse(&block, keep));
                for item in before {
                    line += 1;
                    match item {
                        None => {}
                        Some(Ok(item)) => self.push(item, second),
                        Some(Err(error)) => self.fail(&format!("{name}: line {line}: {error}")),
                    }
                }
                next_block(reader, spare)
            })?;
            spare = std::mem::replace(&mut block, next);
            before = parsed;
        }
        Ok(())
    }
}

/// The next whole lines of `reader`, at least [`BLOCK`] bytes of them, in the room of `block`; empty at
/// the end.
fn next_block(reader: &mut dyn BufRead, mut block: Vec<u8>) -> io::Result<Vec<u8>> {
    block.clear();
    reader.take(BLOCK as u64).read_to_end(&mut block)?;
    if !block.ends_with(b"\n") {
        reader.read_until(b'\n', &mut block)?;
    }
    Ok(block)
}

/// The articles of the lines of `block`; `None` for blank ones.
fn parse(block: &[u8], keep: Retain) -> Vec<Option<detente::Result<SeriesArticle>>> {
    if block.is_empty() {
        return Vec::new();
    }
    let block = block.strip_suffix(b"\n").unwrap_or(block);
    let mut from = 0;
    let ends = memchr::memchr_iter(b'\n', block).chain(std::iter::once(block.len()));
    let lines: Vec<&[u8]> =
        ends.filter_map(|to| block.get(std::mem::replace(&mut from, to + 1)..to)).collect();
    let item = |line: &&[u8]| {
        let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
        let is_blank = line.iter().all(u8::is_ascii_whitespace);
        (!is_blank).then(|| ScoredRow::from_json(line).map(|row| SeriesArticle::new(&row, keep)))
    };
    lines.par_iter().map(item).collect()
}

/// A reader of the unpacked bytes of a file, or of standard input.
fn open(path: &Path) -> anyhow::Result<Box<dyn BufRead>> {
    if path == Path::new("-") {
        return Ok(Box::new(io::stdin().lock()));
    }
    detente_input::open(path, &Counter::default()).map_err(anyhow::Error::msg)
}

/// What scored articles `path` holds; `None` for raw ones and where nothing can be read.
fn kind(path: &Path) -> Option<Scored> {
    let mut start = Vec::new();
    if path == Path::new("-") {
        // what is only looked at stays for the reader
        start.extend_from_slice(io::stdin().lock().fill_buf().ok()?);
    } else if path.is_file() {
        open(path).ok()?.take(PEEK as u64).read_to_end(&mut start).ok()?;
    }
    let start = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&start);
    let has = |key: &[u8]| start.windows(key.len()).any(|window| window == key);
    let mut words = start.iter().filter(|b| !b.is_ascii_whitespace());
    match words.next()? {
        b'[' if has(b"\"schema\"") && has(b"\"outlook\"") => Some(Scored::Json),
        b'{' if has(b"\"schema\"") && has(b"\"outlook\"") => {
            let first = start.iter().position(|b| *b == b'{')?;
            let is_pretty = matches!(start.get(first + 1), Some(b'\n' | b'\r'));
            Some(if is_pretty { Scored::Json } else { Scored::Lines })
        }
        _ => {
            let header = String::from_utf8_lossy(start.split(|b| *b == b'\n').next()?).into_owned();
            let is_header = |delimiter: char| {
                let columns: Vec<&str> =
                    header.trim_end().split(delimiter).map(|c| c.trim_matches('"')).collect();
                ["id", "model", "score", "low", "high"].iter().all(|name| columns.contains(name))
            };
            [',', '\t'].into_iter().find(|d| is_header(*d)).map(|d| Scored::Table(d as u8))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scored_articles_are_told_by_their_fields() {
        let folder = tempfile::tempdir().expect("a folder");
        for (content, wanted) in [
            ("{\"schema\":1,\"id\":\"a\",\"outlook\":null}\n", Some(Scored::Lines)),
            ("[\n{\"schema\":1,\"id\":\"a\",\"outlook\":null}]", Some(Scored::Json)),
            ("{\n  \"schema\": 1,\n  \"outlook\": null\n}", Some(Scored::Json)),
            ("id,date,title,model,score,low,high\n", Some(Scored::Table(b','))),
            ("id\tmodel\tscore\tlow\thigh\r\n", Some(Scored::Table(b'\t'))),
            ("{\"id\":\"a\",\"outlook\":1,\"statements\":[]}\n", None),
            ("id,date,text\n", None),
            ("Talks resumed.", None),
            ("", None),
        ] {
            let path = folder.path().join("file");
            std::fs::write(&path, content).expect("written");
            assert_eq!(kind(&path), wanted, "{content}");
        }
        assert_eq!(kind(Path::new("no such file")), None);
    }
}
