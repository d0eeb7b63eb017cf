//! [`Evaluation`]: all measures of a model on one data set.

use serde::{Deserialize, Serialize};

use crate::evaluate::article_metrics::ArticleMeasures;
use crate::evaluate::class_evaluation::ClassEvaluation;
use crate::evaluate::confusion_matrix::ConfusionMatrix;
use crate::evaluate::contrast_sets::ContrastSetAccuracy;
use crate::evaluate::estimate::Estimate;
use crate::evaluate::measures::Estimates;
use crate::evaluate::paired_bootstrap::PairedDifference;
use crate::evaluate::reliability::ReliabilityBin;
use detente::internals::four_decimals;

/// All measures of a model on one data set, with intervals. Written by
/// [`Evaluator::evaluate`](crate::Evaluator::evaluate); its `Display` is a report for people.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Evaluation {
    /// Name of the data set.
    pub data: String,
    /// Id of the model.
    pub model: String,
    /// Number of labelled statements.
    pub statements: usize,
    /// Number of groups that the bootstrap resamples.
    pub groups: usize,
    /// Number of bootstrap replicates.
    pub draws: usize,
    /// Seed of the bootstrap.
    pub seed: u64,
    /// Measures of predicted classes, if labels are names of classes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub classes: Option<ClassEvaluation>,
    /// Measures of the model.
    pub measures: Estimates,
    /// Other systems on the same statements.
    pub systems: Vec<SystemMeasures>,
    /// Measures by source, sorted by name.
    pub sources: Vec<SubsetMeasures>,
    /// Measures by probe, sorted by name.
    pub probes: Vec<SubsetMeasures>,
    /// Counts by label and prediction.
    pub confusion: ConfusionMatrix,
    /// Reliability of the bearing probability.
    #[serde(rename = "bearing")]
    pub bearing_reliability: Vec<ReliabilityBin>,
    /// Reliability of the hedge probability among statements with bearing.
    #[serde(rename = "hedge")]
    pub hedge_reliability: Vec<ReliabilityBin>,
    /// Calibration error that exactly calibrated bearing probabilities would show on this sample.
    #[serde(rename = "bearing_chance")]
    pub bearing_null_error: Option<Estimate>,
    /// Calibration error that exactly calibrated hedge probabilities would show on this sample.
    #[serde(rename = "hedge_chance")]
    pub hedge_null_error: Option<Estimate>,
    /// Accuracy on contrast sets, if the data have some.
    #[serde(rename = "pairs")]
    pub contrast_sets: Option<ContrastSetAccuracy>,
    /// Measures of article outlooks, if the data have labelled articles.
    pub articles: Option<ArticleMeasures>,
    /// Measures of article outlooks under other aggregation schemes, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub schemes: Vec<(String, ArticleMeasures)>,
    /// Statements with the largest errors, if they were requested.
    #[serde(rename = "errors")]
    pub largest_errors: Vec<StatementError>,
}

/// Measures of another system than the model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SystemMeasures {
    /// Name of the system.
    pub name: String,
    /// Measures of the system.
    pub measures: Estimates,
    /// Measures of the model minus those of the system.
    pub differences: Vec<PairedDifference>,
}

/// Measures of the model on the statements of one source or probe.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SubsetMeasures {
    /// Name of the source or probe.
    pub name: String,
    /// Number of statements.
    pub statements: usize,
    /// Measures of the model.
    pub measures: Estimates,
}

/// A statement whose score is far from its label.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StatementError {
    /// Id of the statement.
    pub id: String,
    /// Score of the label, -1..+1; 0 without bearing.
    #[serde(serialize_with = "four_decimals::serialize")]
    pub label: f64,
    /// Score of the model, -1..+1.
    #[serde(serialize_with = "four_decimals::serialize")]
    pub score: f64,
    /// Text of the statement.
    pub text: String,
}

impl Evaluation {
    /// Adds the measures of article outlooks: those of the model's own aggregation first, then those of
    /// other schemes.
    #[must_use]
    pub fn with_articles(mut self, schemes: Vec<(String, ArticleMeasures)>) -> Self {
        let mut schemes = schemes.into_iter();
        self.articles = schemes.next().map(|(_, measures)| measures);
        self.schemes = schemes.collect();
        self
    }
}
