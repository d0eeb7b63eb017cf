//! Scores one file (text, HTML, JSON, CSV …) and prints each article's outlook.
//!
//!     cargo run --example score_file -- data/articles/river-talks.txt
#![expect(clippy::print_stdout, reason = "an example prints its result")]

use detente::Engine;
use detente_input::{InputOptions, Inputs};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).unwrap_or_else(|| "data/articles/river-talks.txt".to_owned());
    let engine = Engine::builtin()?;
    let options = InputOptions { inputs: vec![path.into()], ..InputOptions::default() };
    for article in Inputs::new(options) {
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
