//! Scores one file (text, HTML, JSON, CSV …) and prints each article's outlook.
//!
//!     cargo run --example score_file -- data/articles/river-talks.txt
#![expect(clippy::print_stdout, reason = "an example prints its result")]

use std::path::PathBuf;

use detente::Engine;
use detente_input::{Counter, InputFormat, ReadOptions, format_of, open, read_articles, stem};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).unwrap_or_else(|| "data/articles/river-talks.txt".to_owned());
    let path = PathBuf::from(path);
    let engine = Engine::builtin()?;
    let format = format_of(&path).unwrap_or(InputFormat::Text);
    let reader = open(&path, &Counter::default())?;
    for article in read_articles(reader, format, &stem(&path), &ReadOptions::default()) {
        let scored = engine.score(&article?);
        match &scored.outlook {
            Some(outlook) => println!("{}: {:+.2}, {}", scored.id, outlook.score.get(), outlook.reading),
            None => println!("{}: no outlook, {}", scored.id, scored.reason.unwrap_or_default()),
        }
        for statement in scored.statements.iter().filter(|statement| statement.weight > 0.0) {
            println!("  {:+.2}  {}", statement.contribution, statement.text);
        }
    }
    Ok(())
}
