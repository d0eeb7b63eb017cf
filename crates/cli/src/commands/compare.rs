//! `detente compare`: the difference between two sets of articles, and what causes it.

use std::path::PathBuf;

use clap::error::ErrorKind;
use detente_input::InputOptions;
use detente_report::write_comparison;
use detente_timeline::{Retain, SetSelector, compare};

use crate::args::{CompareArgs, GlobalArgs, usage_error};
use crate::article_context::ArticleContext;
use crate::commands::series_findings::print_findings;
use crate::exit_status::ExitStatus;
use crate::output::{Output, text_width};
use crate::series_input::SeriesReader;

/// Reads the articles, compares the two sets and writes the result.
pub(crate) fn run_compare(args: &CompareArgs, global: &GlobalArgs) -> anyhow::Result<ExitStatus> {
    let sets = selected_sets(args)?;
    let context = ArticleContext::from_args(&args.context)?;
    let mut reader =
        SeriesReader::new(global, context, Retain { statements: true, texts: true, ..Retain::default() });
    let options = args.input.to_options();
    if let (SetSelector::Inputs(..), [first, second]) = (&sets, args.input.inputs.as_slice()) {
        let only = |input: &PathBuf| InputOptions { inputs: vec![input.clone()], ..options.clone() };
        reader.read(&only(first), false)?;
        reader.read(&only(second), true)?;
    } else {
        reader.read(&options, false)?;
    }
    let (Some(collector), status) = reader.finish() else {
        anyhow::bail!("no article could be read");
    };
    let articles = collector.finish(&args.limits.to_limits())?;
    let comparison = compare(&articles, &sets)?;
    print_findings(&comparison.issues, global);
    let mut output = Output::open(args.output.as_deref())?;
    write_comparison(&comparison, args.format, text_width(), output.writer())?;
    output.finish()?;
    Ok(status)
}

/// The two sets to compare.
///
/// # Errors
/// A usage error if the arguments do not select two sets.
fn selected_sets(args: &CompareArgs) -> anyhow::Result<SetSelector> {
    if let Some(split) = args.split {
        return Ok(SetSelector::Days { before: split, after: split.plus_days(-1) });
    }
    if let (Some(before), Some(after)) = (args.before, args.after) {
        if after < before.plus_days(-1) {
            let message = "the periods overlap: --after must not be earlier than the day before --before";
            return Err(usage_error(ErrorKind::ValueValidation, message));
        }
        return Ok(SetSelector::Days { before, after });
    }
    if let [first, second] = args.sides.as_slice() {
        return Ok(SetSelector::Sides(first.clone(), second.clone()));
    }
    let [first, second] = args.input.inputs.as_slice() else {
        let message = "compare needs two inputs, --split, --before with --after, or --sides";
        return Err(usage_error(ErrorKind::MissingRequiredArgument, message));
    };
    Ok(SetSelector::Inputs(first.display().to_string(), second.display().to_string()))
}
