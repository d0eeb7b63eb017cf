//! What a labelled statement and a labelled article are.

use std::collections::BTreeMap;

use detente::{Article, Day};

/// The label of a statement: whether it bears on the prospects, how, and how firmly.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Label {
    /// Says nothing about the prospects.
    NoBearing,
    /// Bears on them.
    Bears {
        /// -3..+3; a mean of several passes may lie between the integers.
        outlook: f64,
        /// 0 committed, 1 hedged, 2 heavily hedged; a mean of several passes may lie between;
        /// `None` where the label does not say.
        hedge: Option<f64>,
    },
}

impl Label {
    /// The score that the label stands for, -1..+1, 0 where nothing bears.
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

    /// Whether the source holds back; `None` where nothing bears or the label does not say.
    #[must_use]
    pub fn hedged(&self) -> Option<bool> {
        match self {
            Self::NoBearing => None,
            Self::Bears { hedge, .. } => hedge.map(|hedge| hedge >= 1.0),
        }
    }
}

/// The judgement of a teacher model, for distillation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SoftLabel {
    /// Expected outlook, -3..+3.
    pub outlook: f64,
    /// Probability of a bearing, 0..1.
    pub bearing: f64,
    /// Probability of a hedge, 0..1.
    pub hedge: f64,
}

/// One labelled statement.
#[derive(Clone, Debug, PartialEq)]
pub struct LabelledStatement {
    /// Its name, unique within a file.
    pub id: String,
    /// The line of its file that it stands in, from 1.
    pub line: usize,
    /// Its words.
    pub text: String,
    /// Its label, where it was read by a person's rules.
    pub label: Option<Label>,
    /// A teacher's judgement, where there is one.
    pub soft: Option<SoftLabel>,
    /// Where it comes from.
    pub src: Option<String>,
    /// Records of one group are never parted by a split: story, negotiation or contrast set.
    pub group: String,
    /// The contrast set that it belongs to.
    pub set: Option<String>,
    /// What the contrast set tests.
    pub probe: Option<String>,
    /// The labels of independent passes (field `annotations`), where they are given.
    pub passes: Vec<Label>,
}

impl LabelledStatement {
    /// Takes the label of a later pass: it replaces a label; with a teacher's judgement it is averaged, so
    /// that the statement stays softly labelled.
    pub fn relabel(&mut self, later: Label) {
        let Some(soft) = self.soft.as_mut().filter(|_| self.label.is_none()) else {
            self.label = Some(later);
            return;
        };
        soft.bearing = f64::midpoint(soft.bearing, f64::from(u8::from(later.bears())));
        if let Label::Bears { outlook, .. } = later {
            soft.outlook = f64::midpoint(soft.outlook, outlook);
        }
        if let Some(hedged) = later.hedged() {
            soft.hedge = f64::midpoint(soft.hedge, f64::from(u8::from(hedged)));
        }
    }
}

/// One labelled article.
#[derive(Clone, Debug, PartialEq)]
pub struct LabelledArticle {
    /// Its name, unique within a file.
    pub id: String,
    /// Date of publication.
    pub date: Option<Day>,
    /// Headline.
    pub title: Option<String>,
    /// The negotiation that it is about.
    pub negotiation: Option<String>,
    /// The field of the negotiation.
    pub domain: Option<String>,
    /// The parties and the names that stand for them.
    pub parties: BTreeMap<String, Vec<String>>,
    /// Label of the whole article, -3..+3; `None` where no negotiation is in sight.
    pub outlook: Option<f64>,
    /// The text: sentences of one paragraph parted by a blank, paragraphs by an empty line.
    pub text: String,
    /// The labelled statements, where it has them.
    pub statements: Vec<LabelledStatement>,
}

impl LabelledArticle {
    /// The article without its labels, as it would be scored.
    #[must_use]
    pub fn article(&self) -> Article {
        Article {
            title: self.title.clone(),
            date: self.date,
            parties: self.parties.clone(),
            ..Article::new(self.id.clone(), self.text.clone())
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::corpus::labelled::{Label, SoftLabel};
    use crate::corpus::read::read_jsonl;

    #[test]
    fn a_later_label_replaces_a_label_and_is_averaged_with_a_teacher() {
        let text = r#"{"id":"a","text":"Talks go on.","outlook":-1,"hedge":0}
{"id":"b","text":"Talks may go on.","outlook_soft":0.5,"bearing_soft":0.6,"hedge_soft":0.2}"#;
        let mut statements = read_jsonl(text).expect("reads").statements;
        let later = Label::Bears { outlook: 1.0, hedge: Some(1.0) };
        for statement in &mut statements {
            statement.relabel(later);
        }
        assert_eq!((statements[0].label, statements[0].soft), (Some(later), None));
        assert_eq!(statements[1].label, None);
        assert_eq!(statements[1].soft, Some(SoftLabel { outlook: 0.75, bearing: 0.8, hedge: 0.6 }));
        statements[1].relabel(Label::NoBearing);
        assert_eq!(statements[1].soft, Some(SoftLabel { outlook: 0.75, bearing: 0.4, hedge: 0.6 }));
    }
}
