//! `detente archive list`: negotiations, articles or models of an archive.

use std::io::Write;

use detente::Day;
use detente_archive::{Archive, ModelSummary, NegotiationSummary, Page};

use crate::archive_model::chosen_model;
use crate::args::{ArchiveFormat, GlobalArgs, ListArgs};
use crate::commands::archive::article_list::{one_line, write_articles, write_json};
use crate::exit_status::ExitStatus;
use crate::message::print_message;
use crate::output::Output;

/// Writes what the options ask for.
pub(crate) fn run_list(args: &ListArgs, global: &GlobalArgs) -> anyhow::Result<ExitStatus> {
    let archive = Archive::open(&args.archive.file)?;
    let format = args.output.format;
    let mut output = Output::open(args.output.output.as_deref())?;
    let filter = args.filter.to_filter();
    if args.models {
        write_models(&archive.models()?, format, output.writer())?;
    } else if args.articles || filter != detente_archive::ArticleFilter::default() {
        let model = chosen_model(&archive, global)?;
        let page = Page { offset: args.output.offset, limit: args.output.limit };
        let articles = archive.articles(&filter, Some(model), page)?;
        write_articles(&articles, format, output.writer())?;
        let all = archive.count(&filter)?;
        if all > articles.len() && !global.quiet {
            print_message(format_args!("detente: {} of {all} articles (--limit, --offset)", articles.len()));
        }
    } else {
        write_negotiations(&archive.negotiations()?, format, output.writer())?;
    }
    output.finish()?;
    Ok(ExitStatus::Success)
}

fn write_negotiations(
    negotiations: &[NegotiationSummary],
    format: ArchiveFormat,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let day = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
    match format {
        ArchiveFormat::Json | ArchiveFormat::Jsonl => write_json(negotiations, format, out)?,
        ArchiveFormat::Text => {
            writeln!(out, "articles  first       last        negotiation")?;
            for summary in negotiations {
                let name = summary.name.as_deref().map_or_else(|| "(none)".to_owned(), one_line);
                let (first, last) = (day(summary.first), day(summary.last));
                writeln!(out, "{:>8}  {first:10}  {last:10}  {name}", summary.articles)?;
            }
        }
        ArchiveFormat::Csv => {
            let mut table = csv::Writer::from_writer(out);
            table.write_record(["negotiation", "articles", "first", "last"])?;
            for summary in negotiations {
                let name = summary.name.clone().unwrap_or_default();
                table.write_record([
                    name,
                    summary.articles.to_string(),
                    day(summary.first),
                    day(summary.last),
                ])?;
            }
            table.flush()?;
        }
    }
    Ok(())
}

fn write_models(models: &[ModelSummary], format: ArchiveFormat, out: &mut dyn Write) -> anyhow::Result<()> {
    match format {
        ArchiveFormat::Json | ArchiveFormat::Jsonl => write_json(models, format, out)?,
        ArchiveFormat::Text => {
            writeln!(out, "articles  model             blake3")?;
            for model in models {
                let identity = &model.identity;
                writeln!(out, "{:>8}  {:16}  {}", model.articles, identity.id, identity.checksum)?;
            }
        }
        ArchiveFormat::Csv => {
            let mut table = csv::Writer::from_writer(out);
            table.write_record(["model", "blake3", "articles"])?;
            for model in models {
                let identity = &model.identity;
                table.write_record([&identity.id, &identity.checksum, &model.articles.to_string()])?;
            }
            table.flush()?;
        }
    }
    Ok(())
}
