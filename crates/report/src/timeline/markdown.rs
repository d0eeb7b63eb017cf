//! A timeline in Markdown: turning points, peaks, and a table.

use std::io;
use std::io::Write;

use detente_timeline::{StoryMention, Timeline};

use crate::phrases::{TURNS, counted, finding, mention, signed, signed_if_any, turn};

pub(crate) fn write(line: &Timeline, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# Outlook by {}\n", line.period)?;
    writeln!(
        out,
        "{}, scored by {}; bands hold {:.0}% of repetitions.\n",
        counted(line.articles, line.stories),
        cell(&line.models.join(", ")),
        line.coverage * 100.0
    )?;
    for note in &line.issues {
        writeln!(out, "- Note: {}", cell(&finding(note)))?;
    }
    for series in &line.series {
        writeln!(out, "\n## {} ({})\n", cell(&series.key), counted(series.articles, series.stories))?;
        if series.turning_points.is_empty() {
            writeln!(out, "No turning point.")?;
        }
        for found in &series.turning_points {
            writeln!(out, "- **{}**", turn(found))?;
            stories(&found.stories, out)?;
            if !found.phrases.is_empty() {
                let phrases =
                    found.phrases.iter().map(|p| format!("{} {}", cell(&p.phrase), signed(p.change)));
                writeln!(out, "  - phrases: {}", phrases.collect::<Vec<_>>().join(", "))?;
            }
        }
        if !series.turning_points.is_empty() {
            writeln!(out, "\n{TURNS}\n")?;
        }
        for (name, peaks) in [("highest", &series.highest), ("lowest", &series.lowest)] {
            writeln!(out, "- {name}")?;
            stories(peaks, out)?;
        }
        writeln!(out, "\n| start | end | stories | score | band | level | band |")?;
        writeln!(out, "|---|---|---:|---:|---|---:|---|")?;
        for p in &series.points {
            let band = |low: Option<f64>, high: Option<f64>| match (low, high) {
                (Some(low), Some(high)) => format!("{} … {}", signed(low), signed(high)),
                _ => String::new(),
            };
            writeln!(
                out,
                "| {} | {} | {} | {} | {} | {} | {} |",
                p.start,
                p.end,
                p.stories,
                signed_if_any(p.score),
                band(p.low, p.high),
                signed_if_any(p.level),
                band(p.level_low, p.level_high)
            )?;
        }
    }
    Ok(())
}

fn stories(stories: &[StoryMention], out: &mut dyn Write) -> io::Result<()> {
    stories.iter().try_for_each(|story| writeln!(out, "  - {}", cell(&mention(story))))
}

/// Text without what Markdown would take for markup.
pub(crate) fn cell(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '|' | '*' | '_' | '`' | '[' | ']' | '<' | '>' | '\\' | '#' => safe.extend(['\\', c]),
            c if c.is_control() => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}
