//! Settings of series, comparisons and briefs as Python gives them.

use std::str::FromStr;

use detente::{Day, Error};
use detente_timeline::{
    BriefSettings, ChangeSettings, DateLimits, GroupBy, SeriesSettings, SetSelector, TimelineSettings,
};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::article::day;
use crate::errors::library_error;

/// Which articles are used.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct Limits {
    since: Option<String>,
    until: Option<String>,
    allow_mixed: bool,
}

/// Settings of `timeline`.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct TimelineOptions {
    period: String,
    by: Vec<String>,
    place: String,
    weights: String,
    fill: String,
    smooth: String,
    half_life: f64,
    min_segment: usize,
    alpha: f64,
    causal: bool,
    /// Last day of the model's training news.
    news_until: Option<String>,
    limits: Limits,
}

/// Settings of `compare`.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct CompareOptions {
    names: Option<(String, String)>,
    split: Option<String>,
    before: Option<String>,
    after: Option<String>,
    sides: Option<(String, String)>,
    limits: Limits,
}

/// Settings of `brief`.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct BriefOptions {
    since: Option<String>,
    until: Option<String>,
    period: Option<String>,
    pub(crate) about: Vec<String>,
    allow_mixed: bool,
    news_until: Option<String>,
}

fn parsed<T: FromStr<Err = Error>>(name: &str) -> PyResult<T> {
    name.parse().map_err(|error: Error| library_error(&error))
}

fn optional_day(text: Option<&String>) -> PyResult<Option<Day>> {
    text.map(|text| day(text)).transpose()
}

impl Limits {
    fn to_limits(&self, first_prints: bool) -> PyResult<DateLimits> {
        Ok(DateLimits {
            since: optional_day(self.since.as_ref())?,
            until: optional_day(self.until.as_ref())?,
            allow_mixed: self.allow_mixed,
            first_prints,
        })
    }
}

impl TimelineOptions {
    pub(crate) fn limits(&self) -> PyResult<DateLimits> {
        self.limits.to_limits(self.causal)
    }

    pub(crate) fn settings(&self) -> PyResult<TimelineSettings> {
        if !(self.half_life.is_finite() && self.half_life > 0.0) {
            return Err(PyValueError::new_err("half_life must be a number greater than 0"));
        }
        if !(0.0..=1.0).contains(&self.alpha) {
            return Err(PyValueError::new_err("alpha must be a number between 0 and 1"));
        }
        let group_by: PyResult<Vec<GroupBy>> = self.by.iter().map(|name| parsed(name)).collect();
        Ok(TimelineSettings {
            series: SeriesSettings {
                period: parsed(&self.period)?,
                weighting: parsed(&self.weights)?,
                gap_fill: parsed(&self.fill)?,
                smoothing: parsed(&self.smooth)?,
                half_life: self.half_life,
            },
            change: ChangeSettings {
                min_segment: self.min_segment,
                alpha: self.alpha,
                ..ChangeSettings::default()
            },
            group_by: group_by?,
            date_basis: parsed(&self.place)?,
            causal: self.causal,
            news_until: optional_day(self.news_until.as_ref())?,
        })
    }
}

impl CompareOptions {
    pub(crate) fn limits(&self) -> PyResult<DateLimits> {
        self.limits.to_limits(false)
    }

    pub(crate) fn sets(&self) -> PyResult<SetSelector> {
        if let Some(split) = optional_day(self.split.as_ref())? {
            return Ok(SetSelector::Days { before: split, after: split.plus_days(-1) });
        }
        let days = (optional_day(self.before.as_ref())?, optional_day(self.after.as_ref())?);
        if let (Some(before), Some(after)) = days {
            if after < before.plus_days(-1) {
                let message = "the periods overlap: after must not be earlier than the day before before";
                return Err(PyValueError::new_err(message));
            }
            return Ok(SetSelector::Days { before, after });
        }
        if let Some((first, second)) = &self.sides {
            return Ok(SetSelector::Sides(first.clone(), second.clone()));
        }
        let names = self.names.clone();
        let (first, second) = names.ok_or_else(|| {
            PyValueError::new_err("compare needs two sets, split=, before= with after=, or sides=")
        })?;
        Ok(SetSelector::Inputs(first, second))
    }
}

impl BriefOptions {
    pub(crate) fn limits(&self) -> PyResult<DateLimits> {
        let until = optional_day(self.until.as_ref())?;
        Ok(DateLimits { until, allow_mixed: self.allow_mixed, ..DateLimits::default() })
    }

    pub(crate) fn settings(&self) -> PyResult<BriefSettings> {
        Ok(BriefSettings {
            since: optional_day(self.since.as_ref())?,
            period: self.period.as_deref().map(parsed).transpose()?,
            news_until: optional_day(self.news_until.as_ref())?,
        })
    }
}
