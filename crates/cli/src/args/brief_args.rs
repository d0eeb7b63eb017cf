//! Options of `detente brief`.

use std::path::PathBuf;

use clap::Args;
use detente::Day;
use detente_report::BriefFormat;
use detente_timeline::Period;

use crate::args::input_args::{ContextArgs, InputArgs};

#[derive(Debug, Args)]
pub(crate) struct BriefArgs {
    #[command(flatten)]
    pub(crate) options: BriefOptions,
    #[command(flatten)]
    pub(crate) context: ContextArgs,
    #[command(flatten)]
    pub(crate) input: InputArgs,
}

/// What a brief shows, and how.
#[derive(Debug, Args)]
pub(crate) struct BriefOptions {
    /// Report what changed since this date, YYYY-MM-DD [default: the last turning point, else 30 days before the
    /// newest article]
    #[arg(long, value_name = "DATE")]
    pub(crate) since: Option<Day>,
    /// Ignore articles after this date, YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub(crate) until: Option<Day>,
    /// Only articles with one of these words in title or text
    #[arg(long, value_name = "WORD,…", value_delimiter = ',')]
    pub(crate) about: Vec<String>,
    /// Length of a period of the chart: day, week, month, quarter, year [default: by the time that the articles span]
    #[arg(long, value_name = "PERIOD")]
    pub(crate) period: Option<Period>,
    /// Allow scores of different models in one brief
    #[arg(long)]
    pub(crate) allow_mixed: bool,
    /// Output format: text, json, markdown, html
    #[arg(long, value_name = "FORMAT", default_value_t)]
    pub(crate) format: BriefFormat,
    /// Write to FILE instead of stdout
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}
