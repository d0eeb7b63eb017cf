//! [`SeriesReader`]: collects articles for a series, and the settings of series by the parameters of an address.

use std::sync::atomic::Ordering;

use axum::http::StatusCode;
use detente::{Day, ScoredArticle};
use detente_input::InputOptions;
use detente_timeline::{
    BriefReport, BriefSettings, Collector, DateBasis, DateLimits, GroupBy, Period, Retain, ScoredFormat,
    SeriesArticle, SetSelector, TimelineSettings, brief, sections, seems_several,
};
use rayon::prelude::*;

use crate::app::App;
use crate::articles::articles_of_body;
use crate::body::ReadBody;
use crate::params::Params;
use crate::problem::Problem;
use crate::scoring::ScoreOptions;

/// Collects articles: scored ones as they are, others are scored.
pub(crate) struct SeriesReader<'a> {
    app: &'a App,
    retain: Retain,
    options: ScoreOptions,
    pub(crate) collector: Collector,
}

impl<'a> SeriesReader<'a> {
    pub(crate) fn new(app: &'a App, retain: Retain, options: ScoreOptions) -> Self {
        Self { app, retain, options, collector: Collector::default() }
    }

    /// Reads the articles of a body, into the second set of a comparison if `is_second`.
    pub(crate) fn read(
        &mut self,
        body: &ReadBody,
        read: &InputOptions,
        is_second: bool,
    ) -> Result<(), Problem> {
        match ScoredFormat::detect(&body.bytes) {
            None => {
                let engine = self.options.engine(&self.app.engine);
                let articles = articles_of_body(body, read, &self.app.limits)?;
                self.app.metrics.articles.fetch_add(articles.len() as u64, Ordering::Relaxed);
                let score = |mut article| {
                    self.options.prepare(&mut article);
                    SeriesArticle::of_scored(&engine.score(&article), self.retain)
                };
                let scored: Vec<SeriesArticle> = articles.into_par_iter().map(score).collect();
                for article in scored {
                    self.collector.push(article.in_set(is_second));
                }
            }
            Some(ScoredFormat::JsonLines) => {
                for (at, line) in body.bytes.split(|byte| *byte == b'\n').enumerate() {
                    if !line.trim_ascii().is_empty() {
                        self.push(&scored(line, Some(at + 1))?, is_second);
                    }
                }
            }
            Some(ScoredFormat::Json) => {
                let is_array = body.bytes.trim_ascii_start().starts_with(b"[");
                let articles: Vec<ScoredArticle> =
                    if is_array { scored(&body.bytes, None)? } else { vec![scored(&body.bytes, None)?] };
                for article in &articles {
                    self.push(article, is_second);
                }
            }
            Some(ScoredFormat::Table(_) | ScoredFormat::Items) => {
                let message = "scored articles are read as JSON or JSON Lines; tables and packed articles have no texts";
                return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, message));
            }
        }
        Ok(())
    }

    /// Adds a scored article.
    pub(crate) fn push(&mut self, article: &ScoredArticle, is_second: bool) {
        self.collector.push(SeriesArticle::of_scored(article, self.retain).in_set(is_second));
    }
}

/// A scored article, or an array of them.
fn scored<T: serde::de::DeserializeOwned>(json: &[u8], line: Option<usize>) -> Result<T, Problem> {
    serde_json::from_slice(json).map_err(|error| {
        let place = crate::problem::Place { line: Some(line.unwrap_or(error.line())), ..Default::default() };
        let place = Box::new(place);
        let detail = format!("not a scored article: {error}");
        Problem { place, ..Problem::new(StatusCode::UNPROCESSABLE_ENTITY, detail) }
    })
}

/// Which articles count.
pub(crate) fn date_limits(params: &mut Params) -> Result<DateLimits, Problem> {
    Ok(DateLimits {
        since: params.value("since")?,
        until: params.value("until")?,
        allow_mixed: params.is_on("allow_mixed")?,
        first_prints: false,
    })
}

/// The two sets of a comparison; `None` if no parameter selects them.
pub(crate) fn sets(params: &mut Params) -> Result<Option<SetSelector>, Problem> {
    let split: Option<Day> = params.value("split")?;
    let (before, after): (Option<Day>, Option<Day>) = (params.value("before")?, params.value("after")?);
    let sides = params.text("sides");
    let message = "one of split, before with after, and sides selects the sets";
    Ok(match (split, before, after, sides) {
        (None, None, None, None) => None,
        (Some(split), None, None, None) => {
            Some(SetSelector::Days { before: split, after: split.plus_days(-1) })
        }
        (None, Some(before), Some(after), None) => {
            if after < before.plus_days(-1) {
                return Err(Problem::parameter(
                    "after",
                    "earlier than the day before before: the periods overlap",
                ));
            }
            Some(SetSelector::Days { before, after })
        }
        (None, None, None, Some(sides)) => {
            match sides.split(',').map(str::trim).collect::<Vec<_>>().as_slice() {
                [first, second] => Some(SetSelector::Sides((*first).to_owned(), (*second).to_owned())),
                _ => {
                    return Err(Problem::parameter(
                        "sides",
                        "two names with a comma between them are needed",
                    ));
                }
            }
        }
        _ => return Err(Problem::parameter("split", message)),
    })
}

/// The settings of a timeline.
#[derive(Clone, Debug)]
pub(crate) struct TimelineParams {
    pub(crate) settings: TimelineSettings,
}

impl TimelineParams {
    pub(crate) fn of(params: &mut Params) -> Result<Self, Problem> {
        let mut settings = TimelineSettings::default();
        let (series, change) = (&mut settings.series, &mut settings.change);
        series.period = params.value("period")?.unwrap_or(series.period);
        series.weighting = params.value("weights")?.unwrap_or(series.weighting);
        series.gap_fill = params.value("fill")?.unwrap_or(series.gap_fill);
        series.smoothing = params.value("smooth")?.unwrap_or(series.smoothing);
        series.half_life = params.value("half_life")?.unwrap_or(series.half_life);
        if !(series.half_life.is_finite() && series.half_life > 0.0) {
            return Err(Problem::parameter("half_life", "not a number greater than 0"));
        }
        change.min_segment = params.value("min_segment")?.unwrap_or(change.min_segment);
        change.alpha = params.value("alpha")?.unwrap_or(change.alpha);
        if !(0.0..=1.0).contains(&change.alpha) {
            return Err(Problem::parameter("alpha", "not a number between 0 and 1"));
        }
        if let Some(by) = params.text("by") {
            let by: Result<Vec<GroupBy>, _> = by.split(',').map(|name| name.trim().parse()).collect();
            settings.group_by = by.map_err(|error| Problem::parameter("by", error))?;
        }
        settings.date_basis = params.value("place")?.unwrap_or_default();
        settings.causal = params.is_on("causal")?;
        Ok(Self { settings })
    }

    /// Whether the statements of the articles are needed.
    pub(crate) fn needs_statements(&self) -> bool {
        let by_statement = self.settings.date_basis == DateBasis::Statement;
        by_statement || self.settings.group_by.iter().any(|by: &GroupBy| by.needs_statements())
    }

    /// The settings for a model.
    pub(crate) fn settings(self, news_until: Option<Day>) -> TimelineSettings {
        TimelineSettings { news_until, ..self.settings }
    }
}

/// The settings of a brief.
#[derive(Clone, Debug)]
pub(crate) struct BriefParams {
    since: Option<Day>,
    until: Option<Day>,
    period: Option<Period>,
    allow_mixed: bool,
    about: Vec<String>,
}

impl BriefParams {
    /// What a brief needs of its articles.
    pub(crate) const RETAIN: Retain = Retain { statements: true, texts: true, details: true };

    pub(crate) fn of(params: &mut Params) -> Result<Self, Problem> {
        Ok(Self {
            since: params.value("since")?,
            until: params.value("until")?,
            period: params.value("period")?,
            allow_mixed: params.is_on("allow_mixed")?,
            about: params.text("about").into_iter().collect(),
        })
    }

    /// The briefs of all negotiations among the articles, the one with the newest article first. Those without a
    /// usable article are left out, unless there is only one.
    pub(crate) fn report(
        &self,
        mut collector: Collector,
        news_until: Option<Day>,
    ) -> Result<BriefReport, Problem> {
        if !self.about.is_empty() {
            collector.keep_about(&self.about);
        }
        let limits = DateLimits { until: self.until, allow_mixed: self.allow_mixed, ..DateLimits::default() };
        let settings = BriefSettings { since: self.since, period: self.period, news_until };
        let sections = sections(collector);
        let is_single = sections.len() == 1;
        let (mut briefs, mut several) = (Vec::new(), None);
        for section in sections {
            let articles = match section.finish(&limits) {
                Ok(articles) => articles,
                Err(error) if is_single => return Err(error.into()),
                Err(_) => continue,
            };
            several = seems_several(&articles).filter(|_| is_single);
            briefs.push(brief(&articles, &settings)?);
        }
        if briefs.is_empty() {
            return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "no dated article with an outlook"));
        }
        briefs.sort_by(|a, b| b.last.cmp(&a.last).then_with(|| a.name.cmp(&b.name)));
        Ok(BriefReport::new(briefs, several))
    }
}
