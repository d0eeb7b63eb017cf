//! Agreement of annotators: Krippendorff's alpha.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::corpus::labelled::Label;
use detente::internals::four_decimals;

/// Level of measurement of the values, which defines how much two of them disagree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeasurementLevel {
    /// Categories: values are equal or not.
    Nominal,
    /// Numbers: the squared difference.
    Interval,
}

/// Krippendorff's alpha: 1 for perfect agreement, 0 for agreement by chance.
///
/// Each unit holds the values that its annotators gave; annotators may be missing. `None` if no unit has two
/// values or all values are equal. Source: Krippendorff, "Computing Krippendorff's Alpha-Reliability"
/// (2011), <https://repository.upenn.edu/asc_papers/43>.
///
/// ```
/// use detente_train::{MeasurementLevel, krippendorff_alpha};
/// let units = [vec![1.0, 1.0], vec![2.0, 2.0], vec![3.0, 2.0]];
/// let alpha = krippendorff_alpha(&units, MeasurementLevel::Interval).expect("values that differ");
/// assert!((alpha - 0.7059).abs() < 1e-4);
/// ```
#[must_use]
pub fn krippendorff_alpha(units: &[Vec<f64>], level: MeasurementLevel) -> Option<f64> {
    let disagreement = |a: f64, b: f64| match level {
        MeasurementLevel::Nominal => f64::from(u8::from(a != b)),
        MeasurementLevel::Interval => (a - b).powi(2),
    };
    let mut counts: BTreeMap<u64, (f64, f64)> = BTreeMap::new();
    let (mut n, mut observed) = (0.0, 0.0);
    for unit in units.iter().filter(|unit| unit.len() > 1) {
        let pairs: f64 = unit.iter().flat_map(|a| unit.iter().map(|b| disagreement(*a, *b))).sum();
        observed += pairs / (unit.len() - 1) as f64;
        n += unit.len() as f64;
        for value in unit {
            // + 0.0 gives -0 and 0 the same bits
            counts.entry((value + 0.0).to_bits()).or_insert((*value, 0.0)).1 += 1.0;
        }
    }
    let values: Vec<(f64, f64)> = counts.into_values().collect();
    let expected: f64 = values
        .iter()
        .flat_map(|(a, times)| values.iter().map(move |(b, other)| times * other * disagreement(*a, *b)))
        .sum();
    (expected > 0.0).then(|| 1.0 - (n - 1.0) * observed / expected)
}

/// Agreement of several annotators on the same statements, as [`krippendorff_alpha`] of each part of the
/// label.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AnnotatorAgreement {
    /// Number of statements with at least two labels.
    pub statements: usize,
    /// Mean number of labels of these statements.
    #[serde(rename = "passes", serialize_with = "four_decimals::serialize")]
    pub annotators: f64,
    /// Alpha of the outlook at interval level; statements without bearing have outlook 0.
    #[serde(serialize_with = "four_decimals::serialize_option")]
    pub outlook: Option<f64>,
    /// Alpha of the outlook at nominal level; no bearing is a category of its own.
    #[serde(serialize_with = "four_decimals::serialize_option")]
    pub outlook_nominal: Option<f64>,
    /// Alpha of bearing or not, at nominal level.
    #[serde(serialize_with = "four_decimals::serialize_option")]
    pub bearing: Option<f64>,
    /// Alpha of hedged or not, at nominal level, among the labels with bearing.
    #[serde(serialize_with = "four_decimals::serialize_option")]
    pub hedged: Option<f64>,
}

impl AnnotatorAgreement {
    /// Agreement over statements, each with the labels of its annotators.
    ///
    /// ```
    /// use detente_train::{AnnotatorAgreement, Label};
    /// let hopeful = Label::Bears { outlook: 1.0, hedge: Some(0.0) };
    /// let gloomy = Label::Bears { outlook: -2.0, hedge: Some(0.0) };
    /// let agreement = AnnotatorAgreement::new(&[vec![hopeful, hopeful], vec![gloomy, gloomy]]);
    /// assert_eq!((agreement.statements, agreement.outlook), (2, Some(1.0)));
    /// ```
    #[must_use]
    pub fn new(statements: &[Vec<Label>]) -> Self {
        /// Outside the range of scores.
        const NO_BEARING: f64 = -9.0;
        let alpha = |value: &dyn Fn(&Label) -> Option<f64>, level: MeasurementLevel| {
            let units: Vec<Vec<f64>> =
                statements.iter().map(|labels| labels.iter().filter_map(value).collect()).collect();
            krippendorff_alpha(&units, level)
        };
        let category = |label: &Label| Some(if label.bears() { label.score() } else { NO_BEARING });
        let number = |yes: bool| f64::from(u8::from(yes));
        let comparable = || statements.iter().filter(|labels| labels.len() > 1);
        let labels: usize = comparable().map(Vec::len).sum();
        Self {
            statements: comparable().count(),
            annotators: labels as f64 / comparable().count().max(1) as f64,
            outlook: alpha(&|label| Some(label.score()), MeasurementLevel::Interval),
            outlook_nominal: alpha(&category, MeasurementLevel::Nominal),
            bearing: alpha(&|label| Some(number(label.bears())), MeasurementLevel::Nominal),
            hedged: alpha(&|label| Some(number(label.hedged()?)), MeasurementLevel::Nominal),
        }
    }
}

impl fmt::Display for AnnotatorAgreement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { statements, annotators, .. } = self;
        writeln!(f, "{statements} statements with {annotators:.1} labels each; Krippendorff's alpha:")?;
        for (name, value) in [
            ("outlook, interval (no bearing = 0)", self.outlook),
            ("outlook, nominal", self.outlook_nominal),
            ("bearing, nominal", self.bearing),
            ("hedged, nominal", self.hedged),
        ] {
            let value = value.map_or_else(|| "-".to_owned(), |v| format!("{v:.3}"));
            writeln!(f, "  {name:<36}{value}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of Krippendorff (2011), section C: four observers, twelve units, missing values; nominal
    /// .743, interval .849.
    #[test]
    fn alpha_equals_the_published_example() {
        const MISSING: f64 = 0.0;
        let observers = [
            [1., 2., 3., 3., 2., 1., 4., 1., 2., 0., 0., 0.],
            [1., 2., 3., 3., 2., 2., 4., 1., 2., 5., 0., 3.],
            [0., 3., 3., 3., 2., 3., 4., 2., 2., 5., 1., 0.],
            [1., 2., 3., 3., 2., 4., 4., 1., 2., 5., 1., 0.],
        ];
        let units: Vec<Vec<f64>> =
            (0..12).map(|u| observers.iter().map(|o| o[u]).filter(|v| *v != MISSING).collect()).collect();
        let close = |level, expected: f64| {
            let alpha = krippendorff_alpha(&units, level).expect("values differ");
            assert!((alpha - expected).abs() < 5e-4, "{alpha}");
        };
        close(MeasurementLevel::Nominal, 0.743);
        close(MeasurementLevel::Interval, 0.849);
    }

    #[test]
    fn single_annotator_or_single_value_has_no_alpha() {
        assert_eq!(krippendorff_alpha(&[vec![1.0], vec![2.0]], MeasurementLevel::Nominal), None);
        assert_eq!(krippendorff_alpha(&[vec![1.0, 1.0]], MeasurementLevel::Nominal), None);
    }
}
