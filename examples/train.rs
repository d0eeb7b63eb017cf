//! Trains a model on labelled articles, writes it to a folder, opens it and evaluates it on other articles.
//!
//!     cargo run --release --example train -- target/own-model
#![expect(clippy::print_stdout, reason = "an example prints its result")]

use std::path::PathBuf;

use detente::{Engine, Lexicon};
use detente_train::{TrainParams, Trainer, TrainingData, read_jsonl};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "target/own-model".to_owned()));
    let read = |name: &str| std::fs::read_to_string(format!("data/{name}"));
    let files = ["change", "outlook", "speech", "stance", "things", "time"];
    let texts = files.map(|name| read(&format!("lexicon/{name}.tsv")));
    let texts = texts.into_iter().collect::<Result<Vec<_>, _>>()?;
    let named: Vec<(&str, &str)> = files.into_iter().zip(texts.iter().map(String::as_str)).collect();
    let lexicon = Lexicon::parse(&named)?;

    let records = read_jsonl(&read("corpus/train-e.jsonl")?)?;
    let params = TrainParams { model_id: "own-model".to_owned(), ..TrainParams::default() };
    let trainer = Trainer::new(params).lexicon(lexicon).on_progress(|step| println!("{step}"));
    let trained = trainer.train(&TrainingData::from(records))?;
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join("model.bin"), trained.model.to_bytes()?)?;

    let engine = Engine::open(&folder)?;
    let unseen = read_jsonl(&read("corpus/train-a.jsonl")?)?;
    let outlooks = unseen.articles.iter().map(|labelled| engine.score(&labelled.article()).outlook);
    let pairs = unseen.articles.iter().zip(outlooks);
    let errors = pairs.filter_map(|(labelled, o)| Some((labelled.outlook? / 3.0 - o?.score.get()).abs()));
    let errors: Vec<f64> = errors.collect();
    let mean = errors.iter().sum::<f64>() / errors.len() as f64;
    println!("mean absolute error on {} unseen articles: {mean:.2}", errors.len());
    Ok(())
}
