//! [`brief`]: computes the brief of a collection.

use std::collections::BTreeMap;

use detente::internals::verdict_of_score;
use detente::{Day, Error, Result};

use crate::brief::ahead::upcoming;
use crate::brief::milestones::{milestones, name};
use crate::brief::movers::movers;
use crate::brief::quotes::{happened, open_points};
use crate::brief::types::{ArticleLine, Brief, Change, Milestone, Standing};
use crate::collection::Collection;
use crate::comparison::compare;
use crate::period::Period;
use crate::series::Series;
use crate::series_article::Retain;
use crate::series_settings::SeriesSettings;
use crate::set_selector::SetSelector;
use crate::timeline::{TimelineSettings, timeline};

/// Settings of [`brief`].
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct BriefSettings {
    /// The day of the change; by default that of the last turning point, else 30 days before the newest article.
    pub since: Option<Day>,
    /// The length of a period; by default a day, a week or a month, by the time that the articles span.
    pub period: Option<Period>,
    /// Last day of the news that the model was trained on, if known.
    pub news_until: Option<Day>,
}

/// Days before the newest article since which a change is reported if there is no turning point.
const DEFAULT_DAYS: i64 = 30;
/// Articles that span at most so many days have daily points, and weekly ones up to the second limit.
const MAX_DAYS_BY_DAY: i64 = 45;
const MAX_DAYS_BY_WEEK: i64 = 5 * 366;
/// Most parties.
const MAX_PARTIES: usize = 4;
/// Smallest share of the articles that name a party of the negotiation.
const MIN_PARTY_SHARE: f64 = 0.1;

/// Computes the brief of `collection`, whose articles must have statements, texts and details
/// ([`Retain`](crate::Retain)).
///
/// # Errors
/// If the collection is empty, a series would have more than 20,000 periods, or an article was kept without one of
/// these parts.
pub fn brief(collection: &Collection, settings: &BriefSettings) -> Result<Brief> {
    collection.require(Retain { statements: true, texts: true, details: true }, "a brief")?;
    let days = || collection.articles.iter().filter_map(crate::SeriesArticle::day);
    let (Some(first), Some(last)) = (days().min(), days().max()) else {
        return Err(Error::data("no dated article with an outlook"));
    };
    let days = last.days_since(first);
    let by_span = if days <= MAX_DAYS_BY_DAY {
        Period::Day
    } else if days <= MAX_DAYS_BY_WEEK {
        Period::Week
    } else {
        Period::Month
    };
    let period = settings.period.unwrap_or(by_span);
    let settings_of_series = TimelineSettings {
        series: SeriesSettings { period, ..SeriesSettings::default() },
        news_until: settings.news_until,
        ..TimelineSettings::default()
    };
    let timeline = timeline(collection, &settings_of_series)?;
    let series = timeline.series.first().ok_or_else(|| Error::data("no series"))?;
    let milestones = milestones(collection, series);
    let standing = standing(series, &milestones, first)?;
    let change = change(collection, series, settings.since, last);
    let parties = parties(collection);
    let movers =
        change.comparison.as_ref().map_or_else(Vec::new, |found| movers(collection, found, change.since));
    let mut sources: Vec<&str> = collection.articles.iter().filter_map(|a| a.source.as_deref()).collect();
    sources.sort_unstable();
    sources.dedup();
    Ok(Brief {
        name: brief_name(collection, &parties),
        parties,
        first,
        last,
        articles: collection.articles(),
        stories: collection.stories(),
        sources: sources.len(),
        standing,
        change,
        milestones,
        movers,
        happened: happened(collection),
        next: upcoming(collection, last),
        open: open_points(collection),
        table: table(collection),
        timeline,
    })
}

fn standing(series: &Series, milestones: &[Milestone], first: Day) -> Result<Standing> {
    let level = |point: &crate::SeriesPoint| Some((point.level?, point.level_low?, point.level_high?));
    let latest = series.points.iter().rev().find_map(level);
    let (score, low, high) = latest.ok_or_else(|| Error::data("no level"))?;
    let turn = series.turning_points.last().map(|turn| (turn.date, "turning point"));
    // the last high or low is where the level has gone since the one before it
    let mut extremes = milestones.iter().rev().filter(|milestone| matches!(milestone.kind, "high" | "low"));
    let extreme = extremes.nth(1).map(|milestone| (milestone.day, "milestone"));
    let (since, basis) = turn.or(extreme).unwrap_or((first, "first article"));
    let (reading, uncertain) = (verdict_of_score(score, (high - low) / 2.0), low < 0.0 && high > 0.0);
    Ok(Standing { score, low, high, reading, uncertain, since, basis })
}

fn change(collection: &Collection, series: &Series, since: Option<Day>, last: Day) -> Change {
    let turn = series.turning_points.last().map(|turn| turn.date);
    let (since, basis) = match (since, turn) {
        (Some(since), _) => (since, "option"),
        (None, Some(turn)) => (turn, "turning point"),
        (None, None) => (last.plus_days(-DEFAULT_DAYS), "30 days"),
    };
    let sets = SetSelector::Days { before: since, after: since.plus_days(-1) };
    // too few stories on one side: there is no change to report
    Change { since, basis, comparison: compare(collection, &sets).ok() }
}

/// The parties that a tenth of the articles and at least two of them name, most frequent first.
fn parties(collection: &Collection) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let details = collection.articles.iter().filter_map(|article| article.detail.as_deref());
    for party in details.flat_map(|detail| &detail.parties) {
        *counts.entry(party).or_default() += 1;
    }
    let least = (MIN_PARTY_SHARE * collection.articles() as f64).max(2.0).min(collection.articles() as f64);
    let mut counts: Vec<(&str, usize)> = counts.into_iter().filter(|(_, n)| *n as f64 >= least).collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    counts.into_iter().take(MAX_PARTIES).map(|(party, _)| party.to_owned()).collect()
}

/// The name that all articles give to the negotiation, or its two most frequent parties.
fn brief_name(collection: &Collection, parties: &[String]) -> String {
    let given = collection.articles.first().and_then(|article| article.negotiation.as_deref());
    let is_common =
        |given: &&str| collection.articles.iter().all(|a| a.negotiation.as_deref() == Some(given));
    match (given.filter(is_common), parties) {
        (Some(given), _) => given.to_owned(),
        (None, [a, b, ..]) => format!("{a} and {b}"),
        (None, [only]) => only.clone(),
        (None, []) => "Negotiation".to_owned(),
    }
}

/// The articles, newest first.
fn table(collection: &Collection) -> Vec<ArticleLine> {
    let line = |article: &crate::SeriesArticle| {
        let outlook = article.outlook?;
        Some(ArticleLine {
            date: article.day()?,
            source: article.source.as_deref().map(str::to_owned),
            title: name(article),
            id: article.id.to_string(),
            reading: article.detail.as_deref().and_then(|detail| detail.reading),
            score: outlook.score,
            low: outlook.low,
            high: outlook.high,
        })
    };
    collection.articles.iter().rev().filter_map(line).collect()
}
