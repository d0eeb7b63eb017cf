//! Any text, read as a lexicon file, gives a lexicon or an error.
#![no_main]

use detente::Lexicon;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = Lexicon::parse(&[("x", text)]);
});
