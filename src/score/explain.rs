//! Why a statement has its score: every feature with its share, which add up exactly.

use detente_lang::Span;
use serde::{Deserialize, Serialize};

use crate::score::scorer::Scorer;

/// What one feature adds to a statement's score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contribution {
    /// The feature in words.
    pub feature: String,
    /// The family that it belongs to.
    pub family: String,
    /// Millionths of a score that it adds.
    pub micro: i64,
}

/// A score taken apart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Explanation {
    /// Millionths of a score: the sum of all contributions, and the score as it is printed.
    pub micro: i64,
    /// The contributions, the largest first; what every statement starts from is one of them.
    pub contributions: Vec<Contribution>,
}

/// Most millionths of a contribution, so that any number of them adds up; only a model that means harm has more.
const MOST: f64 = 1e12;

impl Scorer {
    /// Takes apart the score of the statement at `span` of `text`.
    ///
    /// A contribution is what a feature adds at the statement's own probability of a bearing.
    /// Contributions are rounded to millionths one by one; where that leaves a difference to the
    /// score as it is printed, or the sum leaves -1..+1, a last contribution makes it up.
    #[must_use]
    pub fn explain(&mut self, text: &str, span: Span) -> Explanation {
        let judged = self.judge(text, span);
        let pairs = self.pairs(text);
        let model = self.model();
        let factor = model.calibration().factor(judged.bearing.get()) * 1e6;
        let micro = |value: f64| (value * factor).clamp(-MOST, MOST).round() as i64;
        let mut contributions = vec![Contribution {
            feature: "what every statement starts from".to_owned(),
            family: "intercept".to_owned(),
            micro: micro(model.weights().intercepts()[0]),
        }];
        let mut add = |feature: String, family: &str, micro: i64| {
            if micro != 0 {
                contributions.push(Contribution { feature, family: family.to_owned(), micro });
            }
        };
        for feature in self.features() {
            if let Some([weight, ..]) = model.weights().get(model.extractor().key(feature.column)) {
                let words = model.extractor().describe(&feature, text, self.reading());
                add(words, feature.family(), micro(weight * f64::from(feature.value)));
            }
        }
        for (family, words, amount) in pairs {
            add(words, family, micro(amount));
        }
        let sum: i64 = contributions.iter().map(|c| c.micro).sum();
        let total = (judged.score.get() * 1e4).round() as i64 * 100;
        if sum != total {
            let family = if sum.abs() > 1_000_000 { "limit of the scale" } else { "rounding to 4 decimals" };
            let feature = "what is left".to_owned();
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
    fn a_scale_beyond_all_bounds_still_adds_up() {
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
