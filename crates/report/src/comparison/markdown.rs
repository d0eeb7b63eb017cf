//! Markdown report on a comparison.

use std::io;
use std::io::Write;

use detente_timeline::Comparison;

use crate::comparison::phrases::{
    GROUP_HEADINGS, contribution, effects, group_columns, groups_that_count, origin, others, statistics,
    telling, verdict,
};
use crate::escape::markdown;
use crate::number::score;
use crate::phrases::issue;

pub(crate) fn write_markdown(comparison: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# {}\n\n{}\n", markdown(&verdict(comparison)), statistics(comparison))?;
    writeln!(out, "| set | score | articles | stories |\n|---|---:|---:|---:|")?;
    for set in &comparison.sets {
        let name = markdown(&set.label);
        writeln!(out, "| {name} | {} | {} | {} |", score(set.score), set.articles, set.stories)?;
    }
    writeln!(out)?;
    if let Some(power) = &comparison.power {
        writeln!(out, "{power}\n")?;
    }
    for found in &comparison.issues {
        writeln!(out, "- Note: {}", markdown(&issue(found)))?;
    }
    for decomposition in telling(comparison) {
        let group_by = decomposition.group_by;
        writeln!(out, "\n## By {group_by}: {}\n", effects(decomposition))?;
        writeln!(out, "| {group_by} | {} |", GROUP_HEADINGS.join(" | "))?;
        writeln!(out, "|---|---:|---:|---:|---:|---:|---:|")?;
        let (shown, hidden) = groups_that_count(decomposition);
        for group in shown {
            writeln!(out, "| {} | {} |", markdown(&group.name), group_columns(group).join(" | "))?;
        }
        if let Some(others) = others(&hidden) {
            writeln!(out, "\n{others}")?;
        }
    }
    writeln!(out, "\n## Statements that moved it most\n")?;
    for s in &comparison.statements {
        let (text, origin) = (markdown(&s.text), markdown(&origin(comparison, s)));
        writeln!(out, "- {}: {text} — {origin}", contribution(s.contribution))?;
    }
    writeln!(out, "\n## Phrases that moved it most\n")?;
    for p in &comparison.phrases {
        let (contribution, phrase) = (contribution(p.contribution), markdown(&p.phrase));
        writeln!(out, "- {contribution}: {phrase} ({} → {} times)", p.first_count, p.second_count)?;
    }
    Ok(())
}
