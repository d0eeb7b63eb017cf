//! [`combine`]: weighted sum of statement scores, with an interval.
//!
//! Weights are mixtures of profiles with learned shares; the interval's width follows from the errors on
//! held-out articles.

use crate::model::aggregation::Aggregation;
use crate::outlook::article::Outlook;
use crate::outlook::profile::{WeightedStatement, statement_weights};
use crate::outlook::rounding::{DECIMAL_UNITS, apportion, round_to_total, rounded};
use crate::outlook::verdict::{Verdict, WeightBalance};
use crate::scale::{Probability, Score};

/// Outlook with the weight and contribution of each statement.
#[derive(Clone, Debug, PartialEq)]
pub struct CombinedOutlook {
    /// Outlook.
    pub outlook: Outlook,
    /// Weight and contribution of each statement.
    pub(crate) shares: Vec<(f64, f64)>,
    /// Weight and contribution of the headline; 0 except with
    /// [`Profile::Headline`](crate::Profile::Headline).
    pub(crate) headline: (f64, f64),
}

/// Combines `statements`, and the score of the `headline`, to an outlook; `None` if no statement counts.
///
/// Weights add up to 1 and contributions to the score, exactly, in steps of 0.0001.
#[must_use]
pub fn combine(
    statements: &[WeightedStatement],
    headline: Option<f64>,
    aggregation: &Aggregation,
) -> Option<CombinedOutlook> {
    let weights = statement_weights(statements, headline, aggregation);
    let total: f64 = weights.iter().sum();
    if total <= 0.0 {
        return None;
    }
    let scores = scores(statements, headline, aggregation);
    let raw: f64 = weights.iter().zip(&scores).map(|(weight, score)| weight * score).sum();
    let score = raw.clamp(-1.0, 1.0);
    let (inverse_count, variance) = weighted_uncertainty(statements, &weights, &scores)?;
    let width = &aggregation.width;
    let half_width = width.quantile * (width.base + width.single * inverse_count + variance).sqrt();
    let counted = || statements.iter().zip(&weights).filter(|(statement, _)| statement.counts());
    let counted_weight: f64 = counted().map(|(_, weight)| weight).sum();
    let hedges: Option<Vec<f64>> =
        counted().map(|(statement, weight)| Some(weight * statement.hedge?)).collect();
    let hedge = hedges.map(|hedges| hedges.iter().sum::<f64>() / counted_weight.max(1e-9));
    let bearing = counted().count();
    let uncurved: Vec<f64> = statement_scores(statements, headline).collect();
    let balance = WeightBalance::new(&weights, &uncurved);
    let units = (score * DECIMAL_UNITS).round() as i64;
    // if the score is clamped to ±1, all contributions shrink by the same factor
    let shrink = if raw == 0.0 { 1.0 } else { score / raw };
    let product = |(weight, score)| shrink * weight * score * DECIMAL_UNITS;
    let products: Vec<f64> = weights.iter().zip(&scores).map(product).collect();
    let contributions = round_to_total(&products, units);
    let outlook = Outlook {
        score: Score::clamped(rounded(score)),
        low: Score::clamped(rounded((score - half_width).max(-1.0))),
        high: Score::clamped(rounded((score + half_width).min(1.0))),
        coverage: Probability::clamped(aggregation.width.coverage),
        reading: Verdict::classify(score, half_width, balance),
        hedge: hedge.map(|hedge| Probability::clamped(rounded(hedge))),
        statements: statements.len(),
        bearing,
        thin: bearing < 2,
    };
    let weights = apportion(&weights, DECIMAL_UNITS as i64);
    let in_decimals = |units: i64| units as f64 / DECIMAL_UNITS;
    let mut shares: Vec<(f64, f64)> =
        weights.into_iter().zip(contributions).map(|(w, c)| (in_decimals(w), in_decimals(c))).collect();
    let headline = shares.pop().unwrap_or_default();
    Some(CombinedOutlook { outlook, shares, headline })
}

/// Returns the terms of an interval's width: 1 / the number of statements that count, and the sampling
/// variance of their weighted sum; `None` if no statement counts.
#[must_use]
pub fn uncertainty(
    statements: &[WeightedStatement],
    headline: Option<f64>,
    aggregation: &Aggregation,
) -> Option<(f64, f64)> {
    let weights = statement_weights(statements, headline, aggregation);
    weighted_uncertainty(statements, &weights, &scores(statements, headline, aggregation))
}

fn weighted_uncertainty(
    statements: &[WeightedStatement],
    weights: &[f64],
    scores: &[f64],
) -> Option<(f64, f64)> {
    let total: f64 = weights.iter().sum();
    let mean = |value: &dyn Fn(f64) -> f64| {
        weights.iter().zip(scores).map(|(weight, score)| weight * value(*score)).sum::<f64>() / total
    };
    let count = statements.iter().filter(|statement| statement.counts()).count();
    (total > 0.0).then(|| {
        let centre = mean(&|score| score);
        let variance = mean(&|score| (score - centre).powi(2));
        // total² · variance / the effective number of statements
        (1.0 / count as f64, variance * weights.iter().map(|weight| weight * weight).sum::<f64>())
    })
}

/// The scores of the statements and, last, of the headline, as the aggregation weights them.
fn scores(statements: &[WeightedStatement], headline: Option<f64>, aggregation: &Aggregation) -> Vec<f64> {
    statement_scores(statements, headline).map(|score| aggregation.curved(score)).collect()
}

/// The scores of the statements and, last, of the headline.
fn statement_scores(
    statements: &[WeightedStatement],
    headline: Option<f64>,
) -> impl Iterator<Item = f64> + '_ {
    statements.iter().map(|statement| statement.score).chain([headline.unwrap_or(0.0)])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::aggregation::Profile;
    use crate::outlook::profile::SpeakerRole;

    fn statement(score: f64, bearing: f64) -> WeightedStatement {
        WeightedStatement {
            score,
            bearing,
            hedge: Some(0.2),
            background: false,
            repeated: false,
            news: false,
            speaker: SpeakerRole::Narrator,
        }
    }

    fn combined(statements: &[WeightedStatement]) -> Option<CombinedOutlook> {
        combine(statements, None, &Aggregation::default())
    }

    #[test]
    fn without_counted_statements_there_is_no_outlook() {
        assert_eq!(combined(&[]), None);
        assert_eq!(combined(&[statement(0.5, 0.1)]), None);
        assert_eq!(combined(&[WeightedStatement { background: true, ..statement(-0.6, 0.9) }]), None);
    }

    #[test]
    fn few_or_contradicting_statements_widen_the_interval() {
        let width = |statements: &[WeightedStatement]| {
            let outlook = combined(statements).expect("an outlook").outlook;
            outlook.high.get() - outlook.low.get()
        };
        let many = [statement(0.2, 0.9); 8];
        let contradicting: Vec<WeightedStatement> =
            (0..8).map(|at| statement(if at % 2 == 0 { 0.7 } else { -0.4 }, 0.9)).collect();
        assert!(width(&many[..1]) > width(&many[..3]) && width(&many[..3]) > width(&many));
        assert!(width(&contradicting) > width(&many));
    }

    #[test]
    fn the_headline_alone_can_count() {
        let aggregation = Aggregation::default().alone(Profile::Headline);
        let combined = combine(&[statement(0.5, 0.9)], Some(-0.3), &aggregation).expect("an outlook");
        assert_eq!((combined.outlook.score.get(), combined.headline), (-0.3, (1.0, -0.3)));
        assert_eq!(combined.shares, [(0.0, 0.0)]);
    }

    proptest! {
        #[test]
        fn weights_and_contributions_add_up(
            statements in prop::collection::vec((-1.0_f64..1.0, 0.0_f64..1.0, any::<bool>()), 0..30),
            headline in prop::option::of(-1.0_f64..1.0),
            scheme in prop::option::of(prop::sample::select(&Profile::ALL)),
        ) {
            let statements: Vec<WeightedStatement> = statements
                .into_iter()
                .map(|(score, bearing, news)| WeightedStatement { news, ..statement(score, bearing) })
                .collect();
            let learned = Aggregation::default();
            let aggregation = scheme.map_or_else(|| learned.clone(), |profile| learned.alone(profile));
            let combined = combine(&statements, headline, &aggregation);
            if let Some(CombinedOutlook { outlook, shares, headline }) = combined {
                let units = |value: f64| (value * DECIMAL_UNITS).round() as i64;
                let all = || shares.iter().chain([&headline]);
                prop_assert_eq!(all().map(|s| units(s.0)).sum::<i64>(), 10_000);
                prop_assert_eq!(all().map(|s| units(s.1)).sum::<i64>(), units(outlook.score.get()));
                prop_assert!(outlook.low <= outlook.score && outlook.score <= outlook.high);
            }
        }
    }
}
