//! Predictions of a model or of another system.

use std::sync::Arc;

use detente::{Probability, Scorer, Span, TrainedModel};
use rayon::prelude::*;

use crate::corpus::labelled::LabelledStatement;

/// Prediction for one statement.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prediction {
    /// Expected score, -1..+1.
    pub score: f64,
    /// Probability that the statement bears on the prospects, 0..1; `None` if the system predicts none.
    pub bearing: Option<f64>,
    /// Probability that the statement is hedged, 0..1; `None` if the system predicts none.
    pub hedge: Option<f64>,
}

impl Prediction {
    /// The prediction of a system that gives scores alone.
    pub(crate) fn score_only(score: f64) -> Self {
        Self { score, bearing: None, hedge: None }
    }
}

/// A system's name and its predictions, one per statement.
#[derive(Clone, Debug, PartialEq)]
pub struct SystemPredictions {
    /// Name of the system in reports: the id of a model or a name of the user's.
    pub name: String,
    /// Predictions in the order of the statements.
    pub predictions: Vec<Prediction>,
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
        Self { name: model.id().to_owned(), predictions }
    }
}
