//! [`Aggregation`]: how the statements of an article add up to its outlook.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// A way of sharing an article's weight among its statements.
///
/// Statements count that bear on the prospects, are not background and repeat no earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Profile {
    /// By bearing.
    Bearing,
    /// By bearing, falling with the place: the n-th that counts has 1 / (1 + n).
    Lead,
    /// As the lead, times the size of the score: what is said most strongly.
    Strongest,
    /// As the lead, times closeness to the headline's score: what the headline tells.
    Told,
    /// As the lead, of what parties and the narrator say.
    Parties,
    /// As the lead, of what happened in the days before the article.
    News,
    /// The same for each.
    Mean,
    /// The first alone.
    First,
    /// The last alone.
    Last,
    /// The headline alone.
    Headline,
    /// The same for every statement, those without a bearing at 0 (sentometrics' `proportional`).
    Proportional,
    /// The same for each whose score is not 0 (sentometrics' `proportionalPol`).
    ProportionalPol,
    /// More at both ends of the text (sentometrics' `UShaped`).
    UShaped,
    /// More in the middle (sentometrics' `inverseUShaped`).
    InverseUShaped,
    /// More towards the end (sentometrics' `exponential`).
    Exponential,
    /// More towards the start (sentometrics' `inverseExponential`).
    InverseExponential,
}

impl Profile {
    /// All of them; the learned ones first.
    pub const ALL: [Self; 16] = [
        Self::Bearing,
        Self::Lead,
        Self::Strongest,
        Self::Told,
        Self::Parties,
        Self::News,
        Self::Mean,
        Self::First,
        Self::Last,
        Self::Headline,
        Self::Proportional,
        Self::ProportionalPol,
        Self::UShaped,
        Self::InverseUShaped,
        Self::Exponential,
        Self::InverseExponential,
    ];
    /// Those whose shares in the outlook are learned.
    pub const LEARNED: [Self; 4] = [Self::Bearing, Self::Lead, Self::Strongest, Self::Told];

    /// The name, as `--aggregate` takes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Bearing => "bearing",
            Self::Lead => "lead",
            Self::Strongest => "strongest",
            Self::Parties => "parties",
            Self::News => "news",
            Self::Told => "told",
            Self::Mean => "mean",
            Self::First => "first",
            Self::Last => "last",
            Self::Headline => "headline",
            Self::Proportional => "proportional",
            Self::ProportionalPol => "proportional-pol",
            Self::UShaped => "u-shaped",
            Self::InverseUShaped => "inverse-u-shaped",
            Self::Exponential => "exponential",
            Self::InverseExponential => "inverse-exponential",
        }
    }

    /// What a share of it means, for the card.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Bearing => "every statement that bears, by bearing",
            Self::Lead => "the n-th statement that bears counts 1 / (1 + n)",
            Self::Strongest => "as the lead, times the size of the score",
            Self::Told => "as the lead, times closeness to the headline's score",
            _ => "a scheme for comparison",
        }
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Profile {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        let names = || Self::ALL.map(Self::as_str).join(", ");
        Self::ALL
            .into_iter()
            .find(|profile| profile.as_str() == name)
            .ok_or_else(|| Error::argument("aggregate", &format!("one of learned, {}", names()), name))
    }
}

/// The half-width of an outlook's interval: `quantile` times the root of `base + single / n + v`,
/// where n is the number of statements that count and v the sampling variance of their weighted
/// sum: a text of few or contradicting statements has a wide one.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Width {
    /// What stands however many statements agree.
    pub base: f64,
    /// What a single statement's own uncertainty adds.
    pub single: f64,
    /// Conformal quantile of the errors on negotiations left out, in units of the root.
    pub quantile: f64,
    /// Share of articles whose label such an interval holds, 0..1.
    pub coverage: f64,
}

/// How the statements of an article add up: the shares of [`Profile`]s, all at least 0.
///
/// Their sum is more than 1, because statements are expected values and so nearer to 0 than a
/// reader's judgement of the whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Aggregation {
    /// The share of each profile.
    pub shares: BTreeMap<Profile, f64>,
    /// The width of intervals.
    pub width: Width,
}

impl Aggregation {
    /// One profile alone, with the intervals of `self`.
    #[must_use]
    pub fn alone(&self, profile: Profile) -> Self {
        Self { shares: BTreeMap::from([(profile, 1.0)]), width: self.width }
    }
}

impl Default for Aggregation {
    /// For models that were trained without labelled articles, and for files of format 2: what
    /// `detente train` learns from the 427 authored articles with an outlook, in three decimals.
    fn default() -> Self {
        let shares = [
            (Profile::Bearing, 0.097),
            (Profile::Lead, 0.280),
            (Profile::Strongest, 0.303),
            (Profile::Told, 0.527),
        ];
        let width = Width { base: 0.070, single: 0.193, quantile: 1.816, coverage: 0.9 };
        Self { shares: BTreeMap::from(shares), width }
    }
}
