//! Learning a model from labelled data.

mod dataset;
mod folds;
mod learn;
mod loss;
mod matrix;
mod newton;
mod platt;
mod solver;

pub use dataset::Dataset;
pub use folds::fold;
pub use learn::{Progress, TrainParams, Trained, train};
pub use loss::Loss;
pub use matrix::{Sparse, SparseBuilder};
pub use solver::{Head, SolverParams, ValidSolverParams};

impl From<linfa::Error> for crate::Error {
    fn from(error: linfa::Error) -> Self {
        Self::data("the training data do not fit together").because(error)
    }
}
