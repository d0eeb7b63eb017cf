//! Learning a model from labelled data.

pub(crate) mod aggregate;
pub(crate) mod dataset;
pub(crate) mod factorise;
pub(crate) mod folds;
pub(crate) mod learning_curve;
pub(crate) mod loss;
pub(crate) mod model_card;
pub(crate) mod newton;
pub(crate) mod platt;
pub(crate) mod solver;
pub(crate) mod sparse_matrix;
pub(crate) mod thresholds;
pub(crate) mod train;
pub(crate) mod tune;
