//! Outlooks over time: dated series with bands, turning points, and comparisons.
//!
//! Rows → Items → Archive (checked, in order, sorted into stories) → Votes → Points, Turns;
//! or two sets of votes → Comparison.

mod names;

mod row;

mod item;

mod duplicates;

mod archive;

mod draw;

mod period;

mod votes;

mod smooth;

mod series;

mod change;

mod line;

mod difference;

mod split;

mod compare;

pub use archive::{Archive, Collector, Finding, Limits};
pub use change::{Change, ChangeSettings, changes};
pub use compare::{Comparison, MovingPhrase, MovingStatement, Set, Sets, compare};
pub use difference::{CONFIDENCE, Difference, Pair, difference};
pub use duplicates::{Signature, WINDOW};
pub use item::{Item, Keep};
pub use line::{Mention, MovedPhrase, Series, Settings, Timeline, Turn, timeline};
pub use period::Period;
pub use row::Row;
pub use series::{COVERAGE, Fill, Point, SeriesSettings, Smooth, Weights};
pub use smooth::{Level, LocalLevel, Seen, ewma};
pub use split::{Split, VoiceSplit};
pub use votes::{By, Place};
