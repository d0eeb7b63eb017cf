//! One stage of the path from text to outlook over the authored corpus, again and again: for profilers, for
//! counting instructions (`benches/count.sh`) and for megabytes a second of processor time without a harness.
//!
//!     stages STAGE [ROUNDS]      STAGE: segment tokenise read extract score voices dates foreign article json load bytes
#![expect(clippy::print_stdout, reason = "it prints what it measured")]

use std::sync::Arc;
use std::time::Instant;

use detente::Article;
use detente::Scorer;
use detente::internals::Reading;
use detente::{Engine, Span};
use detente_lang::{non_english_reason, sentence_dates, sentences, voices};
use detente_report::{JsonLinesReport, Report};
use detente_train::read_jsonl;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let stage = args.next().unwrap_or_else(|| "article".to_owned());
    let rounds: u32 = args.next().map_or(Ok(1), |count| count.parse())?;
    let file = format!("{}/data/corpus/train-e.jsonl", env!("CARGO_MANIFEST_DIR"));
    let records = read_jsonl(&std::fs::read_to_string(file)?)?;
    let articles: Vec<(Article, Vec<Span>)> = records
        .articles
        .iter()
        .map(|a| {
            let mut article = Article::new(a.id.clone(), a.text.clone());
            article.date = "2019-12-12".parse().ok();
            let spans = sentences(&article.text, article.body).into_iter().map(|s| s.span).collect();
            (article, spans)
        })
        .collect();
    let bytes: usize = articles.iter().map(|(article, _)| article.text.len()).sum();
    let engine = Engine::builtin()?;
    let extractor = engine.model().extractor();
    let mut scorer = Scorer::new(Arc::new(engine.model().clone()));
    let (mut reading, mut features, mut tokens) = (Reading::default(), Vec::new(), Vec::new());
    let (mut report, mut written) = (JsonLinesReport::default(), Vec::new());
    let mut of_article = |article: &Article, spans: &[Span]| -> Result<usize, Box<dyn std::error::Error>> {
        let text = article.text.as_str();
        Ok(match stage.as_str() {
            "segment" => sentences(text, article.body).len(),
            "tokenise" => {
                tokens.clear();
                extractor.tokenizer().tokenize(text, article.body, &mut tokens);
                tokens.len()
            }
            "read" => spans
                .iter()
                .map(|span| {
                    extractor.read(text, *span, &mut reading);
                    reading.cues.len()
                })
                .sum(),
            "extract" => spans
                .iter()
                .map(|span| {
                    extractor.read(text, *span, &mut reading);
                    extractor.extract(&reading, &mut features);
                    features.len()
                })
                .sum(),
            "score" => spans.iter().filter(|span| scorer.judge(text, **span).score.get() > 0.0).count(),
            "voices" => voices(text, spans, &article.parties).len(),
            "dates" => sentence_dates(text, spans, article.date).len(),
            "foreign" => usize::from(non_english_reason(text).is_some()),
            "article" => engine.score(article).statements.len(),
            "json" => {
                written.clear();
                report.article(&engine.score(article), &mut written)?;
                written.len()
            }
            "bytes" => text.len(),
            "load" => usize::from(Engine::builtin().is_ok()),
            _ => return Err(format!("no stage {stage:?}").into()),
        })
    };
    let mut sum = 0;
    let start = Instant::now();
    for _ in 0..rounds {
        for (article, spans) in &articles {
            sum += of_article(article, spans)?;
            if stage == "load" {
                break;
            }
        }
    }
    let seconds = start.elapsed().as_secs_f64();
    let megabytes = bytes as f64 * f64::from(rounds) / 1e6;
    println!(
        "{stage}: {:.1} MB/s, {:.3} ms a round ({sum})",
        megabytes / seconds,
        seconds * 1e3 / f64::from(rounds)
    );
    Ok(())
}
