//! `detente timeline`: outlooks over time.

use detente_input::InputOptions;
use detente_report::write_timeline;
use detente_timeline::{
    ChangeSettings, DateBasis, DateLimits, GroupBy, Retain, SeriesSettings, TimelineSettings, timeline,
};

use crate::args::{GlobalArgs, LimitArgs, TimelineArgs, TimelineOptions};
use crate::article_context::ArticleContext;
use crate::commands::series_findings::print_findings;
use crate::exit_status::ExitStatus;
use crate::model_folder::news_until;
use crate::output::{Output, text_width};
use crate::series_input::SeriesReader;

/// Reads the articles, computes the series and writes them.
pub(crate) fn run_timeline(args: &TimelineArgs, global: &GlobalArgs) -> anyhow::Result<ExitStatus> {
    let context = ArticleContext::from_args(&args.context)?;
    let mut reader = SeriesReader::new(global, context, retained(&args.options));
    let options = InputOptions { output: args.options.output.clone(), ..args.input.to_options() };
    reader.read(&options, false)?;
    write_series(reader, &args.options, &args.limits, global)
}

/// What the series of `args` need of each article.
pub(crate) fn retained(args: &TimelineOptions) -> Retain {
    let needs_statements =
        args.place == DateBasis::Statement || args.by.iter().any(|by: &GroupBy| by.needs_statements());
    Retain { statements: needs_statements, ..Retain::default() }
}

/// Computes the series of the articles that were read and writes them.
pub(crate) fn write_series(
    reader: SeriesReader<'_>,
    args: &TimelineOptions,
    limits: &LimitArgs,
    global: &GlobalArgs,
) -> anyhow::Result<ExitStatus> {
    let (Some(collector), status) = reader.finish() else {
        anyhow::bail!("no article could be read");
    };
    let limits = DateLimits { first_prints: args.causal, ..limits.to_limits() };
    let articles = collector.finish(&limits)?;
    print_findings(articles.issues(), global);
    let settings = TimelineSettings {
        series: SeriesSettings {
            period: args.period,
            weighting: args.weights,
            gap_fill: args.fill,
            smoothing: args.smooth,
            half_life: args.half_life,
        },
        change: ChangeSettings {
            min_segment: args.min_segment,
            alpha: args.alpha,
            ..ChangeSettings::default()
        },
        group_by: args.by.clone(),
        date_basis: args.place,
        causal: args.causal,
        news_until: news_until(global.model.as_deref())?,
    };
    let found = timeline(&articles, &settings)?;
    let mut output = Output::open(args.output.as_deref())?;
    write_timeline(&found, args.format, text_width(), output.writer())?;
    output.finish()?;
    Ok(status)
}
