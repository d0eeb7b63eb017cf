//! Text report on briefs.

use std::io;
use std::io::Write;

use detente_timeline::{Brief, BriefReport};

use crate::ansi::{BOLD, DIM, RESET};
use crate::brief::phrases::{Line, article_columns, change, change_heading, sections, standing};
use crate::number::optional_score;
use crate::phrases::issue;
use crate::text_width::{columns_of, fitted, padded, truncated, wrapped};

/// Columns of a date, a source and a reading.
const LEAD_WIDTH: usize = 13;
const SOURCE_WIDTH: usize = 16;
const READING_WIDTH: usize = 22;
/// Narrowest text beside its date.
const MIN_TEXT_WIDTH: usize = 30;
/// Most lines of a statement.
const MAX_LINES: usize = 3;

pub(crate) fn write_text(report: &BriefReport, width: usize, out: &mut dyn Write) -> io::Result<()> {
    if let Some(note) = &report.several {
        writeln!(out, "! {note}\n")?;
    }
    for (at, brief) in report.briefs.iter().enumerate() {
        if at > 0 {
            writeln!(out, "\n")?;
        }
        write_one(brief, width, out)?;
    }
    Ok(())
}

fn write_one(brief: &Brief, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let [outlook, since] = standing(brief);
    writeln!(out, "{BOLD}{}{RESET}", brief.name)?;
    for line in wrapped(&outlook, width).iter().chain(&wrapped(&since, width)) {
        writeln!(out, "{line}")?;
    }
    writeln!(out, "\n{BOLD}{}{RESET}", change_heading(brief))?;
    for line in wrapped(&change(brief), width) {
        writeln!(out, "{line}")?;
    }
    for section in sections(brief) {
        writeln!(out, "\n{BOLD}{}{RESET}", section.heading)?;
        if section.lines.is_empty() {
            writeln!(out, "{DIM}{}{RESET}", section.none)?;
        }
        for line in &section.lines {
            write_line(line, width, out)?;
        }
    }
    write_articles(brief, width, out)?;
    for found in &brief.timeline.issues {
        writeln!(out, "{DIM}! {}{RESET}", issue(found))?;
    }
    Ok(())
}

fn write_line(line: &Line, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let score = line.score.map_or_else(String::new, |value| format!("{}  ", optional_score(Some(value))));
    let head = format!("{}  {score}", padded(&line.lead, LEAD_WIDTH));
    let indent = columns_of(&head);
    let note = if line.note.is_empty() { String::new() } else { format!(" [{}]", line.note) };
    let text = format!("{}{note}", line.text);
    let lines = wrapped(&text, width.saturating_sub(indent).max(MIN_TEXT_WIDTH));
    for (at, text) in lines.iter().take(MAX_LINES).enumerate() {
        let more = if at + 1 == MAX_LINES && lines.len() > MAX_LINES { " …" } else { "" };
        let before = if at == 0 { head.clone() } else { " ".repeat(indent) };
        writeln!(out, "{before}{text}{more}")?;
    }
    Ok(())
}

fn write_articles(brief: &Brief, width: usize, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n{BOLD}Articles{RESET}")?;
    let has_sources = brief.sources > 0;
    for line in &brief.table {
        let [date, source, title, reading, score] = article_columns(line);
        let source = if has_sources { format!("{}  ", fitted(&source, SOURCE_WIDTH)) } else { String::new() };
        let head =
            format!("{}  {score}  {}  {source}", padded(&date, LEAD_WIDTH), fitted(&reading, READING_WIDTH));
        let space = width.saturating_sub(columns_of(&head)).max(MIN_TEXT_WIDTH);
        writeln!(out, "{head}{}", truncated(&title, space))?;
    }
    Ok(())
}
