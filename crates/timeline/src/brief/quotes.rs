//! Statements worth quoting: what happened, and what is open.

use std::collections::BTreeSet;

use detente::Day;

use crate::brief::detail::Sentence;
use crate::brief::types::Quote;
use crate::collection::Collection;
use crate::series_article::SeriesArticle;

/// Most statements of each list.
const MAX_HAPPENED: usize = 12;
const MAX_OPEN: usize = 6;
/// Longest span, in days, of a date that is the day of an event.
const MAX_EVENT_DAYS: i64 = 3;
/// Smallest absolute score of an event that is worth a line.
const MIN_EVENT_SCORE: f64 = 0.15;
/// Newest stories in which open points are looked for.
const NEWEST_STORIES: usize = 3;
/// Days before the newest article up to which others count as new as well.
const NEW_DAYS: i64 = 30;
/// Score from which a statement is clearly negative: half a step of the scale.
const CLEARLY_NEGATIVE: f64 = -1.0 / 6.0;
/// Words that two statements share if they say the same, as a share of the shorter one.
const SAME_SHARE: f64 = 0.6;

/// The first article of each story with its sentences, in chronological order.
pub(crate) fn stories(collection: &Collection) -> Vec<(&SeriesArticle, &[Sentence])> {
    let first = collection.articles.iter().zip(&collection.story).enumerate();
    let first = first.filter(|(at, (_, story))| *at == **story as usize);
    first.filter_map(|(_, (article, _))| Some((article, &*article.detail.as_deref()?.sentences))).collect()
}

/// A sentence of `article` as a quotation of `day`.
pub(crate) fn quote(article: &SeriesArticle, sentence: &Sentence, day: Day) -> Quote {
    Quote {
        day,
        text: sentence.text.to_string(),
        score: sentence.score,
        speaker: sentence.speaker.as_deref().map(str::to_owned),
        id: article.id.to_string(),
        source: article.source.as_deref().map(str::to_owned),
    }
}

/// Dated statements on what happened, the strongest of each day, in chronological order.
pub(crate) fn happened(collection: &Collection) -> Vec<Quote> {
    let mut found: Vec<(f64, Quote)> = Vec::new();
    for (article, sentences) in stories(collection) {
        let Some(published) = article.day() else { continue };
        for sentence in sentences.iter().filter(|s| s.is_asserted && !s.background) {
            let Some(when) = sentence.when.filter(|when| when.to.days_since(when.from) <= MAX_EVENT_DAYS)
            else {
                continue;
            };
            let size = sentence.score.unwrap_or(0.0).abs() * sentence.bearing;
            if when.to <= published && size >= MIN_EVENT_SCORE {
                found.push((size, quote(article, sentence, when.from)));
            }
        }
    }
    // strongest first: of statements on one day or in one wording, the strongest is kept
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| (a.1.day, &a.1.text).cmp(&(b.1.day, &b.1.text))));
    let mut kept: Vec<Quote> = Vec::new();
    for (_, quote) in found {
        let is_told = |other: &Quote| {
            other.day == quote.day
                || (other.day.days_since(quote.day).abs() <= 7 && is_same(&other.text, &quote.text))
        };
        if kept.len() < MAX_HAPPENED && !kept.iter().any(is_told) {
            kept.push(quote);
        }
    }
    kept.sort_by(|a, b| (a.day, &a.text).cmp(&(b.day, &b.text)));
    kept
}

/// Statements of the newest stories that stand against an agreement or make it depend on something, newest first.
pub(crate) fn open_points(collection: &Collection) -> Vec<Quote> {
    let mut kept: Vec<Quote> = Vec::new();
    let newest = collection.articles.last().and_then(SeriesArticle::day);
    for (at, (article, sentences)) in stories(collection).into_iter().rev().enumerate() {
        let Some(day) = article.day() else { continue };
        if at >= NEWEST_STORIES && newest.is_none_or(|newest| newest.days_since(day) > NEW_DAYS) {
            break;
        }
        let mut open: Vec<&Sentence> = sentences
            .iter()
            .filter(|s| !s.background)
            .filter(|s| {
                s.score.is_some_and(|score| score <= CLEARLY_NEGATIVE || (score <= 0.0 && s.is_conditional))
            })
            .collect();
        open.sort_by(|a, b| a.score.unwrap_or(0.0).total_cmp(&b.score.unwrap_or(0.0)));
        for sentence in open.into_iter().take(2) {
            if kept.len() < MAX_OPEN && !kept.iter().any(|other| is_same(&other.text, &sentence.text)) {
                kept.push(quote(article, sentence, day));
            }
        }
    }
    kept
}

/// Whether two statements have most of their words in common.
pub(crate) fn is_same(a: &str, b: &str) -> bool {
    let words = |text: &str| -> BTreeSet<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 3);
        words.map(str::to_lowercase).collect()
    };
    let (a, b) = (words(a), words(b));
    let shared = a.intersection(&b).count() as f64;
    shared >= SAME_SHARE * a.len().min(b.len()).max(1) as f64
}
