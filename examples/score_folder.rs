//! Scores all files of a folder in parallel, with one scorer for each thread, and writes JSON lines.
//!
//!     cargo run --example score_folder -- data/articles > scored.jsonl
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "an example prints its result")]

use detente::{Article, Engine};
use detente_input::{InputOptions, Inputs};
use rayon::prelude::*;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "data/articles".to_owned());
    let options = InputOptions { inputs: vec![folder.into()], ..InputOptions::default() };
    let mut articles: Vec<Article> = Vec::new();
    for article in Inputs::new(options) {
        match article {
            Ok(article) => articles.push(article),
            Err(error) => eprintln!("{error}"),
        }
    }
    let engine = Engine::builtin()?;
    let score = |scorer: &mut detente::Scorer, article: &Article| engine.score_with(scorer, article);
    let scored: Vec<_> = articles.par_iter().map_init(|| engine.scorer(), score).collect();
    for article in &scored {
        println!("{}", serde_json::to_string(article)?);
    }
    Ok(())
}
