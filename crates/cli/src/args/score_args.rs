//! Options of `detente score` and `detente explain`.

use std::path::PathBuf;
use std::str::FromStr;

use clap::Args;
use clap::builder::PossibleValuesParser;
use detente::{Engine, Profile};
use detente_report::{ExplainFormat, OutputFormat, Table};

use crate::args::input_args::{ContextArgs, InputArgs};

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of the command line")]
pub(crate) struct ScoreArgs {
    /// Score each record as one statement, without splitting it into sentences
    #[arg(long)]
    pub(crate) statements: bool,
    /// Output format
    #[arg(long, default_value = "text", value_parser = PossibleValuesParser::new(format_names()))]
    pub(crate) format: String,
    /// Print the statements of every article; without it, several articles get one line each (text only)
    #[arg(long)]
    pub(crate) full: bool,
    /// Rows of the formats csv and parquet; default: articles, or statements with --statements
    #[arg(long, value_name = "ROWS", value_parser = PossibleValuesParser::new(Table::NAMES))]
    pub(crate) table: Option<String>,
    /// Write to FILE instead of stdout; it is named FILE.part until it is complete
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Continue after the last complete record that an earlier run left in FILE.part or FILE (jsonl only)
    #[arg(long, requires = "output")]
    pub(crate) resume: bool,
    /// Stop at the first record or file that cannot be read
    #[arg(long)]
    pub(crate) strict: bool,
    #[command(flatten)]
    pub(crate) aggregate: AggregateArgs,
    #[command(flatten)]
    pub(crate) context: ContextArgs,
    #[command(flatten)]
    pub(crate) input: InputArgs,
}

/// The output formats of this build.
fn format_names() -> Vec<&'static str> {
    let mut names = OutputFormat::NAMES.to_vec();
    names.push("items");
    if cfg!(feature = "parquet") {
        names.push("parquet");
    }
    names
}

#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// Maximum number of features shown per statement
    #[arg(long, value_name = "N", default_value_t = 8)]
    pub(crate) top: usize,
    /// Output format: text, json, jsonl (one statement per line), markdown, html
    #[arg(long, value_name = "FORMAT", default_value_t)]
    pub(crate) format: ExplainFormat,
    /// Write to FILE instead of stdout
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) aggregate: AggregateArgs,
    #[command(flatten)]
    pub(crate) context: ContextArgs,
    #[command(flatten)]
    pub(crate) input: InputArgs,
}

#[derive(Debug, Args)]
pub(crate) struct AggregateArgs {
    /// How statements are combined into an outlook: learned, or one scheme alone (mean, bearing, lead, first, last,
    /// headline, strongest, parties, news, told, proportional, proportional-pol, u-shaped,
    /// inverse-u-shaped, exponential, inverse-exponential)
    #[arg(long, value_name = "SCHEME", default_value = "learned")]
    pub(crate) aggregate: AggregationScheme,
}

impl AggregateArgs {
    /// Returns `engine` with this way of combining statements.
    pub(crate) fn apply_to(&self, engine: Engine) -> Engine {
        let AggregationScheme(Some(profile)) = self.aggregate else { return engine };
        let aggregation = engine.model().aggregation().alone(profile);
        engine.aggregate(aggregation)
    }
}

/// One profile alone; `None` for the aggregation that the model learned.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AggregationScheme(Option<Profile>);

impl FromStr for AggregationScheme {
    type Err = detente::Error;

    fn from_str(name: &str) -> detente::Result<Self> {
        if name == "learned" { Ok(Self(None)) } else { name.parse().map(|profile| Self(Some(profile))) }
    }
}
