//! What the linear model sees: cues with their scope, and masked word patterns.

mod extract;
mod scope;
mod sums;

pub use extract::{Extractor, Feature, Reading};
pub use scope::{Scoped, State};
