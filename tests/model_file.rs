//! The model file: round trip, and an error for every kind of damage.

use detente::Engine;
use detente::model::{Aggregation, TrainedModel, builtin};
use detente::text::Article;
use proptest::prelude::*;

fn bytes() -> Vec<u8> {
    builtin().expect("opens").to_bytes().expect("writes")
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
    assert!(stored == builtin().expect("opens").tokenizer_json().expect("writes"));
}

#[test]
fn a_file_of_format_2_opens() {
    let old =
        std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/model-2.bin")).expect("there");
    let model = TrainedModel::from_bytes(&old).expect("opens");
    assert_eq!(model.aggregation(), &Aggregation::default());
    let again = TrainedModel::from_bytes(&model.to_bytes().expect("writes")).expect("opens");
    assert_eq!(again.aggregation(), model.aggregation());
    let article = Article::new("old", "The trade envoy is certain that the wool agreement will be signed.");
    let scores = [model, again].map(|model| Engine::new(model).score(&article));
    assert_eq!(scores[0], scores[1]);
}

#[test]
fn every_truncation_is_an_error() {
    let whole = bytes();
    let ends = (0..200).chain((0..60).map(|i| whole.len() * i / 60)).chain(whole.len() - 40..whole.len());
    for end in ends {
        assert!(TrainedModel::from_bytes(&whole[..end]).is_err_and(|error| error.is_model()), "{end}");
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
