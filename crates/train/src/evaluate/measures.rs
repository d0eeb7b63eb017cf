//! [`Measure`] and [`Measures`]: how well predictions agree with labels.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::evaluate::estimate::Estimate;

/// A measure of agreement between predictions and labels.
///
/// ```
/// use detente_train::Measure;
/// assert_eq!(Measure::from_name("mae"), Some(Measure::MeanAbsoluteError));
/// assert!(Measure::MeanAbsoluteError.is_error());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Measure {
    /// Pearson's correlation of predicted score and label; statements without bearing have label 0.
    #[serde(rename = "r")]
    Pearson,
    /// Mean absolute error of the score, in units of -1..+1.
    #[serde(rename = "mae")]
    MeanAbsoluteError,
    /// AUC of the score for positive against negative statements; labels within half a step of 0 are left
    /// out.
    #[serde(rename = "sign")]
    SignAuc,
    /// AUC of the bearing probability.
    #[serde(rename = "bearing")]
    BearingAuc,
    /// AUC of the hedge probability among statements with bearing.
    #[serde(rename = "hedge")]
    HedgeAuc,
    /// Macro-averaged F1 of negative, neutral and positive, with thresholds at half a step of -3..+3.
    #[serde(rename = "f1")]
    MacroF1,
    /// Cohen's kappa with quadratic weights over the seven steps of the scale.
    #[serde(rename = "kappa")]
    QuadraticKappa,
    /// Expected calibration error of the bearing probability, in ten bins of equal width.
    #[serde(rename = "bearing_ece")]
    BearingEce,
    /// Expected calibration error of the hedge probability among statements with bearing.
    #[serde(rename = "hedge_ece")]
    HedgeEce,
}

impl Measure {
    /// All measures, in the order of reports.
    pub const ALL: [Self; 9] = [
        Self::Pearson,
        Self::MeanAbsoluteError,
        Self::SignAuc,
        Self::BearingAuc,
        Self::HedgeAuc,
        Self::MacroF1,
        Self::QuadraticKappa,
        Self::BearingEce,
        Self::HedgeEce,
    ];

    /// Name on the command line and in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Pearson => "r",
            Self::MeanAbsoluteError => "mae",
            Self::SignAuc => "sign",
            Self::BearingAuc => "bearing",
            Self::HedgeAuc => "hedge",
            Self::MacroF1 => "f1",
            Self::QuadraticKappa => "kappa",
            Self::BearingEce => "bearing_ece",
            Self::HedgeEce => "hedge_ece",
        }
    }

    /// Name in reports for people.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Pearson => "r",
            Self::MeanAbsoluteError => "MAE",
            Self::SignAuc => "sign AUC",
            Self::BearingAuc => "bearing AUC",
            Self::HedgeAuc => "hedge AUC",
            Self::MacroF1 => "macro-F1",
            Self::QuadraticKappa => "kappa",
            Self::BearingEce => "bearing ECE",
            Self::HedgeEce => "hedge ECE",
        }
    }

    /// The measure with this [`name`](Self::name).
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|measure| measure.name() == name)
    }

    /// Whether lower values are better.
    #[must_use]
    pub fn is_error(self) -> bool {
        matches!(self, Self::MeanAbsoluteError | Self::BearingEce | Self::HedgeEce)
    }
}

/// Values of all measures on one set of statements.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Measures {
    /// Number of statements.
    pub n: usize,
    pub(crate) values: [Option<f64>; Measure::ALL.len()],
}

impl Measures {
    /// Value of a measure; `None` if labels or predictions do not allow it, such as an AUC of one class.
    #[must_use]
    pub fn get(&self, measure: Measure) -> Option<f64> {
        self.values[measure as usize]
    }
}

impl fmt::Display for Measures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "n {}", self.n)?;
        for measure in Measure::ALL {
            if let Some(value) = self.get(measure) {
                write!(f, "  {} {value:.3}", measure.title())?;
            }
        }
        Ok(())
    }
}

/// Estimates by measure; a measure that cannot be computed is absent.
pub type Estimates = BTreeMap<Measure, Estimate>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_on_the_command_line_are_those_in_json() {
        for measure in Measure::ALL {
            assert_eq!(serde_json::to_value(measure).expect("serializes"), measure.name());
            assert_eq!(Measure::from_name(measure.name()), Some(measure));
        }
    }
}
