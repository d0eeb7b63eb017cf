//! Why a statement has its score: every feature with its share, which add up exactly.

use serde::{Deserialize, Serialize};

use super::scorer::Scorer;
use crate::Span;

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
    /// Millionths of a score: the sum of all contributions.
    pub micro: i64,
    /// The contributions, the largest first; what every statement starts from is one of them.
    pub contributions: Vec<Contribution>,
}

impl Scorer {
    /// Takes apart the score of the statement at `span` of `text`.
    ///
    /// A contribution is what the feature adds at the statement's own probability of a bearing.
    /// Contributions are rounded to millionths one by one and then summed, so that they
    /// add up exactly. Where the sum leaves -1..+1 a last contribution, `limit`, cuts it off.
    #[must_use]
    pub fn explain(&mut self, text: &str, span: Span) -> Explanation {
        let bearing = self.judge(text, span).bearing.get();
        let model = self.model();
        let factor = model.calibration().factor(bearing) * 1e6;
        let micro = |value: f64| (value * factor).round() as i64;
        let start = Contribution {
            feature: "what every statement starts from".to_owned(),
            family: "intercept".to_owned(),
            micro: micro(model.weights().intercepts()[0]),
        };
        let mut contributions = vec![start];
        for feature in self.features() {
            let Some([weight, ..]) = model.weights().get(feature.key) else { continue };
            let micro = micro(weight * f64::from(feature.value));
            if micro != 0 {
                let words = model.extractor().describe(feature, text, self.reading());
                contributions.push(Contribution {
                    feature: words,
                    family: feature.family().to_owned(),
                    micro,
                });
            }
        }
        let sum: i64 = contributions.iter().map(|c| c.micro).sum();
        let limited = sum.clamp(-1_000_000, 1_000_000);
        if sum != limited {
            let family = "limit of the scale".to_owned();
            contributions.push(Contribution { feature: "limit".to_owned(), family, micro: limited - sum });
        }
        contributions.sort_by(|a, b| {
            b.micro
                .abs()
                .cmp(&a.micro.abs())
                .then_with(|| (&a.family, &a.feature).cmp(&(&b.family, &b.feature)))
        });
        Explanation { micro: limited, contributions }
    }
}
