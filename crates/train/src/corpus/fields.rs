//! Typed fields of labelled records; type and range errors name the path of the field.

use std::collections::BTreeMap;

use detente::{Day, Error, Result};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Number, Value};

use crate::corpus::labelled::{Label, SoftLabel};

/// Fields of a statement in an article or alone.
#[derive(Deserialize)]
pub(crate) struct StatementFields {
    pub(crate) text: Option<String>,
    /// Number of the paragraph.
    p: Option<Number>,
}

impl StatementFields {
    /// The number of the paragraph.
    pub(crate) fn paragraph(&self) -> Option<f64> {
        self.p.as_ref().and_then(Number::as_f64)
    }
}

/// Fields of a statement that stands alone, besides text and label.
#[derive(Deserialize)]
pub(crate) struct SingleFields {
    #[serde(rename = "src")]
    pub(crate) source: Option<String>,
    #[serde(rename = "set")]
    pub(crate) contrast_set: Option<String>,
    pub(crate) probe: Option<String>,
    pub(crate) date: Option<String>,
    #[serde(default)]
    pub(crate) annotations: Option<Vec<Annotation>>,
}

/// Fields of an article.
#[derive(Deserialize)]
pub(crate) struct ArticleFields {
    pub(crate) text: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) date: Option<Day>,
    pub(crate) negotiation: Option<String>,
    /// Another name of `negotiation`.
    pub(crate) storyline: Option<String>,
    pub(crate) domain: Option<String>,
    pub(crate) parties: Option<BTreeMap<String, Vec<String>>>,
    pub(crate) outlook: Option<Outlook>,
    pub(crate) statements: Option<Vec<Map<String, Value>>>,
}

/// The label of a statement as two numbers.
#[derive(Deserialize)]
pub(crate) struct LabelFields {
    outlook: Option<Outlook>,
    hedge: Option<Hedge>,
}

/// The `hedge` of a record whose outlook is a label name.
#[derive(Deserialize)]
pub(crate) struct HedgeField {
    pub(crate) hedge: Option<Hedge>,
}

/// The prediction of a teacher model.
#[derive(Deserialize)]
pub(crate) struct SoftLabelFields {
    #[serde(rename = "outlook_soft")]
    outlook: Option<Outlook>,
    #[serde(rename = "bearing_soft")]
    bearing: Option<Probability>,
    #[serde(rename = "hedge_soft")]
    hedge: Option<Probability>,
}

impl SoftLabelFields {
    pub(crate) fn soft_label(self) -> Result<Option<SoftLabel>> {
        match (self.outlook, self.bearing, self.hedge) {
            (None, None, None) => Ok(None),
            (Some(Bounded(outlook)), Some(Bounded(bearing)), Some(Bounded(hedge))) => {
                Ok(Some(SoftLabel { outlook, bearing, hedge }))
            }
            _ => Err(Error::data(
                "fields \"outlook_soft\", \"bearing_soft\" and \"hedge_soft\" must be given together",
            )),
        }
    }
}

impl LabelFields {
    /// The label; without a field `hedge`, hedging was not labelled.
    pub(crate) fn label(self, has_hedge: bool) -> Result<Label> {
        if let (Some(Bounded(outlook)), false) = (self.outlook, has_hedge) {
            return Ok(Label::Bears { outlook, hedge: None });
        }
        numeric_label(self.outlook, self.hedge)
            .ok_or_else(|| Error::data("fields \"outlook\" and \"hedge\" must be null together"))
    }
}

/// The label of one annotator, `[outlook, hedge]`.
#[derive(Deserialize)]
#[serde(try_from = "(Option<Outlook>, Option<Hedge>)")]
pub(crate) struct Annotation(pub(crate) Label);

impl TryFrom<(Option<Outlook>, Option<Hedge>)> for Annotation {
    type Error = &'static str;

    fn try_from((outlook, hedge): (Option<Outlook>, Option<Hedge>)) -> Result<Self, &'static str> {
        numeric_label(outlook, hedge).map(Self).ok_or("outlook and hedge must be null together")
    }
}

/// The label of two numbers; `None` if only one of them is null.
fn numeric_label(outlook: Option<Outlook>, hedge: Option<Hedge>) -> Option<Label> {
    match (outlook, hedge) {
        (None, None) => Some(Label::NoBearing),
        (Some(Bounded(outlook)), Some(Bounded(hedge))) => Some(Label::Bears { outlook, hedge: Some(hedge) }),
        _ => None,
    }
}

/// A number from `LOW` to `HIGH`.
#[derive(Clone, Copy)]
pub(crate) struct Bounded<const LOW: i8, const HIGH: i8>(pub(crate) f64);

/// Outlook on the annotation scale.
pub(crate) type Outlook = Bounded<-3, 3>;
/// Hedging on the annotation scale.
pub(crate) type Hedge = Bounded<0, 2>;
/// A probability.
pub(crate) type Probability = Bounded<0, 1>;

impl<'de, const LOW: i8, const HIGH: i8> Deserialize<'de> for Bounded<LOW, HIGH> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let must_be = format!("must be null or {LOW}..{HIGH}");
        let value = Value::deserialize(deserializer)?;
        let number = value.as_f64().ok_or_else(|| D::Error::custom(format!("{must_be}, not {value}")))?;
        if (f64::from(LOW)..=f64::from(HIGH)).contains(&number) {
            Ok(Self(number))
        } else {
            Err(D::Error::custom(format!("{must_be}, not {number}")))
        }
    }
}

/// Reads the fields of `T` from a record and ignores the others.
///
/// # Errors
/// Names the path of the first field of another type or outside its range, and the reason.
pub(crate) fn typed<'de, T: Deserialize<'de>>(record: &'de Map<String, Value>) -> Result<T> {
    serde_path_to_error::deserialize(record).map_err(|error| {
        let path = error.path().to_string();
        let source = error.into_inner();
        Error::data(format!("field {path:?}: {source}")).with_source(source)
    })
}

pub(crate) fn missing(field: &str) -> Error {
    Error::data(format!("field {field:?} is missing"))
}
