//! Speakers and dates of any text: one result per sentence, spans within the text, dates in order; and the
//! publication date changes only dates, background and weights.
#![no_main]

use std::collections::BTreeMap;
use std::sync::LazyLock;

use detente::{Article, Day, Engine, ScoredStatement, Span};
use detente_input::decode_text;
use detente_lang::{attributions, date_contradiction, sentence_dates, sentences, speakers, time_expressions};
use libfuzzer_sys::fuzz_target;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::builtin().expect("the model"));

fuzz_target!(|input: (i64, &[u8])| {
    let (days, bytes) = input;
    let Ok((text, _)) = decode_text(bytes) else { return };
    let date = Day::new(2000, 1, 1).map(|day| day.plus_days(days % 100_000));
    let spans: Vec<Span> =
        sentences(&text, Span::new(0, text.len())).into_iter().map(|sentence| sentence.span).collect();
    let within = |span: Span| text.get(span.range()).is_some();

    let found = speakers(&text, &spans, &BTreeMap::new());
    assert_eq!(found.len(), spans.len());
    for voice in found.into_iter().flatten() {
        assert!(within(voice.source) && within(voice.content) && voice.cue.is_none_or(within));
    }
    assert!(
        attributions(&text, &spans).iter().all(|a| within(a.source) && within(a.cue) && within(a.content))
    );

    for date in [None, date] {
        let found = sentence_dates(&text, &spans, date);
        assert_eq!(found.len(), spans.len());
        assert!(found.iter().filter_map(|dated| dated.when).all(|(from, to)| from <= to));
        for time in spans.iter().flat_map(|span| time_expressions(&text, *span, date)) {
            assert!(time.from <= time.to && within(time.span));
        }
    }
    if let Some(doubt) = date.and_then(|date| date_contradiction(&text, &spans, date)) {
        assert!(doubt.from <= doubt.to && within(doubt.evidence));
    }

    let undated = Article::new("x", text.clone());
    let dated = Article { date, ..undated.clone() };
    let rest = |article: &Article| -> Vec<ScoredStatement> {
        let mut statements = ENGINE.score(article).statements;
        for statement in &mut statements {
            (statement.when, statement.background) = (None, false);
            (statement.weight, statement.contribution) = (0.0, 0.0);
        }
        statements
    };
    assert_eq!(rest(&undated), rest(&dated));
});
