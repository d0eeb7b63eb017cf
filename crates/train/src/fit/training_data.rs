//! [`TrainingData`]: what a model learns from.

use crate::corpus::labelled::{LabelledArticle, LabelledStatement};
use crate::corpus::records::Records;

/// Statements and articles that a model learns from.
///
/// Real and authored statements have weights of their own, and calibration uses real statements alone if
/// there are any: authored texts contain more statements with bearing than the news does.
///
/// ```
/// use detente_train::{TrainingData, read_jsonl};
/// let records = read_jsonl(
///     r#"{"id":"a","src":"wire:1","text":"Talks resumed.","outlook":1,"hedge":0}
/// {"id":"b","set":"s1","text":"A deal was signed.","outlook":3,"hedge":0}
/// {"id":"c","statements":[{"text":"Talks broke down.","outlook":-2,"hedge":0}]}"#,
/// )?;
/// let data = TrainingData::from(records);
/// assert_eq!((data.real.len(), data.authored.len(), data.articles.len()), (1, 2, 1));
/// # Ok::<(), detente::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TrainingData {
    /// Statements from real texts: those that stand alone and belong to no contrast set.
    pub real: Vec<LabelledStatement>,
    /// Statements written for training: those of contrast sets and of articles.
    pub authored: Vec<LabelledStatement>,
    /// Labelled articles, to learn the aggregation from. Their statements are among `authored`.
    pub articles: Vec<LabelledArticle>,
}

impl TrainingData {
    /// Adds the records of a file.
    pub fn add(&mut self, records: Records) {
        let (sets, real): (Vec<LabelledStatement>, Vec<_>) =
            records.statements.into_iter().partition(|statement| statement.contrast_set.is_some());
        self.real.extend(real);
        self.authored.extend(sets);
        self.authored.extend(records.articles.iter().flat_map(|article| article.statements.iter().cloned()));
        self.articles.extend(records.articles);
    }

    /// All statements: the real ones, then the authored ones.
    pub fn statements(&self) -> impl Iterator<Item = &LabelledStatement> {
        self.real.iter().chain(&self.authored)
    }
}

impl From<Records> for TrainingData {
    fn from(records: Records) -> Self {
        let mut data = Self::default();
        data.add(records);
        data
    }
}
