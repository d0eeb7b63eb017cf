//! [`side_outlooks`]: outlook of the statements of each side.

use std::collections::BTreeMap;

use crate::model::aggregation::Aggregation;
use crate::outlook::article::{Gap, SideOutlook};
use crate::outlook::combine::{CombinedOutlook, combine};
use crate::outlook::profile::WeightedStatement;
use crate::outlook::rounding::rounded;
use crate::score::statement::SpeakerKind;

/// Sides that are no parties, in the order in which they are listed.
const NON_PARTY_SIDES: [&str; 4] = ["outsiders", "unnamed", "others", "narrator"];

/// Returns the side of a statement: the speaker's party, else the group of speakers without a party, and
/// `narrator` for a statement without a speaker.
#[must_use]
pub fn side_name(speaker: Option<(Option<&str>, SpeakerKind)>) -> &str {
    let [outsiders, unnamed, others, narrator] = NON_PARTY_SIDES;
    match speaker {
        None => narrator,
        Some((Some(party), _)) => party,
        Some((None, SpeakerKind::Outsider)) => outsiders,
        Some((None, SpeakerKind::Unnamed)) => unnamed,
        Some((None, SpeakerKind::Party | SpeakerKind::Other)) => others,
    }
}

/// Returns the outlook of each side, and for each statement its weight and contribution in its side.
///
/// A side is combined like an article of its own statements; parties and other named sides come first, by
/// name, then [`NON_PARTY_SIDES`]. All `parties` are listed; one without counted statements has no score.
/// Background counts for a party, though not for the article: an earlier statement is still the party's
/// position.
#[must_use]
pub(crate) fn side_outlooks<'a>(
    parties: impl IntoIterator<Item = &'a str>,
    statements: &[(&'a str, WeightedStatement)],
    aggregation: &Aggregation,
) -> (Vec<SideOutlook>, Vec<(f64, f64)>) {
    let mut sides: BTreeMap<(usize, &str), Vec<usize>> = BTreeMap::new();
    // 0 for parties
    let rank = |side: &str| NON_PARTY_SIDES.iter().position(|other| *other == side).map_or(0, |at| at + 1);
    for party in parties {
        sides.entry((rank(party), party)).or_default();
    }
    for (at, (side, _)) in statements.iter().enumerate() {
        sides.entry((rank(side), side)).or_default().push(at);
    }
    let mut shares = vec![(0.0, 0.0); statements.len()];
    let mut outlooks = Vec::new();
    for ((rank, side), members) in sides {
        let member = |at: &usize| {
            let (_, statement) = statements.get(*at)?;
            Some(WeightedStatement { background: statement.background && rank > 0, ..*statement })
        };
        let own: Vec<WeightedStatement> = members.iter().filter_map(member).collect();
        let combined = combine(&own, None, aggregation);
        if let Some(CombinedOutlook { shares: own, .. }) = &combined {
            for (at, share) in members.iter().zip(own) {
                if let Some(to) = shares.get_mut(*at) {
                    *to = *share;
                }
            }
        }
        let outlook = combined.map(|combined| combined.outlook);
        outlooks.push(SideOutlook {
            side: side.to_owned(),
            score: outlook.as_ref().map(|o| o.score),
            low: outlook.as_ref().map(|o| o.low),
            high: outlook.as_ref().map(|o| o.high),
            statements: outlook.as_ref().map_or(0, |o| o.bearing),
        });
    }
    (outlooks, shares)
}

/// Returns the difference between the most and the least optimistic party; `None` if fewer than two
/// parties have a score.
#[must_use]
pub(crate) fn party_gap(sides: &[SideOutlook]) -> Option<Gap> {
    let parties = sides.iter().filter(|side| !NON_PARTY_SIDES.contains(&side.side.as_str()));
    let scored: Vec<_> = parties.filter_map(|side| Some((side.score?.get(), &side.side))).collect();
    // of equals, the first by name
    let above = scored.iter().rev().max_by(|a, b| a.0.total_cmp(&b.0))?;
    let below = scored.iter().min_by(|a, b| a.0.total_cmp(&b.0))?;
    let difference = rounded(above.0 - below.0);
    (scored.len() > 1).then(|| Gap { above: above.1.clone(), below: below.1.clone(), difference })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outlook::profile::SpeakerRole;

    fn statement(score: f64) -> WeightedStatement {
        WeightedStatement {
            score,
            bearing: 0.9,
            hedge: Some(0.2),
            background: false,
            repeated: false,
            news: false,
            speaker: SpeakerRole::Party,
        }
    }

    #[test]
    fn sides_are_listed_by_name_and_silent_ones_have_no_score() {
        let statements =
            [("Ostrania", statement(0.4)), ("Velmark", statement(-0.2)), ("narrator", statement(0.1))];
        let (sides, shares) = side_outlooks(["Quell", "Velmark"], &statements, &Aggregation::default());
        let names: Vec<&str> = sides.iter().map(|side| side.side.as_str()).collect();
        assert_eq!(names, ["Ostrania", "Quell", "Velmark", "narrator"]);
        assert_eq!((sides[1].score, sides[1].statements), (None, 0), "the silent side has no score");
        let gap = party_gap(&sides).expect("two parties have a score");
        assert_eq!((gap.above.as_str(), gap.below.as_str()), ("Ostrania", "Velmark"));
        assert!(shares.iter().all(|share| share.0 == 1.0));
    }

    #[test]
    fn background_counts_for_parties_only() {
        let old = WeightedStatement { background: true, ..statement(0.5) };
        let statements = [("Ostrania", old), ("narrator", old)];
        let (sides, _) = side_outlooks([], &statements, &Aggregation::default());
        assert!(sides[0].score.is_some() && sides[1].score.is_none());
        assert_eq!(party_gap(&sides), None);
    }
}
