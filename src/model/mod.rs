//! The trained model: what is stored, and its file.

mod builtin;
mod calibration;
mod file;
mod trained;
mod weights;

pub use builtin::{builtin, builtin_bytes};
pub(crate) use calibration::gate;
pub use calibration::{Calibration, Logistic};
pub use file::Seal;
pub use trained::{HEADS, TrainedModel};
pub use weights::Weights;
