//! [`Series`]: the points of one group with their turning points and their highest and lowest stories.

use detente::Day;
use detente::internals::four_decimals;
use serde::Serialize;

use crate::series_point::SeriesPoint;
use crate::story_vote::GroupBy;

/// The series of one group.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Series {
    /// The grouping; `None` for the series of all articles.
    #[serde(rename = "by")]
    pub group_by: Option<GroupBy>,
    /// The name of the group (side, speaker, source, …), or `all`.
    pub key: String,
    /// Number of articles.
    pub articles: usize,
    /// Number of stories.
    pub stories: usize,
    /// Standard deviation of a vote around the level.
    #[serde(serialize_with = "four_decimals::serialize")]
    pub noise: f64,
    /// Standard deviation of the level's change in thirty days.
    #[serde(serialize_with = "four_decimals::serialize")]
    pub drift: f64,
    /// All periods from the first vote to the last.
    pub points: Vec<SeriesPoint>,
    /// Significant shifts of the level, in chronological order.
    #[serde(rename = "turns")]
    pub turning_points: Vec<TurningPoint>,
    /// The stories with the highest scores, at most three.
    pub highest: Vec<StoryMention>,
    /// The stories with the lowest scores, at most three.
    pub lowest: Vec<StoryMention>,
}

/// A significant shift of the level.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct TurningPoint {
    /// First day of the first period after the shift.
    pub day: Day,
    /// Day of the first story after the shift.
    pub date: Day,
    /// In a causal timeline, the last day of the period whose votes first showed the shift.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known: Option<Day>,
    /// Mean of the votes since the previous turning point.
    #[serde(serialize_with = "four_decimals::serialize")]
    pub before: f64,
    /// Mean of the votes up to the next turning point.
    #[serde(serialize_with = "four_decimals::serialize")]
    pub after: f64,
    /// `after` less `before`.
    #[serde(serialize_with = "four_decimals::serialize")]
    pub shift: f64,
    /// Adjusted p-value.
    #[serde(rename = "p", serialize_with = "four_decimals::serialize")]
    pub p_value: f64,
    /// The first story after the shift that is nearly as strong as the strongest of its first ten days.
    pub headline: Option<StoryMention>,
    /// The strongest stories in the direction of the shift among the first after it, at most three.
    pub stories: Vec<StoryMention>,
    /// The phrases that changed most in the direction of the shift, at most five.
    pub phrases: Vec<PhraseChange>,
}

/// A story, represented by its first article.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct StoryMention {
    /// Id of the first article.
    pub id: String,
    /// Its title.
    pub title: Option<String>,
    /// The beginning of its text if it has no title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lead: Option<String>,
    /// Day of the vote.
    pub day: Day,
    /// Score of the vote.
    #[serde(serialize_with = "four_decimals::serialize")]
    pub score: f64,
    /// Number of articles of the story.
    pub articles: usize,
}

/// A phrase whose contribution changed at a turning point.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PhraseChange {
    /// The phrase, in lower case; `…` stands for words in between.
    pub phrase: String,
    /// Mean contribution to a vote after the turning point, less that before it.
    #[serde(rename = "moved", serialize_with = "four_decimals::serialize")]
    pub change: f64,
}
