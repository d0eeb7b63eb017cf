//! From statements to the outlook of an article.

mod article;
mod combine;
mod context;
mod explained;
mod ledger;
mod reading;
mod repeats;
mod sides;
mod weigh;

pub use article::{
    Gap, Outlook, Reading, SCHEMA, ScoredArticle, ScoredHeadline, SideOutlook, Voice, Warning,
};
pub use combine::{Combined, combine, doubts};
pub use context::Context;
pub use explained::{Entry, ExplainedArticle, FeatureShare, Without, without};
pub use ledger::{UNITS, apportion, rounded};
pub use repeats::repeats;
pub use sides::{ROLES, by_side, gap};
pub use weigh::{BEARS, Part, profile_scores};
