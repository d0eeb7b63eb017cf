//! Any text scores without a panic, and every span is the range of its text.
#![no_main]

use std::sync::LazyLock;

use detente::Engine;
use detente::internals::map_offsets;
use detente_input::{InputFormat, ReadOptions, read_articles};
use libfuzzer_sys::fuzz_target;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::builtin().expect("the model"));

fuzz_target!(|bytes: &[u8]| {
    let Some(Ok(article)) = read_articles(bytes, InputFormat::Text, "x", &ReadOptions::default()).next() else {
        return;
    };
    let scored = ENGINE.score(&article);
    let mut end = article.body.start;
    for statement in &scored.statements {
        assert!(statement.span.start >= end && statement.span.end <= article.body.end);
        assert_eq!(statement.span.slice(&article.text), statement.text);
        for cue in &statement.cues {
            assert!(statement.span.contains(cue.span));
            assert_eq!(cue.span.slice(&article.text), cue.text);
        }
        end = statement.span.end;
    }
    let units = |value: f64| (value * 10_000.0).round() as i64;
    if let Some(outlook) = scored.outlook {
        let sum: i64 = scored.statements.iter().map(|statement| units(statement.contribution)).sum();
        assert_eq!(sum, units(outlook.score.get()));
    }
    let mut unsplit = ENGINE.score_unsplit(&article);
    assert!(unsplit.cues.iter().all(|cue| cue.span.slice(&article.text) == cue.text));

    let Some(map) = &article.source_map else { return };
    let mut statements = scored.statements;
    map_offsets(&mut statements, map);
    map_offsets(std::slice::from_mut(&mut unsplit), map);
    for statement in statements.iter().chain([&unsplit]) {
        assert!(statement.span.start < statement.span.end && statement.span.end as usize <= bytes.len());
        assert!(statement.cues.iter().all(|cue| statement.span.contains(cue.span)));
    }
});
