//! A tokenizer.json is an error or a definition with a vocabulary.
#![no_main]

use detente_train::Definition;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(definition) = Definition::from_json(text) {
        let _ = definition.vocabulary();
        let _ = definition.encode("A deal, isn't it? 3.5 per cent.");
    }
});
