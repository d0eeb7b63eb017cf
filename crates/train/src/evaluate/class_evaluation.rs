//! [`ClassEvaluation`]: how well predicted classes agree with labels.

use std::collections::{BTreeMap, BTreeSet};

use detente::internals::four_decimals;
use serde::{Deserialize, Serialize};

use crate::corpus::labelled::{Label, LabelledStatement};
use crate::evaluate::bootstrap::{Bootstrap, p_value_of_difference};
use crate::evaluate::class_predictions::{ClassPredictions, class_values};
use crate::evaluate::class_sample::{ClassSample, ClassValues};
use crate::evaluate::estimate::Estimate;
use crate::evaluate::reliability::{ReliabilityBin, null_calibration_error, reliability_table};
use crate::evaluate::system_predictions::SystemPredictions;

/// Name of the baseline that predicts the most frequent class.
const MAJORITY: &str = "majority";

/// Name of a measure, and its value in a sample.
type NamedMeasure = (&'static str, fn(&ClassValues) -> Option<f64>);

/// Measures of predicted classes, by name; their order is that of reports.
const MEASURES: [NamedMeasure; 7] = [
    ("accuracy", |values| Some(values.accuracy)),
    ("macro_f1", |values| Some(values.macro_f1)),
    ("weighted_f1", |values| Some(values.weighted_f1)),
    ("macro_precision", |values| Some(values.macro_precision)),
    ("macro_recall", |values| Some(values.macro_recall)),
    ("log_loss", |values| values.log_loss),
    ("ece", |values| values.calibration_error),
];

/// Estimates by the name of the measure: `accuracy`, `macro_f1`, `weighted_f1`, `macro_precision`, `macro_recall`,
/// and with probabilities `log_loss` and `ece` (calibration error of the predicted class).
pub type ClassEstimates = BTreeMap<String, Estimate>;

/// Measures of predicted classes on one data set, with intervals.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ClassEvaluation {
    /// Number of statements whose label is the name of a class.
    pub statements: usize,
    /// Names of the classes.
    pub classes: Vec<String>,
    /// Whether the model has classes; else its scores are cut between the values of the classes.
    pub has_head: bool,
    /// Measures of the model.
    pub measures: ClassEstimates,
    /// Precision, recall and F1 of each class.
    pub by_class: Vec<ClassFigures>,
    /// Counts of statements by label (row) and prediction (column), in the order of the classes.
    pub confusion: Vec<Vec<usize>>,
    /// Reliability of the probability of the predicted class; empty without probabilities.
    pub reliability: Vec<ReliabilityBin>,
    /// Calibration error that exactly calibrated probabilities would show on this sample.
    pub null_error: Option<Estimate>,
    /// Other systems that predict classes.
    pub systems: Vec<ClassSystem>,
}

/// Precision, recall and F1 of a class.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ClassFigures {
    /// Name of the class.
    pub class: String,
    /// Number of statements with this label.
    pub n: usize,
    /// Share of predictions that are right; `None` without predictions.
    pub precision: Option<Estimate>,
    /// Share of labels that are predicted; `None` without labels.
    pub recall: Option<Estimate>,
    /// Harmonic mean of both; `None` without labels and predictions.
    pub f1: Option<Estimate>,
}

/// Measures of another system's classes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ClassSystem {
    /// Name of the system.
    pub name: String,
    /// Measures of the system.
    pub measures: ClassEstimates,
    /// Measures of the model minus those of the system, with p-values of the paired bootstrap.
    pub differences: BTreeMap<String, ClassDifference>,
}

/// Difference of two systems in one measure.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ClassDifference {
    /// Value of the model minus that of the other system.
    #[serde(flatten)]
    pub estimate: Estimate,
    /// Two-sided p-value of the paired bootstrap.
    #[serde(rename = "p", serialize_with = "four_decimals::serialize")]
    pub p_value: f64,
}

impl ClassEvaluation {
    /// Measures the classes of a model and of other systems; `None` if fewer than two classes occur.
    pub(crate) fn new(
        statements: &[&LabelledStatement],
        model: &SystemPredictions,
        others: &[SystemPredictions],
        (draws, seed): (usize, u64),
    ) -> Option<Self> {
        let rows: Vec<usize> = (0..statements.len()).filter(|at| statements[*at].class.is_some()).collect();
        let statements: Vec<&LabelledStatement> = rows.iter().map(|at| statements[*at]).collect();
        let values = class_values(statements.iter().copied());
        let predictions = if let Some(classes) = &model.classes {
            classes.select(&rows)
        } else {
            let scores: Vec<_> = rows.iter().map(|at| model.predictions[*at]).collect();
            ClassPredictions::of_scores(&scores, &values)
        };
        let others: Vec<(&str, ClassPredictions)> = others
            .iter()
            .filter_map(|other| Some((other.name.as_str(), other.classes.as_ref()?.select(&rows))))
            .collect();
        let names = class_names(&predictions, &values, &others);
        if names.len() < 2 || statements.is_empty() {
            return None;
        }
        let index = |name: &String| names.iter().position(|known| known == name);
        let gold: Vec<usize> = statements.iter().filter_map(|s| index(s.class.as_ref()?)).collect();
        let bootstrap = Bootstrap::new(statements.iter().map(|s| s.group.as_str()), draws, seed);
        let sample = ClassSample::new(&predictions, gold.clone(), &names);
        let replicates = bootstrap.replicates(|weights| sample.values(weights));
        let whole = sample.values(&vec![1.0; sample.len()]);
        let confidences = sample.confidences();
        let probabilities: Vec<f64> = confidences.iter().map(|(p, _)| *p).collect();
        let majority = majority(&gold, &names);
        let systems =
            others.iter().map(|(name, predictions)| (*name, predictions)).chain([(MAJORITY, &majority)]);
        let systems = systems
            .map(|(name, predictions)| {
                let other = ClassSample::new(predictions, gold.clone(), &names);
                let of_other = bootstrap.replicates(|weights| other.values(weights));
                let whole_of_other = other.values(&vec![1.0; other.len()]);
                ClassSystem {
                    name: name.to_owned(),
                    measures: estimates(&whole_of_other, &of_other),
                    differences: differences((&whole, &replicates), (&whole_of_other, &of_other)),
                }
            })
            .collect();
        Some(Self {
            statements: statements.len(),
            has_head: model.classes.is_some(),
            measures: estimates(&whole, &replicates),
            by_class: names
                .iter()
                .enumerate()
                .map(|(at, name)| figures(name, at, &whole, &replicates))
                .collect(),
            confusion: sample.confusion(),
            reliability: reliability_table(&confidences),
            null_error: (!probabilities.is_empty())
                .then(|| null_calibration_error(&probabilities, draws, seed)),
            systems,
            classes: names,
        })
    }
}

/// The classes of the model, then those that only labels or other systems have, by the value that they stand for.
fn class_names(
    model: &ClassPredictions,
    values: &BTreeMap<String, Label>,
    others: &[(&str, ClassPredictions)],
) -> Vec<String> {
    let mut names = model.classes.clone();
    let all: BTreeSet<&String> =
        values.keys().chain(others.iter().flat_map(|(_, other)| &other.classes)).collect();
    names.extend(all.into_iter().filter(|name| !model.classes.contains(name)).cloned());
    let value = |name: &String| values.get(name).map_or(0.0, Label::score);
    names.sort_by(|a, b| value(a).total_cmp(&value(b)).then_with(|| a.cmp(b)));
    names
}

/// Predicts the most frequent class, the first of equal ones.
fn majority(gold: &[usize], names: &[String]) -> ClassPredictions {
    let count = |class: usize| gold.iter().filter(|other| **other == class).count();
    let best = (0..names.len()).rev().max_by_key(|class| count(*class)).unwrap_or(0);
    ClassPredictions { classes: names.to_vec(), predicted: vec![best; gold.len()], probabilities: Vec::new() }
}

fn estimate(
    value: impl Fn(&ClassValues) -> Option<f64>,
    whole: &ClassValues,
    replicates: &[ClassValues],
) -> Option<Estimate> {
    Some(Estimate::new(value(whole)?, replicates.iter().filter_map(&value).collect()))
}

fn estimates(whole: &ClassValues, replicates: &[ClassValues]) -> ClassEstimates {
    let of_measure =
        |(name, value): NamedMeasure| Some((name.to_owned(), estimate(value, whole, replicates)?));
    MEASURES.into_iter().filter_map(of_measure).collect()
}

fn figures(name: &str, at: usize, whole: &ClassValues, replicates: &[ClassValues]) -> ClassFigures {
    ClassFigures {
        class: name.to_owned(),
        n: whole.by_class[at].support.round() as usize,
        precision: estimate(|values| values.by_class[at].precision, whole, replicates),
        recall: estimate(|values| values.by_class[at].recall, whole, replicates),
        f1: estimate(|values| values.by_class[at].f1, whole, replicates),
    }
}

/// Differences of all measures that both systems have. Replicates of the same number resample the same cases.
fn differences(
    (first, of_first): (&ClassValues, &[ClassValues]),
    (second, of_second): (&ClassValues, &[ClassValues]),
) -> BTreeMap<String, ClassDifference> {
    let difference = |(name, value): NamedMeasure| {
        let of_pair = |a: &ClassValues, b: &ClassValues| Some(value(a)? - value(b)?);
        let replicates: Vec<f64> =
            of_first.iter().zip(of_second).filter_map(|(a, b)| of_pair(a, b)).collect();
        let p_value = p_value_of_difference(&replicates);
        Some((
            name.to_owned(),
            ClassDifference { estimate: Estimate::new(of_pair(first, second)?, replicates), p_value },
        ))
    };
    MEASURES.into_iter().filter_map(difference).collect()
}
