//! Outlooks over time: dated series with confidence bands, turning points, and comparisons of two sets of articles.
//!
//! Data flow: [`ScoredRow`] → [`SeriesArticle`] → [`Collection`] (validated, sorted, near-duplicates grouped into
//! stories) → one vote per story → [`Timeline`] of [`SeriesPoint`]s and [`TurningPoint`]s, or a [`Comparison`] of two
//! sets of votes.

mod brief;
mod causal;
mod change_point;
mod collection;
mod comparison;
mod data_issue;
mod decomposition;
mod local_level;
mod mean_difference;
mod near_duplicate;
mod option_name;
mod packed;
mod period;
mod scored_row;
mod series;
mod series_article;
mod series_builder;
mod series_point;
mod series_settings;
mod set_selector;
mod story_vote;
mod timeline;
mod vote_mean;

pub use brief::build::{BriefSettings, brief};
pub use brief::sections::{sections, seems_several};
pub use brief::types::{
    ArticleLine, Brief, BriefReport, Change, Milestone, Mover, Quote, Standing, Upcoming, UpcomingKind,
};
pub use change_point::{ChangePoint, ChangeSettings, change_points};
pub use collection::{Collection, Collector, DateLimits};
pub use comparison::{Comparison, PhraseContribution, SetSummary, StatementContribution, compare};
pub use data_issue::DataIssue;
pub use decomposition::{Decomposition, GroupDecomposition};
pub use mean_difference::{MeanDifference, ValuePair, mean_difference};
pub use period::Period;
pub use scored_row::ScoredRow;
pub use series::{PhraseChange, Series, StoryMention, TurningPoint};
pub use series_article::{Retain, SeriesArticle};
pub use series_point::SeriesPoint;
pub use series_settings::{GapFill, SeriesSettings, Smoothing, VoteWeighting};
pub use set_selector::SetSelector;
pub use story_vote::{DateBasis, GroupBy};
pub use timeline::{Timeline, TimelineSettings, timeline};
