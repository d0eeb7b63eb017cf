//! Learning a model from labelled data.

mod aggregate;
mod bars;
mod card;
mod curve;
mod dataset;
mod factorise;
mod folds;
mod learn;
mod loss;
mod matrix;
mod newton;
mod platt;
mod solver;
mod tune;

pub use aggregate::{Case, LearnedAggregation, learn_aggregation};
pub use bars::Bar;
pub use card::{Card, DataFile, FamilyShare, Ingredients, Settings, SoftPart, Source};
pub use curve::{CurvePoint, curve, without_soft};
pub use dataset::Dataset;
pub use folds::fold;
pub use learn::{Progress, TrainParams, Trained, cross_validate, train};
pub use loss::Loss;
pub use matrix::{Sparse, SparseBuilder};
pub use solver::{Head, SolverParams, ValidSolverParams};
pub use tune::{Tuned, tune};

impl From<linfa::Error> for crate::Error {
    fn from(error: linfa::Error) -> Self {
        Self::data("the training data do not fit together").because(error)
    }
}
