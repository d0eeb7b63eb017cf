//! Options of `detente archive`.

use std::path::PathBuf;
use std::time::Duration;

use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand, ValueEnum};
use detente::Day;
use detente_archive::{ArticleFilter, Filing};
use detente_report::Table;

use crate::args::brief_args::BriefOptions;
use crate::args::input_args::{ContextArgs, InputArgs};
use crate::args::series_args::{LimitArgs, TimelineOptions};

#[derive(Debug, Args)]
pub(crate) struct ArchiveArgs {
    #[command(subcommand)]
    pub(crate) command: ArchiveCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ArchiveCommand {
    /// Score articles and store them; a text that is stored already changes nothing
    Add(Box<AddArgs>),
    /// Search words in titles and texts
    Find(FindArgs),
    /// List negotiations, articles or models
    List(ListArgs),
    /// Show outlooks over time, as detente timeline
    Timeline {
        #[command(flatten)]
        archive: ArchiveArg,
        #[command(flatten)]
        options: TimelineOptions,
        #[command(flatten)]
        limits: LimitArgs,
        /// Only articles of this negotiation
        #[arg(long, value_name = "NAME")]
        negotiation: Option<String>,
    },
    /// Show a negotiation on a page, as detente brief
    Brief {
        #[command(flatten)]
        archive: ArchiveArg,
        #[command(flatten)]
        options: BriefOptions,
        /// Only articles of this negotiation
        #[arg(long, value_name = "NAME")]
        negotiation: Option<String>,
    },
    /// Score the stored articles with another model, and keep the scores of both
    Rescore(RescoreArgs),
    /// Write the stored results, as detente score does
    Export(ExportArgs),
    /// Check the file, its index and every result
    Verify {
        #[command(flatten)]
        archive: ArchiveArg,
    },
}

/// The archive.
#[derive(Debug, Args)]
pub(crate) struct ArchiveArg {
    /// Archive
    #[arg(value_name = "FILE.db")]
    pub(crate) file: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct AddArgs {
    /// Archive; it is created if there is none
    #[arg(value_name = "FILE.db")]
    pub(crate) file: PathBuf,
    /// File articles without a negotiation under this one
    #[arg(long, value_name = "NAME")]
    pub(crate) negotiation: Option<String>,
    /// Then look at this folder again and again, and add files that are new or have changed, until Ctrl-C
    #[arg(long, value_name = "DIR")]
    pub(crate) watch: Option<PathBuf>,
    /// Time between two looks at the folder, as 500ms, 30s or 5m
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = duration, requires = "watch")]
    pub(crate) every: Duration,
    /// Output format: a summary as text, or a line for each article as soon as it is stored
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = ["text", "jsonl"])]
    pub(crate) format: String,
    #[command(flatten)]
    pub(crate) context: ContextArgs,
    #[command(flatten)]
    pub(crate) input: InputArgs,
}

#[derive(Debug, Args)]
pub(crate) struct FindArgs {
    #[command(flatten)]
    pub(crate) archive: ArchiveArg,
    /// Words, all of which must occur; "a phrase" in quotation marks, negotiat* for any ending
    #[arg(value_name = "WORD", required = true)]
    pub(crate) words: Vec<String>,
    #[command(flatten)]
    pub(crate) filter: FilterArgs,
    #[command(flatten)]
    pub(crate) output: ListOutput,
}

#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    #[command(flatten)]
    pub(crate) archive: ArchiveArg,
    /// List articles, the latest first; default with --negotiation, --unfiled, --since or --until
    #[arg(long)]
    pub(crate) articles: bool,
    /// List the models that scored articles
    #[arg(long, conflicts_with_all = ["articles", "negotiation", "unfiled", "since", "until"])]
    pub(crate) models: bool,
    #[command(flatten)]
    pub(crate) filter: FilterArgs,
    #[command(flatten)]
    pub(crate) output: ListOutput,
}

#[derive(Debug, Args)]
pub(crate) struct RescoreArgs {
    #[command(flatten)]
    pub(crate) archive: ArchiveArg,
    /// Also score articles that are clearly not in English
    #[arg(long)]
    pub(crate) any_language: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ExportArgs {
    #[command(flatten)]
    pub(crate) archive: ArchiveArg,
    #[command(flatten)]
    pub(crate) filter: FilterArgs,
    /// Output format
    #[arg(long, default_value = "jsonl", value_parser = PossibleValuesParser::new(export_formats()))]
    pub(crate) format: String,
    /// Rows of the formats csv and parquet
    #[arg(long, value_name = "ROWS", default_value = "articles", value_parser = PossibleValuesParser::new(Table::NAMES))]
    pub(crate) table: String,
    /// Write to FILE instead of stdout; it is named FILE.part until it is complete
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// Which articles of an archive.
#[derive(Debug, Args)]
pub(crate) struct FilterArgs {
    /// Only articles of this negotiation
    #[arg(long, value_name = "NAME")]
    pub(crate) negotiation: Option<String>,
    /// Only articles without a negotiation
    #[arg(long, conflicts_with = "negotiation")]
    pub(crate) unfiled: bool,
    /// Only articles of this date or later, YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub(crate) since: Option<Day>,
    /// Only articles of this date or earlier, YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub(crate) until: Option<Day>,
}

impl FilterArgs {
    pub(crate) fn to_filter(&self) -> ArticleFilter {
        let filing = match &self.negotiation {
            Some(name) => Filing::Under(name.clone()),
            None if self.unfiled => Filing::Unfiled,
            None => Filing::Any,
        };
        ArticleFilter { filing, since: self.since, until: self.until }
    }
}

/// How a list is written, and how much of it.
#[derive(Debug, Args)]
pub(crate) struct ListOutput {
    /// Maximum number of articles
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) limit: usize,
    /// Number of articles that are left out at the beginning
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) offset: usize,
    /// Output format
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    pub(crate) format: ArchiveFormat,
    /// Write to FILE instead of stdout
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// Formats of lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ArchiveFormat {
    /// Text for a terminal
    Text,
    /// One JSON array
    Json,
    /// One JSON object per line
    Jsonl,
    /// A table with a header
    Csv,
}

/// The export formats of this build.
fn export_formats() -> Vec<&'static str> {
    let mut names = vec!["jsonl", "json", "csv"];
    if cfg!(feature = "parquet") {
        names.push("parquet");
    }
    names
}

/// A time of at least 10 ms with its unit.
fn duration(text: &str) -> Result<Duration, String> {
    let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let unit = match text.get(digits.len()..).unwrap_or_default() {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        _ => 0,
    };
    let milliseconds = digits.parse().ok().and_then(|number: u64| number.checked_mul(unit));
    let duration = milliseconds.filter(|ms| (10..=u64::from(u32::MAX)).contains(ms));
    duration.map(Duration::from_millis).ok_or_else(|| "not a time, as 500ms, 30s or 5m".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_a_unit() {
        for (text, seconds) in [("500ms", 0.5), ("30s", 30.0), ("5m", 300.0), ("1h", 3600.0)] {
            assert_eq!(duration(text).map(|time| time.as_secs_f64()), Ok(seconds));
        }
        for text in ["", "30", "0s", "-1s", "1.5s", "s", "9999999999999999999h", "30 s", "3d"] {
            assert!(duration(text).is_err(), "{text}");
        }
    }
}
