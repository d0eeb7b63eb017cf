//! [`TrainParams`]: settings of the training.

use detente::internals::HEADS;
use detente::{Error, Result};

/// Settings of the training, used by [`Trainer`](crate::Trainer).
///
/// | setting | default | meaning | unit | range |
/// |---|---|---|---|---|
/// | `model_id` | `negotiation-en-1` | name of the model in every result | | |
/// | `seed` | 1 | assigns groups to folds and initialises pair factors | | |
/// | `folds` | 5 | folds of the cross-validation that calibrates and measures | folds | ≥ 2 (≥ 3 to tune) |
/// | `l2` | 2, 1, 1 | L2 penalty of the weights, for outlook, bearing, hedge | | > 0 |
/// | `class_l2` | 1 | L2 penalty of the weights of classes | | > 0 |
/// | `balanced` | false | whether all classes have the same total weight | | |
/// | `soft_weight` | 1 | weight of a softly labelled statement | labelled real statements | ≥ 0 |
/// | `authored_weight` | 0.6 | weight of a labelled authored statement | labelled real statements | ≥ 0 |
/// | `gate_floor` | 0.2 | share of the score that is kept at bearing probability 0 | share | above 0, ≤ 1 |
/// | `min_statements` | 2 | features in fewer statements are dropped | statements | |
/// | `max_columns` | 238,000 | features that are kept, largest weights first | features | |
///
/// A weight of 0 leaves such statements out of the fit.
///
/// ```
/// use detente_train::TrainParams;
/// let params = TrainParams { seed: 7, l2: [4.0, 1.0, 1.0], ..TrainParams::default() };
/// assert!(params.check().is_ok());
/// assert!(TrainParams { folds: 1, ..params }.check().is_err());
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct TrainParams {
    /// Name of the model in every result.
    pub model_id: String,
    /// Seed of the folds and of the initial pair factors.
    pub seed: u64,
    /// Number of cross-validation folds.
    pub folds: usize,
    /// L2 penalty of the weights, for outlook, bearing, hedge.
    pub l2: [f64; HEADS],
    /// L2 penalty of the weights of classes.
    pub class_l2: f64,
    /// Whether all classes have the same total weight, however frequent they are.
    pub balanced: bool,
    /// Weight of a softly labelled statement.
    pub soft_weight: f64,
    /// Weight of a labelled authored statement.
    pub authored_weight: f64,
    /// Share of the score that is kept at bearing probability 0.
    ///
    /// Out-of-fold r at 1, 0.35 and 0.2: .749, .760, .760 on real statements and .585, .595, .593 on
    /// authored ones.
    pub gate_floor: f64,
    /// Number of statements that a feature must occur in.
    pub min_statements: u32,
    /// Number of features that are kept, largest weights first. The default keeps the folder of the built-in
    /// model below 8 MB.
    pub max_columns: usize,
}

impl Default for TrainParams {
    fn default() -> Self {
        Self {
            model_id: "negotiation-en-1".to_owned(),
            seed: 1,
            folds: 5,
            l2: [2.0, 1.0, 1.0],
            class_l2: 1.0,
            balanced: false,
            soft_weight: 1.0,
            authored_weight: 0.6,
            gate_floor: 0.2,
            min_statements: 2,
            max_columns: 238_000,
        }
    }
}

impl TrainParams {
    /// Checks all ranges.
    ///
    /// # Errors
    /// Names the first setting that is out of its range.
    pub fn check(&self) -> Result<()> {
        if self.folds < 2 {
            return Err(Error::argument("folds", "at least 2", self.folds));
        }
        if let Some(l2) = self.l2.into_iter().chain([self.class_l2]).find(|l2| !(*l2 > 0.0 && l2.is_finite()))
        {
            return Err(Error::argument("l2", "above 0", l2));
        }
        for (name, weight) in [("soft_weight", self.soft_weight), ("authored_weight", self.authored_weight)] {
            if !(weight >= 0.0 && weight.is_finite()) {
                return Err(Error::argument(name, "at least 0", weight));
            }
        }
        if !(self.gate_floor > 0.0 && self.gate_floor <= 1.0) {
            return Err(Error::argument("gate_floor", "above 0 and at most 1", self.gate_floor));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::TrainParams;

    #[test]
    fn settings_out_of_range_are_named() {
        let default = TrainParams::default;
        for (params, name) in [
            (TrainParams { folds: 1, ..default() }, "folds"),
            (TrainParams { l2: [1.0, 0.0, 1.0], ..default() }, "l2"),
            (TrainParams { soft_weight: f64::NAN, ..default() }, "soft_weight"),
            (TrainParams { authored_weight: -0.1, ..default() }, "authored_weight"),
            (TrainParams { gate_floor: 0.0, ..default() }, "gate_floor"),
        ] {
            let error = params.check().expect_err(name);
            assert!(
                error.kind() == detente::ErrorKind::Argument && error.to_string().starts_with(name),
                "{error}"
            );
        }
    }
}
