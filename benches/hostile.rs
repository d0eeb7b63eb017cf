//! Time per byte on adversarial text, compared with news text; all should be of the same order.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use detente::{Article, Engine};
use detente_input::{InputFormat, ReadOptions, read_articles};
use detente_lang::sentences;

/// Bytes of each text, far enough apart to show quadratic time.
const SIZES: [usize; 2] = [64 << 10, 512 << 10];

fn hostile(c: &mut Criterion) {
    let engine = Engine::builtin().expect("the model").any_language(true);
    let news = ["river-talks", "dock-strike", "ceasefire-monitor"].map(|name| {
        let path = format!("{}/data/articles/{name}.txt", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_to_string(path).expect("an article")
    });
    let units: [(&str, String); 17] = [
        ("news", news.join("\n\n")),
        ("one letter", "a".to_owned()),
        ("all quotes", "\"".to_owned()),
        ("curly quotes", "“".to_owned()),
        ("apostrophes", "'".to_owned()),
        ("stops", ".".to_owned()),
        ("spaced stops", ". ".to_owned()),
        ("brackets", "(".to_owned()),
        ("capitals", "THE DEAL IS DEAD AND SO IS THE PLAN ".to_owned()),
        ("names", "Ann Berg Ode ".to_owned()),
        ("no spaces", "thedealisdeadandsoistheplan".to_owned()),
        ("line breaks", "a\n".to_owned()),
        ("list items", "(a) b\n".to_owned()),
        ("initials", "A. ".to_owned()),
        ("commas", "a deal, ".to_owned()),
        ("hyphens", "a-".to_owned()),
        ("no stop", "he said the deal was not likely to be signed but they agreed ".to_owned()),
    ];
    let mut group = c.benchmark_group("hostile");
    group.sample_size(10).warm_up_time(std::time::Duration::from_millis(200));
    group.measurement_time(std::time::Duration::from_millis(600));
    for (name, unit) in &units {
        for size in SIZES {
            let text: String =
                unit.chars().cycle().take(size / unit.chars().next().map_or(1, char::len_utf8)).collect();
            let article = Article::new("x", text);
            group.throughput(Throughput::Bytes(article.text.len() as u64));
            group.bench_function(BenchmarkId::new(format!("score {name}"), size), |b| {
                b.iter(|| engine.score(black_box(&article)).statements.len());
            });
            group.bench_function(BenchmarkId::new(format!("segment {name}"), size), |b| {
                b.iter(|| sentences(black_box(&article.text), article.body).len());
            });
            group.bench_function(BenchmarkId::new(format!("unsplit {name}"), size), |b| {
                b.iter(|| engine.score_unsplit(black_box(&article)).cues.len());
            });
        }
    }
    for (form, name, unit) in [
        (InputFormat::Html, "html page", include_str!("../tests/pages/wire.html")),
        (InputFormat::Html, "html nested", "<div>"),
        (InputFormat::Html, "html paragraphs", "<p>a"),
        (InputFormat::Html, "html ends", "</div>"),
        (InputFormat::Html, "html entities", "&amp;"),
        (InputFormat::Html, "html links", "<a href=x>y"),
        (InputFormat::Html, "html open tag", "<a "),
        (InputFormat::Html, "html attributes", "<a b c d e f g h i j k l m n o p q r s t u v w x y z>"),
        (
            InputFormat::JsonLines,
            "jsonl records",
            "{\"id\":\"a\",\"text\":\"The talks went on, and a deal may be signed.\"}\n",
        ),
        (InputFormat::JsonLines, "jsonl brackets", "["),
        (InputFormat::JsonLines, "jsonl broken", "{\n"),
        (InputFormat::JsonLines, "jsonl escapes", "\"\\u00e9"),
        (InputFormat::Csv, "csv records", "id,text\na,\"The talks went on, and a deal may be signed.\"\n"),
        (InputFormat::Csv, "csv quotes", "\""),
        (InputFormat::Csv, "csv commas", ","),
        (InputFormat::Csv, "csv rows", "text\n"),
    ] {
        for size in SIZES {
            let text: String = unit.chars().cycle().take(size).collect();
            group.throughput(Throughput::Bytes(text.len() as u64));
            group.bench_function(BenchmarkId::new(name, size), |b| {
                b.iter(|| {
                    read_articles(black_box(text.as_bytes()), form, "x", &ReadOptions::default()).count()
                });
            });
        }
    }
    group.finish();
}

criterion_group!(benches, hostile);
criterion_main!(benches);
