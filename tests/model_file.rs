//! The model file: round trip, old formats, and an error for every kind of damage.

use detente::{Aggregation, Article, Engine, ErrorKind, Probability, Score, TrainedModel};
use proptest::prelude::*;

fn bytes() -> Vec<u8> {
    TrainedModel::builtin().expect("opens").to_bytes().expect("writes")
}

fn probability(learned: Option<Probability>) -> f64 {
    learned.expect("a learned head").get()
}

#[test]
fn the_same_model_gives_the_same_bytes() {
    let first = bytes();
    let again = TrainedModel::from_bytes(&first).expect("reads").to_bytes().expect("writes");
    assert!(first == again);
    let stored = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/models/negotiation-en-1/model.bin"));
    assert!(stored.expect("the model's file") == first);
}

#[test]
fn the_tokenizer_definition_fits_the_model() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/models/negotiation-en-1/tokenizer.json");
    let stored = std::fs::read_to_string(path).expect("tokenizer.json");
    assert!(
        stored == detente_train::tokenizer_json(&TrainedModel::builtin().expect("opens")).expect("writes")
    );
}

/// Statements with the score, bearing and hedge that the version which wrote `format-1.bin` gave them.
const SCORES_OF_FORMAT_1: [(&str, [f64; 3]); 4] = [
    ("The trade envoy is certain that the wool agreement will be signed this month.", [0.4581, 1.0, 0.1535]),
    ("The trade envoy doubts that the wool agreement will be signed this month.", [0.4861, 1.0, 0.1651]),
    ("Talks collapsed on Sunday, and no new round is planned.", [-0.1597, 1.0, 0.2145]),
    ("The minister hopes that the two sides may reach a deal.", [0.1814, 1.0, 0.7604]),
];

#[test]
fn a_file_of_format_1_keeps_its_scores() {
    let old = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/models/format-1.bin"));
    let model = TrainedModel::from_bytes(&old.expect("the fixture")).expect("opens");
    let again = TrainedModel::from_bytes(&model.to_bytes().expect("writes")).expect("opens");
    let (engine, again) = (Engine::new(model), Engine::new(again));
    for (text, wanted) in SCORES_OF_FORMAT_1 {
        let scored = engine.score_statement(text);
        let found =
            [scored.score.map_or(0.0, Score::get), probability(scored.bearing), probability(scored.hedge)];
        for (found, wanted) in found.into_iter().zip(wanted) {
            assert!((found - wanted).abs() < 1e-3, "{text}: {found} for {wanted}");
        }
        assert_eq!(scored, again.score_statement(text), "{text}");
    }
}

#[test]
fn a_file_of_format_2_opens() {
    let old = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/models/format-2.bin"))
        .expect("there");
    let model = TrainedModel::from_bytes(&old).expect("opens");
    assert_eq!(model.aggregation(), &Aggregation::default());
    let again = TrainedModel::from_bytes(&model.to_bytes().expect("writes")).expect("opens");
    assert_eq!(again.aggregation(), model.aggregation());
    let article = Article::new("old", "The trade envoy is certain that the wool agreement will be signed.");
    let scores = [model, again].map(|model| Engine::new(model).score(&article));
    assert_eq!(scores[0], scores[1]);
}

/// Format 4 stores the compiled lexicon; older ones are compiled when opened.
#[test]
fn the_compiled_lexicon_matches_the_lexicon() {
    TrainedModel::builtin().expect("opens").verify().expect("the built-in model");
    for name in ["format-1", "format-2", "format-3"] {
        let file = format!("{}/tests/fixtures/models/{name}.bin", env!("CARGO_MANIFEST_DIR"));
        let old = TrainedModel::from_bytes(&std::fs::read(file).expect("the fixture")).expect("opens");
        let new = TrainedModel::from_bytes(&old.to_bytes().expect("writes")).expect("opens");
        new.verify().expect(name);
        assert_eq!(new.lexicon().expect("reads"), old.lexicon().expect("reads"));
    }
}

/// Score, bearing and hedge that the version which wrote `format-3.bin` gave the same statements.
const SCORES_OF_FORMAT_3: [[f64; 3]; 4] =
    [[0.5056, 1.0, 0.0202], [0.5321, 1.0, 0.0204], [-0.0027, 1.0, 0.1549], [0.2261, 1.0, 0.6351]];

#[test]
fn a_file_of_format_3_keeps_its_scores() {
    let old = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/models/format-3.bin"));
    let model = TrainedModel::from_bytes(&old.expect("the fixture")).expect("opens");
    let again = TrainedModel::from_bytes(&model.to_bytes().expect("writes")).expect("opens");
    for engine in [model, again].map(Engine::new) {
        for ((text, _), wanted) in SCORES_OF_FORMAT_1.iter().zip(SCORES_OF_FORMAT_3) {
            let scored = engine.score_statement(text);
            let found = [
                scored.score.map_or(0.0, Score::get),
                probability(scored.bearing),
                probability(scored.hedge),
            ];
            assert_eq!(found, wanted, "{text}");
        }
    }
}

#[test]
fn a_later_format_is_not_supported() {
    let mut later = bytes();
    later[8] = 99;
    let end = later.len() - 32;
    let checksum = blake3::hash(&later[..end]);
    later[end..].copy_from_slice(checksum.as_bytes());
    let error = TrainedModel::from_bytes(&later).expect_err("unknown");
    assert_eq!(error.kind(), ErrorKind::Unsupported, "{error}");
}

#[test]
fn every_truncation_is_an_error() {
    let whole = bytes();
    let ends = (0..200).chain((0..60).map(|i| whole.len() * i / 60)).chain(whole.len() - 40..whole.len());
    for end in ends {
        assert!(
            TrainedModel::from_bytes(&whole[..end]).is_err_and(|error| error.kind() == ErrorKind::Model),
            "{end}"
        );
    }
}

/// A model of two classes whose labels say nothing of bearing and hedges.
fn class_model() -> TrainedModel {
    let row = |number: usize| {
        let (claim, label) = [("signed the accord", "up"), ("walked out", "down")][number % 2];
        format!("{{\"text\":\"Envoy {number} {claim}.\",\"label\":\"{label}\"}}\n")
    };
    let rows: String = (0..20).map(row).collect();
    let labels = "down=-2,up=2".parse().expect("labels");
    let format = detente_train::RecordFormat { label_map: Some(labels), ..Default::default() };
    let records = detente_train::read_jsonl_as(&rows, &format).expect("rows");
    let trainer = detente_train::Trainer::new(detente_train::TrainParams::default());
    trainer.train(&detente_train::TrainingData::from(records)).expect("trains").model
}

#[test]
fn a_model_with_classes_keeps_them_in_its_file() {
    let model = class_model();
    assert_eq!(
        (model.classes(), model.learned_heads()),
        (&["down".to_owned(), "up".to_owned()][..], (false, false))
    );
    let bytes = model.to_bytes().expect("writes");
    assert_eq!(bytes[8], 5, "the format");
    let again = TrainedModel::from_bytes(&bytes).expect("opens");
    assert!(again.to_bytes().expect("writes") == bytes);
    for engine in [model, again].map(Engine::new) {
        let scored = engine.score_statement("The envoys signed the accord.");
        assert_eq!((scored.label.as_deref(), scored.bearing, scored.hedge), (Some("up"), None, None));
        let probabilities = scored.probabilities.expect("probabilities");
        assert!(probabilities["up"] > probabilities["down"], "{probabilities:?}");
    }
    for end in (0..60).map(|i| bytes.len() * i / 60).chain(bytes.len() - 200..bytes.len()) {
        assert!(TrainedModel::from_bytes(&bytes[..end]).is_err(), "{end}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn every_flipped_byte_is_an_error(at in any::<prop::sample::Index>(), flip in 1_u8..) {
        let mut damaged = bytes();
        let at = at.index(damaged.len());
        damaged[at] ^= flip;
        prop_assert!(TrainedModel::from_bytes(&damaged).is_err());
    }
}
