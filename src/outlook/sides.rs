//! [`by_side`]: what each side's own statements add up to.

use std::collections::BTreeMap;

use super::article::SideOutlook;
use super::combine::{Part, combine};

/// The outlook of each voice's own statements, as if they were an article of their own: parties by
/// name first, then `outsiders`, `unnamed`, `others` and the `narrator`.
///
/// A voice that is quoted but says nothing that bears has no score.
///
/// ```
/// # use detente::outlook::{Part, by_side};
/// let part = |score| Part { score, bearing: 0.9, hedge: 0.2, background: false };
/// let sides = by_side([("Ostrania", part(0.4)), ("Velmark", part(-0.2)), ("Ostrania", part(0.4))]);
/// assert_eq!((sides[0].side.as_str(), sides[0].statements), ("Ostrania", 2));
/// assert!(sides[0].score > sides[1].score);
/// ```
#[must_use]
pub fn by_side<'a>(parts: impl IntoIterator<Item = (&'a str, Part)>) -> Vec<SideOutlook> {
    let mut sides: BTreeMap<(usize, &str), Vec<Part>> = BTreeMap::new();
    for (side, part) in parts {
        let rank = ROLES.iter().position(|role| *role == side).map_or(0, |at| at + 1);
        sides.entry((rank, side)).or_default().push(part);
    }
    let outlook = |((_, side), parts): ((usize, &str), Vec<Part>)| {
        let outlook = combine(&parts).map(|(outlook, _)| outlook);
        SideOutlook {
            side: side.to_owned(),
            score: outlook.as_ref().map(|o| o.score),
            low: outlook.as_ref().map(|o| o.low),
            high: outlook.as_ref().map(|o| o.high),
            statements: outlook.as_ref().map_or(0, |o| o.bearing),
        }
    };
    sides.into_iter().map(outlook).collect()
}

/// Voices that speak for no side, in the order in which they are listed.
pub const ROLES: [&str; 4] = ["outsiders", "unnamed", "others", "narrator"];
