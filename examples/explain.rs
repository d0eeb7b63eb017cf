//! Prints the three largest features of each statement, and the statements that move the outlook most.
//!
//!     cargo run --example explain -- "Talks collapsed on Sunday. Both sides said they might meet again."
#![expect(clippy::print_stdout, reason = "an example prints its result")]

use detente::{Article, Engine};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let text = std::env::args()
        .nth(1)
        .unwrap_or_else(|| "Talks collapsed on Sunday. Both sides said they might meet again.".to_owned());
    let explained = Engine::builtin()?.explain(&Article::new("argument", text));
    let in_score = |micro: i64| micro as f64 / 1e6;
    for (entry, statement) in explained.ledger.iter().zip(&explained.article.statements) {
        println!("{:+.4}  {}", in_score(entry.micro), statement.text);
        for feature in entry.contributions.iter().take(3) {
            let contribution = &feature.contribution;
            println!(
                "    {:+.4}  {} ({})",
                in_score(contribution.micro),
                contribution.feature,
                contribution.family
            );
        }
    }
    for left_out in explained.without.iter().take(3) {
        println!("without statement {}: {:+.4}", left_out.index, left_out.moved);
    }
    Ok(())
}
