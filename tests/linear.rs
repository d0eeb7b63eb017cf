//! Adversarial text takes about as much time per byte as news; `benches/hostile.rs` has the figures.

use std::time::{Duration, Instant};

use detente::{Article, Engine};

/// Bytes of each text; at this length, quadratic time is a hundred times linear time.
const SIZE: usize = 200_000;
/// Largest ratio of the time per byte to that of news. Linear time gives about 4 and quadratic time more than
/// 100, so the load of the machine does not matter.
const MAX_RATIO: f64 = 40.0;

/// Returns the shortest time of three runs.
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
fn adversarial_text_takes_linear_time() {
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
        if ratio > MAX_RATIO {
            slow.push((unit, ratio));
        }
    }
    assert!(slow.is_empty(), "{slow:?}");
}
