//! The engine end to end: minimal pairs, swaps, spans, silence, the article that it began with.

use detente::Article;
use detente::Engine;
use detente::ScoredArticle;
use detente_input::article_from_text;
use proptest::prelude::*;

fn engine() -> Engine {
    Engine::builtin().expect("the built-in model opens")
}

fn score(engine: &Engine, statement: &str) -> f64 {
    engine.score_statement(statement).score.map_or(0.0, detente::Score::get)
}

#[test]
fn the_ladder_of_commitment_falls() {
    let engine = engine();
    let ladder = [
        "China will sign the deal.",
        "China is confident a deal will be signed.",
        "China is optimistic about a deal.",
        "China is cautiously optimistic about a deal.",
        "A deal is possible.",
        "A deal cannot be ruled out.",
        "It is unclear whether there will be a deal.",
        "China doubts that there will be a deal.",
        "There will be no deal.",
    ];
    let scores = ladder.map(|statement| score(&engine, statement));
    for (pair, words) in scores.windows(2).zip(ladder.windows(2)) {
        assert!(pair[0] > pair[1], "{words:?} {pair:?}");
    }
}

#[test]
fn negation_and_removal_turn_the_sign() {
    let engine = engine();
    for (better, worse) in [
        ("China agreed to the deal.", "China did not agree to the deal."),
        ("China lifted the tariffs.", "China imposed the tariffs."),
        ("The union called off the strike.", "The union called off the talks."),
    ] {
        let (up, down) = (score(&engine, better), score(&engine, worse));
        assert!(up > 0.0 && down < 0.0, "{better} {up}, {worse} {down}");
    }
}

#[test]
fn names_move_no_score() {
    let engine = engine();
    let text = |a: &str, b: &str| {
        format!("{a} said on Monday that {b} had agreed to lift the tariffs, and thanked {a}.")
    };
    let first = engine.score_statement(&text("China", "the United States"));
    for (a, b) in [
        ("the European Union", "Mr. Ode"),
        ("Ostrania", "Velmark"),
        ("Liu He", "Bank of the West"),
        ("U.S.", "UK"),
    ] {
        let swapped = engine.score_statement(&text(a, b));
        assert_eq!(
            (swapped.score, swapped.bearing, swapped.hedge),
            (first.score, first.bearing, first.hedge),
            "{a} {b}"
        );
    }
}

#[test]
fn quotes_and_blanks_move_no_score() {
    let engine = engine();
    let plain = "He said: \"We aren't optimistic - a deal could slide into next year.\"";
    let first = engine.score_statement(plain);
    for other in [
        "He said: “We aren’t optimistic – a deal could slide into next year.”".to_owned(),
        plain.replace(' ', "\u{a0}"),
        plain.replace(' ', "  "),
        plain.replace(' ', "\r\n"),
        format!("\u{feff}{plain}").trim_start_matches('\u{feff}').to_owned(),
    ] {
        let scored = engine.score_statement(&other);
        assert_eq!((scored.score, scored.hedge), (first.score, first.hedge), "{other:?}");
    }
}

#[test]
fn silence_is_not_zero() {
    let engine = engine();
    for text in ["", "The bakery opens at seven. Bread costs two crowns."] {
        let scored = engine.score(&Article::new("x", text));
        assert!(scored.outlook.is_none() && scored.reason.is_some(), "{scored:?}");
    }
}

/// What every result must hold to.
fn assert_sound(article: &Article, scored: &ScoredArticle) {
    let units = |value: f64| (value * 10_000.0).round() as i64;
    let mut end = 0;
    for statement in &scored.statements {
        assert!(statement.span.start >= end, "statements overlap");
        end = statement.span.end;
        assert_eq!(statement.span.slice(&article.text), statement.text);
        for cue in &statement.cues {
            assert!(statement.span.contains(cue.span));
            assert_eq!(cue.span.slice(&article.text), cue.text);
        }
    }
    if let Some(outlook) = &scored.outlook {
        let sum: i64 = scored.statements.iter().map(|s| units(s.contribution)).sum();
        assert_eq!(sum, units(outlook.score.get()), "contributions add up");
        assert_eq!(scored.statements.iter().map(|s| units(s.weight)).sum::<i64>(), 10_000, "weights add up");
    }
}

#[test]
fn samples_are_read_as_their_authors_meant() {
    let engine = engine();
    for (name, title, least, most) in [
        ("river-talks", "Velmark and Ostrania edge towards water accord", 0.05, 0.6),
        ("dock-strike", "Dock talks break down as union sets strike date", -0.9, -0.1),
        ("ceasefire-monitor", "Sarrat truce holds as envoys agree on monitors", 0.0, 0.75),
    ] {
        let path = format!("{}/data/articles/{name}.txt", env!("CARGO_MANIFEST_DIR"));
        let article = article_from_text(name, std::fs::read_to_string(path).expect("a sample"));
        assert_eq!(article.title.as_deref(), Some(title));
        let scored = engine.score(&article);
        assert_sound(&article, &scored);
        let score = scored.outlook.expect("an outlook").score.get();
        assert!((least..=most).contains(&score), "{name} {score}");
    }
}

#[test]
fn the_first_article_reads_well() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/articles/phase-one-2019.txt");
    let Ok(text) = std::fs::read_to_string(path) else {
        println!("skipped: the article is not here");
        return;
    };
    let article = article_from_text("phase-one-2019", text);
    let scored = engine().score(&article);
    assert_sound(&article, &scored);
    assert_eq!(scored.statements.len(), 14);
    assert_eq!(article.date.map(|day| day.to_string()).as_deref(), Some("2019-12-12"));
    let score = |at: usize| scored.statements[at].score.map_or(0.0, detente::Score::get);
    let hedge = |at: usize| scored.statements[at].hedge.get();
    assert!(score(2) < 0.0 && hedge(2) >= 0.5, "could slide into next year");
    assert!(score(4) > 0.1 && hedge(4) >= 0.5, "cautiously optimistic");
    assert!(score(5) > 0.1, "moving closer");
    assert!(score(6) < -0.1, "did not yet agree");
    assert_eq!(scored.statements[7].score, None, "expected to have the last word");
    assert!(score(8) > 0.1 && hedge(8) >= 0.5, "still possible");
    assert!(score(12) < -0.4, "escalation");
    let old: Vec<usize> = (0..14).filter(|at| scored.statements[*at].background).collect();
    assert_eq!(old, [6, 10, 12, 13], "what was said initially, the September tariffs, the launch of the war");
    assert!(scored.warnings.iter().any(|warning| warning.kind == "date-doubt"));
    let outlook = scored.outlook.expect("an outlook").score.get();
    assert!((0.0..=0.4).contains(&outlook), "{outlook}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_text_gives_sound_results(text in "(([Tt]he|talks|deal|not|agreed|may|said|Trump|U\\.S\\.|“|”|\\.|,|\n\n|é) ?){0,60}|\\PC{0,200}") {
        let article = Article::new("x", text);
        let scored = engine().score(&article);
        assert_sound(&article, &scored);
    }
}
