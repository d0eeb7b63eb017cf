//! [`ClassPredictions`]: the classes that a system predicts.

use std::collections::BTreeMap;
use std::sync::Arc;

use detente::{Scorer, Span, TrainedModel};
use rayon::prelude::*;

use crate::corpus::labelled::{Label, LabelledStatement};
use crate::evaluate::prediction::Prediction;

/// Bearing probability from which a statement is predicted to bear.
const MIN_BEARING: f64 = 0.5;

/// Predicted classes, one per statement.
///
/// ```
/// use detente_train::ClassPredictions;
/// let names = ["down", "up"].map(String::from).to_vec();
/// let predicted = ClassPredictions::of_probabilities(names, vec![vec![0.9, 0.1], vec![0.2, 0.8]]);
/// assert_eq!(predicted.predicted, [0, 1]);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ClassPredictions {
    /// Names of the classes.
    pub classes: Vec<String>,
    /// Index of the predicted class of each statement.
    pub predicted: Vec<usize>,
    /// Probabilities of the classes for each statement; empty if the system gives none.
    pub probabilities: Vec<Vec<f64>>,
}

impl ClassPredictions {
    /// Predicts the most probable class of each statement, the first of equal ones.
    #[must_use]
    pub fn of_probabilities(classes: Vec<String>, probabilities: Vec<Vec<f64>>) -> Self {
        let predicted = probabilities.iter().map(|row| most_probable(row)).collect();
        Self { classes, predicted, probabilities }
    }

    /// Predictions given as names of classes.
    #[must_use]
    pub fn of_names(names: &[String]) -> Self {
        let mut classes: Vec<String> = names.to_vec();
        classes.sort_unstable();
        classes.dedup();
        let predicted = names.iter().filter_map(|name| classes.binary_search(name).ok()).collect();
        Self { classes, predicted, probabilities: Vec::new() }
    }

    /// Predictions of a model that has classes; `None` if it has none.
    pub(crate) fn of_model(model: &Arc<TrainedModel>, statements: &[&LabelledStatement]) -> Option<Self> {
        if model.classes().is_empty() {
            return None;
        }
        let predict = |scorer: &mut Scorer, statement: &&LabelledStatement| {
            scorer.score(&statement.text, Span::new(0, statement.text.len()));
            scorer.class_probabilities()
        };
        let probabilities =
            statements.par_iter().map_init(|| Scorer::new(Arc::clone(model)), predict).collect();
        Some(Self::of_probabilities(model.classes().to_vec(), probabilities))
    }

    /// The classes whose values are nearest to scores, for a system without classes. A class that stands for no
    /// bearing is predicted where the bearing is below 0.5.
    pub(crate) fn of_scores(predictions: &[Prediction], values: &BTreeMap<String, Label>) -> Self {
        let nearest = |p: &Prediction| {
            let bears = p.bearing.is_none_or(|bearing| bearing >= MIN_BEARING);
            let distance = |label: &Label| {
                if label.bears() == bears { (label.score() - p.score).abs() } else { f64::INFINITY }
            };
            let classes = values.values().enumerate();
            classes.min_by(|a, b| distance(a.1).total_cmp(&distance(b.1))).map_or(0, |(at, _)| at)
        };
        let predicted = predictions.iter().map(nearest).collect();
        Self { classes: values.keys().cloned().collect(), predicted, probabilities: Vec::new() }
    }

    /// The name of the class predicted for a statement.
    #[must_use]
    pub fn name(&self, statement: usize) -> Option<&str> {
        self.classes.get(*self.predicted.get(statement)?).map(String::as_str)
    }

    /// The predictions of some of the statements.
    pub(crate) fn select(&self, statements: &[usize]) -> Self {
        let probabilities = statements.iter().filter_map(|at| self.probabilities.get(*at).cloned()).collect();
        let predicted = statements.iter().filter_map(|at| self.predicted.get(*at).copied()).collect();
        Self { classes: self.classes.clone(), predicted, probabilities }
    }
}

/// The label that each class stands for, by name; the first one if statements of a class have several.
pub(crate) fn class_values<'a>(
    statements: impl IntoIterator<Item = &'a LabelledStatement>,
) -> BTreeMap<String, Label> {
    let mut values = BTreeMap::new();
    for statement in statements {
        if let (Some(class), Some(label)) = (&statement.class, statement.label) {
            values.entry(class.clone()).or_insert(label);
        }
    }
    values
}

/// Index of the largest value, the first of equal ones.
fn most_probable(row: &[f64]) -> usize {
    let mut best = 0;
    for (at, value) in row.iter().enumerate() {
        if row.get(best).is_some_and(|largest| value > largest) {
            best = at;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_are_cut_between_the_values_of_the_classes() {
        let bears = |outlook| Label::Bears { outlook, hedge: None };
        let values: BTreeMap<String, Label> =
            [("down", bears(-2.0)), ("off", Label::NoBearing), ("up", bears(2.0))]
                .map(|(name, label)| (name.to_owned(), label))
                .into();
        let predict = |score, bearing| Prediction { score, bearing, hedge: None };
        let predictions = [predict(-0.1, Some(0.9)), predict(0.4, None), predict(0.4, Some(0.2))];
        let found = ClassPredictions::of_scores(&predictions, &values);
        assert_eq!((0..3).filter_map(|at| found.name(at)).collect::<Vec<_>>(), ["down", "up", "off"]);
    }
}
