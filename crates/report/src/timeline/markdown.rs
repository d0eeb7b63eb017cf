//! Markdown report on a timeline: turning points, highest and lowest stories, and a table of all points.

use std::io;
use std::io::Write;

use detente_timeline::{Series, StoryMention, Timeline};

use crate::escape::markdown;
use crate::number::{articles_and_stories, optional_score};
use crate::phrases::{P_VALUE_NOTE, interval, issue, phrase_changes, story, turning_point};

pub(crate) fn write_markdown(timeline: &Timeline, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# Outlook by {}\n", timeline.period)?;
    writeln!(
        out,
        "{}, scored by {}; with {:.0}% confidence bands.\n",
        articles_and_stories(timeline.articles, timeline.stories),
        markdown(&timeline.models.join(", ")),
        timeline.coverage * 100.0
    )?;
    for found in &timeline.issues {
        writeln!(out, "- Note: {}", markdown(&issue(found)))?;
    }
    timeline.series.iter().try_for_each(|series| write_series(series, out))
}

fn write_series(series: &Series, out: &mut dyn Write) -> io::Result<()> {
    let counts = articles_and_stories(series.articles, series.stories);
    writeln!(out, "\n## {} ({counts})\n", markdown(&series.key))?;
    if series.turning_points.is_empty() {
        writeln!(out, "No turning point.")?;
    }
    for found in &series.turning_points {
        writeln!(out, "- **{}**", turning_point(found))?;
        write_stories(&found.stories, out)?;
        if !found.phrases.is_empty() {
            writeln!(out, "  - phrases: {}", markdown(&phrase_changes(found).join(", ")))?;
        }
    }
    if !series.turning_points.is_empty() {
        writeln!(out, "\n{P_VALUE_NOTE}\n")?;
    }
    for (name, stories) in [("highest", &series.highest), ("lowest", &series.lowest)] {
        writeln!(out, "- {name}")?;
        write_stories(stories, out)?;
    }
    writeln!(out, "\n| start | end | stories | score | band | level | band |")?;
    writeln!(out, "|---|---|---:|---:|---|---:|---|")?;
    for p in &series.points {
        let band = |low: Option<f64>, high: Option<f64>| {
            low.zip(high).map(|(low, high)| interval(low, high)).unwrap_or_default()
        };
        writeln!(
            out,
            "| {} | {} | {} | {} | {} | {} | {} |",
            p.start,
            p.end,
            p.stories,
            optional_score(p.score),
            band(p.low, p.high),
            optional_score(p.level),
            band(p.level_low, p.level_high)
        )?;
    }
    Ok(())
}

fn write_stories(stories: &[StoryMention], out: &mut dyn Write) -> io::Result<()> {
    stories.iter().try_for_each(|mention| writeln!(out, "  - {}", markdown(&story(mention))))
}
