//! What the command line says.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use detente::corpus::LabelMap;
use detente::report::Format;
use detente::train::Bar;

use crate::input::InputArgs;

/// How are the talks going? Scores statements and articles about negotiations.
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 100)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) global: Global,
}

/// Options of every command.
#[derive(Debug, Args)]
pub(crate) struct Global {
    /// Folder of the model to use instead of the built-in one
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) model: Option<PathBuf>,
    /// Threads to use (default: one a core)
    #[arg(long, global = true, value_name = "N")]
    pub(crate) jobs: Option<usize>,
    /// Say nothing but errors on stderr
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Score articles: how are the talks going?
    Score(ScoreArgs),
    /// Tell why: what each feature adds to each statement, and each statement to the outlook
    Explain(ExplainArgs),
    /// Train a model on labelled JSONL
    Train(TrainArgs),
    /// Measure a model on labelled JSONL
    Evaluate(EvaluateArgs),
}

#[derive(Debug, Args)]
pub(crate) struct ScoreArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    /// Take each record as one statement, unsplit
    #[arg(long)]
    pub(crate) statements: bool,
    /// Where the text contradicts its date, hold it against the date that the text supports
    #[arg(long)]
    pub(crate) date_from_text: bool,
    /// Form of the output: text, json, jsonl, csv
    #[arg(long, default_value = "text", value_parser = clap::builder::PossibleValuesParser::new(Format::NAMES))]
    pub(crate) format: String,
    /// File to write to instead of stdout
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    /// Most features shown for a statement
    #[arg(long, default_value_t = 8)]
    pub(crate) top: usize,
    /// Form of the output: text, jsonl
    #[arg(long, default_value = "text", value_parser = ["text", "jsonl"])]
    pub(crate) format: String,
}

#[derive(Debug, Args)]
pub(crate) struct TrainArgs {
    /// Labelled JSONL files: articles, single statements or softly labelled statements
    #[arg(required = true, value_name = "DATA")]
    pub(crate) data: Vec<PathBuf>,
    /// Folder that the model is written to
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// Folder with the lexicon's TSV files
    #[arg(long, value_name = "DIR", default_value = "data/lexicon")]
    pub(crate) lexicon: PathBuf,
    /// Draws the folds
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Weight of a softly labelled statement
    #[arg(long, default_value_t = 0.6)]
    pub(crate) soft_weight: f64,
    /// Weight of a statement of an article or contrast set
    #[arg(long, default_value_t = 0.3)]
    pub(crate) article_weight: f64,
    /// Pull of the weights to 0, for outlook, bearing, hedge
    #[arg(long, num_args = 3, value_names = ["OUTLOOK", "BEARING", "HEDGE"])]
    pub(crate) l2: Option<Vec<f64>>,
    /// Most columns that are kept
    #[arg(long)]
    pub(crate) columns: Option<usize>,
    /// What labels of another kind stand for, -3..3 or none, e.g. dovish=2,neutral=0,hawkish=-2
    #[arg(long, value_name = "NAME=VALUE,…")]
    pub(crate) labels: Option<LabelMap>,
    /// Labelled files to evaluate on later: a text that stands in both is refused
    #[arg(long, value_name = "FILE")]
    pub(crate) holdout: Vec<PathBuf>,
    /// Choose pulls and weights by nested successive halving
    #[arg(long)]
    pub(crate) tune: bool,
    /// Measure what fewer labels would give, for the card
    #[arg(long)]
    pub(crate) curve: bool,
    /// Least out-of-fold figures of a model that may ship, e.g. r=0.74,pairs=0.85,weakest=0.7,swaps=1;
    /// exit code 1 below them
    #[arg(long, value_name = "NAME=VALUE,…")]
    pub(crate) bars: Option<Bars>,
    /// Licence note for the card; may be given several times
    #[arg(long, value_name = "TEXT")]
    pub(crate) licence: Vec<String>,
    /// The model's name
    #[arg(long, value_name = "NAME", default_value = "negotiation-en-1")]
    pub(crate) id: String,
}

/// Least figures by name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bars(pub(crate) Vec<(String, f64)>);

impl std::str::FromStr for Bars {
    type Err = detente::Error;

    fn from_str(text: &str) -> detente::Result<Self> {
        Bar::parse(text).map(Self)
    }
}

#[derive(Debug, Args)]
pub(crate) struct EvaluateArgs {
    /// Least figures, e.g. r=0.7,sign=0.9,bearing=0.85,hedge=0.9,pairs=0.85; exit code 1 below them
    #[arg(long, value_name = "NAME=VALUE,…")]
    pub(crate) at_least: Option<Bars>,
    /// Labelled JSONL files
    #[arg(required = true, value_name = "DATA")]
    pub(crate) data: Vec<PathBuf>,
    /// Form of the output: text, json
    #[arg(long, default_value = "text", value_parser = ["text", "json"])]
    pub(crate) format: String,
    /// File to write to instead of stdout
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// What labels of another kind stand for, -3..3 or none, e.g. positive=2,neutral=0,negative=-2
    #[arg(long, value_name = "NAME=VALUE,…")]
    pub(crate) labels: Option<LabelMap>,
    /// Another model to compare with, by a paired bootstrap
    #[arg(long, value_name = "DIR")]
    pub(crate) against: Option<PathBuf>,
    /// Scores of another system, -1..1: a column of a CSV file with the column id (or in the order of the
    /// data); may be given several times
    #[arg(long, value_name = "FILE:COLUMN")]
    pub(crate) peer: Vec<String>,
    /// Show the N largest errors
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) errors: usize,
    /// Draws of the bootstrap behind the intervals
    #[arg(long, value_name = "N", default_value_t = 1000)]
    pub(crate) draws: usize,
    /// Seed of the bootstrap and of the folds of --suspects
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Refuse data that the model was trained on, instead of a warning
    #[arg(long)]
    pub(crate) unseen: bool,
    /// List the N labels that models doubt most which did not learn from them
    #[arg(long, value_name = "N", conflicts_with_all = ["agreement", "next"])]
    pub(crate) suspects: Option<usize>,
    /// Agreement of labelling passes: of several files by id, or of the field annotations
    #[arg(long, conflicts_with = "next")]
    pub(crate) agreement: bool,
    /// List the N statements, labelled or not, whose labels would teach the model most
    #[arg(long, value_name = "N")]
    pub(crate) next: Option<usize>,
}
