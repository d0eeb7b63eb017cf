//! Training gives the same bytes whatever the number of threads.

use detente::Lexicon;
use detente_train::{Measure, TrainParams, Trainer, TrainingData, read_jsonl};

fn model() -> Vec<u8> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let read = |path: &str| std::fs::read_to_string(format!("{root}/{path}")).expect(path);
    let files = ["change", "outlook", "speech", "stance", "things", "time"];
    let files = files.map(|name| (name, read(&format!("data/lexicon/{name}.tsv"))));
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let lexicon = Lexicon::parse(&files).expect("the lexicon");
    let records = read_jsonl(&read("data/corpus/train-e.jsonl")).expect("the corpus");
    let trainer = Trainer::new(TrainParams::default()).lexicon(lexicon);
    let trained = trainer.train(&TrainingData::from(records)).expect("trains");
    let (_, figures) = &trained.out_of_fold[0];
    assert!(figures.get(Measure::Pearson) > Some(0.4) && figures.n == 980, "{figures}");
    trained.model.to_bytes().expect("writes")
}

#[test]
fn the_model_does_not_depend_on_the_number_of_threads() {
    let pool = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
    let one = pool(1).install(model);
    let three = pool(3).install(model);
    assert!(one == three);
}
