//! [`Evaluation`]: everything that is measured on one data set.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::corpus::labelled::{Label, LabelledStatement};
use crate::evaluate::article_metrics::ArticleFigures;
use crate::evaluate::bootstrap::{Bootstrap, Estimate, four_decimals};
use crate::evaluate::confusion::Confusion;
use crate::evaluate::contrast_sets::{PairOrder, pairs};
use crate::evaluate::measures::{Estimates, Predicted, Sample};
use crate::evaluate::paired_bootstrap::{PairedDifference, compare};
use crate::evaluate::reliability::{ReliabilityBin, chance_error, reliability};

/// The figures of one system.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct System {
    /// Its name.
    pub name: String,
    /// Its figures.
    pub measures: Estimates,
    /// What the model's figures exceed it by.
    pub differences: Vec<PairedDifference>,
}

/// The model's figures on a part of the data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// Name of the source or probe.
    pub name: String,
    /// Number of statements.
    pub statements: usize,
    /// Its figures.
    pub measures: Estimates,
}

/// A statement whose score is far off.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mistake {
    /// The statement's name.
    pub id: String,
    /// The label's score, -1..+1; 0 where nothing bears.
    #[serde(serialize_with = "four_decimals")]
    pub label: f64,
    /// The model's score.
    #[serde(serialize_with = "four_decimals")]
    pub score: f64,
    /// The statement's words.
    pub text: String,
}

/// Everything that is measured on one data set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evaluation {
    /// Name of the data.
    pub data: String,
    /// Id of the model.
    pub model: String,
    /// Number of labelled statements.
    pub statements: usize,
    /// Number of groups that intervals are drawn over.
    pub groups: usize,
    /// Draws of the bootstrap.
    pub draws: usize,
    /// Seed of the bootstrap.
    pub seed: u64,
    /// The model's figures.
    pub measures: Estimates,
    /// Other systems on the same statements.
    pub systems: Vec<System>,
    /// By source, sorted by name.
    pub sources: Vec<Group>,
    /// By probe, sorted by name.
    pub probes: Vec<Group>,
    /// Labels (rows) against predictions (columns): no bearing, -3 to +3.
    pub confusion: Confusion,
    /// Reliability of the bearing.
    pub bearing: Vec<ReliabilityBin>,
    /// Reliability of the hedge, among those that bear.
    pub hedge: Vec<ReliabilityBin>,
    /// The bearing's calibration error that chance alone makes, were the probabilities exactly right.
    pub bearing_chance: Option<Estimate>,
    /// The same of the hedge, among those that bear.
    pub hedge_chance: Option<Estimate>,
    /// The contract of pairs, where there are contrast sets.
    pub pairs: Option<PairOrder>,
    /// Outlooks of whole articles, where there are labelled ones.
    pub articles: Option<ArticleFigures>,
    /// The same by schemes that add statements up in other ways.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub schemes: Vec<(String, ArticleFigures)>,
    /// The largest errors, where they are asked for.
    pub errors: Vec<Mistake>,
}

/// Measures a model's predictions, and those of other systems, one for one with labelled statements.
/// Statements without a label are passed over.
#[must_use]
pub fn evaluate(
    (data, model): (&str, &str),
    statements: &[&LabelledStatement],
    predicted: &[Predicted],
    others: &[(String, Vec<Predicted>)],
    (draws, seed): (usize, u64),
) -> Evaluation {
    let places: Vec<usize> = (0..statements.len()).filter(|at| statements[*at].label.is_some()).collect();
    let pick = |from: &[Predicted]| places.iter().filter_map(|at| from.get(*at).copied()).collect::<Vec<_>>();
    let statements: Vec<&LabelledStatement> = places.iter().map(|at| statements[*at]).collect();
    let labels: Vec<Label> = statements.iter().filter_map(|s| s.label).collect();
    let predicted = pick(predicted);
    let bootstrap = Bootstrap::new(statements.iter().map(|s| s.group.as_str()), draws, seed);
    let sample = Sample::new(&predicted, &labels);
    let system = |(name, other): &(String, Vec<Predicted>)| {
        let other = Sample::new(&pick(other), &labels);
        System {
            name: name.clone(),
            measures: other.estimates(&bootstrap),
            differences: compare(&sample, &other, &bootstrap),
        }
    };
    let parts = |name: &dyn Fn(&LabelledStatement) -> Option<String>| {
        let mut parts: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, statement) in statements.iter().enumerate() {
            if let Some(name) = name(statement) {
                parts.entry(name).or_default().push(at);
            }
        }
        let measured = |(name, cases): (String, Vec<usize>)| {
            let predicted: Vec<_> = cases.iter().map(|at| predicted[*at]).collect();
            let labels: Vec<_> = cases.iter().map(|at| labels[*at]).collect();
            let measures = Sample::new(&predicted, &labels).estimates(&bootstrap.select(&cases));
            Group { name, statements: cases.len(), measures }
        };
        parts.into_iter().map(measured).collect::<Vec<Group>>()
    };
    let known = |p: &dyn Fn(&Predicted) -> Option<f64>, hit: &dyn Fn(&Label) -> Option<bool>| {
        let cases = predicted.iter().zip(&labels).filter_map(|(x, label)| Some((p(x)?, hit(label)?)));
        let cases: Vec<(f64, bool)> = cases.collect();
        let probabilities: Vec<f64> = cases.iter().map(|(p, _)| *p).collect();
        let chance = (!cases.is_empty()).then(|| chance_error(&probabilities, draws, seed));
        (reliability(&cases), chance)
    };
    let (bearing, bearing_chance) = known(&|p| p.bearing, &|label| Some(label.bears()));
    let (hedge, hedge_chance) = known(&|p| p.hedge, &Label::hedged);
    Evaluation {
        data: data.to_owned(),
        model: model.to_owned(),
        statements: labels.len(),
        groups: bootstrap.groups(),
        draws,
        seed,
        measures: sample.estimates(&bootstrap),
        systems: others.iter().map(system).collect(),
        sources: parts(&|s| s.src.as_deref().map(source_name)),
        probes: parts(&|s| s.probe.clone()),
        confusion: Confusion::new(&predicted, &labels),
        bearing,
        hedge,
        bearing_chance,
        hedge_chance,
        pairs: pairs(&statements, &predicted),
        articles: None,
        schemes: Vec::new(),
        errors: Vec::new(),
    }
}

impl Evaluation {
    /// The same with the `most` statements whose scores are farthest off.
    #[must_use]
    pub fn with_errors(
        mut self,
        statements: &[&LabelledStatement],
        predicted: &[Predicted],
        most: usize,
    ) -> Self {
        let mistake = |(s, p): (&&LabelledStatement, &Predicted)| {
            let label = s.label.as_ref()?.score();
            Some(Mistake { id: s.id.clone(), label, score: p.score, text: s.text.clone() })
        };
        let mut errors: Vec<Mistake> = statements.iter().zip(predicted).filter_map(mistake).collect();
        let off = |m: &Mistake| (m.label - m.score).abs();
        errors.sort_by(|a, b| off(b).total_cmp(&off(a)).then_with(|| a.id.cmp(&b.id)));
        errors.truncate(most);
        self.errors = errors;
        self
    }
}

/// The source without the story: what stands before the first colon.
fn source_name(src: &str) -> String {
    src.split(':').next().unwrap_or(src).to_owned()
}
