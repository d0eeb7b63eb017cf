//! The trained model: what is stored, and its file.

mod aggregation;
mod builtin;
mod calibration;
mod factors;
mod file;
mod keys;
mod pairs;
mod prune;
mod stored;
mod tables;
mod trained;
mod weights;

pub use aggregation::{Aggregation, Profile, Width};
pub use builtin::{builtin, builtin_bytes};
pub(crate) use calibration::gate;
pub use calibration::{Calibration, Logistic};
pub(crate) use factors::factors_of_length;
pub use factors::{Dims, Factors, LearnedTrait};
pub use file::{LARGEST, Seal};
pub use tables::Memory;
pub use trained::{HEADS, TrainedModel};
pub use weights::Weights;
