//! [`ModelCard`]: what a model was made of, what it can do and where it fails.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use detente::{Result, Scorer};
use serde::{Deserialize, Serialize};

use crate::corpus::labelled::LabelledStatement;
use crate::evaluate::baseline::baselines;
use crate::evaluate::evaluation::{Evaluation, Group, evaluate};
use crate::evaluate::measures::{Estimates, Measure, Predicted};
use crate::evaluate::name_swap::{NameSwaps, name_swaps};
use crate::fit::aggregate::LearnedAggregation;
use crate::fit::learning_curve::CurvePoint;
use crate::fit::thresholds::Threshold;
use crate::fit::train::{TrainParams, Trained};

/// A file that the model was made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataFile {
    /// The file's name, without its folder.
    pub name: String,
    /// BLAKE3 hash of its bytes.
    pub blake3: String,
    /// Labelled statements, or entries of a lexicon.
    pub records: usize,
}

impl DataFile {
    /// A file with its hash.
    #[must_use]
    pub fn new(name: impl Into<String>, bytes: &[u8], records: usize) -> Self {
        Self { name: name.into(), blake3: blake3::hash(bytes).to_hex().to_string(), records }
    }
}

/// Statements of one source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceCount {
    /// The source: `src` up to its colon, the domain of an article, or the probe of a contrast set.
    pub name: String,
    /// Labelled statements.
    pub labelled: usize,
    /// Softly labelled statements.
    pub soft: usize,
}

/// Columns of one family of features.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FamilyShare {
    /// The family.
    pub family: String,
    /// Columns that were kept.
    pub columns: usize,
    /// Sum of the absolute outlook weights.
    pub weight: f64,
}

/// What softly labelled statements bought.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SoftLabelCount {
    /// Number of softly labelled statements.
    pub statements: usize,
    /// Weight of each beside a labelled one of real text.
    pub weight: f64,
    /// Out-of-fold figures of the same training without them.
    pub without: Estimates,
}

/// The settings of the training.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrainingSettings {
    /// Seed of folds and intervals.
    pub seed: u64,
    /// Number of folds.
    pub folds: usize,
    /// Pull of the weights to 0, for outlook, bearing, hedge.
    pub l2: Vec<f64>,
    /// Weight of a softly labelled statement.
    pub soft: f64,
    /// Weight of an authored statement.
    pub authored: f64,
    /// Share of the score that stands where nothing seems to bear.
    pub open: f64,
    /// Fewest statements of a column.
    pub rare: u32,
    /// Most columns.
    pub columns: usize,
    /// How labels of another kind were read.
    pub labels: Option<String>,
    /// Whether settings were chosen by nested tuning.
    pub tuned: bool,
}

impl TrainingSettings {
    /// The settings of a training.
    #[must_use]
    pub fn new(params: &TrainParams, labels: Option<String>, tuned: bool) -> Self {
        Self {
            seed: params.seed,
            folds: params.folds,
            l2: params.l2.to_vec(),
            soft: params.soft,
            authored: params.authored,
            open: params.open,
            rare: params.rare,
            columns: params.columns,
            labels,
            tuned,
        }
    }
}

/// What a model was made of, what it can do and where it fails. The same training writes the
/// same card: it holds no clock and no place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelCard {
    /// Version of this form; it grows, never shrinks.
    pub schema: u32,
    /// The model's id.
    pub id: String,
    /// Version of the program that trained it.
    pub version: String,
    /// BLAKE3 hash of `model.bin`.
    pub blake3: String,
    /// Whether it reached every bar that was set; `None` where none was set.
    pub shippable: Option<bool>,
    /// The bars.
    pub bars: Vec<Threshold>,
    /// The labelled files.
    pub data: Vec<DataFile>,
    /// The lexicon's files.
    pub lexicon: Vec<DataFile>,
    /// Statements by source.
    pub sources: Vec<SourceCount>,
    /// Licence notes.
    pub licence: Vec<String>,
    /// The settings.
    pub settings: TrainingSettings,
    /// Features by family.
    pub features: Vec<FamilyShare>,
    /// Figures of models that had not seen the statement's group: real statements, authored ones.
    pub out_of_fold: Vec<Evaluation>,
    /// Statements with their names swapped, judged by the model itself.
    pub name_swaps: NameSwaps,
    /// How statements add up to articles, where it was learned.
    #[serde(default)]
    pub aggregation: Option<LearnedAggregation>,
    /// What softly labelled statements bought, where there are some.
    pub soft: Option<SoftLabelCount>,
    /// The learning curve, where it was asked for.
    pub curve: Vec<CurvePoint>,
    /// What the model is for.
    pub intended_use: String,
    /// What it is not for.
    pub limits: Vec<String>,
    /// Where it is known to fail, from the figures.
    pub known_failures: Vec<String>,
}

/// What goes into a card besides the training itself.
#[derive(Clone, Debug)]
pub struct CardInputs {
    /// The labelled files.
    pub data: Vec<DataFile>,
    /// The lexicon's files.
    pub lexicon: Vec<DataFile>,
    /// Licence notes.
    pub licence: Vec<String>,
    /// The settings.
    pub settings: TrainingSettings,
    /// Draws of the bootstrap behind the intervals.
    pub draws: usize,
}

impl ModelCard {
    /// The card of a model that was trained on these statements; without bars, curve and soft part.
    ///
    /// # Errors
    /// When the model cannot be written.
    pub fn new(
        trained: &Trained,
        real: &[LabelledStatement],
        authored: &[LabelledStatement],
        made_of: CardInputs,
    ) -> Result<Self> {
        let seed = made_of.settings.seed;
        let (first, second) = trained.predicted.split_at(real.len());
        let evaluated =
            [("real", real, first), ("authored", authored, second)].map(|(name, all, predicted)| {
                let known = all.iter().zip(predicted).filter_map(|(s, p)| Some((s, (*p)?)));
                let (statements, predicted): (Vec<&LabelledStatement>, Vec<Predicted>) = known.unzip();
                let others = baselines(&trained.model, &statements);
                let id = trained.model.id();
                (!statements.is_empty())
                    .then(|| evaluate((name, id), &statements, &predicted, &others, (made_of.draws, seed)))
            });
        let out_of_fold: Vec<Evaluation> = evaluated.into_iter().flatten().collect();
        let mut scorer = Scorer::new(Arc::new(trained.model.clone()));
        let labelled = || real.iter().chain(authored).filter(|s| s.label.is_some());
        Ok(Self {
            schema: 1,
            id: trained.model.id().to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            blake3: blake3::hash(&trained.model.to_bytes()?).to_hex().to_string(),
            shippable: None,
            bars: Vec::new(),
            data: made_of.data,
            lexicon: made_of.lexicon,
            sources: sources(real.iter().chain(authored)),
            licence: made_of.licence,
            settings: made_of.settings,
            features: features(trained),
            known_failures: failures(&out_of_fold),
            out_of_fold,
            name_swaps: name_swaps(&mut scorer, labelled().map(|s| s.text.as_str())),
            aggregation: trained.aggregation.clone(),
            soft: None,
            curve: Vec::new(),
            intended_use: INTENDED.to_owned(),
            limits: LIMITS.map(String::from).to_vec(),
        })
    }

    /// Holds the model against bars; it is shippable where it reaches them all.
    pub fn hold(&mut self, bars: &[(String, f64)]) {
        let evaluations: Vec<&Evaluation> = self.out_of_fold.iter().collect();
        self.bars = Threshold::hold(bars, &evaluations, Some(self.name_swaps));
        self.shippable = Some(self.bars.iter().all(|bar| bar.passed));
    }
}

/// What every model of this kind is for.
const INTENDED: &str = "Reading English text about negotiations, statement by statement: what it implies for the prospects of an agreement, and how firmly its source stands by it.";
/// What no model of this kind can do.
const LIMITS: [&str; 4] = [
    "A score is an expectation about the wording, not a fact about the talks.",
    "Who wins and who is right are not questions that it answers.",
    "Names of people, places, firms and parties are masked: what is known of them does not count.",
    "English only; text unlike the sources listed here is read worse.",
];

/// Correlation below which a source counts as a known failure, and fewest statements to say so.
const WEAK: (f64, usize) = (0.5, 50);
/// Share of right pairs below which a probe counts as a known failure.
const WEAK_PROBE: f64 = 0.7;

/// Where the figures are weak.
fn failures(evaluations: &[Evaluation]) -> Vec<String> {
    let mut found = Vec::new();
    let weak = |part: &&Group| {
        part.statements >= WEAK.1 && part.measures.get(&Measure::R).is_some_and(|r| r.value < WEAK.0)
    };
    for part in evaluations.iter().flat_map(|e| &e.sources).filter(weak) {
        let r = part.measures.get(&Measure::R).map_or(0.0, |r| r.value);
        found.push(format!("{}: r {r:.2} over {} statements", part.name, part.statements));
    }
    for probe in evaluations.iter().filter_map(|e| e.pairs.as_ref()).flat_map(|pairs| &pairs.probes) {
        let share = probe.right as f64 / probe.pairs.max(1) as f64;
        if share < WEAK_PROBE {
            found.push(format!(
                "contrast sets on {}: {:.0}% of {} pairs in the right order",
                probe.probe,
                100.0 * share,
                probe.pairs
            ));
        }
    }
    found
}

/// Counts statements by source, sorted by name.
fn sources<'a>(statements: impl IntoIterator<Item = &'a LabelledStatement>) -> Vec<SourceCount> {
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for statement in statements {
        let name = statement.src.as_deref().or(statement.probe.as_deref()).unwrap_or("-");
        let count = counts.entry(name.split(':').next().unwrap_or(name).to_owned()).or_default();
        if statement.label.is_some() {
            count.0 += 1;
        } else {
            count.1 += 1;
        }
    }
    counts.into_iter().map(|(name, (labelled, soft))| SourceCount { name, labelled, soft }).collect()
}

/// Features of a training by family.
fn features(trained: &Trained) -> Vec<FamilyShare> {
    let share = |(family, columns, weight): &(&str, usize, f64)| FamilyShare {
        family: (*family).to_owned(),
        columns: *columns,
        weight: (weight * 100.0).round() / 100.0,
    };
    trained.families.iter().map(share).collect()
}

impl fmt::Display for ModelCard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "# {}\n\n{}\n", self.id, self.intended_use)?;
        match self.shippable {
            Some(true) => writeln!(f, "It reaches every bar that was set: it may ship.\n")?,
            Some(false) => writeln!(f, "It is below a bar that was set: it must not ship.\n")?,
            None => {}
        }
        for bar in &self.bars {
            writeln!(f, "- {bar}")?;
        }
        writeln!(f, "\n## Figures out of fold\n\nBy models that had not seen the statement's group.\n")?;
        for evaluation in &self.out_of_fold {
            writeln!(f, "```\n{}\n```\n", evaluation.to_string().trim_end())?;
        }
        let swaps = self.name_swaps;
        writeln!(
            f,
            "Names swapped: {} of {} statements keep exactly their numbers.\n",
            swaps.equal, swaps.texts
        )?;
        if let Some(learned) = &self.aggregation {
            writeln!(
                f,
                "## Articles\n\nHow statements add up, and how well on negotiations left out.\n\n{learned}"
            )?;
        }
        if let Some(soft) = &self.soft {
            let r = |e: Option<&Estimates>| e.and_then(|e| e.get(&Measure::R)).map_or(0.0, |r| r.value);
            writeln!(
                f,
                "{} softly labelled statements count {} each; without them r is {:.3} instead of {:.3}.\n",
                soft.statements,
                soft.weight,
                r(Some(&soft.without)),
                r(self.out_of_fold.first().map(|e| &e.measures))
            )?;
        }
        for point in &self.curve {
            writeln!(f, "- learned from {} labelled statements: r {:.3}", point.statements, point.r)?;
        }
        list(f, "Limits", &self.limits)?;
        list(f, "Known failures", &self.known_failures)?;
        list(f, "Licence", &self.licence)?;
        writeln!(f, "\n## Data\n\n| file | records | BLAKE3 |\n|---|---|---|")?;
        for file in self.data.iter().chain(&self.lexicon) {
            writeln!(f, "| {} | {} | `{}` |", file.name, file.records, file.blake3)?;
        }
        writeln!(f, "\n| source | labelled | softly labelled |\n|---|---|---|")?;
        for source in &self.sources {
            writeln!(f, "| {} | {} | {} |", source.name, source.labelled, source.soft)?;
        }
        writeln!(f, "\n## Features\n\n| family | columns | total weight |\n|---|---|---|")?;
        for family in &self.features {
            writeln!(f, "| {} | {} | {:.1} |", family.family, family.columns, family.weight)?;
        }
        let settings = serde_json::to_string(&self.settings).map_err(|_| fmt::Error)?;
        writeln!(f, "\n## Settings\n\n`{settings}`")
    }
}

fn list(f: &mut fmt::Formatter<'_>, title: &str, items: &[String]) -> fmt::Result {
    if items.is_empty() {
        return Ok(());
    }
    writeln!(f, "\n## {title}\n")?;
    items.iter().try_for_each(|item| writeln!(f, "- {item}"))
}
