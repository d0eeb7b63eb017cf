//! Labelled statements and articles.

use std::collections::BTreeMap;

use detente::{Article, Day};

/// Label of a statement: whether it bears on the prospects of an agreement, its outlook and its hedging.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Label {
    /// The statement has no bearing on the prospects.
    NoBearing,
    /// The statement bears on the prospects.
    Bears {
        /// Outlook, -3..+3; the mean of several annotators may lie between the integers.
        outlook: f64,
        /// 0 committed, 1 hedged, 2 heavily hedged, or a mean between; `None` if hedging was not labelled.
        hedge: Option<f64>,
    },
}

impl Label {
    /// Outlook divided by 3, -1..+1; 0 without bearing.
    #[must_use]
    pub fn score(&self) -> f64 {
        match self {
            Self::NoBearing => 0.0,
            Self::Bears { outlook, .. } => outlook / 3.0,
        }
    }

    /// Whether the statement bears on the prospects.
    #[must_use]
    pub fn bears(&self) -> bool {
        matches!(self, Self::Bears { .. })
    }

    /// Whether the statement is hedged; `None` without bearing or if hedging was not labelled.
    #[must_use]
    pub fn hedged(&self) -> Option<bool> {
        match self {
            Self::NoBearing => None,
            Self::Bears { hedge, .. } => hedge.map(|hedge| hedge >= 1.0),
        }
    }
}

/// Prediction of a teacher model for a statement, for distillation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SoftLabel {
    /// Expected outlook, -3..+3.
    pub outlook: f64,
    /// Probability that the statement bears on the prospects, 0..1.
    pub bearing: f64,
    /// Probability that the statement is hedged, 0..1.
    pub hedge: f64,
}

/// A statement with the labels of people, of a teacher model, or of both.
#[derive(Clone, Debug, PartialEq)]
pub struct LabelledStatement {
    /// Identifier, unique within a file.
    pub id: String,
    /// Line of the record in its file, from 1.
    pub line: usize,
    /// Text of the statement.
    pub text: String,
    /// Label given by people.
    pub label: Option<Label>,
    /// Name of the class, if the label was given as a name.
    pub class: Option<String>,
    /// Weight in the training, relative to other statements; 1 if none was given.
    pub weight: f64,
    /// Prediction of a teacher model.
    pub soft_label: Option<SoftLabel>,
    /// Source of the text.
    pub source: Option<String>,
    /// Cross-validation group: a story, a negotiation or a contrast set. One group is never split between
    /// folds.
    pub group: String,
    /// Contrast set that the statement belongs to.
    pub contrast_set: Option<String>,
    /// Phenomenon that the contrast set tests.
    pub probe: Option<String>,
    /// Labels of the individual annotators, if the record lists them.
    pub annotations: Vec<Label>,
}

impl LabelledStatement {
    /// Adds the label of a second annotation pass, and its class if it was given as a name.
    ///
    /// It replaces the label of the first pass. In a statement that has a soft label alone, the soft label
    /// becomes the mean of both, and the statement stays softly labelled.
    pub fn relabel(&mut self, second: Label, class: Option<String>) {
        let Some(soft) = self.soft_label.as_mut().filter(|_| self.label.is_none()) else {
            (self.label, self.class) = (Some(second), class);
            return;
        };
        soft.bearing = f64::midpoint(soft.bearing, f64::from(u8::from(second.bears())));
        if let Label::Bears { outlook, .. } = second {
            soft.outlook = f64::midpoint(soft.outlook, outlook);
        }
        if let Some(hedged) = second.hedged() {
            soft.hedge = f64::midpoint(soft.hedge, f64::from(u8::from(hedged)));
        }
    }

    /// Name of the source without the story: `reuters1987` of `reuters1987:5455`.
    pub(crate) fn source_name(&self) -> Option<&str> {
        Some(up_to_colon(self.source.as_deref()?))
    }

    /// Whether the statement has a soft label alone: it is learned from, never measured.
    pub(crate) fn is_soft(&self) -> bool {
        self.label.is_none() && self.soft_label.is_some()
    }
}

/// The part of a name before its first colon.
pub(crate) fn up_to_colon(name: &str) -> &str {
    name.split_once(':').map_or(name, |(before, _)| before)
}

/// An article with a label for the whole and for its statements.
#[derive(Clone, Debug, PartialEq)]
pub struct LabelledArticle {
    /// Identifier, unique within a file.
    pub id: String,
    /// Date of publication.
    pub date: Option<Day>,
    /// Headline.
    pub title: Option<String>,
    /// Negotiation that the article is about.
    pub negotiation: Option<String>,
    /// Domain of the negotiation: trade, labour, peace …
    pub domain: Option<String>,
    /// Names of each party, by the party's id.
    pub parties: BTreeMap<String, Vec<String>>,
    /// Outlook of the whole article, -3..+3; `None` if it is not about a negotiation.
    pub outlook: Option<f64>,
    /// Full text. Statements of one paragraph are separated by a space, paragraphs by a blank line.
    pub text: String,
    /// Labelled statements in their order.
    pub statements: Vec<LabelledStatement>,
}

impl LabelledArticle {
    /// The article without its labels, ready to be scored.
    #[must_use]
    pub fn article(&self) -> Article {
        Article {
            title: self.title.clone(),
            date: self.date,
            parties: self.parties.clone(),
            ..Article::new(self.id.clone(), self.text.clone())
        }
    }

    /// Cross-validation group: the negotiation, else the article itself.
    #[must_use]
    pub fn group(&self) -> &str {
        self.negotiation.as_deref().unwrap_or(&self.id)
    }
}

#[cfg(test)]
mod tests {
    use crate::corpus::jsonl::read_jsonl;
    use crate::corpus::labelled::{Label, SoftLabel};

    #[test]
    fn second_pass_replaces_labels_and_is_averaged_with_soft_labels() {
        let text = r#"{"id":"a","text":"Talks go on.","outlook":-1,"hedge":0}
{"id":"b","text":"Talks may go on.","outlook_soft":0.5,"bearing_soft":0.6,"hedge_soft":0.2}"#;
        let mut statements = read_jsonl(text).expect("reads").statements;
        let second = Label::Bears { outlook: 1.0, hedge: Some(1.0) };
        for statement in &mut statements {
            statement.relabel(second, None);
        }
        assert_eq!((statements[0].label, statements[0].soft_label), (Some(second), None));
        assert_eq!(statements[1].label, None);
        assert_eq!(statements[1].soft_label, Some(SoftLabel { outlook: 0.75, bearing: 0.8, hedge: 0.6 }));
        statements[1].relabel(Label::NoBearing, None);
        assert_eq!(statements[1].soft_label, Some(SoftLabel { outlook: 0.75, bearing: 0.4, hedge: 0.6 }));
    }
}
