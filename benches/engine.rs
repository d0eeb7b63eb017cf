//! Throughput of the stages of scoring and of whole articles over part of the authored corpus; and training.

use std::hint::black_box;
use std::sync::Arc;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use detente::internals::Analysis;
use detente::{Article, Day, Engine, Lexicon, Scorer, Span};
use detente_lang::{sentence_dates, sentences, speakers};
use detente_train::{Records, TrainParams, Trainer, TrainingData, read_jsonl};

fn read_file(path: &str) -> String {
    std::fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).expect(path)
}

fn records() -> Records {
    read_jsonl(&read_file("data/corpus/train-e.jsonl")).expect("the corpus")
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
    let (mut analysis, mut features) = (Analysis::default(), Vec::new());
    group.bench_function("extract", |b| {
        b.iter(|| {
            for span in &spans {
                extractor.analyze(black_box(&text), *span, &mut analysis);
                extractor.extract(&analysis, &mut features);
            }
            features.len()
        });
    });
    let mut scorer = Scorer::new(Arc::new(engine.model().clone()));
    group.bench_function("score statements", |b| {
        b.iter(|| spans.iter().map(|span| scorer.score(black_box(&text), *span).score.get()).sum::<f64>());
    });
    let articles: Vec<Article> =
        records.articles.iter().map(|a| Article::new(a.id.clone(), a.text.clone())).collect();
    group.bench_function("voices", |b| {
        let each: Vec<(&Article, Vec<Span>)> = articles
            .iter()
            .map(|a| (a, sentences(&a.text, a.body).into_iter().map(|s| s.span).collect()))
            .collect();
        b.iter(|| {
            each.iter().map(|(a, spans)| speakers(black_box(&a.text), spans, &a.parties).len()).sum::<usize>()
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

fn train_model(c: &mut Criterion) {
    let files = ["change", "outlook", "speech", "stance", "things", "time"];
    let files = files.map(|name| (name, read_file(&format!("data/lexicon/{name}.tsv"))));
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let lexicon = Lexicon::parse(&files).expect("the lexicon");
    let trainer = Trainer::new(TrainParams::default()).lexicon(lexicon);
    let data = TrainingData::from(records());
    let mut group = c.benchmark_group("train");
    group.sample_size(10);
    group.bench_function("980 sentences", |b| {
        b.iter(|| trainer.train(&data).is_ok());
    });
    group.finish();
}

criterion_group!(benches, score, train_model);
criterion_main!(benches);
