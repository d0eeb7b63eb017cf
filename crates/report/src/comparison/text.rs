//! A comparison for people: text for a terminal, and Markdown.

use std::io;
use std::io::Write;

use detente_timeline::{Comparison, Decomposition, GroupDecomposition, MovingStatement};

use crate::phrases::{counted, finding, p_value, signed, signed_if_any};
use crate::timeline::markdown::cell;

const BOLD: &str = "\x1b[1m";
const DIM: &str = "\x1b[2m";
const PLAIN: &str = "\x1b[0m";
/// Most voices shown of a split.
const VOICES: usize = 6;

/// The verdict in a sentence.
pub(crate) fn verdict(found: &Comparison) -> String {
    let [a, b] = &found.sets;
    match found.verdict {
        "no clear change" => format!("No clear change from {} to {}", a.name, b.name),
        verdict => format!("The outlook of {} is {verdict} than that of {}", b.name, a.name),
    }
}

/// Difference, interval, p-value and effect sizes in a line.
pub(crate) fn figures(found: &Comparison) -> String {
    let d = &found.difference;
    let g = d.hedges_g.map(|g| format!(", Hedges g {}", signed(g))).unwrap_or_default();
    format!(
        "{} ({} … {}, {:.0}%), {}{g}, Cliff's delta {}",
        signed(d.difference),
        signed(d.low),
        signed(d.high),
        found.confidence * 100.0,
        p_value(d.p_value),
        signed(d.cliffs_delta)
    )
}

/// Where a statement comes from.
pub(crate) fn origin(found: &Comparison, s: &MovingStatement) -> String {
    let set = found.sets.get(s.set).map_or("", |set| set.name.as_str());
    let day = s.day.map(|day| format!(", {day}")).unwrap_or_default();
    let who = if s.side == s.speaker { s.side.clone() } else { format!("{} ({})", s.speaker, s.side) };
    format!("{who}, {}{day}; {set}", s.id)
}

/// The parts of a split that count, so fine that they are seen to add up.
pub(crate) fn parted(split: &Decomposition) -> String {
    format!("who spoke {}, what they said {}", fine(split.composition), fine(split.within))
}

/// What the columns of a voice are, behind its name.
pub(crate) const COLUMNS: [&str; 6] =
    ["share, first", "share, second", "mean, first", "mean, second", "who spoke", "what they said"];

/// The columns of a voice.
pub(crate) fn columns(voice: &GroupDecomposition) -> [String; 6] {
    [
        format!("{:.0}%", voice.first_share * 100.0),
        format!("{:.0}%", voice.second_share * 100.0),
        signed_if_any(voice.first_mean),
        signed_if_any(voice.second_mean),
        fine(voice.composition),
        fine(voice.within),
    ]
}

/// Comparison for a terminal.
pub(crate) fn text(found: &Comparison, width: usize, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{BOLD}{}{PLAIN}", verdict(found))?;
    writeln!(out, "{}", figures(found))?;
    for set in &found.sets {
        writeln!(
            out,
            "    {}  {} {DIM}({}){PLAIN}",
            signed(set.score),
            set.name,
            counted(set.articles, set.stories)
        )?;
    }
    if let Some(power) = &found.power {
        writeln!(out, "{power}")?;
    }
    for note in &found.issues {
        writeln!(out, "! {}", finding(note))?;
    }
    for split in &found.decompositions {
        writeln!(out, "\n{BOLD}by {}{PLAIN}: {}", split.group_by, parted(split))?;
        writeln!(out, "{DIM}    {:<28}   share         mean         who    what{PLAIN}", "")?;
        for voice in split.groups.iter().take(VOICES) {
            let name: String = voice.name.chars().take(28).collect();
            writeln!(
                out,
                "    {name:<28} {:>3.0}% → {:>3.0}%  {:>5} → {:>5}  {:>6} {:>6}",
                voice.first_share * 100.0,
                voice.second_share * 100.0,
                signed_if_any(voice.first_mean),
                signed_if_any(voice.second_mean),
                fine(voice.composition),
                fine(voice.within)
            )?;
        }
        if split.groups.len() > VOICES {
            writeln!(out, "    {DIM}and {} more{PLAIN}", split.groups.len() - VOICES)?;
        }
    }
    if !found.statements.is_empty() {
        writeln!(out, "\n{BOLD}statements that moved it most{PLAIN}")?;
    }
    for s in &found.statements {
        let words = s.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let most = (2 * width).saturating_sub(20);
        let clipped: String = words.chars().take(most).collect();
        let more = if clipped.len() < words.len() { "…" } else { "" };
        writeln!(out, "    {}  {clipped}{more}", fine(s.contribution))?;
        writeln!(out, "            {DIM}— {}{PLAIN}", origin(found, s))?;
    }
    if !found.phrases.is_empty() {
        writeln!(out, "\n{BOLD}phrases that moved it most{PLAIN}")?;
    }
    for p in &found.phrases {
        writeln!(
            out,
            "    {}  {:<32} {DIM}{} → {} times{PLAIN}",
            fine(p.contribution),
            p.phrase,
            p.first_count,
            p.second_count
        )?;
    }
    Ok(())
}

/// A part of a difference, which may be small.
pub(crate) fn fine(value: f64) -> String {
    format!("{value:+.3}").replace('-', "−")
}

/// Comparison in Markdown.
pub(crate) fn markdown(found: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# {}\n\n{}\n", cell(&verdict(found)), figures(found))?;
    writeln!(out, "| set | score | articles | stories |\n|---|---:|---:|---:|")?;
    for set in &found.sets {
        writeln!(
            out,
            "| {} | {} | {} | {} |",
            cell(&set.name),
            signed(set.score),
            set.articles,
            set.stories
        )?;
    }
    writeln!(out)?;
    if let Some(power) = &found.power {
        writeln!(out, "{power}\n")?;
    }
    for note in &found.issues {
        writeln!(out, "- Note: {}", cell(&finding(note)))?;
    }
    for split in &found.decompositions {
        writeln!(out, "\n## By {}: {}\n", split.group_by, parted(split))?;
        writeln!(out, "| {} | {} |", split.group_by, COLUMNS.join(" | "))?;
        writeln!(out, "|---|---:|---:|---:|---:|---:|---:|")?;
        for voice in &split.groups {
            writeln!(out, "| {} | {} |", cell(&voice.name), columns(voice).join(" | "))?;
        }
    }
    writeln!(out, "\n## Statements that moved it most\n")?;
    for s in &found.statements {
        writeln!(out, "- {}: {} — {}", fine(s.contribution), cell(&s.text), cell(&origin(found, s)))?;
    }
    writeln!(out, "\n## Phrases that moved it most\n")?;
    for p in &found.phrases {
        writeln!(
            out,
            "- {}: {} ({} → {} times)",
            fine(p.contribution),
            cell(&p.phrase),
            p.first_count,
            p.second_count
        )?;
    }
    Ok(())
}
