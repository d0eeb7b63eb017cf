//! [`weigh`]: what each statement of an article counts for.

use crate::model::aggregation::{Aggregation, Profile};
use crate::outlook::article::Voice;

/// Least bearing of a statement that counts (the contract's bound for a score).
pub const BEARS: f64 = 0.5;
/// How fast a statement loses weight with its distance to the headline's score, for
/// [`Profile::Told`]: the weight falls by e at a distance of 1/4, a step of the scale at a quarter.
/// Of 2, 4 and 8 the one that gave most together with the lead (r .764, .765, .765 on left-out
/// negotiations of the authored articles), the middle of equals.
const CLOSENESS: f64 = 4.0;
/// Slope of sentometrics' exponential weights.
const SLOPE: f64 = 5.0;

/// A statement as far as the outlook is concerned.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// Expected score, -1..+1; 0 where it hardly bears.
    pub score: f64,
    /// Probability of a bearing, 0..1.
    pub bearing: f64,
    /// Probability of a hedge, 0..1.
    pub hedge: f64,
    /// Whether it tells of old events.
    pub background: bool,
    /// Whether it says again what stands before it, word for word.
    pub repeated: bool,
    /// Whether it tells of the days before the article.
    pub news: bool,
    /// Who says it.
    pub voice: Voice,
}

impl Part {
    /// Whether it adds to the outlook.
    #[must_use]
    pub fn counts(&self) -> bool {
        !self.background && !self.repeated && self.bearing >= BEARS
    }
}

/// The weight of each part and, last, of the headline; they add up to the sum of the shares.
/// Where nothing counts they are all 0.
///
/// A profile that finds nothing to weigh (no party speaks, there is no headline) leaves its share
/// to the lead.
#[must_use]
pub(crate) fn weigh(parts: &[Part], headline: Option<f64>, aggregation: &Aggregation) -> Vec<f64> {
    let mut weights = vec![0.0; parts.len() + 1];
    if !parts.iter().any(Part::counts) {
        return weights;
    }
    let mut profiled = Vec::with_capacity(weights.len());
    for (profile, share) in &aggregation.shares {
        profile_weights(parts, headline, *profile, &mut profiled);
        for (weight, part) in weights.iter_mut().zip(&profiled) {
            *weight += share * part;
        }
    }
    weights
}

/// What each learned profile alone makes of the scores of an article; `None` where nothing counts.
///
/// The outlook is the sum of these, each times its share, so that shares are learned from them.
#[must_use]
pub fn profile_scores(parts: &[Part], headline: Option<f64>) -> Option<[f64; Profile::LEARNED.len()]> {
    parts.iter().any(Part::counts).then(|| {
        Profile::LEARNED.map(|profile| {
            let mut weights = Vec::new();
            profile_weights(parts, headline, profile, &mut weights);
            weights.iter().zip(parts).map(|(weight, part)| weight * part.score).sum()
        })
    })
}

/// Makes `weights` those of one profile, which add up to 1.
fn profile_weights(parts: &[Part], headline: Option<f64>, profile: Profile, weights: &mut Vec<f64>) {
    raw(parts, headline, profile, weights);
    let mut total: f64 = weights.iter().sum();
    if total <= 0.0 {
        raw(parts, headline, Profile::Lead, weights);
        total = weights.iter().sum();
    }
    for weight in weights {
        *weight /= total;
    }
}

fn raw(parts: &[Part], headline: Option<f64>, profile: Profile, weights: &mut Vec<f64>) {
    let count = parts.iter().filter(|part| part.counts()).count() as f64;
    let mut place = 0.0;
    let mut weigh = |part: &Part| {
        if !part.counts() {
            return f64::from(u8::from(profile == Profile::Proportional && !part.repeated));
        }
        let lead = part.bearing / (1.0 + place);
        place += 1.0;
        let only = |told: bool| if told { lead } else { 0.0 };
        // sentometrics counts places from 1
        let middle = place - f64::midpoint(count, 1.0);
        match profile {
            Profile::Bearing => part.bearing,
            Profile::Lead => lead,
            Profile::Strongest => lead * part.score.abs(),
            Profile::Parties => only(matches!(part.voice, Voice::Party | Voice::Narrator)),
            Profile::News => only(part.news),
            Profile::Told => headline.map_or(0.0, |h| lead * (-CLOSENESS * (part.score - h).abs()).exp()),
            Profile::Mean | Profile::Proportional => 1.0,
            Profile::ProportionalPol => f64::from(u8::from(part.score != 0.0)),
            Profile::First => f64::from(u8::from(place <= 1.0)),
            Profile::Last => f64::from(u8::from(place >= count)),
            Profile::Headline => 0.0,
            Profile::UShaped => middle * middle,
            Profile::InverseUShaped => 0.25 - middle * middle / (count * count),
            Profile::Exponential => (SLOPE * (place / count - 1.0)).exp(),
            Profile::InverseExponential => (SLOPE * (1.0 - place / count)).exp(),
        }
    };
    weights.clear();
    weights.extend(parts.iter().map(&mut weigh));
    weights.push(f64::from(u8::from(profile == Profile::Headline && headline.is_some())));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profiled(parts: &[Part], headline: Option<f64>, profile: Profile) -> Vec<f64> {
        let mut weights = Vec::new();
        profile_weights(parts, headline, profile, &mut weights);
        weights
    }

    fn part(score: f64) -> Part {
        Part {
            score,
            bearing: 0.9,
            hedge: 0.2,
            background: false,
            repeated: false,
            news: false,
            voice: Voice::Narrator,
        }
    }

    #[test]
    fn every_scheme_shares_out_one() {
        let silent = Part { bearing: 0.1, score: 0.0, ..part(0.0) };
        let old = Part { background: true, ..part(-0.9) };
        let party = Part { voice: Voice::Party, news: true, ..part(0.5) };
        for parts in [vec![part(0.3)], vec![silent, part(0.3), old, part(0.0), party], vec![part(0.0)]] {
            for headline in [None, Some(0.4)] {
                for profile in Profile::ALL {
                    let weights = profiled(&parts, headline, profile);
                    assert!((weights.iter().sum::<f64>() - 1.0).abs() < 1e-12, "{profile} {weights:?}");
                    assert!(weights.iter().all(|weight| *weight >= 0.0), "{profile} {weights:?}");
                }
            }
        }
    }

    #[test]
    fn schemes_weigh_what_they_say() {
        let parts = [part(0.6), part(0.0), part(-0.6)];
        let weights = |profile| profiled(&parts, Some(-0.6), profile);
        assert_eq!(weights(Profile::First), [1.0, 0.0, 0.0, 0.0]);
        assert_eq!(weights(Profile::Last), [0.0, 0.0, 1.0, 0.0]);
        assert_eq!(weights(Profile::Headline), [0.0, 0.0, 0.0, 1.0]);
        assert_eq!(weights(Profile::UShaped), [0.5, 0.0, 0.5, 0.0]);
        assert_eq!(weights(Profile::ProportionalPol), [0.5, 0.0, 0.5, 0.0]);
        let (lead, told) = (weights(Profile::Lead), weights(Profile::Told));
        assert!(lead[0] > lead[1] && lead[1] > lead[2]);
        assert!(told[2] > told[0], "the headline tells the last");
        assert!(weights(Profile::Exponential)[2] > weights(Profile::InverseExponential)[2]);
    }
}
