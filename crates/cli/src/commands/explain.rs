//! `detente explain`: why an article has its outlook, down to the features.

use detente::ExplainedArticle;
use detente::internals::map_offsets;
use detente_input::InputOptions;
use detente_report::{ExplainFormat, write_explained};

use crate::args::{ExplainArgs, GlobalArgs};
use crate::article_context::ArticleContext;
use crate::article_inputs::ArticleInputs;
use crate::exit_status::ExitStatus;
use crate::output::{Output, text_width};
use crate::progress::describe;

/// Explains the articles one by one and writes them.
pub(crate) fn run_explain(args: &ExplainArgs, global: &GlobalArgs) -> anyhow::Result<ExitStatus> {
    let context = ArticleContext::from_args(&args.context)?;
    let model = crate::model_folder::open_model(global.model.as_deref())?;
    let engine = args.aggregate.apply_to(context.engine(model));
    let layout = (args.top, text_width());
    // a JSON array and a page are one document, so all articles are held until the end
    let is_one_document = matches!(args.format, ExplainFormat::Json | ExplainFormat::Html);
    let is_machine_readable = matches!(args.format, ExplainFormat::Json | ExplainFormat::Jsonl);
    let path = args.output.as_deref();
    let mut output = if is_machine_readable { Output::open_exact(path)? } else { Output::open(path)? };
    let mut held: Vec<ExplainedArticle> = Vec::new();
    let (mut done, mut failed) = (0_usize, 0_usize);
    let mut inputs =
        ArticleInputs::new(InputOptions { output: args.output.clone(), ..args.input.to_options() });
    for article in inputs.by_ref() {
        let mut article = match article {
            Ok(article) => article,
            Err(error) => {
                crate::message::print_message(format_args!("detente: {}", describe(&error)));
                failed += 1;
                continue;
            }
        };
        context.apply_to(&mut article);
        let mut explained = engine.explain(&article);
        if let Some(map) = article.source_map.as_ref().filter(|_| is_machine_readable) {
            map_offsets(&mut explained.article.statements, map);
        }
        held.push(explained);
        if !is_one_document {
            write_explained(&held, args.format, layout, output.writer())?;
            output.flush()?;
            held.clear();
        }
        done += 1;
    }
    if !global.quiet {
        for skipped in inputs.take_skipped() {
            crate::message::print_message(format_args!("detente: {skipped}"));
        }
    }
    let status = ExitStatus::of_counts(done, failed);
    if is_one_document && (done > 0 || args.format == ExplainFormat::Json && status == ExitStatus::Success) {
        write_explained(&held, args.format, layout, output.writer())?;
    }
    output.finish()?;
    Ok(status)
}
