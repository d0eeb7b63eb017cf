//! The engine end to end: minimal pairs, name swaps, spans, missing outlooks, sample articles.

use detente::{Article, Engine, ErrorKind, ScoredArticle, WarningKind};
use detente_input::article_from_text;
use proptest::prelude::*;

fn engine() -> Engine {
    Engine::builtin().expect("the built-in model opens")
}

fn score(engine: &Engine, statement: &str) -> f64 {
    engine.score_statement(statement).score.map_or(0.0, detente::Score::get)
}

#[test]
fn scores_fall_with_commitment() {
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
fn negation_and_removal_reverse_the_sign() {
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
fn names_do_not_change_the_score() {
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
fn quotation_marks_and_spaces_do_not_change_the_score() {
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
fn text_without_bearing_has_no_outlook() {
    let engine = engine();
    for text in ["", "The bakery opens at seven. Bread costs two crowns."] {
        let scored = engine.score(&Article::new("x", text));
        assert!(scored.outlook.is_none() && scored.reason.is_some(), "{scored:?}");
    }
}

/// Asserts what holds for every result.
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
fn samples_score_in_the_range_of_their_labels() {
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
fn the_phase_one_article_scores_as_labelled() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/articles/phase-one-2019.txt");
    let Ok(text) = std::fs::read_to_string(path) else {
        println!("skipped: the article is not present");
        return;
    };
    let article = article_from_text("phase-one-2019", text);
    let scored = engine().score(&article);
    assert_sound(&article, &scored);
    assert_eq!(scored.statements.len(), 14);
    assert_eq!(article.date.map(|day| day.to_string()).as_deref(), Some("2019-12-12"));
    let score = |at: usize| scored.statements[at].score.map_or(0.0, detente::Score::get);
    let hedge = |at: usize| scored.statements[at].hedge.expect("learned").get();
    assert!(score(2) < 0.0 && hedge(2) >= 0.5, "could slide into next year");
    assert!(score(4) > 0.1 && hedge(4) >= 0.5, "cautiously optimistic");
    assert!(score(5) > 0.1, "moving closer");
    assert!(score(6) < -0.1, "did not yet agree");
    assert_eq!(scored.statements[7].score, None, "expected to have the last word");
    assert!(score(8) > 0.1 && hedge(8) >= 0.5, "still possible");
    assert!(score(12) < -0.4, "escalation");
    let old: Vec<usize> = (0..14).filter(|at| scored.statements[*at].background).collect();
    assert_eq!(old, [6, 10, 12, 13], "what was said initially, the September tariffs, the launch of the war");
    assert!(scored.warnings.iter().any(|warning| warning.kind == WarningKind::DateDoubt));
    let outlook = scored.outlook.expect("an outlook").score.get();
    assert!((0.0..=0.4).contains(&outlook), "{outlook}");
}

#[test]
fn a_model_folder_opens_or_names_the_file() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/models/negotiation-en-1");
    let text = "The two sides signed the accord.";
    let opened = Engine::open(folder).expect("opens");
    assert_eq!(opened.score_statement(text), engine().score_statement(text));
    let empty = tempfile::tempdir().expect("a folder");
    let model = empty.path().join("model.bin");
    let missing = Engine::open(empty.path()).expect_err("no model");
    assert_eq!((missing.kind(), missing.path()), (ErrorKind::Io, Some(model.as_path())));
    std::fs::write(&model, "no model").expect("written");
    let broken = Engine::open(empty.path()).expect_err("no model");
    assert_eq!((broken.kind(), broken.path()), (ErrorKind::Model, Some(model.as_path())));
    std::fs::remove_file(&model).expect("removed");
    std::fs::create_dir(&model).expect("a folder");
    let folder = Engine::open(empty.path()).expect_err("a folder");
    assert_eq!((folder.kind(), folder.path()), (ErrorKind::Io, Some(model.as_path())));
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
