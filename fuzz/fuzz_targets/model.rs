//! A model file with correct lengths and checksum gives an error or a model that scores.
#![no_main]

use std::sync::Arc;

use detente::{Article, Engine, Scorer, Span, TrainedModel};
use libfuzzer_sys::fuzz_target;

/// Separates the sections of an input, so that the fuzzer can change their lengths.
const SEPARATOR: &[u8] = b"\n~~\n";
const TEXT: &str = "A deal is likely, but the envoy said it was not yet done.";

/// Builds a model file from an input: its first byte is the version, the rest are sections.
fn model_file(bytes: &[u8]) -> Vec<u8> {
    let (version, mut rest) = bytes.split_first().unwrap_or((&0, &[]));
    let mut file = b"detente\n".to_vec();
    file.extend(u32::from(*version).to_le_bytes());
    loop {
        let end = rest.windows(SEPARATOR.len()).position(|window| window == SEPARATOR);
        let section = &rest[..end.unwrap_or(rest.len())];
        file.extend((section.len() as u64).to_le_bytes());
        file.extend(section);
        let Some(end) = end else { break };
        rest = &rest[end + SEPARATOR.len()..];
    }
    let checksum = blake3::hash(&file);
    file.extend(checksum.as_bytes());
    file
}

fuzz_target!(|bytes: &[u8]| {
    let _ = TrainedModel::from_bytes(bytes);
    let Ok(model) = TrainedModel::from_bytes(&model_file(bytes)) else { return };
    let written = model.to_bytes().expect("a model that was read can be written");
    let again = TrainedModel::from_bytes(&written).expect("a model that was written can be read");
    assert!(again.to_bytes().expect("written") == written);
    let scored = Engine::new(model.clone()).score(&Article::new("x", TEXT));
    assert!(scored.statements.iter().all(|s| [s.bearing, s.hedge].iter().flatten().all(|p| p.get().is_finite())));
    let explained = Scorer::new(Arc::new(model)).explain(TEXT, Span::new(0, TEXT.len()));
    assert_eq!(explained.micro, explained.contributions.iter().map(|c| c.micro).sum::<i64>());
});
