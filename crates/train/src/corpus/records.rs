//! [`Records`] and their variants: [`RecordFormat`]; [`Correction`].

use crate::corpus::label_map::LabelMap;
use crate::corpus::label_range::LabelRange;
use crate::corpus::labelled::{Label, LabelledArticle, LabelledStatement};

/// Labelled articles and statements.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Records {
    /// Articles with their statements.
    pub articles: Vec<LabelledArticle>,
    /// Statements that stand alone.
    pub statements: Vec<LabelledStatement>,
    /// Number of statements that were left out because their `label` is null: they are not labelled yet.
    pub unlabelled: usize,
}

impl Records {
    /// All statements: those that stand alone, then those of the articles.
    ///
    /// ```
    /// let records = detente_train::read_jsonl(
    ///     r#"{"id":"a","statements":[{"text":"Talks resumed.","outlook":1,"hedge":0}]}
    /// {"id":"b","text":"No deal is in sight.","outlook":-2,"hedge":0}"#,
    /// )?;
    /// let ids: Vec<&str> = records.all_statements().map(|statement| statement.id.as_str()).collect();
    /// assert_eq!(ids, ["b", "a#0"]);
    /// # Ok::<(), detente::Error>(())
    /// ```
    pub fn all_statements(&self) -> impl Iterator<Item = &LabelledStatement> {
        self.statements.iter().chain(self.articles.iter().flat_map(|article| &article.statements))
    }
}

/// Variants of the record format.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RecordFormat {
    /// Converts label names (field `label`, or `outlook` if it is a string); `hedge` may then be missing.
    pub label_map: Option<LabelMap>,
    /// Converts labels that are numbers of another scale.
    pub label_range: Option<LabelRange>,
    /// Whether statements that stand alone may lack a label.
    pub allow_unlabelled: bool,
    /// First part of the id of a record without one, before `#` and the line; a file name without its extension.
    pub id_prefix: String,
}

impl RecordFormat {
    /// Whether labels of another scheme are converted.
    pub(crate) fn converts_labels(&self) -> bool {
        self.label_map.is_some() || self.label_range.is_some()
    }
}

/// A label without its text: a correction by id, from a later labelling pass.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Correction {
    /// Id of the statement.
    pub id: String,
    /// Its text, if the record has it.
    pub text: Option<String>,
    /// The statement with the new label, if the record has a text; for an id that the data do not have.
    pub statement: Option<LabelledStatement>,
    /// The new label.
    pub label: Label,
    /// Name of the class, if the label is a name.
    pub class: Option<String>,
}
