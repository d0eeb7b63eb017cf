//! Text report on a comparison.

use std::io;
use std::io::Write;

use detente_timeline::{Comparison, Decomposition};

use crate::ansi::{BOLD, DIM, RESET};
use crate::comparison::phrases::{
    contribution, effects, group_columns, groups_that_count, origin, others, statistics, telling, verdict,
};
use crate::number::{articles_and_stories, score};
use crate::phrases::issue;
use crate::text_width::{fitted, padded, prefix};

/// Columns of the name of a group, and of a phrase.
const NAME_WIDTH: usize = 28;
const PHRASE_WIDTH: usize = 32;

pub(crate) fn write_text(comparison: &Comparison, width: usize, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{BOLD}{}{RESET}", verdict(comparison))?;
    writeln!(out, "{}", statistics(comparison))?;
    for set in &comparison.sets {
        let counts = articles_and_stories(set.articles, set.stories);
        writeln!(out, "    {}  {} {DIM}({counts}){RESET}", score(set.score), set.label)?;
    }
    if let Some(power) = &comparison.power {
        writeln!(out, "{power}")?;
    }
    for found in &comparison.issues {
        writeln!(out, "! {}", issue(found))?;
    }
    for decomposition in telling(comparison) {
        write_decomposition(decomposition, out)?;
    }
    write_statements(comparison, width, out)?;
    write_phrases(comparison, out)
}

fn write_decomposition(decomposition: &Decomposition, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n{BOLD}by {}{RESET}: {}", decomposition.group_by, effects(decomposition))?;
    writeln!(out, "{DIM}    {:NAME_WIDTH$}   share         mean         who    what{RESET}", "")?;
    let (shown, hidden) = groups_that_count(decomposition);
    for group in shown {
        let name = fitted(&group.name, NAME_WIDTH);
        let [first_share, second_share, first_mean, second_mean, composition, within] = group_columns(group);
        writeln!(
            out,
            "    {name} {first_share:>4} → {second_share:>4}  {first_mean:>5} → {second_mean:>5}  {composition:>6} {within:>6}"
        )?;
    }
    // hundreds of speakers have an effect of 0.00 each
    if let Some(others) = others(&hidden) {
        writeln!(out, "    {DIM}{others}{RESET}")?;
    }
    Ok(())
}

fn write_statements(comparison: &Comparison, width: usize, out: &mut dyn Write) -> io::Result<()> {
    if !comparison.statements.is_empty() {
        writeln!(out, "\n{BOLD}statements that moved it most{RESET}")?;
    }
    // about two lines: enough for "The minister said that talks would resume as soon as …"
    let max_width = (2 * width).saturating_sub(20);
    for s in &comparison.statements {
        let text = s.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let start = prefix(&text, max_width);
        let more = if start.len() < text.len() { "…" } else { "" };
        writeln!(out, "    {}  {start}{more}", contribution(s.contribution))?;
        writeln!(out, "            {DIM}— {}{RESET}", origin(comparison, s))?;
    }
    Ok(())
}

fn write_phrases(comparison: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    if !comparison.phrases.is_empty() {
        writeln!(out, "\n{BOLD}phrases that moved it most{RESET}")?;
    }
    for p in &comparison.phrases {
        let phrase = padded(&p.phrase, PHRASE_WIDTH);
        let (contribution, first, second) = (contribution(p.contribution), p.first_count, p.second_count);
        writeln!(out, "    {contribution}  {phrase} {DIM}{first} → {second} times{RESET}")?;
    }
    Ok(())
}
