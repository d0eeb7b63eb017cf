//! [`Prediction`]: what a system predicts for one statement.

/// Prediction for one statement.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prediction {
    /// Expected score, -1..+1.
    pub score: f64,
    /// Probability that the statement bears on the prospects, 0..1; `None` if the system predicts none.
    pub bearing: Option<f64>,
    /// Probability that the statement is hedged, 0..1; `None` if the system predicts none.
    pub hedge: Option<f64>,
}

impl Prediction {
    /// The prediction of a system that gives scores alone.
    pub(crate) fn score_only(score: f64) -> Self {
        Self { score, bearing: None, hedge: None }
    }
}
