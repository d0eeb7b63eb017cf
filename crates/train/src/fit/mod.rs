//! Training: features, linear heads, pair factors, calibration, aggregation.

pub(crate) mod aggregation;
pub(crate) mod aggregation_cases;
pub(crate) mod calibration;
pub(crate) mod classes;
pub(crate) mod cross_validation;
pub(crate) mod dataset;
pub(crate) mod examples;
pub(crate) mod folds;
pub(crate) mod learning_curve;
pub(crate) mod linear_heads;
pub(crate) mod loss;
pub(crate) mod newton;
pub(crate) mod outcome;
pub(crate) mod pair_factors;
pub(crate) mod params;
pub(crate) mod platt;
pub(crate) mod progress;
pub(crate) mod soft_label_effect;
pub(crate) mod solver;
pub(crate) mod sparse_matrix;
pub(crate) mod trainer;
pub(crate) mod training_data;
pub(crate) mod tune;
pub(crate) mod vocabulary;
