//! Any bytes, read as each format of documents, give articles or errors, and the format is recognised without a panic.
#![no_main]

use detente_input::{InputFormat, ReadOptions, read_articles};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let options = ReadOptions { max_bytes: 1 << 12, ..ReadOptions::default() };
    for format in [
        InputFormat::Docx,
        InputFormat::Feed,
        InputFormat::Mail,
        InputFormat::Mbox,
        InputFormat::Sgml,
        InputFormat::Subtitles,
        InputFormat::Text,
        InputFormat::Warc,
    ] {
        for article in read_articles(bytes, format, "x", &options).flatten() {
            assert!(!article.id.is_empty());
            assert!(article.body.end as usize <= article.text.len());
        }
    }
});
