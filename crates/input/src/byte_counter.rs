//! [`ByteCounter`]: counts the bytes that are read, and stops compressed files that expand far more than text does.

use std::io::{self, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Bytes read so far, as they are stored (before decompression). Clones share one count.
#[derive(Clone, Debug, Default)]
pub struct ByteCounter(Arc<AtomicU64>);

impl ByteCounter {
    /// The number of bytes so far.
    #[must_use]
    pub fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    /// Adds bytes that were read without an [`InputReader`](crate::InputReader).
    pub fn add(&self, count: u64) {
        self.0.fetch_add(count, Ordering::Relaxed);
    }
}

const BUFFER_BYTES: usize = 64 << 10;

/// A buffered reader that adds what it reads to `counter`.
pub(crate) fn counting_reader<R: Read>(reader: R, counter: &ByteCounter) -> BufReader<CountingReader<R>> {
    BufReader::with_capacity(BUFFER_BYTES, CountingReader { reader, counter: counter.clone() })
}

pub(crate) struct CountingReader<R> {
    reader: R,
    counter: ByteCounter,
}

impl<R: Read> Read for CountingReader<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(to)?;
        self.counter.add(count as u64);
        Ok(count)
    }
}

/// Every compressed file may expand to this many bytes.
const UNCHECKED_BYTES: u64 = 64 << 20;
/// Above [`UNCHECKED_BYTES`], the largest ratio of expanded to stored bytes. News text compresses to 1/3 to 1/6, one
/// record repeated to 1/100; only zeros reach 1/1000.
const MAX_RATIO: u64 = 250;

/// Reads decompressed bytes and fails once they exceed what the stored bytes allow.
pub(crate) struct DecompressionGuard {
    reader: Box<dyn Read>,
    counter: ByteCounter,
    /// The count before this file.
    stored_before: u64,
    expanded: u64,
}

impl DecompressionGuard {
    /// A guard for `reader`, whose stored bytes `counter` has counted since it stood at `stored_before`.
    pub(crate) fn new(reader: Box<dyn Read>, counter: &ByteCounter, stored_before: u64) -> Self {
        Self { reader, counter: counter.clone(), stored_before, expanded: 0 }
    }
}

impl Read for DecompressionGuard {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(to)?;
        self.expanded += count as u64;
        check_ratio(self.expanded, self.counter.get() - self.stored_before)?;
        Ok(count)
    }
}

/// Returns an error if `stored` bytes are too few to expand to `expanded` bytes of text.
pub(crate) fn check_ratio(expanded: u64, stored: u64) -> io::Result<()> {
    if expanded > UNCHECKED_BYTES && expanded / MAX_RATIO > stored {
        let message = format!("expands to more than {MAX_RATIO} times its size");
        return Err(io::Error::new(io::ErrorKind::InvalidData, message));
    }
    Ok(())
}
