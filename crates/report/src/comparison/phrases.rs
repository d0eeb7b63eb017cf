//! Sentences and lines that all reports on comparisons share.

use detente_timeline::{Comparison, Decomposition, GroupDecomposition, StatementContribution};

use crate::number::{optional_score, p_value, score, signed};
use crate::phrases::interval;

/// The verdict in a sentence.
pub(crate) fn verdict(comparison: &Comparison) -> String {
    let [a, b] = &comparison.sets;
    match comparison.verdict {
        "no clear change" => format!("No clear change from {} to {}", a.name, b.name),
        verdict => format!("The outlook of {} is {verdict} than that of {}", b.name, a.name),
    }
}

/// Difference, interval, p-value and effect sizes in a line.
pub(crate) fn statistics(comparison: &Comparison) -> String {
    let d = &comparison.difference;
    let g = d.hedges_g.map(|g| format!(", Hedges g {}", score(g))).unwrap_or_default();
    format!(
        "{} ({}, {:.0}%), {}{g}, Cliff's delta {}",
        score(d.difference),
        interval(d.low, d.high),
        comparison.confidence * 100.0,
        p_value(d.p_value),
        score(d.cliffs_delta)
    )
}

/// A contribution to the difference. Three decimals: contributions are often below 0.01.
pub(crate) fn contribution(value: f64) -> String {
    signed(value, 3)
}

/// Speaker, article, day and set of a statement.
pub(crate) fn origin(comparison: &Comparison, s: &StatementContribution) -> String {
    let set = comparison.sets.get(s.set).map_or("", |set| set.name.as_str());
    let day = s.day.map(|day| format!(", {day}")).unwrap_or_default();
    let who = if s.side == s.speaker { s.side.clone() } else { format!("{} ({})", s.speaker, s.side) };
    format!("{who}, {}{day}; {set}", s.id)
}

/// The composition and the within-group effect.
pub(crate) fn effects(decomposition: &Decomposition) -> String {
    let (composition, within) = (decomposition.composition, decomposition.within);
    format!("who spoke {}, what they said {}", contribution(composition), contribution(within))
}

/// Headings of [`group_columns`].
pub(crate) const GROUP_HEADINGS: [&str; 6] =
    ["share, first", "share, second", "mean, first", "mean, second", "who spoke", "what they said"];

/// Shares, means and effects of a group, for a table.
pub(crate) fn group_columns(group: &GroupDecomposition) -> [String; 6] {
    [
        percent(group.first_share),
        percent(group.second_share),
        optional_score(group.first_mean),
        optional_score(group.second_mean),
        contribution(group.composition),
        contribution(group.within),
    ]
}

fn percent(share: f64) -> String {
    format!("{:.0}%", share * 100.0)
}
