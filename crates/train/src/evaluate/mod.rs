//! Evaluation: agreement of predictions with labels, its uncertainty, and checks of labels.

pub(crate) mod active_learning;
pub(crate) mod annotator_agreement;
pub(crate) mod article_metrics;
pub(crate) mod baselines;
pub(crate) mod bootstrap;
pub(crate) mod class_display;
pub(crate) mod class_evaluation;
pub(crate) mod class_predictions;
pub(crate) mod class_sample;
pub(crate) mod confusion_matrix;
pub(crate) mod contrast_sets;
pub(crate) mod display;
pub(crate) mod estimate;
pub(crate) mod evaluation;
pub(crate) mod evaluator;
pub(crate) mod label_audit;
pub(crate) mod measures;
pub(crate) mod name_swap;
pub(crate) mod paired_bootstrap;
pub(crate) mod prediction;
pub(crate) mod reliability;
pub(crate) mod sample;
pub(crate) mod system_predictions;
pub(crate) mod text_table;
pub(crate) mod weighted_metrics;
