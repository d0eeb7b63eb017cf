//! From judged statements to the outlook of the article.
//!
//! The outlook is the sum of weight times score. Weights are sums of a few profiles, each with a
//! learned share (`weigh`); the interval is as wide as the errors on articles left out ask for.

use crate::model::aggregation::Aggregation;
use crate::outlook::article::Outlook;
use crate::outlook::profile::{Part, weigh};
use crate::outlook::rounding::{UNITS, apportion, rounded, whole};
use crate::outlook::verdict::{Balance, read};
use crate::scale::{Probability, Score};

/// The outlook and what each part of the article adds to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Combined {
    /// The outlook.
    pub outlook: Outlook,
    /// Weight and contribution of every part.
    pub shares: Vec<(f64, f64)>,
    /// Weight and contribution of the headline: 0 but where it counts by itself.
    pub headline: (f64, f64),
}

/// The outlook of `parts` below a `headline` of that score, and, for each, weight and contribution;
/// `None` where nothing counts.
///
/// Weights add up to 1 and contributions to the score, exactly, in steps of 0.0001.
#[must_use]
pub fn combine(parts: &[Part], headline: Option<f64>, aggregation: &Aggregation) -> Option<Combined> {
    let weights = weigh(parts, headline, aggregation);
    let total: f64 = weights.iter().sum();
    if total <= 0.0 {
        return None;
    }
    let scores = scores(parts, headline);
    let raw: f64 = weights.iter().zip(&scores).map(|(weight, score)| weight * score).sum();
    let score = raw.clamp(-1.0, 1.0);
    let (one_in, variance) = doubts_of(parts, &weights, &scores)?;
    let width = &aggregation.width;
    let half = width.quantile * (width.base + width.single * one_in + variance).sqrt();
    let counted = || parts.iter().zip(&weights).filter(|(part, _)| part.counts());
    let counted_weight: f64 = counted().map(|(_, weight)| weight).sum();
    let hedge = counted().map(|(part, weight)| weight * part.hedge).sum::<f64>() / counted_weight.max(1e-9);
    let bearing = counted().count();
    let units = (score * UNITS).round() as i64;
    // where the score was cut off at 1, the parts are cut by the same share
    let cut = if raw == 0.0 { 1.0 } else { score / raw };
    let product = |(weight, score)| cut * weight * score * UNITS;
    let products: Vec<f64> = weights.iter().zip(&scores).map(product).collect();
    let contributions = whole(&products, units);
    let outlook = Outlook {
        score: Score::clamped(rounded(score)),
        low: Score::clamped(rounded((score - half).max(-1.0))),
        high: Score::clamped(rounded((score + half).min(1.0))),
        coverage: Probability::clamped(aggregation.width.coverage),
        reading: read(score, hedge, Balance::of(&weights, &scores)),
        hedge: Probability::clamped(rounded(hedge)),
        statements: parts.len(),
        bearing,
        thin: bearing < 2,
    };
    let shares = apportion(&weights, UNITS as i64);
    let mut shares: Vec<(f64, f64)> =
        shares.into_iter().zip(contributions).map(|(w, c)| (w as f64 / UNITS, c as f64 / UNITS)).collect();
    let headline = shares.pop().unwrap_or_default();
    Some(Combined { outlook, shares, headline })
}

/// What the width of an article's interval goes by: 1 / the number of statements that count, and the
/// sampling variance of their weighted sum; `None` where nothing counts.
#[must_use]
pub fn doubts(parts: &[Part], headline: Option<f64>, aggregation: &Aggregation) -> Option<(f64, f64)> {
    doubts_of(parts, &weigh(parts, headline, aggregation), &scores(parts, headline))
}

fn doubts_of(parts: &[Part], weights: &[f64], scores: &[f64]) -> Option<(f64, f64)> {
    let total: f64 = weights.iter().sum();
    let mean = |value: &dyn Fn(f64) -> f64| {
        weights.iter().zip(scores).map(|(weight, score)| weight * value(*score)).sum::<f64>() / total
    };
    let count = parts.iter().filter(|part| part.counts()).count();
    (total > 0.0).then(|| {
        let middle = mean(&|score| score);
        let spread = mean(&|score| (score - middle).powi(2));
        // total² · spread / the effective number of statements
        (1.0 / count as f64, spread * weights.iter().map(|weight| weight * weight).sum::<f64>())
    })
}

/// The scores of `parts` and, last, of the headline.
fn scores(parts: &[Part], headline: Option<f64>) -> Vec<f64> {
    parts.iter().map(|part| part.score).chain([headline.unwrap_or(0.0)]).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::aggregation::Profile;
    use crate::outlook::article::Voice;

    fn part(score: f64, bearing: f64) -> Part {
        Part {
            score,
            bearing,
            hedge: 0.2,
            background: false,
            repeated: false,
            news: false,
            voice: Voice::Narrator,
        }
    }

    fn learned(parts: &[Part]) -> Option<Combined> {
        combine(parts, None, &Aggregation::default())
    }

    #[test]
    fn silence_is_not_zero() {
        assert_eq!(learned(&[]), None);
        assert_eq!(learned(&[part(0.5, 0.1)]), None);
        assert_eq!(learned(&[Part { background: true, ..part(-0.6, 0.9) }]), None);
    }

    #[test]
    fn few_or_contradicting_statements_widen_the_interval() {
        let width = |parts: &[Part]| {
            let outlook = learned(parts).expect("an outlook").outlook;
            outlook.high.get() - outlook.low.get()
        };
        let many = [part(0.2, 0.9); 8];
        let torn: Vec<Part> = (0..8).map(|at| part(if at % 2 == 0 { 0.7 } else { -0.4 }, 0.9)).collect();
        assert!(width(&many[..1]) > width(&many[..3]) && width(&many[..3]) > width(&many));
        assert!(width(&torn) > width(&many));
    }

    #[test]
    fn the_headline_alone_can_count() {
        let aggregation = Aggregation::default().alone(Profile::Headline);
        let combined = combine(&[part(0.5, 0.9)], Some(-0.3), &aggregation).expect("an outlook");
        assert_eq!((combined.outlook.score.get(), combined.headline), (-0.3, (1.0, -0.3)));
        assert_eq!(combined.shares, [(0.0, 0.0)]);
    }

    proptest! {
        #[test]
        fn parts_add_up(
            parts in prop::collection::vec((-1.0_f64..1.0, 0.0_f64..1.0, any::<bool>()), 0..30),
            headline in prop::option::of(-1.0_f64..1.0),
            scheme in prop::option::of(prop::sample::select(&Profile::ALL)),
        ) {
            let parts: Vec<Part> =
                parts.into_iter().map(|(s, b, news)| Part { news, ..part(s, b) }).collect();
            let learned = Aggregation::default();
            let aggregation = scheme.map_or_else(|| learned.clone(), |profile| learned.alone(profile));
            if let Some(Combined { outlook, shares, headline }) = combine(&parts, headline, &aggregation) {
                let units = |value: f64| (value * UNITS).round() as i64;
                let all = || shares.iter().chain([&headline]);
                prop_assert_eq!(all().map(|s| units(s.0)).sum::<i64>(), 10_000);
                prop_assert_eq!(all().map(|s| units(s.1)).sum::<i64>(), units(outlook.score.get()));
                prop_assert!(outlook.low <= outlook.score && outlook.score <= outlook.high);
            }
        }
    }
}
