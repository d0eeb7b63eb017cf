//! [`SystemPredictions`]: predictions of a model or of another system.

use std::sync::Arc;

use detente::{Probability, Scorer, Span, TrainedModel};
use rayon::prelude::*;

use crate::corpus::labelled::LabelledStatement;
use crate::evaluate::class_predictions::ClassPredictions;
use crate::evaluate::prediction::Prediction;

/// A system's name and its predictions, one per statement.
#[derive(Clone, Debug, PartialEq)]
pub struct SystemPredictions {
    /// Name of the system in reports: the id of a model or a name of the user's.
    pub name: String,
    /// Predictions in the order of the statements.
    pub predictions: Vec<Prediction>,
    /// Predicted classes, if the system predicts some.
    pub classes: Option<ClassPredictions>,
}

impl SystemPredictions {
    /// Predictions of `model` for `statements`; the name is the model's id.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use detente_train::{SystemPredictions, read_jsonl};
    /// let records = read_jsonl(r#"{"id":"a","text":"The talks collapsed.","outlook":-3,"hedge":0}"#)?;
    /// let statements: Vec<_> = records.all_statements().collect();
    /// let model = Arc::new(detente::Engine::builtin()?.model().clone());
    /// let predicted = SystemPredictions::of_model(&model, &statements);
    /// assert!(predicted.predictions[0].score < -0.3);
    /// # Ok::<(), detente::Error>(())
    /// ```
    #[must_use]
    pub fn of_model(model: &Arc<TrainedModel>, statements: &[&LabelledStatement]) -> Self {
        let predict = |scorer: &mut Scorer, statement: &&LabelledStatement| {
            let statement_score = scorer.score(&statement.text, Span::new(0, statement.text.len()));
            Prediction {
                score: statement_score.score.get(),
                bearing: statement_score.bearing.map(Probability::get),
                hedge: statement_score.hedge.map(Probability::get),
            }
        };
        let predictions =
            statements.par_iter().map_init(|| Scorer::new(Arc::clone(model)), predict).collect();
        let classes = ClassPredictions::of_model(model, statements);
        Self { name: model.id().to_owned(), predictions, classes }
    }

    /// The predictions of some of the statements.
    pub(crate) fn select(&self, statements: &[usize]) -> Self {
        let predictions = statements.iter().filter_map(|at| self.predictions.get(*at).copied()).collect();
        let classes = self.classes.as_ref().map(|classes| classes.select(statements));
        Self { name: self.name.clone(), predictions, classes }
    }
}
