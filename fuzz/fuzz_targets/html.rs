//! Any bytes, read as a web page, give an article or an error.
#![no_main]

use detente_input::{InputFormat, ReadOptions, read_articles};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for article in read_articles(bytes, InputFormat::Html, "x", &ReadOptions::default()).flatten() {
        assert!(!article.text.trim().is_empty());
        assert_eq!(article.body.slice(&article.text), article.text);
    }
});
