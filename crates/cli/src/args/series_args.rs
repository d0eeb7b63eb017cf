//! Options of `detente timeline` and `detente compare`.

use std::path::PathBuf;

use clap::Args;
use detente::Day;
use detente_report::SeriesFormat;
use detente_timeline::{DateBasis, DateLimits, GapFill, GroupBy, Period, Smoothing, VoteWeighting};

use crate::args::input_args::{ContextArgs, InputArgs};

#[derive(Debug, Args)]
pub(crate) struct TimelineArgs {
    #[command(flatten)]
    pub(crate) options: TimelineOptions,
    #[command(flatten)]
    pub(crate) context: ContextArgs,
    #[command(flatten)]
    pub(crate) limits: LimitArgs,
    #[command(flatten)]
    pub(crate) input: InputArgs,
}

/// What a timeline shows, and how.
#[derive(Debug, Args)]
pub(crate) struct TimelineOptions {
    /// Length of a period: day, week, month, quarter, year; week-fri for weeks that end on a Friday, and so on
    #[arg(long, value_name = "PERIOD", default_value_t)]
    pub(crate) period: Period,
    /// One series per side, speaker, source, negotiation or domain
    #[arg(long, value_name = "GROUP,…", value_delimiter = ',')]
    pub(crate) by: Vec<GroupBy>,
    /// Which date counts: that of the article, or of the event that a statement describes (article, statement)
    #[arg(long, value_name = "BASIS", default_value_t)]
    pub(crate) place: DateBasis,
    /// Weights of the stories of a period: equal, interval, source
    #[arg(long, value_name = "KIND", default_value_t)]
    pub(crate) weights: VoteWeighting,
    /// Value of periods without stories: none, latest
    #[arg(long, value_name = "KIND", default_value_t)]
    pub(crate) fill: GapFill,
    /// Smoothing: level (starts afresh at turning points), local-level (maximum likelihood), ewma, none
    #[arg(long, value_name = "KIND", default_value_t)]
    pub(crate) smooth: Smoothing,
    /// Compute each row only from articles up to its period, for backtests
    #[arg(long)]
    pub(crate) causal: bool,
    /// Half-life of --smooth ewma and of the column decayed in days
    #[arg(long, value_name = "DAYS", default_value_t = 28.0, value_parser = positive_number)]
    pub(crate) half_life: f64,
    /// Minimum number of stories on each side of a turning point
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub(crate) min_segment: usize,
    /// Significance level of turning points
    #[arg(long, value_name = "P", default_value_t = 0.05, value_parser = probability)]
    pub(crate) alpha: f64,
    /// Output format: text, json, jsonl, csv, markdown, svg, html
    #[arg(long, value_name = "FORMAT", default_value_t)]
    pub(crate) format: SeriesFormat,
    /// Write to FILE instead of stdout
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct CompareArgs {
    /// Compare articles before this date with those on or after it, YYYY-MM-DD
    #[arg(long, value_name = "DATE", conflicts_with_all = ["before", "after", "sides"])]
    pub(crate) split: Option<Day>,
    /// Compare articles before this date with those after --after
    #[arg(long, value_name = "DATE", requires = "after", conflicts_with = "sides")]
    pub(crate) before: Option<Day>,
    /// Compare articles after this date with those before --before
    #[arg(long, value_name = "DATE", requires = "before")]
    pub(crate) after: Option<Day>,
    /// Compare the statements of two sides in the same articles
    #[arg(long, num_args = 2, value_names = ["SIDE", "SIDE"])]
    pub(crate) sides: Vec<String>,
    /// Output format: text, json, jsonl, csv, markdown, svg, html
    #[arg(long, value_name = "FORMAT", default_value_t)]
    pub(crate) format: SeriesFormat,
    /// Write to FILE instead of stdout
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) context: ContextArgs,
    #[command(flatten)]
    pub(crate) limits: LimitArgs,
    #[command(flatten)]
    pub(crate) input: InputArgs,
}

/// Which scored articles are used.
#[derive(Debug, Args)]
pub(crate) struct LimitArgs {
    /// Ignore articles before this date, YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub(crate) since: Option<Day>,
    /// Ignore articles after this date, YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub(crate) until: Option<Day>,
    /// Allow scores of different models in one series
    #[arg(long)]
    pub(crate) allow_mixed: bool,
}

impl LimitArgs {
    pub(crate) fn to_limits(&self) -> DateLimits {
        DateLimits {
            since: self.since,
            until: self.until,
            allow_mixed: self.allow_mixed,
            first_prints: false,
        }
    }
}

fn positive_number(text: &str) -> Result<f64, String> {
    let number = text.parse().ok().filter(|number: &f64| number.is_finite() && *number > 0.0);
    number.ok_or_else(|| "not a number greater than 0".to_owned())
}

fn probability(text: &str) -> Result<f64, String> {
    let number = text.parse().ok().filter(|number| (0.0..=1.0).contains(number));
    number.ok_or_else(|| "not a number between 0 and 1".to_owned())
}
