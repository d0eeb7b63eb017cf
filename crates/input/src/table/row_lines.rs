//! [`RowLines`]: the lines of a table with their numbers; lines can be put back.

use std::collections::VecDeque;
use std::io::{self, BufRead, Read};

/// The lines of a table.
pub(crate) struct RowLines<R> {
    reader: R,
    /// Lines that were put back.
    waiting: VecDeque<Vec<u8>>,
    /// The number of the line read last.
    number: usize,
    /// The last byte of a line: `\n`, or `\r` in files of the classic Mac OS.
    end: u8,
    limit: usize,
}

impl<R: BufRead> RowLines<R> {
    /// The lines of `reader`, of at most `limit` bytes each.
    pub(crate) fn new(reader: R, limit: usize) -> Self {
        Self { reader, waiting: VecDeque::new(), number: 0, end: 0, limit }
    }

    /// The number of the line read last, from 1.
    pub(crate) fn number(&self) -> usize {
        self.number
    }

    /// The next line with its line break; `None` at the end.
    ///
    /// # Errors
    /// If reading fails, or the line is longer than the limit.
    pub(crate) fn next_line(&mut self) -> io::Result<Option<Vec<u8>>> {
        if self.end == 0 {
            let head = self.reader.fill_buf()?;
            self.end =
                if memchr::memchr(b'\n', head).is_none() && head.contains(&b'\r') { b'\r' } else { b'\n' };
        }
        if let Some(line) = self.waiting.pop_front() {
            self.number += 1;
            return Ok(Some(line));
        }
        let mut line = Vec::new();
        let mut head = self.reader.by_ref().take(self.limit as u64 + 1);
        if head.read_until(self.end, &mut line)? == 0 {
            return Ok(None);
        }
        self.number += 1;
        if line.len() > self.limit && line.last() != Some(&self.end) {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "too long"));
        }
        Ok(Some(line))
    }

    /// Skips the rest of a line that was too long.
    pub(crate) fn skip_rest(&mut self) -> io::Result<()> {
        self.reader.skip_until(self.end).map(|_| ())
    }

    /// Puts lines back, so that they are read again.
    pub(crate) fn put_back(&mut self, lines: Vec<Vec<u8>>) {
        self.number -= lines.len();
        for line in lines.into_iter().rev() {
            self.waiting.push_front(line);
        }
    }
}
