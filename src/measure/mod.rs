//! How well numbers agree with labels, how sure that is, and where it fails.

mod agreement;
mod articles;
mod baseline;
mod bootstrap;
mod calibration;
mod compare;
mod confusion;
mod evaluation;
mod figures;
mod metrics;
mod pairs;
mod suspects;
mod swap;
mod table;
mod text;

pub use agreement::{Agreement, Metric, agreement, alpha};
pub use articles::{ArticleCase, ArticleFigures, measure_articles};
pub use baseline::{BASELINES, baselines, lexicon_sum, majority};
pub use bootstrap::{Bootstrap, Estimate};
pub use calibration::{Bin, calibration_error, chance_error, reliability};
pub use compare::{Difference, compare};
pub use confusion::Confusion;
pub use evaluation::{Evaluation, Mistake, Part, System, evaluate};
pub use figures::{Estimates, Measure, Measures, Predicted, Sample, measure};
pub use metrics::{auc, mean_absolute_error, pearson};
pub use pairs::{Pairs, ProbePairs, pairs};
pub use suspects::{Lesson, Suspect, lessons, suspects};
pub use swap::{Swaps, name_swaps};
