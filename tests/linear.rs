//! Text that is made to be slow takes about as long a byte as news does; `benches/hostile.rs` has
//! the figures.

use std::time::{Duration, Instant};

use detente::Article;
use detente::Engine;

/// Bytes of each text: what is quadratic takes a hundred times as long at this length.
const SIZE: usize = 200_000;
/// Most time a byte, against news: about 4 where time is linear, above 100 where it is quadratic, so
/// that a busy machine does not decide.
const MOST: f64 = 40.0;

/// The shortest of three runs.
fn time(engine: &Engine, text: &str) -> Duration {
    let article = Article::new("x", text);
    let run = || {
        let start = Instant::now();
        assert!(!engine.score(&article).statements.is_empty());
        start.elapsed()
    };
    (0..3).map(|_| run()).min().unwrap_or_default()
}

#[test]
fn hostile_text_takes_no_longer_than_news() {
    let engine = Engine::builtin().expect("the model").any_language(true);
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/data/articles/river-talks.txt");
    let news = std::fs::read_to_string(path).expect("an article");
    let long = |unit: &str| unit.repeat(SIZE / unit.len() + 1);
    let usual = time(&engine, &long(&format!("{news}\n\n"))).as_secs_f64();
    let mut slow = Vec::new();
    for unit in [
        "a",
        "\"",
        "“",
        "'",
        ".",
        ". ",
        "(",
        "(a) ",
        "— ",
        "a-",
        "a\n",
        "A. ",
        "a deal, ",
        "(a) b\n",
        "Ann Berg Ode ",
        "thedealisdead",
        "THE DEAL IS DEAD AND SO IS THE PLAN ",
        "he said the deal was not likely to be signed but they agreed ",
        "\"He said: “they said: ‘no",
    ] {
        let ratio = time(&engine, &long(unit)).as_secs_f64() / usual;
        if ratio > MOST {
            slow.push((unit, ratio));
        }
    }
    assert!(slow.is_empty(), "{slow:?}");
}
