//! [`by_side`]: what each side's own statements add up to.

use std::collections::BTreeMap;

use crate::model::aggregation::Aggregation;
use crate::outlook::article::{Gap, SideOutlook};
use crate::outlook::combine::{Combined, combine};
use crate::outlook::profile::Part;
use crate::outlook::rounding::rounded;
use crate::score::statement::SpeakerKind;

/// Voices that speak for no side, in the order in which they are listed.
pub(crate) const ROLES: [&str; 4] = ["outsiders", "unnamed", "others", "narrator"];

/// The side that a statement counts for: its speaker's party, else the group of speakers without a party,
/// and `narrator` for a statement without a speaker.
#[must_use]
pub fn side_name(speaker: Option<(Option<&str>, SpeakerKind)>) -> &str {
    let [outsiders, unnamed, others, narrator] = ROLES;
    match speaker {
        None => narrator,
        Some((Some(side), _)) => side,
        Some((None, SpeakerKind::Outsider)) => outsiders,
        Some((None, SpeakerKind::Unnamed)) => unnamed,
        Some((None, SpeakerKind::Party | SpeakerKind::Other)) => others,
    }
}

/// The outlook of each voice's own statements, as if they were an article of their own: the `parties`
/// and other sides by name first, then `outsiders`, `unnamed`, `others` and the `narrator`. Beside it
/// stand, for each of the statements, its weight and contribution in its side's outlook.
///
/// A voice that says nothing that bears has no score. What a party said earlier counts for the
/// party, though it is background to the article's news: it is the party's position as the article
/// tells it.
#[must_use]
pub(crate) fn by_side<'a>(
    parties: impl IntoIterator<Item = &'a str>,
    spoken: &[(&'a str, Part)],
    aggregation: &Aggregation,
) -> (Vec<SideOutlook>, Vec<(f64, f64)>) {
    let mut sides: BTreeMap<(usize, &str), Vec<usize>> = BTreeMap::new();
    let rank = |side: &str| ROLES.iter().position(|role| *role == side).map_or(0, |at| at + 1);
    for party in parties {
        sides.entry((rank(party), party)).or_default();
    }
    for (at, (side, _)) in spoken.iter().enumerate() {
        sides.entry((rank(side), side)).or_default().push(at);
    }
    let mut shares = vec![(0.0, 0.0); spoken.len()];
    let mut outlooks = Vec::new();
    for ((rank, side), places) in sides {
        let of = |at: &usize| {
            spoken.get(*at).map(|(_, part)| Part { background: part.background && rank > 0, ..*part })
        };
        let parts: Vec<Part> = places.iter().filter_map(of).collect();
        let combined = combine(&parts, None, aggregation);
        if let Some(Combined { shares: own, .. }) = &combined {
            for (at, share) in places.iter().zip(own) {
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

/// How far the most and the least hopeful of the parties are apart; `None` where fewer than two
/// of them say something that bears.
#[must_use]
pub(crate) fn gap(sides: &[SideOutlook]) -> Option<Gap> {
    let parties = sides.iter().filter(|side| !ROLES.contains(&side.side.as_str()));
    let spoken: Vec<_> = parties.filter_map(|side| Some((side.score?.get(), &side.side))).collect();
    // of equals, the first by name
    let above = spoken.iter().rev().max_by(|a, b| a.0.total_cmp(&b.0))?;
    let below = spoken.iter().min_by(|a, b| a.0.total_cmp(&b.0))?;
    let gap =
        || Gap { above: above.1.clone(), below: below.1.clone(), difference: rounded(above.0 - below.0) };
    (spoken.len() > 1).then(gap)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outlook::article::Voice;

    fn part(score: f64) -> Part {
        Part {
            score,
            bearing: 0.9,
            hedge: 0.2,
            background: false,
            repeated: false,
            news: false,
            voice: Voice::Party,
        }
    }

    #[test]
    fn sides_speak_for_themselves() {
        let spoken = [("Ostrania", part(0.4)), ("Velmark", part(-0.2)), ("narrator", part(0.1))];
        let (sides, shares) = by_side(["Quell", "Velmark"], &spoken, &Aggregation::default());
        let names: Vec<&str> = sides.iter().map(|side| side.side.as_str()).collect();
        assert_eq!(names, ["Ostrania", "Quell", "Velmark", "narrator"]);
        assert_eq!((sides[1].score, sides[1].statements), (None, 0), "the silent side has no score");
        let gap = gap(&sides).expect("two speak");
        assert_eq!((gap.above.as_str(), gap.below.as_str()), ("Ostrania", "Velmark"));
        assert!(shares.iter().all(|share| share.0 == 1.0));
    }

    #[test]
    fn old_words_count_for_their_side_only() {
        let old = Part { background: true, ..part(0.5) };
        let spoken = [("Ostrania", old), ("narrator", old)];
        let (sides, _) = by_side([], &spoken, &Aggregation::default());
        assert!(sides[0].score.is_some() && sides[1].score.is_none());
        assert_eq!(gap(&sides), None);
    }
}
