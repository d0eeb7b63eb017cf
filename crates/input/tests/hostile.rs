//! Damaged files of every format give articles or errors, and never panic.

use std::fs;
use std::path::Path;

use detente_input::{FileArticles, InputFormat, InputOptions, ReadOptions, read_articles};

const FORMATS: [InputFormat; 14] = [
    InputFormat::Csv,
    InputFormat::Docx,
    InputFormat::Feed,
    InputFormat::Html,
    InputFormat::Json,
    InputFormat::JsonLines,
    InputFormat::Mail,
    InputFormat::Mbox,
    InputFormat::Sgml,
    InputFormat::Subtitles,
    InputFormat::Text,
    InputFormat::Tsv,
    InputFormat::Warc,
    InputFormat::Text,
];
/// Bytes that mean something in one of the formats.
const MARKS: &[u8] = b"<>&\"{}[]\n\r\t ,;\0\xC3-:9";
/// Damaged copies of each seed.
const COPIES: u64 = 60;

/// The seeds of the fuzz targets.
fn seeds() -> Vec<Vec<u8>> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus");
    let mut paths = Vec::new();
    for folder in ["document", "record", "html"] {
        let files = fs::read_dir(corpus.join(folder)).expect("a corpus");
        paths.extend(files.map(|entry| entry.expect("an entry").path()));
    }
    paths.sort();
    assert!(paths.len() >= 10);
    paths.iter().map(|path| fs::read(path).expect("a seed")).collect()
}

/// A copy of `seed` with a few bytes changed, removed or repeated, always the same for one `number`.
fn damaged(seed: &[u8], number: u64) -> Vec<u8> {
    let mut state = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below.max(1) as u64) as usize
    };
    let mut bytes = seed.to_vec();
    for _ in 0..=random(4) {
        let at = random(bytes.len());
        match random(4) {
            0 if at < bytes.len() => bytes[at] = MARKS[random(MARKS.len())],
            1 => bytes.truncate(at),
            2 if at < bytes.len() => drop(bytes.remove(at)),
            _ => {
                let piece = bytes.get(at..(at + random(40)).min(bytes.len())).unwrap_or(&[]).to_vec();
                let to = random(bytes.len());
                bytes.splice(to..to, piece);
            }
        }
    }
    bytes
}

#[test]
fn damaged_files_never_panic() {
    let options = ReadOptions { max_bytes: 1 << 16, ..ReadOptions::default() };
    let detecting = InputOptions { read: options.clone(), ..InputOptions::default() };
    let mut articles = 0;
    for seed in seeds() {
        for number in 0..COPIES {
            let bytes = damaged(&seed, number);
            for format in FORMATS {
                for article in read_articles(bytes.as_slice(), format, "x", &options).flatten() {
                    assert!(!article.id.is_empty());
                    assert!(article.text.get(article.body.range()).is_some());
                    articles += 1;
                }
            }
            let reader = Box::new(std::io::Cursor::new(bytes));
            FileArticles::new("x".into(), reader, &detecting).for_each(drop);
        }
    }
    assert!(articles > 1000, "{articles}");
}
