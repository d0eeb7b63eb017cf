//! Trains and evaluates models for [`detente`].
//!
//! # Train and evaluate
//!
//! [`read_jsonl`] reads labelled records, [`Trainer`] learns a model from [`TrainingData`], and [`Evaluator`]
//! measures predictions of the model on records that it was not trained on.
//!
//! ```
//! use std::sync::Arc;
//! use detente_train::{
//!     Evaluator, Measure, SystemPredictions, TrainParams, Trainer, TrainingData, baselines, read_jsonl,
//! };
//!
//! let training = read_jsonl(
//!     r#"{"id":"1","text":"Ministers signed the fisheries accord.","outlook":3,"hedge":0}
//! {"id":"2","text":"Envoys signed a truce.","outlook":3,"hedge":0}
//! {"id":"3","text":"A deal could be signed this week, diplomats said.","outlook":1,"hedge":1}
//! {"id":"4","text":"A deal could be reached soon.","outlook":1,"hedge":1}
//! {"id":"5","text":"The talks collapsed over quotas.","outlook":-3,"hedge":0}
//! {"id":"6","text":"Talks on the border collapsed.","outlook":-3,"hedge":0}
//! {"id":"7","text":"The union walked out of the talks.","outlook":-2,"hedge":0}
//! {"id":"8","text":"Tea was served at ten.","outlook":null,"hedge":null}
//! {"id":"9","text":"The hall was built at the river.","outlook":null,"hedge":null}"#,
//! )?;
//! let params = TrainParams { model_id: "example-1".to_owned(), ..TrainParams::default() };
//! let outcome = Trainer::new(params).train(&TrainingData::from(training))?;
//!
//! let test = read_jsonl(
//!     r#"{"id":"10","text":"Both sides signed the accord.","outlook":3,"hedge":0}
//! {"id":"11","text":"The talks collapsed.","outlook":-3,"hedge":0}
//! {"id":"12","text":"Tea was served in the hall.","outlook":null,"hedge":null}"#,
//! )?;
//! let statements: Vec<_> = test.all_statements().collect();
//! let model = Arc::new(outcome.model);
//! let predicted = SystemPredictions::of_model(&model, &statements);
//! let evaluation =
//!     Evaluator::default().evaluate("test", &statements, &predicted, &baselines(&model, &statements));
//! assert!(evaluation.measures[&Measure::Pearson].value > 0.9);
//! println!("{evaluation}");
//!
//! // `model.bin`; `detente::TrainedModel::from_bytes` opens it for scoring
//! let file: Vec<u8> = model.to_bytes()?;
//! # Ok::<(), detente::Error>(())
//! ```
//!
//! # Records
//!
//! One JSON object per line. A statement has `id`, `text`, `outlook` (-3..3) and `hedge` (0..2), both null if
//! it has no bearing on the prospects of an agreement; optionally `src`, `date`, a contrast `set` with its
//! `probe`, and the `annotations` of several people. An article has `id` and `statements`, and optionally
//! `title`, `date`, `negotiation`, `domain`, `parties` and an `outlook` of its own. A teacher model's
//! predictions are given as `outlook_soft`, `bearing_soft` and `hedge_soft` (distillation). [`RecordFormat`]
//! reads labels of other data sets.
//!
//! # Training
//!
//! - [`Trainer::train`] cross-validates by group, calibrates, learns how statements add up to articles, and
//!   fits the model on all data; [`Trainer::tune`] chooses settings, [`Trainer::learning_curve`] shows what
//!   more labels would bring.
//! - [`ModelCard`] documents a model; [`Thresholds`] decide whether it may be shipped;
//!   [`TrainingTextHashes`] keep it from being evaluated on its own training texts.
//! - The stored model is [`detente::TrainedModel`], and [`detente::Scorer`] applies it.
//!
//! # Evaluation
//!
//! - [`Evaluator::evaluate`]: correlation, error, AUC, F1, kappa and calibration with bootstrap intervals, by
//!   source and by contrast-set probe, against [`baselines`] and other systems.
//! - [`AnnotatorAgreement`] (Krippendorff's alpha), [`suspect_labels`] and [`label_candidates`] help to
//!   improve the labels.
//!
//! # Linear solver
//!
//! [`SolverParams`] is a linfa estimator for large sparse data: ridge, logistic, ordinal and multinomial
//! regression with L1 and L2 penalties and priors.

mod card;
mod corpus;
mod evaluate;
mod fit;
mod tokenizer_json;

pub use card::data_file::{DataFile, SourceCount};
pub use card::model_card::{CardInputs, ModelCard, TrainingSettings};
pub use card::thresholds::{ThresholdResult, Thresholds};
pub use corpus::jsonl::{read_jsonl, read_jsonl_as, read_labels};
pub use corpus::label_map::LabelMap;
pub use corpus::label_range::LabelRange;
pub use corpus::labelled::{Label, LabelledArticle, LabelledStatement, SoftLabel};
pub use corpus::record_reader::RecordReader;
pub use corpus::records::{Correction, RecordFormat, Records};
pub use corpus::text_hashes::TrainingTextHashes;
pub use evaluate::active_learning::{LabelCandidate, label_candidates};
pub use evaluate::annotator_agreement::{AnnotatorAgreement, MeasurementLevel, krippendorff_alpha};
pub use evaluate::article_metrics::ArticleMeasures;
pub use evaluate::baselines::baselines;
pub use evaluate::class_evaluation::{
    ClassDifference, ClassEstimates, ClassEvaluation, ClassFigures, ClassSystem,
};
pub use evaluate::class_predictions::ClassPredictions;
pub use evaluate::confusion_matrix::ConfusionMatrix;
pub use evaluate::contrast_sets::{ContrastSetAccuracy, ProbeAccuracy};
pub use evaluate::estimate::Estimate;
pub use evaluate::evaluation::{Evaluation, StatementError, SubsetMeasures, SystemMeasures};
pub use evaluate::evaluator::Evaluator;
pub use evaluate::label_audit::{SuspectLabel, suspect_labels};
pub use evaluate::measures::{Estimates, Measure, Measures};
pub use evaluate::name_swap::NameSwapResult;
pub use evaluate::paired_bootstrap::PairedDifference;
pub use evaluate::prediction::Prediction;
pub use evaluate::reliability::ReliabilityBin;
pub use evaluate::system_predictions::SystemPredictions;
pub use fit::aggregation::LearnedAggregation;
pub use fit::learning_curve::CurvePoint;
pub use fit::linear_heads::FamilyShare;
pub use fit::loss::Loss;
pub use fit::outcome::{OutOfFold, TrainingOutcome};
pub use fit::params::TrainParams;
pub use fit::progress::Progress;
pub use fit::soft_label_effect::SoftLabelEffect;
pub use fit::solver::{FitError, LinearHead, SolverParams, ValidSolverParams};
pub use fit::sparse_matrix::{SparseMatrix, SparseMatrixBuilder};
pub use fit::trainer::Trainer;
pub use fit::training_data::TrainingData;
pub use fit::tune::Tuned;
pub use tokenizer_json::{TokenizerDefinition, tokenizer_json};
