//! [`Evaluator`]: measures predictions against labels.

use std::collections::BTreeMap;

use detente::{Aggregation, Engine, Outlook, Profile};
use rayon::prelude::*;

use crate::corpus::labelled::{Label, LabelledArticle, LabelledStatement};
use crate::evaluate::article_metrics::{ArticleCase, ArticleMeasures, measure_articles};
use crate::evaluate::bootstrap::Bootstrap;
use crate::evaluate::class_evaluation::ClassEvaluation;
use crate::evaluate::class_predictions::class_values;
use crate::evaluate::confusion_matrix::ConfusionMatrix;
use crate::evaluate::contrast_sets::contrast_set_accuracy;
use crate::evaluate::estimate::Estimate;
use crate::evaluate::evaluation::{Evaluation, StatementError, SubsetMeasures, SystemMeasures};
use crate::evaluate::paired_bootstrap::paired_differences;
use crate::evaluate::prediction::Prediction;
use crate::evaluate::reliability::{ReliabilityBin, null_calibration_error, reliability_table};
use crate::evaluate::sample::Sample;
use crate::evaluate::system_predictions::SystemPredictions;

/// Measures predictions against labels.
///
/// | setting | default | meaning | range |
/// |---|---|---|---|
/// | `draws` | 1000 | replicates of the bootstrap; 0 gives no intervals | |
/// | `seed` | 1 | seed of the bootstrap | |
/// | `largest_errors` | 0 | number of statements listed with their error | |
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Evaluator {
    /// Number of bootstrap replicates.
    pub draws: usize,
    /// Seed of the bootstrap.
    pub seed: u64,
    /// Number of statements listed with their error, largest first.
    pub largest_errors: usize,
}

impl Default for Evaluator {
    fn default() -> Self {
        Self { draws: 1000, seed: 1, largest_errors: 0 }
    }
}

impl Evaluator {
    /// Measures the predictions of a model and of other systems, given in the order of `statements`.
    /// Statements without a label are skipped.
    ///
    /// ```
    /// use detente_train::{Evaluator, Measure, SystemPredictions, baselines, read_jsonl};
    /// use std::sync::Arc;
    ///
    /// let records = read_jsonl(
    ///     r#"{"id":"a","text":"The two sides signed the agreement.","outlook":3,"hedge":0}
    /// {"id":"b","text":"The talks collapsed.","outlook":-3,"hedge":0}
    /// {"id":"c","text":"The bakery opens at seven.","outlook":null,"hedge":null}"#,
    /// )?;
    /// let statements: Vec<_> = records.all_statements().collect();
    /// let model = Arc::new(detente::Engine::builtin()?.model().clone());
    /// let predicted = SystemPredictions::of_model(&model, &statements);
    /// let evaluation =
    ///     Evaluator::default().evaluate("examples", &statements, &predicted, &baselines(&model, &statements));
    /// assert!(evaluation.measures[&Measure::Pearson].value > 0.9);
    /// println!("{evaluation}");
    /// # Ok::<(), detente::Error>(())
    /// ```
    #[must_use]
    pub fn evaluate(
        &self,
        data: &str,
        statements: &[&LabelledStatement],
        model: &SystemPredictions,
        others: &[SystemPredictions],
    ) -> Evaluation {
        let labelled: Vec<usize> =
            (0..statements.len()).filter(|at| statements[*at].label.is_some()).collect();
        let select = |from: &SystemPredictions| -> Vec<Prediction> {
            labelled.iter().filter_map(|at| from.predictions.get(*at).copied()).collect()
        };
        let statements: Vec<&LabelledStatement> = labelled.iter().map(|at| statements[*at]).collect();
        let labels: Vec<Label> = statements.iter().filter_map(|s| s.label).collect();
        let predictions = select(model);
        let bootstrap = Bootstrap::new(statements.iter().map(|s| s.group.as_str()), self.draws, self.seed);
        let classes = ClassEvaluation::new(
            &statements,
            &model.select(&labelled),
            &others.iter().map(|other| other.select(&labelled)).collect::<Vec<_>>(),
            (self.draws, self.seed),
        );
        let values = class_values(statements.iter().copied());
        let sample = Sample::new(&predictions, &labels)
            .with_classes(model.select(&labelled).classes.as_ref(), &values);
        let system = |other: &SystemPredictions| {
            let of_classes = other.select(&labelled).classes;
            let other_sample =
                Sample::new(&select(other), &labels).with_classes(of_classes.as_ref(), &values);
            SystemMeasures {
                name: other.name.clone(),
                measures: other_sample.estimates(&bootstrap),
                differences: paired_differences(&sample, &other_sample, &bootstrap),
            }
        };
        let subsets = |name: &dyn Fn(&LabelledStatement) -> Option<&str>| {
            subset_measures(name, &statements, &predictions, &labels, &bootstrap)
        };
        let (bearing_reliability, bearing_null_error) =
            self.calibration(&predictions, &labels, &|p| p.bearing, &|label| Some(label.bears()));
        let (hedge_reliability, hedge_null_error) =
            self.calibration(&predictions, &labels, &|p| p.hedge, &Label::hedged);
        Evaluation {
            data: data.to_owned(),
            model: model.name.clone(),
            statements: labels.len(),
            groups: bootstrap.groups(),
            draws: self.draws,
            seed: self.seed,
            classes,
            measures: sample.estimates(&bootstrap),
            systems: others.iter().map(system).collect(),
            sources: subsets(&LabelledStatement::source_name),
            probes: subsets(&|s| s.probe.as_deref()),
            confusion: ConfusionMatrix::new(&predictions, &labels),
            bearing_reliability,
            hedge_reliability,
            bearing_null_error,
            hedge_null_error,
            contrast_sets: contrast_set_accuracy(&statements, &predictions),
            articles: None,
            schemes: Vec::new(),
            largest_errors: largest_errors(&statements, &predictions, self.largest_errors),
        }
    }

    /// Measures the outlooks of labelled articles under the engine's own aggregation (named `learned`, first)
    /// and under each other scheme. Articles without a label are skipped; an article without an outlook
    /// counts with score 0.
    ///
    /// ```
    /// use detente_train::{Evaluator, read_jsonl};
    /// let records = read_jsonl(
    ///     r#"{"id":"a","outlook":2,"statements":[{"text":"A deal is very close, both sides said.","outlook":2,"hedge":0}]}"#,
    /// )?;
    /// let schemes = Evaluator::default().evaluate_articles(&detente::Engine::builtin()?, &records.articles);
    /// assert_eq!((schemes[0].0.as_str(), schemes[0].1.n), ("learned", 1));
    /// # Ok::<(), detente::Error>(())
    /// ```
    #[must_use]
    pub fn evaluate_articles(
        &self,
        engine: &Engine,
        articles: &[LabelledArticle],
    ) -> Vec<(String, ArticleMeasures)> {
        let labelled: Vec<(&LabelledArticle, f64)> =
            articles.iter().filter_map(|article| Some((article, article.outlook? / 3.0))).collect();
        if labelled.is_empty() {
            return Vec::new();
        }
        let learned = engine.model().aggregation();
        let mut names = vec!["learned".to_owned()];
        let mut aggregations = vec![learned.clone()];
        for profile in Profile::ALL {
            names.push(profile.to_string());
            aggregations.push(learned.alone(profile));
        }
        let outlooks: Vec<Vec<Option<Outlook>>> = labelled
            .par_iter()
            .map(|(article, _)| engine.outlooks(&article.article(), &aggregations as &[Aggregation]))
            .collect();
        let measures = |(scheme, name): (usize, String)| {
            let cases: Vec<ArticleCase> = labelled
                .iter()
                .zip(&outlooks)
                .map(|((article, gold), outlooks)| ArticleCase {
                    outlook: outlooks.get(scheme).cloned().flatten(),
                    gold: *gold,
                    group: article.group().to_owned(),
                })
                .collect();
            (name, measure_articles(&cases, self.draws, self.seed))
        };
        names.into_iter().enumerate().map(measures).collect()
    }

    /// Reliability table of a probability, and the calibration error expected by chance.
    fn calibration(
        &self,
        predictions: &[Prediction],
        labels: &[Label],
        probability: &dyn Fn(&Prediction) -> Option<f64>,
        is_positive: &dyn Fn(&Label) -> Option<bool>,
    ) -> (Vec<ReliabilityBin>, Option<Estimate>) {
        let cases: Vec<(f64, bool)> = predictions
            .iter()
            .zip(labels)
            .filter_map(|(p, label)| Some((probability(p)?, is_positive(label)?)))
            .collect();
        let probabilities: Vec<f64> = cases.iter().map(|(p, _)| *p).collect();
        let null_error =
            (!cases.is_empty()).then(|| null_calibration_error(&probabilities, self.draws, self.seed));
        (reliability_table(&cases), null_error)
    }
}

/// Measures by the name that `name_of` gives to statements, sorted by name.
fn subset_measures(
    name_of: &dyn Fn(&LabelledStatement) -> Option<&str>,
    statements: &[&LabelledStatement],
    predictions: &[Prediction],
    labels: &[Label],
    bootstrap: &Bootstrap,
) -> Vec<SubsetMeasures> {
    let mut subsets: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, statement) in statements.iter().enumerate() {
        if let Some(name) = name_of(statement) {
            subsets.entry(name).or_default().push(at);
        }
    }
    let measures = |(name, cases): (&str, Vec<usize>)| {
        let predictions: Vec<_> = cases.iter().map(|at| predictions[*at]).collect();
        let labels: Vec<_> = cases.iter().map(|at| labels[*at]).collect();
        let measures = Sample::new(&predictions, &labels).estimates(&bootstrap.select(&cases));
        SubsetMeasures { name: name.to_owned(), statements: cases.len(), measures }
    };
    subsets.into_iter().map(measures).collect()
}

/// The `limit` statements whose scores are farthest from their labels, farthest first.
fn largest_errors(
    statements: &[&LabelledStatement],
    predictions: &[Prediction],
    limit: usize,
) -> Vec<StatementError> {
    let mut errors: Vec<StatementError> = statements
        .iter()
        .zip(predictions)
        .filter_map(|(s, p)| {
            let label = s.label.as_ref()?.score();
            Some(StatementError { id: s.id.clone(), label, score: p.score, text: s.text.clone() })
        })
        .collect();
    let size = |error: &StatementError| (error.label - error.score).abs();
    errors.sort_by(|a, b| size(b).total_cmp(&size(a)).then_with(|| a.id.cmp(&b.id)));
    errors.truncate(limit);
    errors
}
