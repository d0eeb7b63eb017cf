//! Trains a model with an own lexicon, in which "white smoke" is a cue.
//!
//!     cargo run --release --example own_lexicon
#![expect(clippy::print_stdout, reason = "an example prints its result")]

use detente::{Engine, Lexicon};
use detente_train::{TrainParams, Trainer, TrainingData, read_jsonl};

const OWN: &str = "entry\tkind\tvalue\nwhite smoke\toutlook\t1.5\n";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let read = |name: &str| std::fs::read_to_string(format!("data/{name}"));
    let files = [("change.tsv", read("lexicon/change.tsv")?), ("outlook.tsv", read("lexicon/outlook.tsv")?)];
    let mut files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    files.push(("own.tsv", OWN));
    let lexicon = Lexicon::parse(&files)?;
    let records = read_jsonl(&read("corpus/train-e.jsonl")?)?;
    let trainer =
        Trainer::new(TrainParams::default()).lexicon(lexicon).on_progress(|step| println!("{step}"));
    let trained = trainer.train(&TrainingData::from(records))?;
    let engine = Engine::new(trained.model);
    let statement = engine.score_statement("There was white smoke over the conference hotel.");
    for cue in &statement.cues {
        println!("{}: {}", cue.kind.as_str(), cue.text);
    }
    println!("score {:+.2}", statement.score.unwrap_or_default().get());
    Ok(())
}
