//! Learning a model from labelled data, and measuring it.

mod dataset;
mod evaluate;
mod folds;
mod learn;
mod loss;
mod matrix;
mod metrics;
mod newton;
mod platt;
mod solver;

pub use dataset::Dataset;
pub use evaluate::{ArticleMeasures, Measures, Predicted, measure, measure_articles};
pub use folds::fold;
pub use learn::{Progress, TrainParams, Trained, train};
pub use loss::Loss;
pub use matrix::{Sparse, SparseBuilder};
pub use metrics::{auc, mean_absolute_error, pearson};
pub use solver::{Head, SolverParams, ValidSolverParams};

impl From<linfa::Error> for crate::Error {
    fn from(error: linfa::Error) -> Self {
        Self::data("the training data do not fit together").because(error)
    }
}
