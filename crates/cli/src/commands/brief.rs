//! `detente brief`: a negotiation on a page.

use detente_input::InputOptions;
use detente_report::write_brief;
use detente_timeline::{
    BriefReport, BriefSettings, Collection, Collector, DateLimits, Retain, brief, sections, seems_several,
};

use crate::args::{BriefArgs, BriefOptions, GlobalArgs};
use crate::article_context::ArticleContext;
use crate::commands::series_findings::print_findings;
use crate::exit_status::ExitStatus;
use crate::message::print_message;
use crate::model_folder::news_until;
use crate::output::{Output, text_width};
use crate::series_input::SeriesReader;

/// What a brief needs of each article.
pub(crate) const RETAINED: Retain = Retain { statements: true, texts: true, details: true };

/// Reads the articles, computes a brief for each negotiation and writes them.
pub(crate) fn run_brief(args: &BriefArgs, global: &GlobalArgs) -> anyhow::Result<ExitStatus> {
    let mut reader = SeriesReader::new(global, ArticleContext::from_args(&args.context)?, RETAINED);
    let options = InputOptions { output: args.options.output.clone(), ..args.input.to_options() };
    reader.read(&options, false)?;
    write_briefs(reader, &args.options, global)
}

/// Computes the briefs of the articles that were read and writes them.
pub(crate) fn write_briefs(
    reader: SeriesReader<'_>,
    args: &BriefOptions,
    global: &GlobalArgs,
) -> anyhow::Result<ExitStatus> {
    let (Some(mut collector), status) = reader.finish() else {
        anyhow::bail!("no article could be read");
    };
    if !args.about.is_empty() {
        let others = collector.keep_about(&args.about);
        if others > 0 && !global.quiet {
            let words = args.about.join(", ");
            print_message(format_args!("detente: not about {words}: {others}; left out"));
        }
    }
    let settings = BriefSettings {
        since: args.since,
        period: args.period,
        news_until: news_until(global.model.as_deref())?,
    };
    let report = report(collector, args, &settings, global)?;
    let mut output = Output::open(args.output.as_deref())?;
    write_brief(&report, args.format, text_width(), output.writer())?;
    output.finish()?;
    Ok(status)
}

/// The briefs of all sections, the one with the newest article first. A section without a usable article is reported
/// and left out, unless it is the only one.
fn report(
    collector: Collector,
    args: &BriefOptions,
    settings: &BriefSettings,
    global: &GlobalArgs,
) -> anyhow::Result<BriefReport> {
    let limits = DateLimits { until: args.until, allow_mixed: args.allow_mixed, ..DateLimits::default() };
    let sections = sections(collector);
    let is_single = sections.len() == 1;
    let (mut briefs, mut several) = (Vec::new(), None);
    for section in sections {
        let articles: Collection = match section.finish(&limits) {
            Ok(articles) => articles,
            Err(error) if is_single => return Err(error.into()),
            Err(error) => {
                print_message(format_args!("detente: {error}"));
                continue;
            }
        };
        print_findings(articles.issues(), global);
        if is_single {
            several = seems_several(&articles);
            if let Some(note) = several.as_ref().filter(|_| !global.quiet) {
                print_message(format_args!("detente: {note}"));
            }
        }
        briefs.push(brief(&articles, settings)?);
    }
    anyhow::ensure!(!briefs.is_empty(), "no dated article with an outlook");
    briefs.sort_by(|a, b| b.last.cmp(&a.last).then_with(|| a.name.cmp(&b.name)));
    Ok(BriefReport::new(briefs, several))
}
