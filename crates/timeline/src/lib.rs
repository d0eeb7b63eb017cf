//! Outlooks over time: dated series with bands, turning points, and comparisons.
//!
//! Rows → Items → Archive (checked, in order, sorted into stories) → Votes → Points, Turns;
//! or two sets of votes → Comparison.

#[macro_use]
mod named_enum;
mod change_point;
mod collection;
mod comparison;
mod decomposition;
mod difference;
mod local_level;
mod near_duplicate;
mod period;
mod rng;
mod scored_row;
mod series_article;
mod series_point;
mod story_vote;
mod timeline;
pub use change_point::{ChangePoint, ChangeSettings, changes};
pub use collection::{Collection, Collector, DataIssue, DateLimits};
pub use comparison::{Comparison, MovingPhrase, MovingStatement, SetSelector, SetSummary, compare};
pub use decomposition::{Decomposition, VoiceDecomposition};
pub use difference::{CONFIDENCE, MeanDifference, ValuePair, difference};
pub use local_level::{LocalLevel, Observation, SmoothedLevel, ewma};
pub use near_duplicate::{TextSignature, WINDOW};
pub use period::Period;
pub use scored_row::ScoredRow;
pub use series_article::{Retain, SeriesArticle};
pub use series_point::{COVERAGE, GapFill, SeriesPoint, SeriesSettings, Smoothing, VoteWeighting};
pub use story_vote::{DateBasis, GroupBy};
pub use timeline::{Mention, MovedPhrase, Series, Timeline, TimelineSettings, TurningPoint, timeline};
