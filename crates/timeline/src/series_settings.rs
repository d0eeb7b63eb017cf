//! [`SeriesSettings`]: how a series is computed from votes.

use detente::Error;
use serde::Serialize;
use strum::{Display, EnumString, VariantNames};

use crate::period::Period;

/// How a series is computed from votes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SeriesSettings {
    /// The length of one point.
    pub period: Period,
    /// The weights of the votes within a period.
    pub weighting: VoteWeighting,
    /// The score of periods without votes.
    pub gap_fill: GapFill,
    /// The model of the underlying level.
    pub smoothing: Smoothing,
    /// Half-life of a vote's weight in days, for [`Smoothing::Ewma`] and the column `decayed`. Default 28.
    pub half_life: f64,
}

impl Default for SeriesSettings {
    fn default() -> Self {
        Self {
            period: Period::default(),
            weighting: VoteWeighting::default(),
            gap_fill: GapFill::default(),
            smoothing: Smoothing::default(),
            half_life: 28.0,
        }
    }
}

/// The weights of the votes within a period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Display, EnumString, VariantNames)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase", parse_err_ty = Error, parse_err_fn = unknown_weighting)]
pub enum VoteWeighting {
    /// The same weight for each vote.
    #[default]
    Equal,
    /// Inverse-variance weights: 1 / (half-width of the article's interval)².
    Interval,
    /// The same total weight for each source, whatever the number of its stories.
    Source,
}

fn unknown_weighting(name: &str) -> Error {
    crate::option_name::unknown::<VoteWeighting>("weights", name)
}

/// The score of periods without votes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Display, EnumString, VariantNames)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase", parse_err_ty = Error, parse_err_fn = unknown_gap_fill)]
pub enum GapFill {
    /// No score: silence is not a score of 0.
    #[default]
    None,
    /// The last score, with a band that widens with time.
    Latest,
}

fn unknown_gap_fill(name: &str) -> Error {
    crate::option_name::unknown::<GapFill>("fill", name)
}

/// The model of the level that underlies the points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Display, EnumString, VariantNames)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case", parse_err_ty = Error, parse_err_fn = unknown_smoothing)]
pub enum Smoothing {
    /// A local-level model that starts afresh at each turning point, smoothed over all points. Its variances have a
    /// prior, so that the level also moves in series of few articles.
    #[default]
    Level,
    /// A local-level model without turning points, smoothed over all points; maximum-likelihood variances.
    LocalLevel,
    /// An exponentially weighted moving average of the points so far.
    Ewma,
    /// No level.
    None,
}

fn unknown_smoothing(name: &str) -> Error {
    crate::option_name::unknown::<Smoothing>("smooth", name)
}
