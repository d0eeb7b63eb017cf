//! [`Scoring`]: an engine, and the identity of its model.

use detente::{Article, Engine, ScoredArticle};

use crate::model_identity::ModelIdentity;

/// An engine, and the identity under which its scores are stored.
#[derive(Clone, Debug)]
pub struct Scoring {
    pub(crate) engine: Engine,
    pub(crate) model: ModelIdentity,
}

impl Scoring {
    /// Scores with `engine`, the model of which is `model`.
    #[must_use]
    pub fn new(engine: Engine, model: ModelIdentity) -> Self {
        Self { engine, model }
    }

    /// The identity of the model.
    #[must_use]
    pub fn model(&self) -> &ModelIdentity {
        &self.model
    }

    /// Scores an article.
    pub(crate) fn score(&self, article: &Article) -> ScoredArticle {
        self.engine.score(article)
    }
}
