//! Any bytes as a web page give an article or an error.
#![no_main]

use detente_input::{Format, Options, read_articles};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for article in read_articles(bytes, Format::Html, "x", &Options::default()).flatten() {
        assert!(!article.text.trim().is_empty());
        assert_eq!(article.body.slice(&article.text), article.text);
    }
});
