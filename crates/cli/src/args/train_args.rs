//! Options of `detente train` and `detente evaluate`.

use std::path::PathBuf;

use clap::Args;
use detente_train::Thresholds;

use crate::args::labelled_args::LabelledArgs;

#[derive(Debug, Args)]
pub(crate) struct TrainArgs {
    /// Labelled files (CSV, TSV, JSON, JSON Lines, Parquet; exports of Label Studio, Prodigy and doccano): single
    /// statements, articles, or statements with soft labels
    #[arg(required = true, value_name = "DATA")]
    pub(crate) data: Vec<PathBuf>,
    /// Write the model to this folder
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// Folder of the lexicon (TSV files) [default: the lexicon of the model]
    #[arg(long, value_name = "DIR")]
    pub(crate) lexicon: Option<PathBuf>,
    /// Random seed of the cross-validation folds
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u64,
    /// Weight of a statement with a soft label
    #[arg(long, value_name = "WEIGHT", default_value_t = 1.0)]
    pub(crate) soft_weight: f64,
    /// Weight of a statement of an article or contrast set
    #[arg(long, value_name = "WEIGHT", default_value_t = 0.6)]
    pub(crate) article_weight: f64,
    /// L2 penalties of outlook, bearing and hedge
    #[arg(long, num_args = 3, value_names = ["OUTLOOK", "BEARING", "HEDGE"])]
    pub(crate) l2: Option<Vec<f64>>,
    /// L2 penalty of the weights of classes
    #[arg(long, value_name = "PENALTY")]
    pub(crate) class_l2: Option<f64>,
    /// Give all classes the same total weight, however frequent they are
    #[arg(long)]
    pub(crate) balanced: bool,
    /// Maximum number of feature columns
    #[arg(long, value_name = "N")]
    pub(crate) columns: Option<usize>,
    /// File of ids and labels from a later labelling pass, which replace labels in DATA and are averaged with soft
    /// labels; statements with a text that DATA do not have are added
    #[arg(long, value_name = "FILE")]
    pub(crate) relabel: Vec<PathBuf>,
    /// Fail if a text of DATA is also in this labelled file
    #[arg(long, value_name = "FILE")]
    pub(crate) holdout: Vec<PathBuf>,
    /// Choose penalties and weights by nested successive halving
    #[arg(long)]
    pub(crate) tune: bool,
    /// Add a learning curve to the model card
    #[arg(long)]
    pub(crate) curve: bool,
    /// Out-of-fold thresholds, e.g. r=0.74,pairs=0.85,weakest=0.7,swaps=1; exit code 1 if the model misses one
    #[arg(long, value_name = "NAME=VALUE,…")]
    pub(crate) bars: Option<Thresholds>,
    /// Add a licence note to the model card; can be repeated
    #[arg(long, value_name = "TEXT")]
    pub(crate) licence: Vec<String>,
    /// Name of the model in every result [default: the name of the folder]
    #[arg(long, value_name = "NAME")]
    pub(crate) id: Option<String>,
    #[command(flatten)]
    pub(crate) labelled: LabelledArgs,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct EvaluateArgs {
    /// Thresholds, e.g. r=0.7,sign=0.9,bearing=0.85,hedge=0.9,pairs=0.85; exit code 1 if the model misses one
    #[arg(long, value_name = "NAME=VALUE,…")]
    pub(crate) at_least: Option<Thresholds>,
    /// Labelled files
    #[arg(required = true, value_name = "DATA")]
    pub(crate) data: Vec<PathBuf>,
    /// Output format; csv with --suspects and --next only, for a spreadsheet or Label Studio
    #[arg(long, default_value = "text", value_parser = ["text", "json", "csv"])]
    pub(crate) format: String,
    /// Write to FILE instead of stdout
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Compare with the model in this folder, by a paired bootstrap
    #[arg(long, value_name = "DIR")]
    pub(crate) against: Option<PathBuf>,
    /// Compare with another system: its scores, -1..1, or its classes are in this column of a CSV file, matched by the
    /// column id if there is one, else by row. Columns of the same name with `_label`, `_score`, `_bearing` or `_hedge`
    /// have its classes beside scores, its scores beside classes, and its probabilities; can be repeated
    #[arg(long, value_name = "FILE:COLUMN")]
    pub(crate) peer: Vec<String>,
    /// Show the N largest errors
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) errors: usize,
    /// Number of bootstrap samples for the intervals
    #[arg(long, value_name = "N", default_value_t = 1000)]
    pub(crate) draws: usize,
    /// Random seed of the bootstrap and of the folds of --suspects
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u64,
    /// Fail if the model was trained on a text of DATA, instead of a warning
    #[arg(long)]
    pub(crate) unseen: bool,
    /// List the N labels that disagree most with cross-validated predictions
    #[arg(long, value_name = "N", conflicts_with_all = ["agreement", "next"])]
    pub(crate) suspects: Option<usize>,
    /// Measure the agreement of labelling passes: of files with the same ids, or of the field annotations
    #[arg(long, conflicts_with = "next")]
    pub(crate) agreement: bool,
    /// List the N statements whose labels would improve the model most: of those without a label, if there are any
    #[arg(long, value_name = "N")]
    pub(crate) next: Option<usize>,
    #[command(flatten)]
    pub(crate) labelled: LabelledArgs,
}
