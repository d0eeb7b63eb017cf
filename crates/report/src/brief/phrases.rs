//! The parts of a brief as headings and lines, which all formats share.

use detente::Day;
use detente_timeline::{ArticleLine, Brief, Milestone, Mover, Quote, Upcoming};

use crate::chart::axis::long_date;
use crate::comparison::phrases::{statistics, verdict};
use crate::number::{count, optional_score, p_value, score};
use crate::phrases::interval;

/// A part of a brief.
pub(crate) struct Section {
    pub(crate) heading: &'static str,
    pub(crate) lines: Vec<Line>,
    /// What to say if there are no lines.
    pub(crate) none: &'static str,
}

/// A line of a part: a date or a name, a score, a text and where it is from.
pub(crate) struct Line {
    pub(crate) lead: String,
    pub(crate) score: Option<f64>,
    pub(crate) text: String,
    pub(crate) note: String,
}

/// Where it stands, in two sentences.
pub(crate) fn standing(brief: &Brief) -> [String; 2] {
    let s = &brief.standing;
    let doubt = if s.uncertain { "; the band has both signs, so the direction is uncertain" } else { "" };
    let since = match s.basis {
        "turning point" => format!("Since {}, a turning point", long_date(s.since)),
        "milestone" => format!("Since about {}, when the outlook turned", long_date(s.since)),
        _ => format!("Since the first article of {}", long_date(s.since)),
    };
    [
        format!("Outlook {} ({}): {}{doubt}.", score(s.score), interval(s.low, s.high), s.reading),
        format!("{since}. {}.", coverage(brief)),
    ]
}

/// "13 articles of 4 sources, 9 Jan 2032 – 24 Jun 2032".
fn coverage(brief: &Brief) -> String {
    let sources = match brief.sources {
        0 => String::new(),
        number => format!(" of {}", count(number, "source", "sources")),
    };
    let dates = if brief.first == brief.last {
        long_date(brief.last)
    } else {
        format!("{} – {}", long_date(brief.first), long_date(brief.last))
    };
    let copies = if brief.stories == brief.articles {
        String::new()
    } else {
        format!(" ({})", count(brief.stories, "story", "stories"))
    };
    format!("{}{copies}{sources}, {dates}", count(brief.articles, "article", "articles"))
}

/// What changed, in a sentence, with the statistics.
pub(crate) fn change(brief: &Brief) -> String {
    match &brief.change.comparison {
        Some(found) => format!("{}. {}", verdict(found), statistics(found)),
        None => "Too few articles on either side of that day to compare.".to_owned(),
    }
}

/// "What changed since 18 Apr 2032 (turning point)".
pub(crate) fn change_heading(brief: &Brief) -> String {
    let basis = match brief.change.basis {
        "option" => "",
        "turning point" => " (turning point)",
        _ => " (30 days before the newest article)",
    };
    format!("What changed since {}{basis}", long_date(brief.change.since))
}

/// The parts after the change.
pub(crate) fn sections(brief: &Brief) -> Vec<Section> {
    let section = |heading, lines, none| Section { heading, lines, none };
    vec![
        section("How it went", brief.milestones.iter().map(milestone).collect(), ""),
        section("Who moved", brief.movers.iter().flat_map(mover).collect(), "No speaker stands out."),
        section(
            "What happened",
            brief.happened.iter().map(|found| quoted(long_date(found.day), found)).collect(),
            "No dated event.",
        ),
        section(
            "What comes next",
            brief.next.iter().map(upcoming).collect(),
            "The articles name no date after the newest of them.",
        ),
        section(
            "Open points",
            brief.open.iter().map(|found| quoted(long_date(found.day), found)).collect(),
            "None in the newest articles.",
        ),
    ]
}

fn milestone(found: &Milestone) -> Line {
    let note = match (found.kind, found.p_value) {
        ("up", Some(p)) => format!("turning point ▲, {}", p_value(p)),
        ("down", Some(p)) => format!("turning point ▼, {}", p_value(p)),
        (kind, _) => kind.to_owned(),
    };
    Line { lead: long_date(found.day), score: Some(found.score), text: found.title.clone(), note }
}

/// A line for the speaker, and one for each statement.
fn mover(found: &Mover) -> Vec<Line> {
    let side = if found.side == found.speaker { String::new() } else { found.side.clone() };
    let text = match (found.before, found.after) {
        (Some(before), Some(after)) => format!("from {} to {}", score(before), score(after)),
        (None, Some(after)) => format!("new, {}", score(after)),
        (before, None) => format!("silent since, {} before", optional_score(before)),
    };
    let mut lines = vec![Line { lead: found.speaker.clone(), score: None, text, note: side }];
    lines.extend(found.statements.iter().map(|quote| Line {
        lead: format!("  {}", long_date(quote.day)),
        score: quote.score,
        text: quote.text.clone(),
        note: quote.source.clone().unwrap_or_default(),
    }));
    lines
}

fn quoted(lead: String, found: &Quote) -> Line {
    let parts: Vec<&str> =
        [found.speaker.as_deref(), found.source.as_deref()].into_iter().flatten().collect();
    Line { lead, score: found.score, text: found.text.clone(), note: parts.join(", ") }
}

fn upcoming(found: &Upcoming) -> Line {
    let named = match found.articles {
        1 => format!("named on {}", long_date(found.named)),
        number => format!("named by {number} articles, last on {}", long_date(found.named)),
    };
    Line {
        lead: dates(found.from, found.to),
        score: None,
        text: found.text.clone(),
        note: format!("{}, {named}", found.kind.as_str()),
    }
}

/// "14 Jul 2032", "Sep 2032", or both ends of another time.
fn dates(from: Day, to: Day) -> String {
    let is_month = from.day() == 1 && to == from.plus_months(1).plus_days(-1);
    match long_date(from) {
        day if from == to => day,
        day if is_month => day.trim_start_matches("1 ").to_owned(),
        day => format!("{day} – {}", long_date(to)),
    }
}

/// Headings of [`article_columns`].
pub(crate) const ARTICLE_HEADINGS: [&str; 5] = ["date", "source", "title", "reading", "score"];

/// The columns of an article.
pub(crate) fn article_columns(line: &ArticleLine) -> [String; 5] {
    [
        long_date(line.date),
        line.source.clone().unwrap_or_default(),
        line.title.clone(),
        line.reading.map_or_else(String::new, |reading| reading.to_string()),
        score(line.score),
    ]
}
