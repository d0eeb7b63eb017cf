//! Records in every form are articles or errors; a bad one never stops the reading of the others.
#![no_main]

use detente_input::{Format, Options, read_articles};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let options = Options { max_bytes: 1 << 12, ..Options::default() };
    for format in [Format::JsonLines, Format::Json, Format::Csv, Format::Tsv] {
        let mut lines = 0;
        for article in read_articles(bytes, format, "x", &options).flatten() {
            assert!(article.body.slice(&article.text).len() == article.text.len());
            assert!(!article.id.is_empty() && article.text.len() <= options.max_bytes);
            lines += 1;
        }
        assert!(lines <= bytes.len());
    }
});
