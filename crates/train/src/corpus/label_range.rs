//! [`LabelRange`]: converts labels that are numbers of another scale.

use std::fmt;
use std::str::FromStr;

use detente::{Error, Result};

/// The ends of a scale of numbers, written `LOW..HIGH`; LOW becomes -3, HIGH becomes +3.
///
/// ```
/// use detente_train::LabelRange;
/// let range: LabelRange = "1..5".parse()?;
/// assert_eq!((range.outlook(3.0)?, range.outlook(5.0)?), (0.0, 3.0));
/// assert!(range.outlook(6.0).is_err());
/// # Ok::<(), detente::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LabelRange {
    low: f64,
    high: f64,
}

impl LabelRange {
    /// The label of an outlook.
    #[must_use]
    pub fn label(&self, outlook: f64) -> f64 {
        self.low + (outlook + 3.0) / 6.0 * (self.high - self.low)
    }

    /// The outlook of a label, -3..+3.
    ///
    /// # Errors
    /// If the label is outside the range.
    pub fn outlook(&self, label: f64) -> Result<f64> {
        let share = (label - self.low) / (self.high - self.low);
        if (0.0..=1.0).contains(&share) {
            Ok(6.0 * share - 3.0)
        } else {
            Err(Error::data(format!("must be {self}, not {label}")))
        }
    }
}

impl fmt::Display for LabelRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.low, self.high)
    }
}

impl FromStr for LabelRange {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let ends = text.split_once("..").and_then(|(low, high)| {
            Some(Self { low: low.trim().parse().ok()?, high: high.trim().parse().ok()? })
        });
        ends.filter(|range| range.low != range.high && range.low.is_finite() && range.high.is_finite())
            .ok_or_else(|| Error::argument("label-range", "LOW..HIGH, as -1..1 or 1..5", text))
    }
}

#[cfg(test)]
mod tests {
    use super::LabelRange;

    #[test]
    fn ranges_are_read_and_written() {
        for (text, label, outlook) in [("-1..1", 0.5, 1.5), ("0..100", 100.0, 3.0), ("5..1", 5.0, -3.0)] {
            let range: LabelRange = text.parse().expect(text);
            assert_eq!((range.to_string().as_str(), range.outlook(label).ok()), (text, Some(outlook)));
            assert_eq!(range.label(outlook), label);
        }
        for bad in ["", "1", "1..1", "a..b", "1-5"] {
            assert!(bad.parse::<LabelRange>().is_err(), "{bad}");
        }
    }
}
