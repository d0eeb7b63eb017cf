//! Any text, read as tokenizer.json, gives an error or a definition that can encode.
#![no_main]

use detente_train::TokenizerDefinition;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(definition) = TokenizerDefinition::from_json(text) {
        let _ = definition.vocabulary();
        let _ = definition.encode("A deal, isn't it? 3.5 per cent.");
    }
});
