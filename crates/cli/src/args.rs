//! What the command line says.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use detente::{Day, Engine, Profile};
use detente_report::{ExplainFormat, OutputFormat, SeriesFormat};
use detente_timeline::{DateBasis, GapFill, GroupBy, Period, Smoothing, VoteWeighting};
use detente_train::{LabelMap, Thresholds};

use crate::input::InputArgs;

/// How are the talks going? Scores statements and articles about negotiations.
#[derive(Debug, Parser)]
#[command(name = "detente", version, about, max_term_width = 100)]
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
    /// Say more on stderr, in the place of the bar: oddities of the input, steps and end of the run; -vv each file
    #[arg(long, short, global = true, action = clap::ArgAction::Count, conflicts_with = "quiet")]
    pub(crate) verbose: u8,
    /// Colour the text for people
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Color,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(crate) enum Color {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
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
    /// Show, list or verify models
    Model(ModelArgs),
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Follow outlooks over time: bands, turning points, peaks
    Timeline(TimelineArgs),
    /// Compare two inputs, two periods or two sides: what changed, and who or what moved it
    Compare(CompareArgs),
}

#[derive(Debug, Args)]
pub(crate) struct ModelArgs {
    /// What to do
    #[arg(value_enum, default_value = "show")]
    pub(crate) action: ModelAction,
    /// Largest size of the pruned model file in bytes
    #[arg(long, value_name = "N", required_if_eq("action", "prune"))]
    pub(crate) max_bytes: Option<usize>,
    /// Folder that the pruned model is written to
    #[arg(long, value_name = "DIR", required_if_eq("action", "prune"))]
    pub(crate) out: Option<PathBuf>,
}

/// What `detente model` does.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(crate) enum ModelAction {
    /// The card of the model
    Show,
    /// The models that are built in
    List,
    /// Check form, checksum and tokenizer.json
    Verify,
    /// Write the heaviest part of the model that fits into so many bytes
    Prune,
}

/// What is told of articles that are scored, beside their text.
#[derive(Debug, Args)]
pub(crate) struct ContextArgs {
    /// JSON or JSONL of the parties (id, name, aliases, members), for articles that bring none
    #[arg(long, value_name = "FILE")]
    pub(crate) parties: Option<PathBuf>,
    /// Where the text contradicts its date, hold it against the date that the text supports
    #[arg(long)]
    pub(crate) date_from_text: bool,
    /// Score articles that are clearly not English too
    #[arg(long)]
    pub(crate) any_language: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ScoreArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    #[command(flatten)]
    pub(crate) context: ContextArgs,
    /// Take each record as one statement, unsplit
    #[arg(long)]
    pub(crate) statements: bool,
    /// Form of the output
    #[arg(long, default_value = "text", value_parser = clap::builder::PossibleValuesParser::new(formats()))]
    pub(crate) format: String,
    /// File to write to instead of stdout; it is FILE.part until it is whole
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Go on behind the last whole record that an earlier run left in FILE.part or FILE (jsonl only)
    #[arg(long, requires = "output")]
    pub(crate) resume: bool,
    /// Stop at the first bad record
    #[arg(long)]
    pub(crate) strict: bool,
    #[command(flatten)]
    pub(crate) aggregate: AggregateArgs,
}

/// The forms of output that this program was built with.
fn formats() -> Vec<&'static str> {
    let mut names = OutputFormat::NAMES.to_vec();
    if cfg!(feature = "parquet") {
        names.push("parquet");
    }
    names
}

#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    #[command(flatten)]
    pub(crate) context: ContextArgs,
    /// Most features shown for a statement
    #[arg(long, default_value_t = 8)]
    pub(crate) top: usize,
    /// Form of the output: text, json, jsonl (a statement a line), markdown, html
    #[arg(long, value_name = "FORMAT", default_value_t)]
    pub(crate) format: ExplainFormat,
    /// File to write to instead of stdout
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) aggregate: AggregateArgs,
}

/// How statements add up.
#[derive(Debug, Args)]
pub(crate) struct AggregateArgs {
    /// How statements add up to an outlook: learned, or one scheme alone (mean, bearing, lead, first, last,
    /// headline, strongest, parties, news, told, proportional, proportional-pol, u-shaped,
    /// inverse-u-shaped, exponential, inverse-exponential)
    #[arg(long, value_name = "SCHEME", default_value = "learned")]
    pub(crate) aggregate: Scheme,
}

impl AggregateArgs {
    /// The engine that adds statements up so.
    pub(crate) fn give(&self, engine: Engine) -> Engine {
        let Scheme(Some(profile)) = self.aggregate else { return engine };
        let alone = engine.model().aggregation().alone(profile);
        engine.aggregate(alone)
    }
}

/// A way of adding statements up; `None` for what the model learned.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scheme(Option<Profile>);

impl std::str::FromStr for Scheme {
    type Err = detente::Error;

    fn from_str(name: &str) -> detente::Result<Self> {
        if name == "learned" { Ok(Self(None)) } else { name.parse().map(|profile| Self(Some(profile))) }
    }
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
    #[arg(long, default_value_t = 1.0)]
    pub(crate) soft_weight: f64,
    /// Weight of a statement of an article or contrast set
    #[arg(long, default_value_t = 0.6)]
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
    /// JSONL of `id`, `outlook` and `hedge`: a later pass over statements of DATA, which replaces their labels
    /// and is averaged with soft ones
    #[arg(long, value_name = "FILE")]
    pub(crate) relabel: Vec<PathBuf>,
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
    pub(crate) bars: Option<Thresholds>,
    /// Licence note for the card; may be given several times
    #[arg(long, value_name = "TEXT")]
    pub(crate) licence: Vec<String>,
    /// The model's name
    #[arg(long, value_name = "NAME", default_value = "negotiation-en-1")]
    pub(crate) id: String,
}

#[derive(Debug, Args)]
pub(crate) struct EvaluateArgs {
    /// Least figures, e.g. r=0.7,sign=0.9,bearing=0.85,hedge=0.9,pairs=0.85; exit code 1 below them
    #[arg(long, value_name = "NAME=VALUE,…")]
    pub(crate) at_least: Option<Thresholds>,
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
    /// data), with its chances in columns of the same name and `_bearing` or `_hedge`; may be given several times
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

/// Which articles of a series count.
#[derive(Debug, Args)]
pub(crate) struct LimitArgs {
    /// Leave out articles before this day, YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub(crate) since: Option<Day>,
    /// Leave out articles behind this day, YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub(crate) until: Option<Day>,
    /// Let scores of several models stand in one series
    #[arg(long)]
    pub(crate) allow_mixed: bool,
}

#[derive(Debug, Args)]
pub(crate) struct TimelineArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    #[command(flatten)]
    pub(crate) context: ContextArgs,
    #[command(flatten)]
    pub(crate) limits: LimitArgs,
    /// Length of a step: day, week, month, quarter, year
    #[arg(long, value_name = "PERIOD", default_value_t)]
    pub(crate) period: Period,
    /// One series for each side, speaker, source, negotiation or domain
    #[arg(long, value_name = "WHAT,…", value_delimiter = ',')]
    pub(crate) by: Vec<GroupBy>,
    /// The day that counts: that of the article, or of what a statement describes
    #[arg(long, value_name = "DAY", default_value_t)]
    pub(crate) place: DateBasis,
    /// Weights within a step: equal, interval, source
    #[arg(long, value_name = "KIND", default_value_t)]
    pub(crate) weights: VoteWeighting,
    /// What stands in empty steps: none, latest
    #[arg(long, value_name = "KIND", default_value_t)]
    pub(crate) fill: GapFill,
    /// The level behind the points: level (local-level model), ewma, none
    #[arg(long, value_name = "KIND", default_value_t)]
    pub(crate) smooth: Smoothing,
    /// Days in which a vote's weight halves, for --smooth ewma
    #[arg(long, value_name = "DAYS", default_value_t = 28.0, value_parser = positive)]
    pub(crate) half_life: f64,
    /// Least stories on either side of a turning point
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub(crate) min_segment: usize,
    /// Greatest p-value of a turning point
    #[arg(long, value_name = "P", default_value_t = 0.05, value_parser = share)]
    pub(crate) alpha: f64,
    /// Form of the output: text, json, jsonl, csv, markdown, svg, html
    #[arg(long, value_name = "FORMAT", default_value_t)]
    pub(crate) format: SeriesFormat,
    /// File to write to instead of stdout
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct CompareArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    #[command(flatten)]
    pub(crate) context: ContextArgs,
    #[command(flatten)]
    pub(crate) limits: LimitArgs,
    /// Compare what is before this day with what is on it and later
    #[arg(long, value_name = "DATE", conflicts_with_all = ["before", "after", "sides"])]
    pub(crate) split: Option<Day>,
    /// The first set is what is before this day
    #[arg(long, value_name = "DATE", requires = "after", conflicts_with = "sides")]
    pub(crate) before: Option<Day>,
    /// The second set is what is after this day
    #[arg(long, value_name = "DATE", requires = "before")]
    pub(crate) after: Option<Day>,
    /// Compare what two sides say in the same articles
    #[arg(long, num_args = 2, value_names = ["SIDE", "SIDE"])]
    pub(crate) sides: Vec<String>,
    /// Form of the output: text, json, jsonl, csv, markdown, html
    #[arg(long, value_name = "FORMAT", default_value_t)]
    pub(crate) format: SeriesFormat,
    /// File to write to instead of stdout
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

fn positive(text: &str) -> Result<f64, String> {
    text.parse()
        .ok()
        .filter(|value: &f64| value.is_finite() && *value > 0.0)
        .ok_or("a number above 0 is needed".to_owned())
}

fn share(text: &str) -> Result<f64, String> {
    text.parse()
        .ok()
        .filter(|value| (0.0..=1.0).contains(value))
        .ok_or("a number in 0..1 is needed".to_owned())
}
