//! A model from untrusted hands, its checksum right, is an error or a model that scores.
#![no_main]

use detente::model::TrainedModel;
use detente::{Engine, text::Article};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = TrainedModel::from_bytes(bytes);
    let mut file = b"detente\n".to_vec();
    file.extend(bytes);
    let checksum = blake3::hash(&file);
    file.extend(checksum.as_bytes());
    if let Ok(model) = TrainedModel::from_bytes(&file) {
        let _ = model.to_bytes();
        let _ = Engine::new(model).score(&Article::new("x", "A deal is likely, but not yet done."));
    }
});
