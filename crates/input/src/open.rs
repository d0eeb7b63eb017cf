//! [`open_input`]: opens a file and decompresses it; format and compression follow from the extension.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

use crate::byte_counter::{ByteCounter, DecompressionGuard, counting_reader};
use crate::input_error::{InputError, Result};
use crate::options::InputFormat;

/// A buffered reader of decompressed bytes.
pub type InputReader = Box<dyn BufRead>;

/// Opens the file at `path` (`-` for standard input) and decompresses it, including all members of a gzip file and
/// all frames of a zstd file. `counter` counts the bytes as they are stored.
///
/// Reading fails if a compressed file expands to more than 250 times its size, after the first 64 MiB.
///
/// # Errors
/// If the file cannot be opened.
pub fn open_input(path: &Path, counter: &ByteCounter) -> Result<InputReader> {
    if is_stdin(path) {
        return Ok(Box::new(counting_reader(io::stdin(), counter)));
    }
    let unreadable = |error: &dyn std::fmt::Display| InputError::unreadable(error).in_file(path);
    let file = File::open(path).map_err(|error| unreadable(&error))?;
    if classify(path).1 == Compression::Parquet {
        let stored_before = counter.get();
        // not read from start to end, so it is counted when it is opened
        counter.add(file.metadata().map_or(0, |data| data.len()));
        let rows = parquet_rows(file).map_err(|error| unreadable(&error))?;
        return Ok(Box::new(BufReader::new(DecompressionGuard::new(rows, counter, stored_before))));
    }
    Ok(decompressed(path, file, counter))
}

/// Reads `bytes`, the content of a file with this `name`, and decompresses it as [`open_input`] does.
///
/// # Errors
/// If the name is that of a Parquet file, which is read from disk only.
pub fn open_bytes(name: &Path, bytes: Vec<u8>) -> Result<InputReader> {
    if classify(name).1 == Compression::Parquet {
        return Err(InputError::unreadable("Parquet is read from files only").in_file(name));
    }
    Ok(decompressed(name, Cursor::new(bytes), &ByteCounter::default()))
}

fn decompressed(path: &Path, file: impl Read + 'static, counter: &ByteCounter) -> InputReader {
    let stored_before = counter.get();
    let decompressed: Box<dyn Read> = match classify(path).1 {
        Compression::None | Compression::Parquet => return Box::new(counting_reader(file, counter)),
        Compression::Gzip => Box::new(flate2::bufread::MultiGzDecoder::new(counting_reader(file, counter))),
        Compression::Zstd => {
            Box::new(ZstdFrames { state: Some(ZstdState::BetweenFrames(counting_reader(file, counter))) })
        }
    };
    Box::new(BufReader::new(DecompressionGuard::new(decompressed, counter, stored_before)))
}

/// Whether `path` is `-`, which stands for standard input.
pub(crate) fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

/// The format of a file by its extension, after `.gz` or `.zst` is removed. `None` if the extension is unknown.
#[must_use]
pub fn format_of_path(path: &Path) -> Option<InputFormat> {
    classify(path).0
}

/// The name of the file without folder, compression and extension.
pub(crate) fn file_stem(path: &Path) -> String {
    let inner: PathBuf = match classify(path).1 {
        Compression::None | Compression::Parquet => path.to_owned(),
        Compression::Gzip | Compression::Zstd => path.with_extension(""),
    };
    let mut stem = String::new();
    // bytes that are no UTF-8 are written as `\xff`, so that two names stay different
    for chunk in inner.file_stem().unwrap_or_default().as_encoded_bytes().utf8_chunks() {
        stem.push_str(chunk.valid());
        stem.extend(
            chunk.invalid().iter().flat_map(|byte| format!("\\x{byte:02x}").into_bytes()).map(char::from),
        );
    }
    stem
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Compression {
    None,
    Gzip,
    Zstd,
    /// A column format; its rows are read as JSON Lines.
    Parquet,
}

fn classify(path: &Path) -> (Option<InputFormat>, Compression) {
    let (compression, inner) = match lower_extension(path).as_str() {
        "gz" => (Compression::Gzip, path.with_extension("")),
        "zst" => (Compression::Zstd, path.with_extension("")),
        "parquet" => return (Some(InputFormat::JsonLines), Compression::Parquet),
        _ => (Compression::None, path.to_owned()),
    };
    let format = match lower_extension(&inner).as_str() {
        "txt" | "text" | "md" | "markdown" => Some(InputFormat::Text),
        "html" | "htm" | "xhtml" => Some(InputFormat::Html),
        "json" => Some(InputFormat::Json),
        "jsonl" | "ndjson" => Some(InputFormat::JsonLines),
        "csv" => Some(InputFormat::Csv),
        "tsv" | "tab" => Some(InputFormat::Tsv),
        "xml" | "rss" | "atom" | "rdf" => Some(InputFormat::Feed),
        "eml" | "mht" | "mhtml" => Some(InputFormat::Mail),
        "mbox" => Some(InputFormat::Mbox),
        "warc" | "wet" => Some(InputFormat::Warc),
        "sgm" | "sgml" => Some(InputFormat::Sgml),
        "srt" | "vtt" => Some(InputFormat::Subtitles),
        "docx" => Some(InputFormat::Docx),
        _ => None,
    };
    (format, compression)
}

fn lower_extension(path: &Path) -> String {
    path.extension().and_then(OsStr::to_str).unwrap_or("").to_ascii_lowercase()
}

#[cfg(feature = "parquet")]
fn parquet_rows(file: File) -> Result<Box<dyn Read>> {
    crate::parquet_rows::json_lines(file)
}

#[cfg(not(feature = "parquet"))]
fn parquet_rows(_: File) -> Result<Box<dyn Read>> {
    Err(InputError::unreadable("built without Parquet support (cargo build --features parquet)"))
}

/// Reads the frames of a zstd file one after another; the decoder itself reads one.
struct ZstdFrames<R: BufRead> {
    /// `None` after the last frame and after an error.
    state: Option<ZstdState<R>>,
}

enum ZstdState<R: BufRead> {
    BetweenFrames(R),
    InFrame(Box<ruzstd::decoding::StreamingDecoder<R, ruzstd::decoding::FrameDecoder>>),
}

impl<R: BufRead> Read for ZstdFrames<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        if to.is_empty() {
            return Ok(0);
        }
        loop {
            match self.state.take() {
                None => return Ok(0),
                Some(ZstdState::BetweenFrames(mut reader)) => {
                    if reader.fill_buf()?.is_empty() {
                        return Ok(0);
                    }
                    let decoder = ruzstd::decoding::StreamingDecoder::new(reader)
                        .map_err(|e| io::Error::new(io::ErrorKind::InvalidData, e.to_string()))?;
                    self.state = Some(ZstdState::InFrame(Box::new(decoder)));
                }
                Some(ZstdState::InFrame(mut decoder)) => match decoder.read(to)? {
                    0 => self.state = Some(ZstdState::BetweenFrames(decoder.into_inner())),
                    count => {
                        self.state = Some(ZstdState::InFrame(decoder));
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

    fn decompressed_len(name: &str, bytes: &[u8]) -> io::Result<usize> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("written");
        io::copy(&mut open_input(&path, &ByteCounter::default()).expect("opens"), &mut io::sink())
            .map(|n| n as usize)
    }

    #[test]
    fn every_frame_and_member_is_decompressed() {
        let frame = |text: &[u8]| {
            ruzstd::encoding::compress_to_vec(text, ruzstd::encoding::CompressionLevel::Uncompressed)
        };
        assert_eq!(
            decompressed_len("a.txt.zst", &[frame(b"one "), frame(b"two")].concat()).expect("reads"),
            7
        );
        assert!(decompressed_len("a.txt.zst", b"no zstd at all").is_err());
        let gzip = |text: &[u8]| {
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
            encoder.write_all(text).expect("compressed");
            encoder.finish().expect("compressed")
        };
        assert_eq!(decompressed_len("a.txt.gz", &[gzip(b"one "), gzip(b"two")].concat()).expect("reads"), 7);
        let bomb = decompressed_len("a.txt.gz", &gzip(&vec![0; 80 << 20])).expect_err("a bomb");
        assert!(bomb.to_string().contains("250 times"), "{bomb}");
    }

    #[test]
    fn extensions_give_format_and_compression() {
        assert_eq!(classify(Path::new("a/b.JSONL.gz")), (Some(InputFormat::JsonLines), Compression::Gzip));
        assert_eq!(classify(Path::new("b.htm")), (Some(InputFormat::Html), Compression::None));
        assert_eq!(classify(Path::new("b.pdf")), (None, Compression::None));
        assert_eq!(
            (file_stem(Path::new("a/b.c.txt.zst")), file_stem(Path::new("b"))),
            ("b.c".to_owned(), "b".to_owned())
        );
    }
}
