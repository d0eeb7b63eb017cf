//! What the linear model sees: cues with their scope, and masked word patterns.

mod describe;
mod extract;
mod place;
mod scope;
mod sums;

pub use extract::{Extractor, Feature, Reading};
pub use place::{Layer, Place, TRAITS};
pub use scope::{Scoped, State};
