//! [`ModelCard`]: provenance, accuracy and limits of a model (Mitchell et al. 2019).

use std::collections::BTreeMap;
use std::sync::Arc;

use detente::{Result, Scorer, TrainedModel};
use serde::{Deserialize, Serialize};

use crate::card::data_file::{DataFile, SourceCount};
use crate::card::thresholds::{ThresholdResult, Thresholds};
use crate::corpus::labelled::{LabelledStatement, up_to_colon};
use crate::evaluate::baselines::baselines;
use crate::evaluate::class_predictions::ClassPredictions;
use crate::evaluate::evaluation::{Evaluation, SubsetMeasures};
use crate::evaluate::evaluator::Evaluator;
use crate::evaluate::measures::Measure;
use crate::evaluate::name_swap::{NameSwapResult, name_swap_test};
use crate::evaluate::prediction::Prediction;
use crate::evaluate::system_predictions::SystemPredictions;
use crate::fit::aggregation::LearnedAggregation;
use crate::fit::learning_curve::CurvePoint;
use crate::fit::linear_heads::FamilyShare;
use crate::fit::outcome::TrainingOutcome;
use crate::fit::params::TrainParams;
use crate::fit::soft_label_effect::SoftLabelEffect;
use crate::fit::training_data::TrainingData;

/// Purpose of a model without classes.
const INTENDED_USE: &str = "Scores statements of English texts about negotiations: the prospects of an agreement that a statement implies, and how firmly its source commits to it.";
/// Purpose of a model: that of the labels, if they are names of classes.
fn intended_use(model: &TrainedModel) -> String {
    if model.classes().is_empty() {
        return INTENDED_USE.to_owned();
    }
    let classes = model.classes().join(", ");
    format!(
        "Tells which of these classes a statement of an English text belongs to: {classes}. The score is the value that the settings give to the class, as an expected value."
    )
}

/// Limits of every model of this kind.
const LIMITS: [&str; 4] = [
    "A score is an expectation about the wording, not a fact about the talks.",
    "A score does not say who wins or who is right.",
    "Names of people, places, firms and parties are masked: knowledge about them has no effect.",
    "English only; accuracy is lower on texts unlike the sources listed here.",
];

/// A source with a lower correlation is a known failure.
const MIN_SOURCE_R: f64 = 0.5;
/// Number of statements from which the correlation of a source is reliable enough to report.
const MIN_SOURCE_STATEMENTS: usize = 50;
/// A probe with a lower accuracy is a known failure.
const MIN_PROBE_ACCURACY: f64 = 0.7;

/// Provenance, accuracy and limits of a model. It contains no time and no path: the same training writes the
/// same card. Its `Display` is Markdown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ModelCard {
    /// Version of the format; fields are added, never removed.
    pub schema: u32,
    /// Id of the model.
    pub id: String,
    /// Version of the program that trained it.
    pub version: String,
    /// BLAKE3 hash of `model.bin`.
    pub blake3: String,
    /// Whether all thresholds were reached; `None` if none were set.
    pub shippable: Option<bool>,
    /// Results of the thresholds.
    #[serde(rename = "bars")]
    pub thresholds: Vec<ThresholdResult>,
    /// Labelled files.
    pub data: Vec<DataFile>,
    /// Files of the lexicon.
    pub lexicon: Vec<DataFile>,
    /// Statements by source.
    pub sources: Vec<SourceCount>,
    /// Licence notes.
    pub licence: Vec<String>,
    /// Settings of the training.
    pub settings: TrainingSettings,
    /// Features by family.
    pub features: Vec<FamilyShare>,
    /// Evaluations of the out-of-fold predictions: real statements, authored ones.
    pub out_of_fold: Vec<Evaluation>,
    /// Name swap test of the model on all labelled statements.
    pub name_swaps: NameSwapResult,
    /// The learned aggregation of statements to articles.
    #[serde(default)]
    pub aggregation: Option<LearnedAggregation>,
    /// Effect of softly labelled statements, if there were any.
    #[serde(rename = "soft")]
    pub soft_labels: Option<SoftLabelEffect>,
    /// The learning curve, if it was requested.
    #[serde(rename = "curve")]
    pub learning_curve: Vec<CurvePoint>,
    /// Purpose of the model.
    pub intended_use: String,
    /// Limits of the model.
    pub limits: Vec<String>,
    /// Sources and probes with low accuracy.
    pub known_failures: Vec<String>,
}

/// What a card states besides the training itself.
#[derive(Clone, Debug)]
pub struct CardInputs {
    /// Labelled files.
    pub data: Vec<DataFile>,
    /// Files of the lexicon.
    pub lexicon: Vec<DataFile>,
    /// Licence notes.
    pub licence: Vec<String>,
    /// Settings of the training.
    pub settings: TrainingSettings,
    /// Bootstrap replicates of the intervals.
    pub draws: usize,
}

/// Settings of a training as its card states them; see [`TrainParams`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TrainingSettings {
    /// Seed of folds and intervals.
    pub seed: u64,
    /// Number of folds.
    pub folds: usize,
    /// L2 penalty of the weights, for outlook, bearing, hedge.
    pub l2: Vec<f64>,
    /// L2 penalty of the weights of classes.
    #[serde(default)]
    pub class_l2: f64,
    /// Whether all classes have the same total weight.
    #[serde(default)]
    pub balanced: bool,
    /// Weight of a softly labelled statement.
    #[serde(rename = "soft")]
    pub soft_weight: f64,
    /// Weight of an authored statement.
    #[serde(rename = "authored")]
    pub authored_weight: f64,
    /// Share of the score that is kept at bearing probability 0.
    #[serde(rename = "open")]
    pub gate_floor: f64,
    /// Number of statements that a feature must occur in.
    #[serde(rename = "rare")]
    pub min_statements: u32,
    /// Number of features that are kept.
    #[serde(rename = "columns")]
    pub max_columns: usize,
    /// Conversion of label names, if there was one.
    #[serde(rename = "labels")]
    pub label_map: Option<String>,
    /// Whether the settings were chosen by nested tuning.
    pub tuned: bool,
}

impl TrainingSettings {
    /// The settings of a training, with its conversion of label names and whether it was tuned.
    ///
    /// ```
    /// use detente_train::{TrainParams, TrainingSettings};
    /// let settings = TrainingSettings::new(&TrainParams::default(), None, false);
    /// assert_eq!((settings.folds, settings.soft_weight), (5, 1.0));
    /// ```
    #[must_use]
    pub fn new(params: &TrainParams, label_map: Option<String>, tuned: bool) -> Self {
        Self {
            seed: params.seed,
            folds: params.folds,
            l2: params.l2.to_vec(),
            class_l2: params.class_l2,
            balanced: params.balanced,
            soft_weight: params.soft_weight,
            authored_weight: params.authored_weight,
            gate_floor: params.gate_floor,
            min_statements: params.min_statements,
            max_columns: params.max_columns,
            label_map,
            tuned,
        }
    }
}

impl ModelCard {
    /// The card of a trained model, without thresholds, learning curve and effect of soft labels.
    ///
    /// # Errors
    /// If the model cannot be serialized.
    pub fn new(outcome: &TrainingOutcome, data: &TrainingData, inputs: CardInputs) -> Result<Self> {
        let model = Arc::new(outcome.model.clone());
        let evaluator = Evaluator { draws: inputs.draws, seed: inputs.settings.seed, ..Evaluator::default() };
        let of_statement = |at: usize| outcome.class_probabilities.get(at).cloned().flatten();
        let evaluate = |name: &str,
                        statements: &[LabelledStatement],
                        predictions: &[Option<Prediction>],
                        first: usize| {
            let rows: Vec<usize> = (0..statements.len())
                .filter(|at| predictions.get(*at).is_some_and(Option::is_some))
                .collect();
            let probabilities: Option<Vec<Vec<f64>>> =
                rows.iter().map(|at| of_statement(first + at)).collect();
            let classes = probabilities
                .filter(|_| !model.classes().is_empty())
                .map(|p| ClassPredictions::of_probabilities(model.classes().to_vec(), p));
            let statements: Vec<&LabelledStatement> = rows.iter().map(|at| &statements[*at]).collect();
            let predictions = rows.iter().filter_map(|at| predictions[*at]).collect();
            let out_of_fold = SystemPredictions { name: model.id().to_owned(), predictions, classes };
            (!statements.is_empty())
                .then(|| evaluator.evaluate(name, &statements, &out_of_fold, &baselines(&model, &statements)))
        };
        let real = if data.authored.is_empty() { "labelled" } else { "real" };
        let (of_real, of_authored) = outcome.predictions.split_at(data.real.len());
        let out_of_fold: Vec<Evaluation> = [
            evaluate(real, &data.real, of_real, 0),
            evaluate("authored", &data.authored, of_authored, data.real.len()),
        ]
        .into_iter()
        .flatten()
        .collect();
        let labelled = data.statements().filter(|s| s.label.is_some()).map(|s| s.text.as_str());
        let name_swaps = name_swap_test(&mut Scorer::new(Arc::clone(&model)), labelled);
        Ok(Self {
            schema: 1,
            id: model.id().to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            blake3: blake3::hash(&model.to_bytes()?).to_hex().to_string(),
            shippable: None,
            thresholds: Vec::new(),
            data: inputs.data,
            lexicon: inputs.lexicon,
            sources: count_sources(data.statements()),
            licence: inputs.licence,
            settings: inputs.settings,
            features: outcome.families.iter().map(rounded_share).collect(),
            known_failures: known_failures(&out_of_fold),
            out_of_fold,
            name_swaps,
            aggregation: outcome.aggregation.clone(),
            soft_labels: None,
            learning_curve: Vec::new(),
            intended_use: intended_use(&model),
            limits: LIMITS.map(String::from).to_vec(),
        })
    }

    /// Checks the thresholds and records whether the model reaches all of them.
    pub fn check(&mut self, thresholds: &Thresholds) {
        let evaluations: Vec<&Evaluation> = self.out_of_fold.iter().collect();
        self.thresholds = thresholds.check(&evaluations, Some(self.name_swaps));
        self.shippable = Some(self.thresholds.iter().all(|result| result.passed));
    }
}

/// Sources and probes with low accuracy, in words.
fn known_failures(evaluations: &[Evaluation]) -> Vec<String> {
    let mut found = Vec::new();
    let r = |source: &SubsetMeasures| source.measures.get(&Measure::Pearson).map(|r| r.value);
    for source in evaluations.iter().flat_map(|e| &e.sources) {
        let r = r(source).filter(|r| source.statements >= MIN_SOURCE_STATEMENTS && *r < MIN_SOURCE_R);
        if let Some(r) = r {
            found.push(format!("{}: r {r:.2} over {} statements", source.name, source.statements));
        }
    }
    let contrast_sets = evaluations.iter().filter_map(|e| e.contrast_sets.as_ref());
    for probe in contrast_sets.flat_map(|sets| &sets.probes) {
        if probe.accuracy() < MIN_PROBE_ACCURACY {
            found.push(format!(
                "contrast sets on {}: {:.0}% of {} pairs in the right order",
                probe.probe,
                100.0 * probe.accuracy(),
                probe.pairs
            ));
        }
    }
    found
}

/// Counts statements by source, or by probe without a source; sorted by name.
fn count_sources<'a>(statements: impl IntoIterator<Item = &'a LabelledStatement>) -> Vec<SourceCount> {
    let mut counts: BTreeMap<&str, SourceCount> = BTreeMap::new();
    for statement in statements {
        let name = up_to_colon(statement.source.as_deref().or(statement.probe.as_deref()).unwrap_or("-"));
        let count = counts.entry(name).or_insert_with(|| SourceCount::new(name));
        if statement.label.is_some() {
            count.labelled += 1;
        } else {
            count.soft += 1;
        }
    }
    counts.into_values().collect()
}

/// The share with its weight rounded to 2 decimals.
fn rounded_share(share: &FamilyShare) -> FamilyShare {
    FamilyShare { weight: (share.weight * 100.0).round() / 100.0, ..share.clone() }
}
