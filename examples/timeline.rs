//! Scores dated articles and prints their outlook by month as Markdown.
//!
//!     cargo run --release --example timeline -- data/corpus/train-a.jsonl

use detente::Engine;
use detente_input::{InputOptions, Inputs};
use detente_report::{SeriesFormat, write_timeline};
use detente_timeline::{
    Collector, DateLimits, Period, Retain, ScoredRow, SeriesArticle, SeriesSettings, TimelineSettings,
    timeline,
};

/// Characters in a line of text; Markdown is not wrapped.
const WIDTH: usize = 100;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).unwrap_or_else(|| "data/corpus/train-a.jsonl".to_owned());
    let engine = Engine::builtin()?;
    let mut scorer = engine.scorer();
    let mut collector = Collector::default();
    let options = InputOptions { inputs: vec![path.into()], ..InputOptions::default() };
    for article in Inputs::new(options) {
        let scored = engine.score_with(&mut scorer, &article?);
        collector.push(SeriesArticle::new(&ScoredRow::from(&scored), Retain::default()));
    }
    let articles = collector.finish(&DateLimits::default())?;
    let series = SeriesSettings { period: Period::Month, ..SeriesSettings::default() };
    let found = timeline(&articles, &TimelineSettings { series, ..TimelineSettings::default() })?;
    write_timeline(&found, SeriesFormat::Markdown, WIDTH, &mut std::io::stdout())?;
    Ok(())
}
