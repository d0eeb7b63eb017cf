//! [`Verdict`]: the outlook in words.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Absolute scores at which the verdict becomes cautious, plain, firm and final: between the steps of the
/// annotation scale, on which cautious optimism is 1/3, firm optimism 2/3 and an agreement 1.
const STEPS: [f64; 4] = [0.05, 0.4, 0.6, 0.8];
/// Absolute score below which contradicting statements make the verdict mixed.
const MIXED_BELOW: f64 = 0.2;
/// Least share of the weight on the weaker side of a mixed verdict. Of 0.15, 0.2, 0.25, 0.3 and 0.35, this
/// one separates best the articles whose labelled statements contradict each other: the share found among
/// them exceeds that among the others by .12, .11, .10, .06, .04.
const CONTRADICTION_SHARE: f64 = 0.15;
/// Absolute score from which a statement is clearly positive or negative: half a step of the scale.
const CLEAR_SCORE: f64 = 1.0 / 6.0;

/// Outlook in words, ordered from negative to positive.
///
/// | score | interval above 0 | interval around 0 |
/// |---|---|---|
/// | 0.8 and more | agreed | optimistic |
/// | 0.6 .. 0.8 | confident | optimistic |
/// | 0.4 .. 0.6 | optimistic | optimistic |
/// | 0.05 .. 0.4 | cautiously optimistic | cautiously optimistic |
/// | -0.05 .. 0.05 | open | open |
///
/// Negative scores mirror this: cautiously pessimistic, pessimistic, deadlocked, collapsed. Between -0.2 and
/// 0.2 the verdict is mixed if statements contradict each other: at least 15% of the weight is on scores of
/// 1/6 and more, and at least 15% on scores of -1/6 and less. How far speakers hedge is no part of it; see
/// [`Outlook::hedge`](crate::Outlook::hedge).
///
/// ```
/// use detente::Verdict;
/// assert_eq!(Verdict::CautiouslyOptimistic.to_string(), "cautiously optimistic");
/// assert!(Verdict::Collapsed < Verdict::Open && Verdict::Open < Verdict::Agreed);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Talks have broken off.
    Collapsed,
    /// No movement is expected.
    Deadlocked,
    /// Firmly negative.
    Pessimistic,
    /// Mildly negative.
    #[serde(rename = "cautiously pessimistic")]
    CautiouslyPessimistic,
    /// Neither positive nor negative.
    Open,
    /// Statements contradict each other.
    Mixed,
    /// Mildly positive.
    #[serde(rename = "cautiously optimistic")]
    CautiouslyOptimistic,
    /// Firmly positive.
    Optimistic,
    /// Agreement is firmly expected.
    Confident,
    /// Agreement has been reached.
    Agreed,
}

impl Verdict {
    /// Returns the verdict as JSON writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Collapsed => "collapsed",
            Self::Deadlocked => "deadlocked",
            Self::Pessimistic => "pessimistic",
            Self::CautiouslyPessimistic => "cautiously pessimistic",
            Self::Open => "open",
            Self::Mixed => "mixed",
            Self::CautiouslyOptimistic => "cautiously optimistic",
            Self::Optimistic => "optimistic",
            Self::Confident => "confident",
            Self::Agreed => "agreed",
        }
    }

    /// Returns the verdict for an outlook with an interval of that half-width, by the table above.
    pub(crate) fn classify(score: f64, half_width: f64, balance: WeightBalance) -> Self {
        let size = score.abs();
        if size < MIXED_BELOW && balance.is_contradictory() {
            return Self::Mixed;
        }
        let steps = STEPS.iter().filter(|step| size >= **step).count();
        let Some(step) = steps.checked_sub(1) else { return Self::Open };
        let step = if size > half_width { step } else { step.min(1) };
        let ladder = if score > 0.0 {
            [Self::CautiouslyOptimistic, Self::Optimistic, Self::Confident, Self::Agreed]
        } else {
            [Self::CautiouslyPessimistic, Self::Pessimistic, Self::Deadlocked, Self::Collapsed]
        };
        ladder.get(step).copied().unwrap_or(Self::Open)
    }
}

/// Returns the verdict for a score of several articles with an interval of that half-width, which has no
/// statements of its own.
#[must_use]
pub fn verdict_of_score(score: f64, half_width: f64) -> Verdict {
    Verdict::classify(score, half_width, WeightBalance::default())
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Shares of the weight, 0..1, on clearly positive and clearly negative statements.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct WeightBalance {
    positive: f64,
    negative: f64,
}

impl WeightBalance {
    pub(crate) fn new(weights: &[f64], scores: &[f64]) -> Self {
        let total: f64 = weights.iter().sum();
        let share = |is_counted: &dyn Fn(f64) -> bool| {
            let counted = weights.iter().zip(scores).filter(|(_, score)| is_counted(**score));
            counted.map(|(weight, _)| weight).sum::<f64>() / total
        };
        Self {
            positive: share(&|score| score >= CLEAR_SCORE),
            negative: share(&|score| score <= -CLEAR_SCORE),
        }
    }

    fn is_contradictory(self) -> bool {
        self.positive.min(self.negative) >= CONTRADICTION_SHARE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verdicts_follow_score_interval_and_balance() {
        let agreeing = WeightBalance::default();
        let contradictory = WeightBalance { positive: 0.5, negative: 0.4 };
        for (score, half_width, balance, verdict) in [
            (0.9, 0.5, agreeing, "agreed"),
            (0.7, 0.5, agreeing, "confident"),
            (0.9, 1.0, agreeing, "optimistic"),
            (0.45, 0.5, agreeing, "optimistic"),
            (0.3, 0.2, agreeing, "cautiously optimistic"),
            (0.1, 0.5, agreeing, "cautiously optimistic"),
            (0.3, 0.5, contradictory, "cautiously optimistic"),
            (0.1, 0.5, contradictory, "mixed"),
            (0.0, 0.5, contradictory, "mixed"),
            (0.0, 0.5, agreeing, "open"),
            (-0.1, 0.5, agreeing, "cautiously pessimistic"),
            (-0.65, 0.7, agreeing, "pessimistic"),
            (-0.65, 0.5, agreeing, "deadlocked"),
            (-0.85, 0.5, agreeing, "collapsed"),
        ] {
            let found = Verdict::classify(score, half_width, balance);
            assert_eq!(found.as_str(), verdict, "{score} {half_width}");
        }
    }

    #[test]
    fn a_higher_score_is_never_a_less_hopeful_verdict() {
        for half_width in [0.2, 0.6, 1.2] {
            let verdicts = (-100..=100).map(|percent| {
                Verdict::classify(f64::from(percent) / 100.0, half_width, WeightBalance::default())
            });
            assert!(verdicts.is_sorted(), "{half_width}");
        }
    }
}
