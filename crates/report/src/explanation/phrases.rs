//! Sentences and lines that all reports on explained articles share.

use detente::{ExplainedArticle, FeatureShare, LeaveOneOut, LedgerEntry, Score, ScoredArticle, SideOutlook};

use crate::number::{micro, optional_score, score, signed};
use crate::phrases::{hedged, interval};

/// Statements listed: those whose removal would change the outlook most.
const MAX_INFLUENTIAL: usize = 3;
/// Characters of a statement quoted in one line.
const MAX_QUOTED: usize = 80;

/// A contribution with the four decimals of JSON output.
pub(crate) fn contribution(value: f64) -> String {
    signed(value, 4)
}

/// The title, or the id if there is none.
pub(crate) fn heading(article: &ScoredArticle) -> &str {
    article.title.as_deref().unwrap_or(&article.id)
}

/// The outlook in one sentence: reading, score and interval, or the reason why there is none.
pub(crate) fn outlook(article: &ScoredArticle) -> String {
    let Some(o) = &article.outlook else {
        return format!("no outlook: {}", article.reason.as_deref().unwrap_or("unknown"));
    };
    format!(
        "{}: {} ({}, {:.0}%); {} of {} statements bear on it{}{}",
        o.reading,
        contribution(o.score.get()),
        interval(o.low.get(), o.high.get()),
        o.coverage.get() * 100.0,
        o.bearing,
        o.statements,
        hedged(o.hedge),
        if o.thin { "; thin: based on one statement" } else { "" }
    )
}

/// The score of a side and the ends of its interval.
pub(crate) fn side_scores(side: &SideOutlook) -> [String; 3] {
    [side.score, side.low, side.high].map(|value| optional_score(value.map(Score::get)))
}

/// The outlook without each of the statements whose removal would change it most, one line each.
pub(crate) fn outlooks_without(explained: &ExplainedArticle) -> impl Iterator<Item = String> + '_ {
    let largest = explained.without.iter().take(MAX_INFLUENTIAL).filter(|without| without.moved != 0.0);
    largest.map(|without| outlook_without(without, explained))
}

fn outlook_without(without: &LeaveOneOut, explained: &ExplainedArticle) -> String {
    let text = explained.article.statements.get(without.index).map_or("", |s| s.text.as_str());
    let mut quote: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    // characters, not columns: the line goes into Markdown and HTML as well
    if let Some((end, _)) = quote.char_indices().nth(MAX_QUOTED) {
        quote.truncate(end);
        quote.push('…');
    }
    match (without.score, without.reading) {
        (Some(score), Some(reading)) => format!(
            "without [{}] it would be {} ({reading}), moved by {}: “{quote}”",
            without.index,
            contribution(score.get()),
            contribution(without.moved)
        ),
        _ => format!("without [{}] nothing would bear on it: “{quote}”", without.index),
    }
}

/// The contributions of one feature, or of all features that are not shown.
pub(crate) struct FeatureRow<'a> {
    /// To the statement's score.
    pub(crate) to_statement: String,
    /// To the article's outlook.
    pub(crate) to_outlook: String,
    pub(crate) feature: &'a str,
    pub(crate) family: &'a str,
}

/// The largest features of a statement.
pub(crate) fn largest_features(
    entry: &LedgerEntry,
    max_features: usize,
) -> impl Iterator<Item = FeatureRow<'_>> {
    entry.contributions.iter().take(max_features).map(|share| FeatureRow {
        to_statement: micro(share.contribution.micro),
        to_outlook: micro(share.article),
        feature: &share.contribution.feature,
        family: &share.contribution.family,
    })
}

/// The features beyond the largest: their contributions to statement and outlook, and "n smaller features".
pub(crate) fn smaller_features(entry: &LedgerEntry, max_features: usize) -> Option<[String; 3]> {
    let smaller = entry.contributions.get(max_features..).filter(|smaller| !smaller.is_empty())?;
    let sum = |value: fn(&FeatureShare) -> i64| micro(smaller.iter().map(value).sum());
    let name = format!("{} smaller features", smaller.len());
    Some([sum(|share| share.contribution.micro), sum(|share| share.article), name])
}

/// The scale of all scores, for the foot of a report.
pub(crate) fn scale_note(article: &ScoredArticle) -> String {
    format!(
        "Scored by {}. {} is an agreement done, 0 open, {} collapsed.",
        article.model,
        score(1.0),
        score(-1.0)
    )
}
