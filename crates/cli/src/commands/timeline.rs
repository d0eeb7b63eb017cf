//! `detente timeline`: articles in, outlooks over time out.

use detente_report::write_timeline;
use detente_timeline::{
    ChangeSettings, DateBasis, DateLimits, GroupBy, Retain, SeriesSettings, TimelineSettings, timeline,
};

use crate::args::{Global, TimelineArgs};
use crate::article_context::ArticleContext;
use crate::exit::Exit;
use crate::output::{Output, width};
use crate::series_input::SeriesReader;

pub(crate) fn run(args: &TimelineArgs, global: &Global) -> anyhow::Result<Exit> {
    let keep = Retain {
        statements: args.place == DateBasis::Statement
            || args.by.iter().any(|by: &GroupBy| by.needs_statements()),
        texts: false,
    };
    let mut gatherer = SeriesReader::new(global, ArticleContext::open(&args.context)?, keep);
    gatherer.take(&args.input, false)?;
    let (Some(collector), exit) = gatherer.finish() else {
        anyhow::bail!("no article could be read");
    };
    let archive = collector.finish(&args.limits.limits())?;
    super::warn(archive.issues(), global);
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
    };
    let found = timeline(&archive, &settings)?;
    let mut output = Output::open(args.output.as_deref())?;
    write_timeline(&found, args.format, width(), output.writer())?;
    output.finish()?;
    Ok(exit)
}

impl crate::args::LimitArgs {
    /// The limits of the library.
    pub(crate) fn limits(&self) -> DateLimits {
        DateLimits { since: self.since, until: self.until, allow_mixed: self.allow_mixed }
    }
}
