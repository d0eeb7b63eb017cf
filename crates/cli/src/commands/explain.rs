//! `detente explain`: why an article has its outlook, down to the features.

use detente::ExplainedArticle;
use detente::internals::map_offsets;
use detente_report::{ExplainFormat, write_explained};

use crate::args::{ExplainArgs, Global};
use crate::article_context::ArticleContext;
use crate::exit::Exit;
use crate::input::open_all;
use crate::output::{Output, width};

pub(crate) fn run(args: &ExplainArgs, global: &Global) -> anyhow::Result<Exit> {
    let context = ArticleContext::open(&args.context)?;
    let engine = args.aggregate.give(context.engine(crate::model_folder::open(global.model.as_deref())?));
    let shape = (args.top, width());
    // forms that are one document need all articles before the first byte
    let is_stream = !matches!(args.format, ExplainFormat::Json | ExplainFormat::Html);
    let for_programs = matches!(args.format, ExplainFormat::Json | ExplainFormat::Jsonl);
    let path = args.output.as_deref();
    let mut output = if for_programs { Output::exact(path)? } else { Output::open(path)? };
    let mut held: Vec<ExplainedArticle> = Vec::new();
    let (mut done, mut failed) = (0_usize, 0_usize);
    for article in open_all(&args.input) {
        let mut article = match article {
            Ok(article) => article,
            Err(failure) => {
                anstream::eprintln!("detente: {failure}");
                failed += 1;
                continue;
            }
        };
        context.give(&mut article);
        let mut explained = engine.explain(&article);
        if let Some(map) = article.source_map.as_ref().filter(|_| for_programs) {
            map_offsets(&mut explained.article.statements, map);
        }
        held.push(explained);
        if is_stream {
            write_explained(&held, args.format, shape, output.writer())?;
            output.flush()?;
            held.clear();
        }
        done += 1;
    }
    if !is_stream && done > 0 {
        write_explained(&held, args.format, shape, output.writer())?;
    }
    output.finish()?;
    Ok(match (done, failed) {
        (_, 0) => Exit::Done,
        (0, _) => Exit::Nothing,
        _ => Exit::Partial,
    })
}
