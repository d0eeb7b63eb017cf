//! [`Measures`]: how well a model's numbers agree with labels, in a few figures.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::corpus::labelled::Label;
use crate::evaluate::bootstrap::{Bootstrap, Estimate};
use crate::evaluate::metrics::{Ranked, macro_f1, quadratic_kappa, weighted_error, weighted_pearson};
use crate::evaluate::reliability::weighted_calibration_error;

/// What a model says of one statement.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Predicted {
    /// Expected score, -1..+1.
    pub score: f64,
    /// Probability of a bearing, 0..1; `None` of a system that gives none.
    pub bearing: Option<f64>,
    /// Probability of a hedge, 0..1; `None` of a system that gives none.
    pub hedge: Option<f64>,
}

impl Predicted {
    /// Of a system that gives nothing but scores.
    #[must_use]
    pub fn score_only(score: f64) -> Self {
        Self { score, bearing: None, hedge: None }
    }
}

/// A measure of agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Pearson's correlation of score and label, no bearing counting 0.
    R,
    /// Mean absolute error of the score, on -1..+1.
    Mae,
    /// Chance that a positive statement scores above a negative one (labels of at least half a step).
    Sign,
    /// Chance that a bearing statement gets a higher bearing than another.
    Bearing,
    /// The same for hedges, among those that bear.
    Hedge,
    /// Mean F1 of negative, neutral and positive, parted at half a step of -3..+3.
    F1,
    /// Kappa with quadratic weights over the seven steps.
    Kappa,
    /// Expected calibration error of the bearing, ten bins of equal width.
    BearingEce,
    /// The same of the hedge, among those that bear.
    HedgeEce,
}

impl Measure {
    /// All of them, in the order of reports.
    pub const ALL: [Self; 9] = [
        Self::R,
        Self::Mae,
        Self::Sign,
        Self::Bearing,
        Self::Hedge,
        Self::F1,
        Self::Kappa,
        Self::BearingEce,
        Self::HedgeEce,
    ];

    /// Its name on the command line and in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::R => "r",
            Self::Mae => "mae",
            Self::Sign => "sign",
            Self::Bearing => "bearing",
            Self::Hedge => "hedge",
            Self::F1 => "f1",
            Self::Kappa => "kappa",
            Self::BearingEce => "bearing_ece",
            Self::HedgeEce => "hedge_ece",
        }
    }

    /// Its name in reports.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::R => "r",
            Self::Mae => "MAE",
            Self::Sign => "sign AUC",
            Self::Bearing => "bearing AUC",
            Self::Hedge => "hedge AUC",
            Self::F1 => "macro-F1",
            Self::Kappa => "kappa",
            Self::BearingEce => "bearing ECE",
            Self::HedgeEce => "hedge ECE",
        }
    }

    /// The measure of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|measure| measure.name() == name)
    }

    /// Whether less is better.
    #[must_use]
    pub fn is_error(self) -> bool {
        matches!(self, Self::Mae | Self::BearingEce | Self::HedgeEce)
    }
}

/// Measures of agreement; `None` where labels or predictions do not allow one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measures {
    /// Number of statements.
    pub n: usize,
    values: [Option<f64>; Measure::ALL.len()],
}

impl Measures {
    /// The value of a measure.
    #[must_use]
    pub fn get(&self, measure: Measure) -> Option<f64> {
        self.values[measure as usize]
    }
}

impl std::fmt::Display for Measures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "n {}", self.n)?;
        for measure in Measure::ALL {
            if let Some(value) = self.get(measure) {
                write!(f, "  {} {value:.3}", measure.title())?;
            }
        }
        Ok(())
    }
}

/// Estimates by measure, where there is one.
pub type Estimates = BTreeMap<Measure, Estimate>;

/// Half a step of -3..+3: what lies within is neutral.
pub(crate) const HALF_STEP: f64 = 0.5 / 3.0;

/// Places, probabilities and hits.
type Cases = Vec<(usize, f64, bool)>;

/// Predictions and labels, prepared to be measured again and again with other weights.
#[derive(Clone, Debug)]
pub struct Sample {
    scores: Vec<f64>,
    gold: Vec<f64>,
    sign: Ranked,
    bearing: Option<(Ranked, Cases)>,
    hedge: Option<(Ranked, Cases)>,
    classes: (Vec<usize>, Vec<usize>),
    steps: (Vec<usize>, Vec<usize>),
}

impl Sample {
    /// Prepares predictions and labels, one for one.
    #[must_use]
    pub fn new(predicted: &[Predicted], labels: &[Label]) -> Self {
        let scores: Vec<f64> = predicted.iter().map(|p| p.score).collect();
        let gold: Vec<f64> = labels.iter().map(Label::score).collect();
        let signed = scores.iter().zip(&gold).enumerate().filter(|(_, (_, gold))| gold.abs() >= HALF_STEP);
        let sign = Ranked::new(signed.map(|(at, (score, gold))| (at, *score, *gold > 0.0)));
        let prepared = |cases: Vec<Option<(usize, f64, bool)>>| {
            let known: Vec<_> = cases.into_iter().flatten().collect();
            (!known.is_empty()).then(|| (Ranked::new(known.iter().copied()), known))
        };
        let cases = || predicted.iter().zip(labels).enumerate();
        let bearing = cases().map(|(at, (p, label))| Some((at, p.bearing?, label.bears()))).collect();
        let hedge = cases().map(|(at, (p, label))| Some((at, p.hedge?, label.hedged()?))).collect();
        let class = |score: &f64| usize::from(*score > -HALF_STEP) + usize::from(*score >= HALF_STEP);
        let step = |score: &f64| ((3.0 * score).round().clamp(-3.0, 3.0) + 3.0) as usize;
        Self {
            classes: (scores.iter().map(class).collect(), gold.iter().map(class).collect()),
            steps: (scores.iter().map(step).collect(), gold.iter().map(step).collect()),
            sign,
            bearing: prepared(bearing),
            hedge: prepared(hedge),
            scores,
            gold,
        }
    }

    /// Number of cases.
    #[must_use]
    pub fn len(&self) -> usize {
        self.gold.len()
    }

    /// Whether there are no cases.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.gold.is_empty()
    }

    /// The measures where every case counts with its weight.
    #[must_use]
    pub fn measures(&self, weights: &[f64]) -> Measures {
        let auc = |part: &Option<(Ranked, Cases)>| part.as_ref().and_then(|(ranked, _)| ranked.auc(weights));
        let error = |part: &Option<(Ranked, Cases)>| {
            let (_, cases) = part.as_ref()?;
            Some(weighted_calibration_error(cases.iter().map(|(at, p, hit)| (*p, *hit, weights[*at]))))
        };
        let value = |measure| match measure {
            Measure::R => Some(weighted_pearson(&self.scores, &self.gold, weights)),
            Measure::Mae => Some(weighted_error(&self.scores, &self.gold, weights)),
            Measure::Sign => self.sign.auc(weights),
            Measure::Bearing => auc(&self.bearing),
            Measure::Hedge => auc(&self.hedge),
            Measure::F1 => Some(macro_f1(&self.classes.0, &self.classes.1, weights, 3)),
            Measure::Kappa => Some(quadratic_kappa(&self.steps.0, &self.steps.1, weights, 7)),
            Measure::BearingEce => error(&self.bearing),
            Measure::HedgeEce => error(&self.hedge),
        };
        Measures { n: self.gold.len(), values: Measure::ALL.map(value) }
    }

    /// The measures with their intervals.
    #[must_use]
    pub fn estimates(&self, bootstrap: &Bootstrap) -> Estimates {
        let drawn = bootstrap.draw(|weights| self.measures(weights).values);
        let here = self.measures(&vec![1.0; self.gold.len()]);
        let estimate = |measure: Measure| {
            let value = here.get(measure)?;
            let draws = drawn.iter().filter_map(|values| values[measure as usize]).collect();
            Some((measure, Estimate::new(value, draws)))
        };
        Measure::ALL.into_iter().filter_map(estimate).collect()
    }
}

/// Measures `predicted` against `labels`, one for one.
#[must_use]
pub fn measure(predicted: &[Predicted], labels: &[Label]) -> Measures {
    Sample::new(predicted, labels).measures(&vec![1.0; labels.len()])
}
