//! How well independent labelling passes agree: Krippendorff's alpha.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::corpus::labelled::Label;
use crate::evaluate::bootstrap::{four_decimals, four_decimals_or_none};

/// How far apart two values are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metric {
    /// Same or not.
    Nominal,
    /// The square of their difference.
    Interval,
}

/// Krippendorff's alpha of units that each hold the values of one or more passes: 1 where all
/// agree, 0 where chance would agree as well. `None` where no unit has two values or all values are the same.
///
/// ```
/// use detente_train::{Metric, alpha};
/// let units = [vec![1.0, 1.0], vec![2.0, 2.0], vec![3.0, 2.0]];
/// let agreed = alpha(&units, Metric::Interval).expect("values that differ");
/// assert!((agreed - 0.7059).abs() < 1e-4);
/// ```
#[must_use]
pub fn alpha(units: &[Vec<f64>], metric: Metric) -> Option<f64> {
    let apart = |a: f64, b: f64| match metric {
        Metric::Nominal => f64::from(u8::from(a != b)),
        Metric::Interval => (a - b).powi(2),
    };
    let mut counts: BTreeMap<u64, (f64, f64)> = BTreeMap::new();
    let (mut n, mut seen) = (0.0, 0.0);
    for unit in units.iter().filter(|unit| unit.len() > 1) {
        let pairs: f64 = unit.iter().flat_map(|a| unit.iter().map(|b| apart(*a, *b))).sum();
        seen += pairs / (unit.len() - 1) as f64;
        n += unit.len() as f64;
        for value in unit {
            counts.entry((value + 0.0).to_bits()).or_insert((*value, 0.0)).1 += 1.0;
        }
    }
    let values: Vec<(f64, f64)> = counts.into_values().collect();
    let by_chance: f64 = values
        .iter()
        .flat_map(|(a, times)| values.iter().map(move |(b, other)| times * other * apart(*a, *b)))
        .sum();
    (by_chance > 0.0).then(|| 1.0 - (n - 1.0) * seen / by_chance)
}

/// Agreement of several passes over the same statements.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Agreement {
    /// Statements that two passes or more have labelled.
    pub statements: usize,
    /// Mean number of passes over them.
    #[serde(serialize_with = "four_decimals")]
    pub passes: f64,
    /// Alpha of the outlook, interval, no bearing counting 0.
    #[serde(serialize_with = "four_decimals_or_none")]
    pub outlook: Option<f64>,
    /// Alpha of the outlook, nominal, no bearing being a value of its own.
    #[serde(serialize_with = "four_decimals_or_none")]
    pub outlook_nominal: Option<f64>,
    /// Alpha of bearing or not, nominal.
    #[serde(serialize_with = "four_decimals_or_none")]
    pub bearing: Option<f64>,
    /// Alpha of hedged or not, nominal, of the passes that see a bearing.
    #[serde(serialize_with = "four_decimals_or_none")]
    pub hedged: Option<f64>,
}

/// Agreement over statements that each hold the labels of their passes.
#[must_use]
pub fn agreement(statements: &[Vec<Label>]) -> Agreement {
    let units = |value: &dyn Fn(&Label) -> Option<f64>| -> Vec<Vec<f64>> {
        statements.iter().map(|labels| labels.iter().filter_map(value).collect()).collect()
    };
    let usable = || statements.iter().filter(|labels| labels.len() > 1);
    let passes = usable().map(Vec::len).sum::<usize>() as f64 / usable().count().max(1) as f64;
    let no_bearing = |label: &Label| Some(if label.bears() { label.score() } else { -9.0 });
    Agreement {
        statements: usable().count(),
        passes,
        outlook: alpha(&units(&|label| Some(label.score())), Metric::Interval),
        outlook_nominal: alpha(&units(&no_bearing), Metric::Nominal),
        bearing: alpha(&units(&|label| Some(f64::from(u8::from(label.bears())))), Metric::Nominal),
        hedged: alpha(&units(&|label| Some(f64::from(u8::from(label.hedged()?)))), Metric::Nominal),
    }
}

impl std::fmt::Display for Agreement {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { statements, passes, .. } = self;
        writeln!(f, "{statements} statements, {passes:.1} passes over each; Krippendorff's alpha:")?;
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

    /// The example of Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section C:
    /// four observers, twelve units, values missing; nominal .743, interval .849.
    #[test]
    fn krippendorffs_own_example() {
        const MISSING: f64 = 0.0;
        let observers = [
            [1., 2., 3., 3., 2., 1., 4., 1., 2., 0., 0., 0.],
            [1., 2., 3., 3., 2., 2., 4., 1., 2., 5., 0., 3.],
            [0., 3., 3., 3., 2., 3., 4., 2., 2., 5., 1., 0.],
            [1., 2., 3., 3., 2., 4., 4., 1., 2., 5., 1., 0.],
        ];
        let units: Vec<Vec<f64>> =
            (0..12).map(|u| observers.iter().map(|o| o[u]).filter(|v| *v != MISSING).collect()).collect();
        let close = |metric, value: f64| {
            let alpha = alpha(&units, metric).expect("values differ");
            assert!((alpha - value).abs() < 5e-4, "{alpha}");
        };
        close(Metric::Nominal, 0.743);
        close(Metric::Interval, 0.849);
    }

    #[test]
    fn one_pass_or_one_value_has_no_alpha() {
        assert_eq!(alpha(&[vec![1.0], vec![2.0]], Metric::Nominal), None);
        assert_eq!(alpha(&[vec![1.0, 1.0]], Metric::Nominal), None);
    }
}
