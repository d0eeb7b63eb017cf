//! [`read`]: the outlook in words.

use super::article::Reading;

/// Size of a score from which it leans to one side: below it the outlook is open.
pub(super) const OPEN: f64 = 0.06;
/// Share of the weight that the weaker side must have for a reading to be mixed.
const CONTRADICTS: f64 = 0.3;
/// Size of a score up to which contradicting statements make it mixed.
const MIXED: f64 = 0.15;
/// Size of a statement's score from which it takes a side: half of a step of the scale.
const SIDE: f64 = 1.0 / 6.0;

/// Shares of the weight, 0..1, on statements that are clearly positive and clearly negative.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Balance {
    up: f64,
    down: f64,
}

impl Balance {
    /// The balance of weighted scores.
    pub(super) fn of(weights: &[f64], scores: &[f64]) -> Self {
        let total: f64 = weights.iter().sum();
        let share = |on: &dyn Fn(f64) -> bool| {
            weights.iter().zip(scores).filter(|(_, score)| on(**score)).map(|(weight, _)| weight).sum::<f64>()
                / total
        };
        Self { up: share(&|score| score >= SIDE), down: share(&|score| score <= -SIDE) }
    }

    fn contradicts(self) -> bool {
        self.up.min(self.down) >= CONTRADICTS
    }
}

/// The reading in words:
///
/// | score | few hedges | mostly hedged (0.5 and more) |
/// |---|---|---|
/// | 0.75 and more | agreed | confident |
/// | 0.5 .. 0.75 | confident | optimistic |
/// | 0.25 .. 0.5 | optimistic | cautiously optimistic |
/// | 0.06 .. 0.25 | cautiously optimistic | cautiously optimistic |
/// | -0.06 .. 0.06 | open | open |
///
/// and likewise below 0: cautiously pessimistic, pessimistic, deadlocked, collapsed. Within
/// -0.15 .. 0.15 it is mixed where statements contradict: at least 30% of the weight on each side
/// of the scale, half a step (1/6) or more from its middle.
pub(super) fn read(score: f64, hedge: f64, balance: Balance) -> Reading {
    use Reading::{
        Agreed, CautiouslyOptimistic, CautiouslyPessimistic, Collapsed, Confident, Deadlocked, Mixed, Open,
        Optimistic, Pessimistic,
    };
    let size = score.abs();
    if size < MIXED && balance.contradicts() {
        return Mixed;
    }
    if size < OPEN {
        return Open;
    }
    let step = usize::from(size >= 0.25) + usize::from(size >= 0.5) + usize::from(size >= 0.75);
    let step = if hedge >= 0.5 { step.saturating_sub(1) } else { step };
    let ladder = if score > 0.0 {
        [CautiouslyOptimistic, Optimistic, Confident, Agreed]
    } else {
        [CautiouslyPessimistic, Pessimistic, Deadlocked, Collapsed]
    };
    ladder.get(step).copied().unwrap_or(Open)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_follow_the_ladder() {
        let calm = Balance::default();
        let torn = Balance { up: 0.5, down: 0.4 };
        for (score, hedge, balance, reading) in [
            (0.9, 0.1, calm, "agreed"),
            (0.9, 0.7, calm, "confident"),
            (0.3, 0.1, calm, "optimistic"),
            (0.3, 0.7, calm, "cautiously optimistic"),
            (0.1, 0.1, calm, "cautiously optimistic"),
            (0.3, 0.1, torn, "optimistic"),
            (0.1, 0.1, torn, "mixed"),
            (0.0, 0.1, torn, "mixed"),
            (0.0, 0.1, calm, "open"),
            (-0.1, 0.7, calm, "cautiously pessimistic"),
            (-0.6, 0.1, calm, "deadlocked"),
            (-0.8, 0.1, calm, "collapsed"),
        ] {
            assert_eq!(read(score, hedge, balance).as_str(), reading, "{score} {hedge}");
        }
    }
}
