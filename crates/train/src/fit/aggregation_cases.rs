//! [`AggregationCase`]: a labelled article with predictions for its statements and headline.

use std::collections::HashMap;

use detente::internals::{MIN_BEARING, StatementContext, WeightedStatement};
use detente::{Probability, Score, Span, StatementScore};

use crate::corpus::labelled::{LabelledArticle, LabelledStatement};
use crate::evaluate::prediction::Prediction;
use crate::fit::training_data::TrainingData;

/// A labelled article with predictions for its statements and headline.
#[derive(Clone, Debug)]
pub(crate) struct AggregationCase {
    /// The statements with their weights in each profile.
    pub(crate) parts: Vec<WeightedStatement>,
    /// Score of the headline, if it bears on the prospects.
    pub(crate) headline: Option<f64>,
    /// Label of the article, -1..+1.
    pub(crate) gold: f64,
    /// Cross-validation group: the negotiation.
    pub(crate) group: String,
}

impl AggregationCase {
    /// The case of an article; `None` if it has no label or its text lacks a statement.
    fn new(
        article: &LabelledArticle,
        predictions: &[Prediction],
        headline: Option<Prediction>,
    ) -> Option<Self> {
        let gold = article.outlook? / 3.0;
        let mut end = 0;
        let mut spans = Vec::new();
        for statement in &article.statements {
            let start = end + article.text.get(end..)?.find(&statement.text)?;
            end = start + statement.text.len();
            spans.push(Span::new(start, end));
        }
        let context = StatementContext::new(&article.article(), &spans);
        let score = |p: &Prediction| {
            let probability = |p: Option<f64>| p.map(Probability::clamped);
            StatementScore::new(Score::clamped(p.score), probability(p.bearing), probability(p.hedge))
        };
        let parts = predictions.iter().enumerate().map(|(at, p)| context.weighted(at, score(p))).collect();
        let headline = headline.filter(|p| p.bearing.is_none_or(|b| b >= MIN_BEARING)).map(|p| p.score);
        Some(Self { parts, headline, gold, group: article.group().to_owned() })
    }
}

/// The cases of all labelled articles. `of_authored` are out-of-fold predictions of the authored statements,
/// `of_headlines` those of [`headline_statements`].
pub(crate) fn aggregation_cases(
    data: &TrainingData,
    of_authored: &[Option<Prediction>],
    of_headlines: &[Option<Prediction>],
) -> Vec<AggregationCase> {
    // an id alone is not unique: several files may use the same ones
    let key = |s: &LabelledStatement| (s.group.clone(), s.id.clone(), s.text.clone());
    let index_of: HashMap<_, usize> = data.authored.iter().enumerate().map(|(at, s)| (key(s), at)).collect();
    let mut headlines = of_headlines.iter();
    let case = |article: &LabelledArticle| {
        let headline = headline_statement(article).and_then(|_| *headlines.next()?);
        let prediction = |s: &LabelledStatement| *of_authored.get(*index_of.get(&key(s))?)?;
        let predictions: Vec<Prediction> =
            article.statements.iter().map(prediction).collect::<Option<_>>()?;
        if predictions.is_empty() {
            return None;
        }
        AggregationCase::new(article, &predictions, headline)
    };
    data.articles.iter().filter_map(case).collect()
}

/// The headlines of the articles as statements without a label, in the groups of their articles.
pub(crate) fn headline_statements(articles: &[LabelledArticle]) -> Vec<LabelledStatement> {
    articles.iter().filter_map(headline_statement).collect()
}

/// The headline of an article that has one and has statements.
fn headline_statement(article: &LabelledArticle) -> Option<LabelledStatement> {
    let first = article.statements.first()?;
    let text = article.title.clone().filter(|title| !title.trim().is_empty())?;
    Some(LabelledStatement {
        id: article.id.clone(),
        text,
        label: None,
        class: None,
        soft_label: None,
        ..first.clone()
    })
}
