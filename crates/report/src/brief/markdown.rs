//! Markdown report on briefs.

use std::io;
use std::io::Write;

use detente_timeline::{Brief, BriefReport};

use crate::brief::phrases::{ARTICLE_HEADINGS, article_columns, change, change_heading, sections, standing};
use crate::escape::markdown;
use crate::number::score;
use crate::phrases::issue;

pub(crate) fn write_markdown(report: &BriefReport, out: &mut dyn Write) -> io::Result<()> {
    if let Some(note) = &report.several {
        writeln!(out, "> {}\n", markdown(note))?;
    }
    for (at, brief) in report.briefs.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        write_one(brief, out)?;
    }
    Ok(())
}

fn write_one(brief: &Brief, out: &mut dyn Write) -> io::Result<()> {
    let [outlook, since] = standing(brief);
    writeln!(out, "# {}\n\n**{}** {}\n", markdown(&brief.name), markdown(&outlook), markdown(&since))?;
    writeln!(out, "## {}\n\n{}", change_heading(brief), markdown(&change(brief)))?;
    for section in sections(brief) {
        writeln!(out, "\n## {}\n", section.heading)?;
        if section.lines.is_empty() {
            writeln!(out, "{}", section.none)?;
        }
        for line in &section.lines {
            let lead = line.lead.trim_start();
            // statements are below their speaker
            let indent = if lead.len() < line.lead.len() { "  " } else { "" };
            let value = line.score.map(|value| format!(" {}", score(value))).unwrap_or_default();
            let note =
                if line.note.is_empty() { String::new() } else { format!(" ({})", markdown(&line.note)) };
            writeln!(out, "{indent}- **{}**{value} {}{note}", markdown(lead), markdown(&line.text))?;
        }
    }
    writeln!(out, "\n## Articles\n\n| {} |", ARTICLE_HEADINGS.join(" | "))?;
    writeln!(out, "|---|---|---|---|---:|")?;
    for line in &brief.table {
        writeln!(out, "| {} |", article_columns(line).map(|column| markdown(&column)).join(" | "))?;
    }
    if !brief.timeline.issues.is_empty() {
        writeln!(out)?;
    }
    for found in &brief.timeline.issues {
        writeln!(out, "- Note: {}", markdown(&issue(found)))?;
    }
    Ok(())
}
