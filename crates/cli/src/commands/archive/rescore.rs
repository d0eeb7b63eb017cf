//! `detente archive rescore`: scores the stored articles with another model.

use detente_archive::{Archive, ArticleFilter};
use indicatif::ProgressBar;

use crate::archive_model::scoring;
use crate::args::{GlobalArgs, RescoreArgs};
use crate::article_context::ArticleContext;
use crate::exit_status::ExitStatus;
use crate::output::Output;
use crate::progress::shows_bar;

/// Articles that are stored in one transaction.
const BATCH: usize = 256;

/// Scores what the model and this version of the program have not scored yet. An interrupted run is continued by the
/// next one.
pub(crate) fn run_rescore(args: &RescoreArgs, global: &GlobalArgs) -> anyhow::Result<ExitStatus> {
    let scoring = scoring(&ArticleContext::default().with_any_language(args.any_language), global)?;
    let mut archive = Archive::open(&args.archive.file)?;
    let missing = archive.count_unscored(&scoring)?;
    let bar = if shows_bar(global) { ProgressBar::new(missing as u64) } else { ProgressBar::hidden() };
    let mut done = 0;
    loop {
        let scored = archive.rescore(&scoring, BATCH)?;
        if scored == 0 {
            break;
        }
        done += scored;
        bar.set_position(done as u64);
    }
    bar.finish_and_clear();
    let mut output = Output::open(None)?;
    let (file, id) = (args.archive.file.display(), &scoring.model().id);
    let others = archive.count(&ArticleFilter::default())?.saturating_sub(done);
    writeln!(output.writer(), "{file}: {done} scored by {id}, {others} had its scores")?;
    output.finish()?;
    Ok(ExitStatus::Success)
}
