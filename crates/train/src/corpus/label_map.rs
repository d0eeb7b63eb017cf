//! [`LabelMap`]: converts the label names of other data sets to outlooks.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use detente::{Error, Result};

/// Outlook of each label name of another data set, written `name=value,…`; a value is -3..3, or `none` for
/// statements without bearing on the prospects.
///
/// ```
/// use detente_train::LabelMap;
/// let map: LabelMap = "dovish=2,neutral=0,hawkish=-2,unrelated=none".parse()?;
/// assert_eq!(map.outlook("hawkish")?, Some(-2.0));
/// assert_eq!(map.outlook("unrelated")?, None);
/// assert!(map.outlook("other").is_err());
/// # Ok::<(), detente::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LabelMap(BTreeMap<String, Option<f64>>);

impl LabelMap {
    /// The outlook of the label, -3..+3; `None` if it stands for no bearing.
    ///
    /// # Errors
    /// Names a label that is not in the map, and the labels that are.
    pub fn outlook(&self, label: &str) -> Result<Option<f64>> {
        self.0.get(label).copied().ok_or_else(|| {
            let known: Vec<&str> = self.0.keys().map(String::as_str).collect();
            Error::data(format!("unknown label {label:?}, the map has {}", known.join(", ")))
        })
    }
}

impl fmt::Display for LabelMap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, (name, outlook)) in self.0.iter().enumerate() {
            let comma = if number > 0 { "," } else { "" };
            match outlook {
                Some(outlook) => write!(f, "{comma}{name}={outlook}")?,
                None => write!(f, "{comma}{name}=none")?,
            }
        }
        Ok(())
    }
}

impl FromStr for LabelMap {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let mut map = BTreeMap::new();
        for pair in text.split(',') {
            let wrong = || Error::argument("labels", "name=value,… with values -3..3 or none", pair);
            let (name, value) = pair.split_once('=').ok_or_else(wrong)?;
            let outlook = match value.trim() {
                "none" => None,
                number => Some(number.parse().ok().filter(|v| (-3.0..=3.0).contains(v)).ok_or_else(wrong)?),
            };
            if name.trim().is_empty() || map.insert(name.trim().to_owned(), outlook).is_some() {
                return Err(wrong());
            }
        }
        Ok(Self(map))
    }
}

#[cfg(test)]
mod tests {
    use crate::corpus::label_map::LabelMap;

    #[test]
    fn malformed_maps_are_refused() {
        for bad in ["", "up", "up=4", "up=", "=1", "up=1,up=2", "up=high"] {
            let error = bad.parse::<LabelMap>().expect_err(bad);
            assert!(error.kind() == detente::ErrorKind::Argument, "{error}");
        }
    }
}
