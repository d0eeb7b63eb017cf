//! Where results go: stdout, or a file that gets its name only when it is whole.

use std::fs::{File, OpenOptions};
use std::io;
use std::io::{BufRead, BufReader, IsTerminal, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::Duration;

use anyhow::Context;

/// Held while bytes are written, so that an interrupt ends the program between two records.
static GATE: Mutex<()> = Mutex::new(());

/// An output that was opened. What is written is held until [`Output::flush`], so that only
/// whole records go out.
pub(crate) struct Output {
    held: Vec<u8>,
    sink: Box<dyn Write>,
    /// The file that is written to, its name while it is not whole, and its name to be.
    file: Option<(File, PathBuf, PathBuf)>,
    /// Bytes of the file that are whole records.
    whole: u64,
}

impl Output {
    /// Opens stdout, or `path` with `.part` behind its name; a device or a pipe is written to as it stands.
    pub(crate) fn open(path: Option<&Path>) -> anyhow::Result<Self> {
        Self::of(path, true)
    }

    /// The same for what programs read, of which nothing may be taken for a colour and left out.
    pub(crate) fn exact(path: Option<&Path>) -> anyhow::Result<Self> {
        Self::of(path, false)
    }

    fn of(path: Option<&Path>, is_text: bool) -> anyhow::Result<Self> {
        let sink: Box<dyn Write> = match path {
            None if is_text => Box::new(anstream::AutoStream::auto(io::stdout())),
            None => Box::new(io::stdout()),
            Some(path) if is_special(path) => {
                let file = OpenOptions::new().write(true).open(path);
                sink(file.with_context(|| format!("cannot write {}", path.display()))?, is_text)
            }
            Some(path) => {
                let path = target(path);
                let part = part(&path);
                let file = File::create(&part).with_context(|| format!("cannot write {}", part.display()))?;
                return Self::to_file(file, part, path, 0, is_text);
            }
        };
        Ok(Self { held: Vec::new(), sink, file: None, whole: 0 })
    }

    /// Opens `path` to go on behind the last whole line of an earlier run: of its `.part`
    /// file, or of the finished file. Without either it is a new file.
    pub(crate) fn resume(path: &Path) -> anyhow::Result<(Self, Written)> {
        anyhow::ensure!(!is_special(path), "cannot go on with {}: no regular file", path.display());
        let path = target(path);
        let part = part(&path);
        let cannot = || format!("cannot go on with {}", part.display());
        if !part.exists() && path.exists() {
            std::fs::copy(&path, &part).with_context(cannot)?;
        }
        let mut options = OpenOptions::new();
        let mut file =
            options.read(true).write(true).create(true).truncate(false).open(&part).with_context(cannot)?;
        let end = end_of_lines(&mut file).with_context(cannot)?;
        let torn = file.metadata().with_context(cannot)?.len() - end;
        tracing::info!(file = %part.display(), whole = end, torn, "going on with an earlier run");
        file.set_len(end).with_context(cannot)?;
        file.seek(SeekFrom::End(0)).with_context(cannot)?;
        let lines = BufReader::new(File::open(&part).with_context(cannot)?).take(end);
        let written = Written { lines, name: part.display().to_string(), line: 0 };
        Ok((Self::to_file(file, part, path, end, false)?, written))
    }

    fn to_file(file: File, part: PathBuf, path: PathBuf, whole: u64, is_text: bool) -> anyhow::Result<Self> {
        let sink = sink(file.try_clone()?, is_text);
        Ok(Self { held: Vec::new(), sink, file: Some((file, part, path)), whole })
    }

    /// What to write to.
    pub(crate) fn writer(&mut self) -> &mut dyn Write {
        &mut self.held
    }

    /// Writes out what is held; call it between two records. Of records that a file has no
    /// room for, nothing is left in it.
    pub(crate) fn flush(&mut self) -> anyhow::Result<()> {
        let _gate = gate();
        let done = self.sink.write_all(&self.held).and_then(|()| self.sink.flush());
        self.held.clear();
        let Some((file, part, _)) = &mut self.file else { return Ok(done?) };
        match done.and_then(|()| file.stream_position()) {
            Ok(end) => {
                self.whole = end;
                Ok(())
            }
            Err(error) => {
                // what the failed write left behind would be torn
                let _ = file.set_len(self.whole);
                Err(error).with_context(|| format!("cannot write {}", part.display()))
            }
        }
    }

    /// Writes out what is held and gives a file its name.
    pub(crate) fn finish(mut self) -> anyhow::Result<()> {
        self.flush()?;
        drop(self.sink);
        if let Some((file, part, path)) = self.file {
            let cannot = || format!("cannot write {}", path.display());
            file.sync_all().with_context(cannot)?;
            std::fs::rename(&part, &path).with_context(cannot)?;
            tracing::info!(file = %path.display(), bytes = self.whole, "written");
        }
        Ok(())
    }

    /// Leaves no file behind, for a run that had nothing to write.
    pub(crate) fn discard(self) -> io::Result<()> {
        drop(self.sink);
        self.file.map_or(Ok(()), |(_, part, _)| std::fs::remove_file(part))
    }
}

/// Whether `path` is there and nothing that a file may take the place of: a device, a pipe, a folder.
fn is_special(path: &Path) -> bool {
    path.exists() && !path.is_file()
}

/// What is to get its name: where a link leads, not the link.
fn target(path: &Path) -> PathBuf {
    let link = path.is_symlink().then(|| path.canonicalize().ok());
    link.flatten().unwrap_or_else(|| path.to_owned())
}

fn sink(file: File, is_text: bool) -> Box<dyn Write> {
    if is_text { Box::new(anstream::StripStream::new(file)) } else { Box::new(file) }
}

fn part(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    path.with_file_name(name)
}

/// The offset behind the last line break.
fn end_of_lines(file: &mut File) -> io::Result<u64> {
    const STEP: u64 = 64 << 10;
    let mut end = file.seek(SeekFrom::End(0))?;
    while end > 0 {
        let start = end.saturating_sub(STEP);
        let mut bytes = vec![0; (end - start) as usize];
        file.seek(SeekFrom::Start(start))?;
        file.read_exact(&mut bytes)?;
        if let Some(at) = bytes.iter().rposition(|b| *b == b'\n') {
            return Ok(start + at as u64 + 1);
        }
        end = start;
    }
    Ok(0)
}

/// The records that an earlier run wrote.
pub(crate) struct Written {
    lines: io::Take<BufReader<File>>,
    name: String,
    line: usize,
}

/// What tells whether a record continues a run.
#[derive(serde::Deserialize)]
struct Record {
    id: String,
    model: Option<String>,
}

impl Written {
    /// Whether a record is left; it must be that of the article `id` as `model` scores it.
    pub(crate) fn has(&mut self, id: &str, model: &str) -> anyhow::Result<bool> {
        let mut line = Vec::new();
        if self.lines.read_until(b'\n', &mut line)? == 0 {
            return Ok(false);
        }
        self.line += 1;
        let place = || format!("{}: line {}", self.name, self.line);
        let record: Record =
            serde_json::from_slice(&line).with_context(|| format!("{}: no record", place()))?;
        if record.id != id {
            anyhow::bail!("{}: cannot resume: it is {:?}, the inputs give {id:?} here", place(), record.id);
        }
        if let Some(other) = record.model.filter(|other| other != model) {
            anyhow::bail!("{}: cannot resume: it is of the model {other}, not {model}", place());
        }
        Ok(true)
    }

    /// The number of records that were asked for so far.
    pub(crate) fn seen(&self) -> usize {
        self.line
    }

    /// Checks, where the inputs have ended, that no record is left.
    pub(crate) fn end(mut self) -> anyhow::Result<()> {
        if self.lines.fill_buf()?.is_empty() {
            return Ok(());
        }
        anyhow::bail!(
            "{}: cannot resume: it has more records than the inputs give ({})",
            self.name,
            self.line
        )
    }
}

fn gate() -> MutexGuard<'static, ()> {
    GATE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Waits until no record is half written, at most two seconds: a pipe that nobody reads is not
/// waited for.
pub(crate) fn between_records() -> Option<MutexGuard<'static, ()>> {
    for _ in 0..200 {
        match GATE.try_lock() {
            Ok(gate) => return Some(gate),
            Err(TryLockError::Poisoned(gate)) => return Some(gate.into_inner()),
            Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(10)),
        }
    }
    None
}

/// Width of a line of text: the terminal's as `COLUMNS` tells, 100 elsewhere.
pub(crate) fn width() -> usize {
    let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    if io::stdout().is_terminal() { columns.unwrap_or(100).min(140) } else { 100 }
}

/// Whether the error says that nobody reads on.
pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    })
}
