//! Counts the bytes that are read, and stops packed files that unpack to far more than text does.

use std::io;
use std::io::{BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Bytes that a packed file may unpack to, whatever its own size.
const FREE: u64 = 64 << 20;
/// Beyond [`FREE`], bytes that a packed byte may unpack to. News text packs to a third or a
/// sixth, the same record again and again to a hundredth; only zeros reach a thousandth.
const MOST_RATIO: u64 = 250;

/// Bytes read so far from all files, as they are stored.
pub type Counter = Arc<AtomicU64>;

/// A buffered reader that counts the bytes that it takes.
pub fn counted<R: Read>(reader: R, counter: &Counter) -> BufReader<Counted<R>> {
    BufReader::with_capacity(64 << 10, Counted { reader, counter: Arc::clone(counter) })
}

/// Counts the bytes that pass.
pub struct Counted<R> {
    reader: R,
    counter: Counter,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(to)?;
        self.counter.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

/// Stops a file that unpacks to far more than any text does.
pub(crate) struct UnpackGuard {
    pub(crate) reader: Box<dyn Read>,
    pub(crate) counter: Counter,
    pub(crate) start: u64,
    pub(crate) unpacked: u64,
}

impl Read for UnpackGuard {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(to)?;
        self.unpacked += count as u64;
        check_ratio(self.unpacked, self.counter.load(Ordering::Relaxed) - self.start)?;
        Ok(count)
    }
}

/// Returns an error if `packed` bytes of text cannot unpack to `unpacked` bytes.
pub(crate) fn check_ratio(unpacked: u64, packed: u64) -> io::Result<()> {
    if unpacked > FREE && unpacked / MOST_RATIO > packed {
        let message = format!("unpacks to more than {MOST_RATIO} times its size: refused");
        return Err(io::Error::new(io::ErrorKind::InvalidData, message));
    }
    Ok(())
}
