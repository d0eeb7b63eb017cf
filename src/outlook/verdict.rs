//! [`Verdict`]: the outlook in words.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Absolute scores at which the verdict becomes cautious, firm, very firm and final.
///
/// Chosen on 337 authored articles from negotiations that neither the statement models nor the shares had
/// seen. Of 0.03, 0.06, 0.09, 0.12 and 0.15, the first gave the sign of the label most often (74%; 72% at
/// 0.06). Of seven sets of the other three, this one gave the right step most often (41%; 39% at 0.25, 0.5,
/// 0.75).
const STEPS: [f64; 4] = [0.03, 0.2, 0.5, 0.75];
/// Hedge from which the verdict is one step more cautious. The most hedged third of the labelled articles
/// has 0.3 and more (authored 0.31, real 0.29).
const HEDGED: f64 = 0.3;
/// Least share of the weight on the weaker side of a mixed verdict. Of 0.15, 0.2, 0.25, 0.3 and 0.35, this
/// one separates best the articles whose labelled statements contradict each other: the share found among
/// them exceeds that among the others by .12, .11, .10, .06, .04.
const CONTRADICTION_SHARE: f64 = 0.15;
/// Absolute score from which a statement is clearly positive or negative: half a step of the scale.
const CLEAR_SCORE: f64 = 1.0 / 6.0;

/// Outlook in words, ordered from negative to positive.
///
/// | score | hedge below 0.3 | hedge 0.3 and more |
/// |---|---|---|
/// | 0.75 and more | agreed | confident |
/// | 0.5 .. 0.75 | confident | optimistic |
/// | 0.2 .. 0.5 | optimistic | cautiously optimistic |
/// | 0.03 .. 0.2 | cautiously optimistic | cautiously optimistic |
/// | -0.03 .. 0.03 | open | open |
///
/// Negative scores mirror this: cautiously pessimistic, pessimistic, deadlocked, collapsed. Between -0.2 and
/// 0.2 the verdict is mixed if statements contradict each other: at least 15% of the weight is on scores of
/// 1/6 and more, and at least 15% on scores of -1/6 and less.
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
    /// Mildly negative, or negative and hedged.
    #[serde(rename = "cautiously pessimistic")]
    CautiouslyPessimistic,
    /// Neither positive nor negative.
    Open,
    /// Statements contradict each other.
    Mixed,
    /// Mildly positive, or positive and hedged.
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

    /// Returns the verdict for an outlook, by the table above.
    pub(crate) fn classify(score: f64, hedge: f64, balance: WeightBalance) -> Self {
        let size = score.abs();
        let steps = STEPS.iter().filter(|step| size >= **step).count();
        if steps < 2 && balance.is_contradictory() {
            return Self::Mixed;
        }
        let Some(step) = steps.checked_sub(1) else { return Self::Open };
        let step = if hedge >= HEDGED { step.saturating_sub(1) } else { step };
        let ladder = if score > 0.0 {
            [Self::CautiouslyOptimistic, Self::Optimistic, Self::Confident, Self::Agreed]
        } else {
            [Self::CautiouslyPessimistic, Self::Pessimistic, Self::Deadlocked, Self::Collapsed]
        };
        ladder.get(step).copied().unwrap_or(Self::Open)
    }
}

/// Returns the verdict for a score of several articles, which has no hedge and no statements of its own.
#[must_use]
pub fn verdict_of_score(score: f64) -> Verdict {
    Verdict::classify(score, 0.0, WeightBalance::default())
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
    fn verdicts_follow_score_hedge_and_balance() {
        let agreeing = WeightBalance::default();
        let contradictory = WeightBalance { positive: 0.5, negative: 0.4 };
        for (score, hedge, balance, verdict) in [
            (0.9, 0.1, agreeing, "agreed"),
            (0.9, 0.7, agreeing, "confident"),
            (0.3, 0.1, agreeing, "optimistic"),
            (0.3, 0.7, agreeing, "cautiously optimistic"),
            (0.1, 0.1, agreeing, "cautiously optimistic"),
            (0.3, 0.1, contradictory, "optimistic"),
            (0.1, 0.1, contradictory, "mixed"),
            (0.0, 0.1, contradictory, "mixed"),
            (0.0, 0.1, agreeing, "open"),
            (-0.1, 0.7, agreeing, "cautiously pessimistic"),
            (-0.6, 0.1, agreeing, "deadlocked"),
            (-0.8, 0.1, agreeing, "collapsed"),
        ] {
            assert_eq!(Verdict::classify(score, hedge, balance).as_str(), verdict, "{score} {hedge}");
        }
    }
}
