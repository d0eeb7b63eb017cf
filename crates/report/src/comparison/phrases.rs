//! Sentences and lines that all reports on comparisons share.

use detente_timeline::{Comparison, Decomposition, GroupDecomposition, StatementContribution};

use crate::number::{optional_score, p_value, score, signed};
use crate::phrases::interval;

/// The verdict in a sentence.
pub(crate) fn verdict(comparison: &Comparison) -> String {
    let [a, b] = &comparison.sets;
    let (first, second) = (score(a.score), score(b.score));
    let is_clear = is_clear(comparison);
    if comparison.kind == "days" {
        if !is_clear {
            return format!("No clear change of the outlook: {first} ({}), {second} ({})", a.label, b.label);
        }
        let verb = if comparison.verdict == "higher" { "rose" } else { "fell" };
        return format!("Outlook {verb} from {first} ({}) to {second} ({})", a.label, b.label);
    }
    if is_clear {
        let (high, low) = if comparison.verdict == "higher" { (b, a) } else { (a, b) };
        let (above, below) = (score(high.score), score(low.score));
        return format!("Outlook is higher in {} ({above}) than in {} ({below})", high.label, low.label);
    }
    format!("No clear difference of the outlook between {} ({first}) and {} ({second})", a.label, b.label)
}

/// Whether the sets differ significantly.
pub(crate) fn is_clear(comparison: &Comparison) -> bool {
    comparison.verdict != "no clear change"
}

/// Most groups that reports show of a decomposition.
pub(crate) const MAX_GROUPS: usize = 10;
/// Smallest effect that is printed as other than 0.00.
const MIN_EFFECT: f64 = 0.005;

/// The decompositions that explain anything: those with more than one group.
pub(crate) fn telling(comparison: &Comparison) -> impl Iterator<Item = &Decomposition> {
    comparison.decompositions.iter().filter(|decomposition| decomposition.groups.len() > 1)
}

/// The groups that count, largest effect first and at most ten, and the others.
pub(crate) fn groups_that_count(
    decomposition: &Decomposition,
) -> (Vec<&GroupDecomposition>, Vec<&GroupDecomposition>) {
    let effect = |group: &GroupDecomposition| group.composition.abs().max(group.within.abs());
    let (mut shown, mut others): (Vec<_>, Vec<_>) =
        decomposition.groups.iter().partition(|group| effect(group) >= MIN_EFFECT);
    if shown.len() > MAX_GROUPS {
        others.splice(..0, shown.drain(MAX_GROUPS..));
    }
    (shown, others)
}

/// How many groups are not shown, and what they add together; `None` if all are shown.
pub(crate) fn others(others: &[&GroupDecomposition]) -> Option<String> {
    let sum: f64 = others.iter().map(|group| group.composition + group.within).sum();
    (!others.is_empty()).then(|| format!("and {} more, together {}", others.len(), score(sum)))
}

/// The effect of a group, with two decimals.
fn effect(value: f64) -> String {
    score(value)
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

/// The contribution of a statement or a phrase to the difference. Three decimals: contributions are often below 0.01.
pub(crate) fn contribution(value: f64) -> String {
    signed(value, 3)
}

/// Speaker, article, day and set of a statement.
pub(crate) fn origin(comparison: &Comparison, s: &StatementContribution) -> String {
    let set = comparison.sets.get(s.set).map_or("", |set| set.label.as_str());
    let day = s.day.map(|day| format!(", {day}")).unwrap_or_default();
    let who = if s.side == s.speaker { s.side.clone() } else { format!("{} ({})", s.speaker, s.side) };
    format!("{who}, {}{day}; {set}", s.id)
}

/// The composition and the within-group effect.
pub(crate) fn effects(decomposition: &Decomposition) -> String {
    let (composition, within) = (decomposition.composition, decomposition.within);
    format!("who spoke {}, what they said {}", effect(composition), effect(within))
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
        effect(group.composition),
        effect(group.within),
    ]
}

fn percent(share: f64) -> String {
    format!("{:.0}%", share * 100.0)
}
