//! Trains models of `detente` on labelled data and measures them.

mod corpus;
mod evaluate;
mod fit;
mod tokenizer_json;

pub use corpus::label_map::LabelMap;
pub use corpus::labelled::{Label, LabelledArticle, LabelledStatement, SoftLabel};
pub use corpus::read::{RecordFormat, Records, read_form, read_jsonl, read_labels};
pub use corpus::text_hashes::TrainingTextHashes;
pub use evaluate::agreement::{Agreement, Metric, agreement, alpha};
pub use evaluate::article_metrics::{ArticleCase, ArticleFigures, measure_articles};
pub use evaluate::baseline::{BASELINES, baselines, lexicon_sum, majority};
pub use evaluate::bootstrap::{Bootstrap, Estimate};
pub use evaluate::confusion::Confusion;
pub use evaluate::contrast_sets::{PairOrder, ProbePairOrder, pairs};
pub use evaluate::evaluation::{Evaluation, Group, Mistake, System, evaluate};
pub use evaluate::label_audit::{LabelCandidate, SuspectLabel, lessons, suspects};
pub use evaluate::measures::{Estimates, Measure, Measures, Predicted, Sample, measure};
pub use evaluate::metrics::{auc, mean_absolute_error, pearson};
pub use evaluate::name_swap::{NameSwaps, name_swaps};
pub use evaluate::paired_bootstrap::{PairedDifference, compare};
pub use evaluate::reliability::{ReliabilityBin, calibration_error, chance_error, reliability};
pub use fit::aggregate::{AggregationCase, LearnedAggregation, learn_aggregation};
pub use fit::dataset::Dataset;
pub use fit::folds::fold;
pub use fit::learning_curve::{CurvePoint, curve, without_soft};
pub use fit::loss::Loss;
pub use fit::model_card::{
    CardInputs, DataFile, FamilyShare, ModelCard, SoftLabelCount, SourceCount, TrainingSettings,
};
pub use fit::solver::{FitError, LinearHead, SolverParams, ValidSolverParams};
pub use fit::sparse_matrix::{SparseMatrix, SparseMatrixBuilder};
pub use fit::thresholds::Threshold;
pub use fit::train::{Progress, TrainParams, Trained, cross_validate, train};
pub use fit::tune::{Tuned, tune};
pub use tokenizer_json::{TokenizerDefinition, tokenizer_json};
