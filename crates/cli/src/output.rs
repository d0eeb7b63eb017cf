//! [`Output`]: writes results to stdout, or to a file that gets its name only when it is complete.

use std::fs::{File, OpenOptions};
use std::io::{self, BufReader, IsTerminal, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::Duration;

use anyhow::Context;

use crate::resume::WrittenRecords;

/// An open output. Bytes are buffered until [`Output::flush`], so that only complete records are written.
pub(crate) struct Output {
    buffer: Vec<u8>,
    sink: Box<dyn Write>,
    /// `None` for stdout, devices and pipes.
    file: Option<PartialFile>,
}

/// A regular file that is being written under the name `FILE.part`.
struct PartialFile {
    file: File,
    part_path: PathBuf,
    final_path: PathBuf,
    /// Bytes of the file that are complete records.
    complete_len: u64,
}

impl Output {
    /// Opens stdout, or `path` with `.part` appended. A device or pipe is opened directly. Control sequences are
    /// removed where the output is not a terminal.
    pub(crate) fn open(path: Option<&Path>) -> anyhow::Result<Self> {
        Self::open_with(path, true)
    }

    /// Same as [`Output::open`] for machine-readable formats, which are written unchanged: a title may contain what
    /// looks like a control sequence.
    pub(crate) fn open_exact(path: Option<&Path>) -> anyhow::Result<Self> {
        Self::open_with(path, false)
    }

    fn open_with(path: Option<&Path>, strip_colours: bool) -> anyhow::Result<Self> {
        let sink: Box<dyn Write> = match path {
            None if strip_colours => Box::new(anstream::AutoStream::auto(io::stdout())),
            None => Box::new(io::stdout()),
            Some(path) if is_special_file(path) => {
                let file = OpenOptions::new().write(true).open(path);
                file_sink(file.with_context(|| format!("cannot write {}", path.display()))?, strip_colours)
            }
            Some(path) => {
                let path = resolve_link(path);
                let part = part_path(&path);
                let file = File::create(&part).with_context(|| format!("cannot write {}", part.display()))?;
                return Self::to_file(file, part, path, 0, strip_colours);
            }
        };
        Ok(Self { buffer: Vec::new(), sink, file: None })
    }

    /// Opens `path` to continue after the last complete line of an earlier run, in its `.part` file or in the finished
    /// file. If neither exists, a new file is started.
    pub(crate) fn resume(path: &Path) -> anyhow::Result<(Self, WrittenRecords)> {
        anyhow::ensure!(!is_special_file(path), "cannot resume {}: not a regular file", path.display());
        let path = resolve_link(path);
        let part = part_path(&path);
        let cannot_resume = || format!("cannot resume {}", part.display());
        if !part.exists() && path.exists() {
            std::fs::copy(&path, &part).with_context(cannot_resume)?;
        }
        let mut options = OpenOptions::new();
        let mut file = options
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&part)
            .with_context(cannot_resume)?;
        let end = end_of_last_line(&mut file).with_context(cannot_resume)?;
        let incomplete = file.metadata().with_context(cannot_resume)?.len() - end;
        tracing::info!(file = %part.display(), complete = end, incomplete, "resuming an earlier run");
        file.set_len(end).with_context(cannot_resume)?;
        file.seek(SeekFrom::End(0)).with_context(cannot_resume)?;
        let lines = BufReader::new(File::open(&part).with_context(cannot_resume)?).take(end);
        let written = WrittenRecords::new(lines, part.display().to_string());
        Ok((Self::to_file(file, part, path, end, false)?, written))
    }

    fn to_file(
        file: File,
        part_path: PathBuf,
        final_path: PathBuf,
        complete_len: u64,
        strip_colours: bool,
    ) -> anyhow::Result<Self> {
        let sink = file_sink(file.try_clone()?, strip_colours);
        let file = PartialFile { file, part_path, final_path, complete_len };
        Ok(Self { buffer: Vec::new(), sink, file: Some(file) })
    }

    /// The buffer to write records to.
    pub(crate) fn writer(&mut self) -> &mut dyn Write {
        &mut self.buffer
    }

    /// Writes the buffered records. To be called between two records. If the disk is full, the file is cut back to
    /// the records written before.
    pub(crate) fn flush(&mut self) -> anyhow::Result<()> {
        let _lock = lock_writes();
        let written = self.sink.write_all(&self.buffer).and_then(|()| self.sink.flush());
        self.buffer.clear();
        let Some(PartialFile { file, part_path, complete_len, .. }) = &mut self.file else {
            return Ok(written?);
        };
        match written.and_then(|()| file.stream_position()) {
            Ok(end) => {
                *complete_len = end;
                Ok(())
            }
            Err(error) => {
                // best effort: --resume also cuts an incomplete line
                let _ = file.set_len(*complete_len);
                Err(error).with_context(|| format!("cannot write {}", part_path.display()))
            }
        }
    }

    /// Writes the buffered records and gives the file its final name.
    pub(crate) fn finish(mut self) -> anyhow::Result<()> {
        self.flush()?;
        drop(self.sink);
        if let Some(PartialFile { file, part_path, final_path, complete_len }) = self.file {
            let cannot_write = || format!("cannot write {}", final_path.display());
            file.sync_all().with_context(cannot_write)?;
            std::fs::rename(&part_path, &final_path).with_context(cannot_write)?;
            tracing::info!(file = %final_path.display(), bytes = complete_len, "written");
        }
        Ok(())
    }

    /// Removes the `.part` file of a run without results.
    pub(crate) fn discard(self) -> io::Result<()> {
        drop(self.sink);
        self.file.map_or(Ok(()), |file| std::fs::remove_file(file.part_path))
    }
}

/// Whether `path` exists and is a device, a pipe or a folder, which a file must not replace.
fn is_special_file(path: &Path) -> bool {
    path.exists() && !path.is_file()
}

/// The target of a symbolic link, so that the file replaces the target and not the link.
fn resolve_link(path: &Path) -> PathBuf {
    let target = path.is_symlink().then(|| path.canonicalize().ok());
    target.flatten().unwrap_or_else(|| path.to_owned())
}

fn file_sink(file: File, strip_colours: bool) -> Box<dyn Write> {
    if strip_colours { Box::new(anstream::StripStream::new(file)) } else { Box::new(file) }
}

fn part_path(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    path.with_file_name(name)
}

/// The offset after the last line break, searched from the end.
fn end_of_last_line(file: &mut File) -> io::Result<u64> {
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

/// Held while records are written, so that an interrupt ends the process between two records.
static WRITE_LOCK: Mutex<()> = Mutex::new(());

fn lock_writes() -> MutexGuard<'static, ()> {
    WRITE_LOCK.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Waits until the current record is written, for at most 2 s: a pipe whose reader is blocked never gets there.
pub(crate) fn lock_between_records() -> Option<MutexGuard<'static, ()>> {
    const ATTEMPTS: usize = 200;
    const PAUSE: Duration = Duration::from_millis(10);
    for _ in 0..ATTEMPTS {
        match WRITE_LOCK.try_lock() {
            Ok(lock) => return Some(lock),
            Err(TryLockError::Poisoned(lock)) => return Some(lock.into_inner()),
            Err(TryLockError::WouldBlock) => std::thread::sleep(PAUSE),
        }
    }
    None
}

/// Width of text where stdout is not a terminal or its width is unknown.
const DEFAULT_WIDTH: usize = 100;
/// Longer lines are hard to read.
const MAX_WIDTH: usize = 140;

/// The width for text output: that of the terminal, as the shell gives it in `COLUMNS`.
pub(crate) fn text_width() -> usize {
    let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    if io::stdout().is_terminal() { columns.unwrap_or(DEFAULT_WIDTH).min(MAX_WIDTH) } else { DEFAULT_WIDTH }
}

/// Whether the reader of stdout has closed it, as `head` does.
pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    })
}
