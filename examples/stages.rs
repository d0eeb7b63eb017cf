//! Runs one stage of scoring over part of the authored corpus, for profilers and for counting instructions
//! (`benches/count.sh`); prints the throughput.
//!
//! stages STAGE [ROUNDS]      STAGE: segment tokenise read extract score voices dates foreign article json
//! load bytes
#![expect(clippy::print_stdout, reason = "it prints what it measured")]

use std::sync::Arc;
use std::time::Instant;

use detente::internals::Analysis;
use detente::{Article, Engine, Scorer, Span};
use detente_lang::{non_english_reason, sentence_dates, sentences, speakers};
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
    let (mut analysis, mut features, mut tokens) = (Analysis::default(), Vec::new(), Vec::new());
    let (mut report, mut json) = (JsonLinesReport::default(), Vec::new());
    let mut run_stage = |article: &Article, spans: &[Span]| -> Result<usize, Box<dyn std::error::Error>> {
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
                    extractor.analyze(text, *span, &mut analysis);
                    analysis.cues.len()
                })
                .sum(),
            "extract" => spans
                .iter()
                .map(|span| {
                    extractor.analyze(text, *span, &mut analysis);
                    extractor.extract(&analysis, &mut features);
                    features.len()
                })
                .sum(),
            "score" => spans.iter().filter(|span| scorer.score(text, **span).score.get() > 0.0).count(),
            "voices" => speakers(text, spans, &article.parties).len(),
            "dates" => sentence_dates(text, spans, article.date).len(),
            "foreign" => usize::from(non_english_reason(text).is_some()),
            "article" => engine.score(article).statements.len(),
            "json" => {
                json.clear();
                report.article(&engine.score(article), &mut json)?;
                json.len()
            }
            "bytes" => text.len(),
            "load" => usize::from(Engine::builtin().is_ok()),
            _ => return Err(format!("no stage {stage:?}").into()),
        })
    };
    let mut count = 0;
    let start = Instant::now();
    for _ in 0..rounds {
        for (article, spans) in &articles {
            count += run_stage(article, spans)?;
            if stage == "load" {
                break;
            }
        }
    }
    let seconds = start.elapsed().as_secs_f64();
    let megabytes = bytes as f64 * f64::from(rounds) / 1e6;
    println!(
        "{stage}: {:.1} MB/s, {:.3} ms a round ({count})",
        megabytes / seconds,
        seconds * 1e3 / f64::from(rounds)
    );
    Ok(())
}
