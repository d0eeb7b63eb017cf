//! Any bytes, read as records in each format, give articles or errors; a bad record does not stop the rest.
#![no_main]

use detente_input::{InputFormat, ReadOptions, read_articles};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let options = ReadOptions { max_bytes: 1 << 12, ..ReadOptions::default() };
    for format in [InputFormat::JsonLines, InputFormat::Json, InputFormat::Csv, InputFormat::Tsv] {
        let mut articles = 0;
        for article in read_articles(bytes, format, "x", &options).flatten() {
            assert!(article.body.slice(&article.text).len() == article.text.len());
            assert!(!article.id.is_empty() && article.text.len() <= options.max_bytes);
            articles += 1;
        }
        assert!(articles <= bytes.len());
    }
});
