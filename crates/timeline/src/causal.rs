//! The causal series: each point and each turning point is computed from the votes up to its period alone, as a reader
//! at the time could have done. Later votes never change an earlier point; a property test checks this.

use detente::Result;
use rayon::prelude::*;

use crate::series::{Series, TurningPoint};
use crate::series_builder::SeriesBuilder;
use crate::series_point::SeriesPoint;
use crate::series_settings::Smoothing;

/// A turning point within so many days of an announced one in the same direction is the same: its place is found more
/// exactly as votes arrive.
const SAME_TURN_DAYS: i64 = 60;

/// The series of `builder` whose points and turning points use the past only. The smoothed level, which needs later
/// votes, is left empty.
///
/// # Errors
/// If there are more than 20,000 periods.
pub(crate) fn causal_series(builder: &SeriesBuilder<'_>) -> Result<Series> {
    let whole = builder.build()?;
    // a period with votes and the empty ones after it are computed from the same votes
    let runs: Vec<&[SeriesPoint]> = whole.points.chunk_by(|_, next| next.stories == 0).collect();
    let known: Vec<Series> = runs.par_iter().map(|run| known_by(builder, run)).collect::<Result<_>>()?;
    let mut points: Vec<SeriesPoint> = Vec::with_capacity(whole.points.len());
    let mut turning_points: Vec<TurningPoint> = Vec::new();
    for (run, series) in runs.iter().zip(known) {
        points.extend(series.points);
        for turn in series.turning_points {
            let is_same = |other: &TurningPoint| {
                other.shift * turn.shift > 0.0 && other.date.days_since(turn.date).abs() <= SAME_TURN_DAYS
            };
            if !turning_points.iter().any(is_same) {
                let known = run.first().map(|point| point.end);
                turning_points.push(TurningPoint { known, ..turn });
            }
        }
    }
    Ok(Series { points, turning_points, ..whole })
}

/// The series of the votes up to the first period of `run`, with the points of `run` only.
fn known_by(builder: &SeriesBuilder<'_>, run: &[SeriesPoint]) -> Result<Series> {
    let [first, ..] = run else { return builder.build() };
    let votes = builder.votes.partition_point(|vote| vote.day <= first.end);
    let past = SeriesBuilder {
        votes: builder.votes.get(..votes).unwrap_or_default(),
        until: run.last().map(|point| point.end),
        ..*builder
    };
    let mut series = past.build()?;
    series.points.drain(..series.points.len().saturating_sub(run.len()));
    if builder.series.smoothing != Smoothing::Ewma {
        for point in &mut series.points {
            [point.level, point.level_low, point.level_high] = [None; 3];
        }
    }
    Ok(series)
}

#[cfg(test)]
mod tests {
    use detente::Day;
    use proptest::prelude::*;

    use crate::collection::{Collection, Collector, DateLimits};
    use crate::series::Series;
    use crate::series_article::SeriesArticle;
    use crate::series_article::tests::titled;
    use crate::timeline::{TimelineSettings, timeline};

    /// Articles of the given distances in days, scores in percent and titles, of which a few are near-duplicates.
    fn articles(steps: &[(i64, i32, usize)]) -> Vec<SeriesArticle> {
        let mut day = Day::new(2020, 1, 6).expect("a day");
        let article = |(at, (step, percent, title)): (usize, &(i64, i32, usize))| {
            day = day.plus_days(*step);
            titled(&format!("n{at:03}"), &day.to_string(), f64::from(*percent) / 100.0, &title_of(*title, at))
        };
        steps.iter().enumerate().map(article).collect()
    }

    /// Titles below 3 recur with one word changed.
    fn title_of(title: usize, at: usize) -> String {
        let words =
            ["envoys meet over canal tolls in the old port", "union rejects the pay offer of the yards"];
        words.get(title).map_or_else(|| format!("t{at} u{at} v{at}"), |words| format!("{words} {}", at % 2))
    }

    fn collection(articles: &[SeriesArticle]) -> Collection {
        let mut collector = Collector::default();
        articles.iter().cloned().for_each(|article| collector.push(article));
        let limits = DateLimits { first_prints: true, ..DateLimits::default() };
        collector.finish(&limits).expect("articles")
    }

    fn causal(articles: &[SeriesArticle]) -> Series {
        let settings = TimelineSettings { causal: true, ..TimelineSettings::default() };
        timeline(&collection(articles), &settings).expect("a timeline").series.remove(0)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn later_articles_never_change_earlier_rows(
            steps in prop::collection::vec((0_i64..12, -90_i32..90, 0_usize..6), 8..60),
            kept in 0.2_f64..1.0,
        ) {
            let all = articles(&steps);
            let whole = causal(&all);
            let kept = ((all.len() as f64 * kept) as usize).max(1);
            let part = causal(&all[..kept]);
            // articles of the same period may follow, so the last period of the part is not final
            let final_points = part.points.len() - 1;
            prop_assert_eq!(&part.points[..final_points], &whole.points[..final_points]);
            let end = part.points[final_points].start;
            let known = |series: &Series| -> Vec<_> {
                let known = series.turning_points.iter().filter(|turn| turn.known < Some(end));
                known.cloned().collect()
            };
            prop_assert_eq!(known(&part), known(&whole));
        }
    }

    #[test]
    fn shift_is_announced_after_it_happened_and_once() {
        let steps: Vec<(i64, i32, usize)> =
            (0..60).map(|at| (3, if at < 30 { -50 } else { 40 } + at % 3 * 5, 9)).collect();
        let series = causal(&articles(&steps));
        let [turn] = series.turning_points.as_slice() else { panic!("{:?}", series.turning_points) };
        let shift = Day::new(2020, 1, 6).expect("a day").plus_days(3 * 31);
        assert!(turn.date.days_since(shift).abs() <= 14, "{}", turn.date);
        let known = turn.known.expect("a causal turning point");
        assert!(known >= shift && known.days_since(shift) < 45, "{known}");
        assert!(series.points.iter().all(|point| point.level.is_none() && point.filtered.is_some()));
    }
}
