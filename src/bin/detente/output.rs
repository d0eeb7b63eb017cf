//! Where results go: stdout, or a file that appears only when it is whole.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;

/// An output that was opened.
pub(crate) struct Output {
    writer: Box<dyn Write>,
    file: Option<(PathBuf, PathBuf)>,
}

impl Output {
    /// Opens stdout, or a temporary file beside `path`.
    pub(crate) fn open(path: Option<&Path>) -> anyhow::Result<Self> {
        let Some(path) = path else {
            return Ok(Self {
                writer: Box::new(BufWriter::new(anstream::AutoStream::auto(io::stdout()))),
                file: None,
            });
        };
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(".part");
        let part = path.with_file_name(name);
        let file =
            std::fs::File::create(&part).with_context(|| format!("cannot write {}", part.display()))?;
        let writer = BufWriter::new(anstream::StripStream::new(file));
        Ok(Self { writer: Box::new(writer), file: Some((part, path.to_owned())) })
    }

    /// What to write to.
    pub(crate) fn writer(&mut self) -> &mut dyn Write {
        &mut *self.writer
    }

    /// Writes out what is buffered and gives a file its name.
    pub(crate) fn finish(mut self) -> anyhow::Result<()> {
        self.writer.flush()?;
        drop(self.writer);
        if let Some((part, path)) = self.file {
            std::fs::rename(&part, &path).with_context(|| format!("cannot write {}", path.display()))?;
        }
        Ok(())
    }
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
