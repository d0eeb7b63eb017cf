//! The transcripts of the guides: their commands run on the samples in `docs` and print what the guides show.

use std::fs;

use crate::common::transcript::{check_transcript, copy_samples};
use serde_json::Value;

#[test]
fn the_guide_to_training_is_what_the_program_prints() {
    let folder = tempfile::tempdir().expect("a folder");
    copy_samples("docs/training", folder.path());
    assert!(check_transcript("training.md", folder.path()) >= 7);
    // what the guide says of the result
    let card = fs::read(folder.path().join("tone/card.json")).expect("a card");
    let card: Value = serde_json::from_slice(&card).expect("JSON");
    let accuracy =
        card["out_of_fold"][0]["classes"]["measures"]["accuracy"]["value"].as_f64().expect("a figure");
    assert!(accuracy > 0.7, "{accuracy}");
}

#[test]
fn the_guide_to_archives_is_what_the_program_prints() {
    let folder = tempfile::tempdir().expect("a folder");
    copy_samples("docs/archive", folder.path());
    copy_samples("data/example", &folder.path().join("selvoe"));
    assert!(check_transcript("archive.md", folder.path()) >= 7);
}
