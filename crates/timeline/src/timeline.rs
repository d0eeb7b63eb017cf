//! [`Timeline`]: the series of a collection with their turning points and their highest and lowest stories.

use detente::{Day, Result};
use serde::Serialize;

use crate::causal::causal_series;
use crate::change_point::ChangeSettings;
use crate::collection::Collection;
use crate::data_issue::DataIssue;
use crate::period::Period;
use crate::series::Series;
use crate::series_article::Retain;
use crate::series_builder::SeriesBuilder;
use crate::series_point::COVERAGE;
use crate::series_settings::{GapFill, SeriesSettings, Smoothing, VoteWeighting};
use crate::story_vote::{DateBasis, GroupBy, votes_by_group};
use detente::internals::four_decimals;

/// Settings of [`timeline()`].
///
/// | setting | default | purpose |
/// |---|---|---|
/// | `series` | weekly, equal weights, no gap fill, local level | computes points from votes |
/// | `change` | at least 5 votes a segment, p ≤ .05, 999 permutations | detects turning points |
/// | `group_by` | empty | one series for each side, speaker, source, negotiation or domain |
/// | `date_basis` | article | the day on which a statement counts |
/// | `causal` | no | each point uses only what was known by then |
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TimelineSettings {
    /// How points are computed from votes.
    pub series: SeriesSettings,
    /// How turning points are detected.
    pub change: ChangeSettings,
    /// The groupings, each with its own set of series; if empty, there is one series of all articles.
    pub group_by: Vec<GroupBy>,
    /// The day on which a statement counts.
    pub date_basis: DateBasis,
    /// Whether each point and turning point is computed only from the votes up to its period. The collection should then
    /// be without copies ([`DateLimits::first_prints`](crate::DateLimits::first_prints)), whose stories change when
    /// later copies appear.
    pub causal: bool,
    /// Last day of the news that the model was trained on, if known. Articles up to that day are reported.
    pub news_until: Option<Day>,
}

/// Outlooks over time.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Timeline {
    /// Version of the JSON form. Fields may be added, but not removed.
    pub schema: u32,
    /// Ids of the models that scored the articles.
    pub models: Vec<String>,
    /// The length of one point.
    pub period: Period,
    /// The day on which a statement counts.
    #[serde(rename = "place")]
    pub date_basis: DateBasis,
    /// The weights of the votes within a period.
    #[serde(rename = "weights")]
    pub weighting: VoteWeighting,
    /// The score of periods without votes.
    #[serde(rename = "fill")]
    pub gap_fill: GapFill,
    /// The model of the level.
    #[serde(rename = "smooth")]
    pub smoothing: Smoothing,
    /// Whether each point and turning point uses only the votes up to its period.
    pub causal: bool,
    /// Last day of the news that the model was trained on, if its card says so.
    pub news_until: Option<Day>,
    /// Confidence of the bands.
    #[serde(serialize_with = "four_decimals::serialize")]
    pub coverage: f64,
    /// Number of articles.
    pub articles: usize,
    /// Number of stories; near-duplicate articles are one story.
    pub stories: usize,
    /// Issues found in the input.
    #[serde(rename = "notes")]
    pub issues: Vec<DataIssue>,
    /// The series, sorted by name within each grouping.
    pub series: Vec<Series>,
}

/// Computes the timeline of `collection`.
///
/// # Errors
/// If a series would have more than 20,000 periods, or articles were kept without the statements that
/// [`TimelineSettings::group_by`] or [`TimelineSettings::date_basis`] need.
pub fn timeline(collection: &Collection, settings: &TimelineSettings) -> Result<Timeline> {
    let statements = Retain { statements: true, ..Retain::default() };
    if let Some(by) = settings.group_by.iter().find(|by| by.needs_statements()) {
        collection.require(statements, &format!("a series by {by}"))?;
    }
    if settings.date_basis == DateBasis::Statement {
        collection.require(statements, "a series by the statements' own dates")?;
    }
    let groupings: Vec<Option<GroupBy>> = if settings.group_by.is_empty() {
        vec![None]
    } else {
        settings.group_by.iter().copied().map(Some).collect()
    };
    let mut series = Vec::new();
    for group_by in groupings {
        for (key, votes) in votes_by_group(collection, group_by, settings.date_basis) {
            let builder = SeriesBuilder {
                collection,
                series: &settings.series,
                change: &settings.change,
                group_by,
                key: &key,
                votes: &votes,
                until: None,
            };
            series.push(if settings.causal { causal_series(&builder)? } else { builder.build()? });
        }
    }
    let mut issues = collection.issues().to_vec();
    if let Some(until) = settings.news_until {
        let message = "within the period of the model's training news; not a test of foresight";
        let known = collection.articles.iter().filter(|article| article.day() <= Some(until));
        DataIssue::add(&mut issues, "training-period", message, known);
    }
    Ok(Timeline {
        schema: 1,
        models: collection.models(),
        period: settings.series.period,
        date_basis: settings.date_basis,
        weighting: settings.series.weighting,
        gap_fill: settings.series.gap_fill,
        smoothing: settings.series.smoothing,
        causal: settings.causal,
        news_until: settings.news_until,
        coverage: COVERAGE,
        articles: collection.articles(),
        stories: collection.stories(),
        issues,
        series,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collection::{Collector, DateLimits};
    use crate::series_article::tests::article;

    fn collection(reverse: bool) -> Collection {
        let start = Day::new(2020, 1, 6).expect("a day");
        let mut articles: Vec<_> = (0..40)
            .map(|at| {
                let score = if at < 20 { -0.4 } else { 0.3 } + f64::from(at % 4) * 0.1;
                article(&format!("n{at:02}"), &start.plus_days(3 * i64::from(at)).to_string(), score)
            })
            .collect();
        if reverse {
            articles.reverse();
        }
        let mut collector = Collector::default();
        for article in articles {
            collector.push(article);
        }
        collector.finish(&DateLimits::default()).expect("articles")
    }

    #[test]
    fn shift_is_dated_with_its_strongest_stories() {
        let timeline = timeline(&collection(false), &TimelineSettings::default()).expect("a timeline");
        let [series] = timeline.series.as_slice() else { panic!("one series") };
        let [turning_point] = series.turning_points.as_slice() else {
            panic!("one turning point: {:?}", series.turning_points)
        };
        assert_eq!(turning_point.day.to_string(), "2020-03-02");
        assert!(turning_point.shift > 0.6 && turning_point.p_value <= 0.01);
        assert!(
            turning_point.stories.iter().all(|story| story.score > 0.2 && story.day >= turning_point.day)
        );
        assert_eq!(series.highest[0].id, "n23");
        assert_eq!(series.lowest[0].score, -0.4);
    }

    /// Turning points for which the level before and after, and whether it moves in their direction.
    pub(crate) fn contradictions(series: &Series) -> Vec<Day> {
        let moves = |turn: &&crate::series::TurningPoint| {
            let at = series.points.iter().position(|point| point.start == turn.day);
            let levels =
                at.and_then(|at| series.points[at].level.zip(series.points.get(at.checked_sub(1)?)?.level));
            levels.is_some_and(|(after, before)| (after - before) * turn.shift > 0.0)
        };
        series.turning_points.iter().filter(|turn| !moves(turn)).map(|turn| turn.day).collect()
    }

    #[test]
    fn every_turning_point_moves_the_level() {
        let mut found = 0;
        for seed in 0..30 {
            let mut random = detente::internals::SplitMix64::from_seed(seed);
            let start = Day::new(2020, 1, 6).expect("a day");
            let mut collector = Collector::default();
            for at in 0..80_i64 {
                let level = [-0.3, 0.2, -0.1, 0.4][(at / 20) as usize];
                let score = (level + 0.25 * random.standard_normal()).clamp(-1.0, 1.0);
                collector.push(article(&format!("n{at:02}"), &start.plus_days(5 * at).to_string(), score));
            }
            let collection = collector.finish(&DateLimits::default()).expect("articles");
            let timeline = timeline(&collection, &TimelineSettings::default()).expect("a timeline");
            let series = &timeline.series[0];
            found += series.turning_points.len();
            assert_eq!(contradictions(series), [], "seed {seed}");
        }
        assert!(found >= 60, "{found} turning points");
    }

    #[test]
    fn articles_of_the_training_period_are_reported() {
        let settings = TimelineSettings { news_until: Day::new(2020, 1, 31), ..TimelineSettings::default() };
        let timeline = timeline(&collection(false), &settings).expect("a timeline");
        let issue = timeline.issues.iter().find(|issue| issue.kind == "training-period").expect("an issue");
        assert_eq!((issue.count, timeline.news_until), (9, Day::new(2020, 1, 31)));
    }

    #[test]
    fn result_does_not_depend_on_input_order() {
        let settings = TimelineSettings::default();
        let forward = timeline(&collection(false), &settings).expect("a timeline");
        assert_eq!(forward, timeline(&collection(true), &settings).expect("a timeline"));
    }
}
