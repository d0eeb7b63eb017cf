//! `detente compare`: two sets of articles in, what changed and what made the difference out.

use std::path::PathBuf;

use clap::CommandFactory;
use clap::error::ErrorKind;
use detente_report::{SeriesFormat, write_comparison};
use detente_timeline::{Retain, SetSelector, compare};

use crate::args::{Cli, CompareArgs, Global};
use crate::article_context::ArticleContext;
use crate::exit::Exit;
use crate::input::InputArgs;
use crate::output::{Output, width};
use crate::series_input::SeriesReader;

pub(crate) fn run(args: &CompareArgs, global: &Global) -> anyhow::Result<Exit> {
    if args.format == SeriesFormat::Svg {
        let message = "a comparison has no plot: text, json, jsonl, csv, markdown or html";
        Cli::command().error(ErrorKind::InvalidValue, message).exit();
    }
    let sets = sets(args);
    let mut gatherer = SeriesReader::new(
        global,
        ArticleContext::open(&args.context)?,
        Retain { statements: true, texts: true },
    );
    if let (SetSelector::Inputs(..), [first, second]) = (&sets, args.input.inputs.as_slice()) {
        let one = |input: &PathBuf| InputArgs { inputs: vec![input.clone()], ..args.input.clone() };
        gatherer.take(&one(first), false)?;
        gatherer.take(&one(second), true)?;
    } else {
        gatherer.take(&args.input, false)?;
    }
    let (Some(collector), exit) = gatherer.finish() else {
        anyhow::bail!("no article could be read");
    };
    let archive = collector.finish(&args.limits.limits())?;
    let found = compare(&archive, &sets)?;
    super::warn(&found.issues, global);
    let mut output = Output::open(args.output.as_deref())?;
    write_comparison(&found, args.format, width(), output.writer())?;
    output.finish()?;
    Ok(exit)
}

/// The two sets that the arguments ask for; ends the program with code 2 where they name none.
fn sets(args: &CompareArgs) -> SetSelector {
    let usage =
        |message: &str| -> ! { Cli::command().error(ErrorKind::MissingRequiredArgument, message).exit() };
    if let Some(split) = args.split {
        return SetSelector::Days { before: split, after: split.plus_days(-1) };
    }
    if let (Some(before), Some(after)) = (args.before, args.after) {
        if after < before.plus_days(-1) {
            usage("--after must not be earlier than the day before --before: the two periods would overlap");
        }
        return SetSelector::Days { before, after };
    }
    if let [first, second] = args.sides.as_slice() {
        return SetSelector::Sides(first.clone(), second.clone());
    }
    let [first, second] = args.input.inputs.as_slice() else {
        usage("two inputs, or --split, --before with --after, or --sides are needed");
    };
    SetSelector::Inputs(first.display().to_string(), second.display().to_string())
}
