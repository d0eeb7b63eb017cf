//! From statements to the outlook of an article.

mod article;
mod combine;
mod ledger;
mod sides;

pub use article::{Outlook, Reading, SCHEMA, ScoredArticle, SideOutlook, Warning};
pub use combine::{BEARS, Part, combine};
pub use ledger::{UNITS, apportion, rounded};
pub use sides::{ROLES, by_side};
