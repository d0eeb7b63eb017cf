//! [`TrainingOutcome`]: a trained model with its cross-validation results.

use detente::TrainedModel;

use crate::evaluate::measures::Measures;
use crate::evaluate::prediction::Prediction;
use crate::fit::aggregation::LearnedAggregation;
use crate::fit::linear_heads::FamilyShare;

/// Predictions of models that were not trained on the statement's group.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct OutOfFold {
    /// Prediction of each statement, the real ones first; `None` for softly labelled ones.
    pub predictions: Vec<Option<Prediction>>,
    /// Names of the classes; empty if labels are no names of classes.
    pub classes: Vec<String>,
    /// Probabilities of the classes of each statement, in the same order; `None` for statements without a label.
    pub class_probabilities: Vec<Option<Vec<f64>>>,
}

/// A trained model with its cross-validation results.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct TrainingOutcome {
    /// The model, trained on all statements.
    pub model: TrainedModel,
    /// Measures of the out-of-fold predictions, named `real` and `authored`.
    pub out_of_fold: Vec<(String, Measures)>,
    /// Out-of-fold prediction of each statement, the real ones first; `None` for softly labelled ones.
    pub predictions: Vec<Option<Prediction>>,
    /// Out-of-fold probabilities of the classes of each statement, in the same order; empty if labels are no
    /// names of classes, `None` for statements without a label.
    pub class_probabilities: Vec<Option<Vec<f64>>>,
    /// Features of the model by family, sorted by name.
    pub families: Vec<FamilyShare>,
    /// Number of labelled statements.
    pub labelled: usize,
    /// Number of softly labelled statements.
    pub soft: usize,
    /// The learned aggregation of statements to articles, with enough labelled articles.
    pub aggregation: Option<LearnedAggregation>,
}
