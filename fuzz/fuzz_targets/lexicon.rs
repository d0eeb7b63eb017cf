//! A lexicon file is an error or a lexicon.
#![no_main]

use detente::Lexicon;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = Lexicon::parse(&[("x", text)]);
});
