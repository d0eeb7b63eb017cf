//! [`Explanation`]: decomposition of a statement's score into contributions of features, which add up
//! exactly.

use detente_lang::Span;
use serde::{Deserialize, Serialize};

use crate::score::scorer::Scorer;

/// Upper bound on a contribution in millionths, so that sums cannot overflow; only a malicious model file
/// would exceed it.
const MAX_MICRO: f64 = 1e12;

/// Contribution of one feature to a statement's score.
///
/// ```
/// use detente::{Engine, Span};
/// let text = "Talks collapsed.";
/// let explanation = Engine::builtin()?.scorer().explain(text, Span::new(0, text.len()));
/// assert!(explanation.contributions[0].micro < 0, "the largest one");
/// # Ok::<(), detente::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Contribution {
    /// Description of the feature.
    pub feature: String,
    /// Family of the feature.
    pub family: String,
    /// Contribution in millionths of a score.
    pub micro: i64,
}

/// Decomposition of a statement's score.
///
/// ```
/// use detente::{Engine, Span};
/// let text = "Talks collapsed.";
/// let explanation = Engine::builtin()?.scorer().explain(text, Span::new(0, text.len()));
/// let sum: i64 = explanation.contributions.iter().map(|c| c.micro).sum();
/// assert_eq!(sum, explanation.micro);
/// # Ok::<(), detente::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Explanation {
    /// Score in millionths, rounded to four decimals; the sum of all contributions.
    pub micro: i64,
    /// Contributions, the largest first; the intercept is one of them.
    pub contributions: Vec<Contribution>,
}

impl Scorer {
    /// Decomposes the score of the statement at `span` of `text`.
    ///
    /// A contribution is the feature's share of the margin times the factor that the statement's own bearing
    /// gives. Each is rounded to millionths; a last contribution covers the difference to the score as
    /// printed, which comes from rounding and from the limits -1 and +1.
    #[must_use]
    pub fn explain(&mut self, text: &str, span: Span) -> Explanation {
        let scored = self.score(text, span);
        let pairs = self.pair_contributions(text);
        let model = self.model();
        let bearing = scored.bearing_or_one();
        let (linear, composed) = model.calibration().composed_part(self.analysis().composed(), bearing);
        let factor = linear * model.calibration().factor(bearing) * 1e6;
        let micro = |value: f64| (value * factor).clamp(-MAX_MICRO, MAX_MICRO).round() as i64;
        let mut contributions = vec![Contribution {
            feature: "base value of every statement".to_owned(),
            family: "intercept".to_owned(),
            micro: micro(model.weights().intercepts()[0]),
        }];
        let mut add = |feature: String, family: &str, micro: i64| {
            if micro != 0 {
                contributions.push(Contribution { feature, family: family.to_owned(), micro });
            }
        };
        let rules = (composed * 1e6).clamp(-MAX_MICRO, MAX_MICRO).round() as i64;
        add("value that the events compose".to_owned(), "composition", rules);
        for feature in self.features() {
            if let Some([weight, ..]) = model.weights().get(model.extractor().key(feature.column)) {
                let description = feature.describe(text, self.analysis());
                add(description, feature.family(), micro(weight * f64::from(feature.value)));
            }
        }
        for (family, description, amount) in pairs {
            add(description, family, micro(amount));
        }
        let sum: i64 = contributions.iter().map(|c| c.micro).sum();
        let total = (scored.score.get() * 1e4).round() as i64 * 100;
        if sum != total {
            let family = if sum.abs() > 1_000_000 { "limit of the scale" } else { "rounding to 4 decimals" };
            let feature = "remainder".to_owned();
            contributions.push(Contribution { feature, family: family.to_owned(), micro: total - sum });
        }
        contributions.sort_by(|a, b| {
            b.micro
                .abs()
                .cmp(&a.micro.abs())
                .then_with(|| (&a.family, &a.feature).cmp(&(&b.family, &b.feature)))
        });
        Explanation { micro: total, contributions }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::feature::position::Layer;
    use crate::lexicon::parse::Lexicon;
    use crate::model::aggregation::Aggregation;
    use crate::model::calibration::Calibration;
    use crate::model::factors::Factors;
    use crate::model::heads::HEADS;
    use crate::model::trained::TrainedModel;
    use crate::model::weights::Weights;
    use crate::token::vocabulary::Vocabulary;

    #[test]
    fn contributions_add_up_for_an_absurd_scale() {
        for score in [1e63, -1e63] {
            let weights = Weights::quantise(&[], [1.0; HEADS]).expect("weights");
            let none = |layer| Factors::quantise(layer, [0; HEADS], &[]).expect("no factors");
            let calibration = Calibration { score, ..Calibration::default() };
            let model = TrainedModel::new(
                "huge".to_owned(),
                Vocabulary::new(["talks"]),
                &Lexicon::default(),
                weights,
                Layer::ALL.map(none),
                (calibration, Aggregation::default()),
            );
            let text = "Talks resumed.";
            let Explanation { micro, contributions } =
                Scorer::new(Arc::new(model)).explain(text, Span::new(0, text.len()));
            assert_eq!(contributions.iter().map(|c| c.micro).sum::<i64>(), micro);
            assert_eq!(micro.abs(), 1_000_000);
            assert!(contributions.iter().all(|c| c.micro.unsigned_abs() <= 2_000_000_000_000));
        }
    }
}
