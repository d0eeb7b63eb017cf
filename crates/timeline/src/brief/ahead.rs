//! Dates after the newest article that the texts name.

use std::collections::BTreeMap;

use detente::Day;
use detente_lang::{Span, time_expressions};

use crate::brief::quotes::is_same;
use crate::brief::types::{Upcoming, UpcomingKind};
use crate::collection::Collection;
use crate::series_article::SeriesArticle;

/// Longest span, in days, of a date that is worth a line: "in September", but not "next year".
const MAX_SPAN: i64 = 31;
/// Dates further ahead than two years are not the next steps of a negotiation: "the quota holds until 2050".
const MAX_DAYS_AHEAD: i64 = 731;
/// Most dates.
const MAX_DATES: usize = 12;
/// Beginnings of words that tell what a date is for, in this order.
const KINDS: [(UpcomingKind, &[&str]); 4] = [
    (UpcomingKind::Signing, &["sign"]),
    (UpcomingKind::Vote, &["vote", "ratif", "referendum", "ballot", "election", "approv"]),
    (UpcomingKind::Deadline, &["deadline", "expire", "expiry", "ultimatum", "lapse", "cut-off", "until"]),
    (UpcomingKind::Round, &["talk", "meet", "round", "resume", "summit", "visit", "session", "negotiat"]),
];

/// A sentence that names a date.
struct Naming<'a> {
    article: &'a SeriesArticle,
    day: Day,
    text: &'a str,
    kind: UpcomingKind,
}

/// The dates after `newest` that the articles name, in chronological order.
pub(crate) fn upcoming(collection: &Collection, newest: Day) -> Vec<Upcoming> {
    let mut named: BTreeMap<(Day, Day), Vec<Naming<'_>>> = BTreeMap::new();
    for article in &collection.articles {
        let (Some(day), Some(detail)) = (article.day(), article.detail.as_deref()) else { continue };
        for sentence in &detail.sentences {
            let text = &*sentence.text;
            for found in time_expressions(text, Span::new(0, text.len()), Some(day)) {
                let is_ahead = found.from > newest && found.from.days_since(newest) <= MAX_DAYS_AHEAD;
                if is_ahead && found.to.days_since(found.from) <= MAX_SPAN {
                    // the words before the date say what it is for: "sign the text on 14 July and vote in September"
                    let kind = kind(text, found.span.start as usize);
                    named.entry((found.from, found.to)).or_default().push(Naming {
                        article,
                        day,
                        text,
                        kind,
                    });
                }
            }
        }
    }
    let mut dates: Vec<Upcoming> = Vec::new();
    for ((from, to), namings) in named {
        let Some(newest) = namings.iter().max_by_key(|naming| (naming.day, &naming.article.id)) else {
            continue;
        };
        // "in July" beside "on 14 July" in the same words is the same date
        let is_told = |other: &Upcoming| {
            (other.from <= to && from <= other.to)
                && (other.from..=other.to) != (from..=to)
                && is_same(&other.text, newest.text)
        };
        if dates.iter().any(is_told) {
            continue;
        }
        let mut ids: Vec<&str> = namings.iter().map(|naming| &*naming.article.id).collect();
        ids.sort_unstable();
        ids.dedup();
        dates.push(Upcoming {
            from,
            to,
            kind: namings.iter().map(|naming| naming.kind).min().unwrap_or(UpcomingKind::Other),
            text: newest.text.to_owned(),
            articles: ids.len(),
            id: newest.article.id.to_string(),
            named: newest.day,
        });
    }
    dates.truncate(MAX_DATES);
    dates
}

/// What a date at `at` in `text` is for: the nearest such word before it, else the first after it.
fn kind(text: &str, at: usize) -> UpcomingKind {
    let (before, after) = (text.get(..at).unwrap_or_default(), text.get(at..).unwrap_or_default());
    let of_word = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        KINDS
            .iter()
            .find(|(_, beginnings)| beginnings.iter().any(|b| word.starts_with(b)))
            .map(|(kind, _)| *kind)
    };
    let before = before.split_whitespace().rev().find_map(of_word);
    before.or_else(|| after.split_whitespace().find_map(of_word)).unwrap_or(UpcomingKind::Other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_word_tells_what_a_date_is_for() {
        let text = "Ministers will sign the text on 14 July and parliament votes in September.";
        let at = |words: &str| text.find(words).expect("the date");
        assert_eq!(kind(text, at("14 July")), UpcomingKind::Signing);
        assert_eq!(kind(text, at("September")), UpcomingKind::Vote);
        assert_eq!(kind("The truce expires on 3 May.", 21), UpcomingKind::Deadline);
        assert_eq!(kind("On 3 May the envoys meet again.", 3), UpcomingKind::Round);
        assert_eq!(kind("The port closes on 3 May.", 19), UpcomingKind::Other);
    }
}
