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
pub use change_point::{Change, ChangeSettings, changes};
pub use collection::{Archive, Collector, Finding, Limits};
pub use comparison::{Comparison, MovingPhrase, MovingStatement, Set, Sets, compare};
pub use decomposition::{Split, VoiceSplit};
pub use difference::{CONFIDENCE, Difference, Pair, difference};
pub use local_level::{Level, LocalLevel, Seen, ewma};
pub use near_duplicate::{Signature, WINDOW};
pub use period::Period;
pub use scored_row::Row;
pub use series_article::{Item, Keep};
pub use series_point::{COVERAGE, Fill, Point, SeriesSettings, Smooth, Weights};
pub use story_vote::{By, Place};
pub use timeline::{Mention, MovedPhrase, Series, Settings, Timeline, Turn, timeline};
