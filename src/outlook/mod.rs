//! From statements to the outlook of an article.

mod article;
mod combine;
mod ledger;

pub use article::{Outlook, Reading, SCHEMA, ScoredArticle, SideOutlook, Warning};
pub use combine::{BEARS, Part, combine};
pub use ledger::{UNITS, apportion, rounded};
