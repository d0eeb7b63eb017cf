//! [`open`]: opens a file and unpacks it; format and compression follow from its name.

use std::ffi::OsStr;
use std::fs::File;
use std::io;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use crate::byte_guard::{Counter, UnpackGuard, counted};
use crate::options::InputFormat;

/// What reads an opened file.
pub type Reader = Box<dyn BufRead>;

/// How a file is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Packing {
    None,
    Gzip,
    Zstd,
    /// Rows in columns; they come out as JSON lines.
    Parquet,
}

/// The format that a file's name stands for, compression set aside; `None` where its extension is not known.
#[must_use]
pub fn format_of(path: &Path) -> Option<InputFormat> {
    kind(path).0
}

/// Format and compression by the extensions of a file's name.
fn kind(path: &Path) -> (Option<InputFormat>, Packing) {
    let (packing, inner) = match ending(path).as_str() {
        "gz" => (Packing::Gzip, path.with_extension("")),
        "zst" => (Packing::Zstd, path.with_extension("")),
        "parquet" => return (Some(InputFormat::JsonLines), Packing::Parquet),
        _ => (Packing::None, path.to_owned()),
    };
    let format = match ending(&inner).as_str() {
        "txt" | "md" => Some(InputFormat::Text),
        "html" | "htm" | "xhtml" => Some(InputFormat::Html),
        "json" => Some(InputFormat::Json),
        "jsonl" | "ndjson" => Some(InputFormat::JsonLines),
        "csv" => Some(InputFormat::Csv),
        "tsv" => Some(InputFormat::Tsv),
        _ => None,
    };
    (format, packing)
}

fn ending(path: &Path) -> String {
    path.extension().and_then(OsStr::to_str).unwrap_or("").to_ascii_lowercase()
}

/// The file's name without folder, compression and extension.
#[must_use]
pub fn stem(path: &Path) -> String {
    let inner: PathBuf = match kind(path).1 {
        Packing::None | Packing::Parquet => path.to_owned(),
        Packing::Gzip | Packing::Zstd => path.with_extension(""),
    };
    inner.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// A reader of the unpacked bytes of the file at `path`; all frames and members of a packed file are read, and
/// `counter` counts the bytes as they are stored.
///
/// Reading fails where a packed file unpacks to more than 250 times its size, beyond the first 64 MiB.
///
/// # Errors
/// If the file cannot be opened.
pub fn open(path: &Path, counter: &Counter) -> Result<Reader, String> {
    let file = File::open(path).map_err(|e| e.to_string())?;
    let start = counter.load(Ordering::Relaxed);
    let unpacked: Box<dyn Read> = match kind(path).1 {
        Packing::None => return Ok(Box::new(counted(file, counter))),
        Packing::Gzip => Box::new(flate2::bufread::MultiGzDecoder::new(counted(file, counter))),
        Packing::Zstd => Box::new(Frames { state: Some(Frame::Between(counted(file, counter))) }),
        Packing::Parquet => {
            // it is not read from its start to its end
            counter.fetch_add(file.metadata().map_or(0, |data| data.len()), Ordering::Relaxed);
            rows(file)?
        }
    };
    Ok(Box::new(BufReader::new(UnpackGuard {
        reader: unpacked,
        counter: Arc::clone(counter),
        start,
        unpacked: 0,
    })))
}

#[cfg(feature = "parquet")]
fn rows(file: File) -> Result<Box<dyn Read>, String> {
    crate::parquet_rows::lines(file)
}

#[cfg(not(feature = "parquet"))]
fn rows(_: File) -> Result<Box<dyn Read>, String> {
    Err("this program was built without parquet (cargo build --features parquet)".to_owned())
}

/// The frames of a zstd file, one after the other.
struct Frames<R: BufRead> {
    state: Option<Frame<R>>,
}

enum Frame<R: BufRead> {
    Between(R),
    Within(Box<ruzstd::decoding::StreamingDecoder<R, ruzstd::decoding::FrameDecoder>>),
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        if to.is_empty() {
            return Ok(0);
        }
        loop {
            match self.state.take() {
                None => return Ok(0),
                Some(Frame::Between(mut reader)) => {
                    if reader.fill_buf()?.is_empty() {
                        return Ok(0);
                    }
                    let decoder = ruzstd::decoding::StreamingDecoder::new(reader)
                        .map_err(|e| io::Error::new(io::ErrorKind::InvalidData, e.to_string()))?;
                    self.state = Some(Frame::Within(Box::new(decoder)));
                }
                Some(Frame::Within(mut decoder)) => match decoder.read(to)? {
                    0 => self.state = Some(Frame::Between(decoder.into_inner())),
                    count => {
                        self.state = Some(Frame::Within(decoder));
                        return Ok(count);
                    }
                },
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn unpacked(name: &str, bytes: &[u8]) -> io::Result<usize> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("written");
        io::copy(&mut open(&path, &Counter::default()).expect("opens"), &mut io::sink()).map(|n| n as usize)
    }

    #[test]
    fn every_frame_of_a_packed_file_is_read() {
        let frame = |text: &[u8]| {
            ruzstd::encoding::compress_to_vec(text, ruzstd::encoding::CompressionLevel::Uncompressed)
        };
        assert_eq!(unpacked("a.txt.zst", &[frame(b"one "), frame(b"two")].concat()).expect("reads"), 7);
        assert!(unpacked("a.txt.zst", b"no zstd at all").is_err());
        let gzip = |text: &[u8]| {
            let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
            packed.write_all(text).expect("packed");
            packed.finish().expect("packed")
        };
        assert_eq!(unpacked("a.txt.gz", &[gzip(b"one "), gzip(b"two")].concat()).expect("reads"), 7);
        let bomb = unpacked("a.txt.gz", &gzip(&vec![0; 80 << 20])).expect_err("a bomb");
        assert!(bomb.to_string().contains("250 times"), "{bomb}");
    }

    #[test]
    fn names_tell_form_and_packing() {
        assert_eq!(kind(Path::new("a/b.JSONL.gz")), (Some(InputFormat::JsonLines), Packing::Gzip));
        assert_eq!(kind(Path::new("b.htm")), (Some(InputFormat::Html), Packing::None));
        assert_eq!(kind(Path::new("b.pdf")), (None, Packing::None));
        assert_eq!(
            (stem(Path::new("a/b.c.txt.zst")), stem(Path::new("b"))),
            ("b.c".to_owned(), "b".to_owned())
        );
    }
}
