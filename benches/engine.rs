//! Throughput of the stages and of the whole, in bytes of the authored corpus; and training.

use std::hint::black_box;
use std::sync::Arc;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use detente::Article;
use detente::Lexicon;
use detente::Scorer;
use detente::internals::Reading;
use detente::{Day, Engine, Span};
use detente_lang::{sentence_dates, sentences, voices};
use detente_train::{Records, read_jsonl};
use detente_train::{TrainParams, train};

fn read(path: &str) -> String {
    std::fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).expect(path)
}

fn records() -> Records {
    read_jsonl(&read("data/corpus/train-e.jsonl")).expect("the corpus")
}

fn score(c: &mut Criterion) {
    let engine = Engine::builtin().expect("the model");
    let records = records();
    let text = records.articles.iter().map(|a| a.text.as_str()).collect::<Vec<_>>().join("\n\n");
    let whole = Span::new(0, text.len());
    let spans: Vec<Span> = sentences(&text, whole).into_iter().map(|s| s.span).collect();
    let extractor = engine.model().extractor();

    let mut group = c.benchmark_group("bytes");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("segment", |b| b.iter(|| sentences(black_box(&text), whole).len()));
    let mut tokens = Vec::new();
    group.bench_function("tokenise", |b| {
        b.iter(|| {
            tokens.clear();
            extractor.tokenizer().tokenize(black_box(&text), whole, &mut tokens);
            tokens.len()
        });
    });
    let (mut reading, mut features) = (Reading::default(), Vec::new());
    group.bench_function("extract", |b| {
        b.iter(|| {
            for span in &spans {
                extractor.read(black_box(&text), *span, &mut reading);
                extractor.extract(&reading, &mut features);
            }
            features.len()
        });
    });
    let mut scorer = Scorer::new(Arc::new(engine.model().clone()));
    group.bench_function("score statements", |b| {
        b.iter(|| spans.iter().map(|span| scorer.judge(black_box(&text), *span).score.get()).sum::<f64>());
    });
    let articles: Vec<Article> =
        records.articles.iter().map(|a| Article::new(a.id.clone(), a.text.clone())).collect();
    group.bench_function("voices", |b| {
        let each: Vec<(&Article, Vec<Span>)> = articles
            .iter()
            .map(|a| (a, sentences(&a.text, a.body).into_iter().map(|s| s.span).collect()))
            .collect();
        b.iter(|| {
            each.iter().map(|(a, spans)| voices(black_box(&a.text), spans, &a.parties).len()).sum::<usize>()
        });
    });
    group.bench_function("dates", |b| {
        let each: Vec<(&Article, Vec<Span>)> = articles
            .iter()
            .map(|a| (a, sentences(&a.text, a.body).into_iter().map(|s| s.span).collect()))
            .collect();
        let day = Day::new(2030, 6, 12);
        b.iter(|| {
            each.iter().map(|(a, spans)| sentence_dates(black_box(&a.text), spans, day).len()).sum::<usize>()
        });
    });
    group.bench_function("score articles", |b| {
        b.iter(|| {
            articles.iter().filter(|article| engine.score(black_box(article)).outlook.is_some()).count()
        });
    });
    group.finish();

    let mut group = c.benchmark_group("articles");
    group.throughput(Throughput::Elements(articles.len() as u64));
    group.bench_function("score articles", |b| {
        b.iter(|| {
            articles.iter().filter(|article| engine.score(black_box(article)).outlook.is_some()).count()
        });
    });
    group.finish();
    c.bench_function("load the model", |b| b.iter(|| Engine::builtin().is_ok()));
}

fn learn(c: &mut Criterion) {
    let files = ["change", "outlook", "speech", "stance", "things", "time"];
    let files = files.map(|name| (name, read(&format!("data/lexicon/{name}.tsv"))));
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let lexicon = Lexicon::read(&files).expect("the lexicon");
    let records = records();
    let statements: Vec<_> = records.all_statements().cloned().collect();
    let mut group = c.benchmark_group("train");
    group.sample_size(10);
    group.bench_function("980 sentences", |b| {
        b.iter(|| {
            train(&lexicon, &[], (&statements, &records.articles), &TrainParams::default(), &mut |_| {})
                .is_ok()
        });
    });
    group.finish();
}

criterion_group!(benches, score, learn);
criterion_main!(benches);
