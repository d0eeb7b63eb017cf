//! `detente archive timeline` and `detente archive brief`: as the commands of that name, on articles of an archive.

use std::path::Path;

use detente_archive::{Archive, ArticleFilter};
use detente_timeline::Retain;

use crate::args::{BriefOptions, GlobalArgs, LimitArgs, TimelineOptions};
use crate::article_context::ArticleContext;
use crate::commands::brief::{RETAINED, write_briefs};
use crate::commands::timeline::{retained, write_series};
use crate::exit_status::ExitStatus;
use crate::series_input::SeriesReader;

pub(crate) fn run_timeline(
    file: &Path,
    options: &TimelineOptions,
    limits: &LimitArgs,
    negotiation: Option<&str>,
    global: &GlobalArgs,
) -> anyhow::Result<ExitStatus> {
    write_series(read(file, negotiation, retained(options), global)?, options, limits, global)
}

pub(crate) fn run_brief(
    file: &Path,
    options: &BriefOptions,
    negotiation: Option<&str>,
    global: &GlobalArgs,
) -> anyhow::Result<ExitStatus> {
    write_briefs(read(file, negotiation, RETAINED, global)?, options, global)
}

/// Reads the articles of a negotiation, or all.
fn read<'a>(
    file: &Path,
    negotiation: Option<&str>,
    retain: Retain,
    global: &'a GlobalArgs,
) -> anyhow::Result<SeriesReader<'a>> {
    let archive = Archive::open(file)?;
    let filter = negotiation.map_or_else(ArticleFilter::default, ArticleFilter::negotiation);
    if let Some(name) = negotiation {
        anyhow::ensure!(archive.count(&filter)? > 0, "{}: no negotiation {name:?}", file.display());
    }
    let mut reader = SeriesReader::new(global, ArticleContext::default(), retain);
    reader.read_archive(&archive, &filter, false)?;
    Ok(reader)
}
