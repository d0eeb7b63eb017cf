//! What the linear model sees: cues with their scope, and masked word patterns.

mod describe;
mod extract;
mod features;
mod place;
mod scope;
mod sums;

pub(crate) use extract::fresh;
pub use extract::{Extractor, Reading};
pub use features::{Column, Feature};
pub use place::{Layer, Place, STATES, TRAITS};
pub use scope::{Scoped, State};
