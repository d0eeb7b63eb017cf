//! Scores all files of a folder in parallel, with one scorer for each thread, and writes JSON lines.
//!
//!     cargo run --example score_folder -- data/articles > scored.jsonl
#![expect(clippy::print_stdout, reason = "an example prints its result")]

use std::path::{Path, PathBuf};

use detente::{Article, Engine};
use detente_input::{Counter, ReadOptions, format_of, open, read_articles, stem};
use rayon::prelude::*;

/// Reads the articles of a file; files of an unknown kind have none.
fn articles(path: &Path) -> Result<Vec<Article>, Box<dyn std::error::Error + Send + Sync>> {
    let Some(format) = format_of(path) else { return Ok(Vec::new()) };
    let reader = open(path, &Counter::default())?;
    Ok(read_articles(reader, format, &stem(path), &ReadOptions::default()).collect::<Result<_, _>>()?)
}

fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "data/articles".to_owned());
    let entries = std::fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    let mut paths: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
    paths.sort();
    let engine = Engine::builtin()?;
    let score_file = |scorer: &mut detente::Scorer, path: &PathBuf| {
        let scored = articles(path)?.into_iter().map(|article| engine.score_with(scorer, &article));
        Ok(scored.collect::<Vec<_>>())
    };
    let scored: Vec<Result<_, Box<dyn std::error::Error + Send + Sync>>> =
        paths.par_iter().map_init(|| engine.scorer(), score_file).collect();
    for article in scored.into_iter().collect::<Result<Vec<_>, _>>()?.iter().flatten() {
        println!("{}", serde_json::to_string(article)?);
    }
    Ok(())
}
