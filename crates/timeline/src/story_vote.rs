//! [`StoryVote`]: one story's say in one series.

use std::collections::BTreeMap;
use std::sync::Arc;

use detente::Day;
use serde::Serialize;

use crate::collection::Collection;
use crate::series_article::{Phrase, SeriesArticle, StatementPart};

/// What a series is parted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum GroupBy {
    /// The side that a statement is made for; `narrator`, `unnamed` and `outsiders` are sides too.
    Side,
    /// The speaker of a statement.
    Speaker,
    /// The article's outlet.
    Source,
    /// The article's negotiation.
    Negotiation,
    /// The article's field.
    Domain,
}

impl GroupBy {
    /// Whether statements have to be kept for it.
    #[must_use]
    pub fn needs_statements(self) -> bool {
        matches!(self, Self::Side | Self::Speaker)
    }

    pub(crate) fn of_part(self, part: &StatementPart) -> Option<&Arc<str>> {
        match self {
            Self::Side => Some(&part.side),
            Self::Speaker => Some(&part.speaker),
            Self::Source | Self::Negotiation | Self::Domain => None,
        }
    }

    pub(crate) fn of_item(self, item: &SeriesArticle) -> Option<&Arc<str>> {
        match self {
            Self::Source => item.source.as_ref(),
            Self::Negotiation => item.negotiation.as_ref(),
            Self::Domain => item.domain.as_ref(),
            Self::Side | Self::Speaker => None,
        }
    }
}

named!(GroupBy, "by", 5, Side => "side", Speaker => "speaker", Source => "source", Negotiation => "negotiation", Domain => "domain");

/// The day that counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DateBasis {
    /// The day of the article: all that it says is said on that day.
    #[default]
    Article,
    /// The day of what a statement describes, where it is known and not later than the article;
    /// else the article's. Background counts on its own day.
    Statement,
}

named!(DateBasis, "place", 2, Article => "article", Statement => "statement");

/// One story's say on one day.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct StoryVote {
    pub(crate) day: Day,
    /// Mean over the story's articles.
    pub(crate) score: f64,
    /// Half the mean width of their intervals.
    pub(crate) half: f64,
    /// Number of the story.
    pub(crate) story: u32,
    /// Articles that say it.
    pub(crate) articles: usize,
    /// The first of them.
    pub(crate) item: u32,
    /// Its outlet.
    pub(crate) source: Option<Arc<str>>,
}

/// The name of the series of articles that do not say what they belong to.
const UNKNOWN: &str = "unknown";

/// What one article says in one series on one day.
struct ArticleVote {
    key: Arc<str>,
    story: u32,
    /// 0 where the whole story counts on its first day.
    placed: i64,
    day: Day,
    item: u32,
    score: f64,
    half: f64,
}

/// The votes of every series by its name, each in order of days and stories. Without `by`
/// there is one series, named `all`.
///
/// A story votes once, on the day of its first article, with the mean of its articles; by
/// statements' days, once on every day that it tells of.
pub(crate) fn votes(
    archive: &Collection,
    by: Option<GroupBy>,
    place: DateBasis,
) -> BTreeMap<Arc<str>, Vec<StoryVote>> {
    let all: Arc<str> = "all".into();
    let unknown: Arc<str> = UNKNOWN.into();
    let mut says: Vec<ArticleVote> = Vec::with_capacity(archive.items.len());
    for (at, (item, story)) in archive.items.iter().zip(&archive.story).enumerate() {
        let (Some(day), Some(outlook)) = (item.day(), item.outlook) else { continue };
        let half = (outlook.high - outlook.low).max(0.0) / 2.0;
        let whole = match by {
            None => all.clone(),
            Some(by) => by.of_item(item).unwrap_or(&unknown).clone(),
        };
        let say = |key, placed, day, score, half| ArticleVote {
            key,
            story: *story,
            placed,
            day,
            item: at as u32,
            score,
            half,
        };
        if place == DateBasis::Article && !by.is_some_and(GroupBy::needs_statements) {
            says.push(say(whole, 0, day, outlook.score, half));
            continue;
        }
        let mut sums: BTreeMap<(Arc<str>, Day), (f64, f64)> = BTreeMap::new();
        for part in item.parts.iter().filter(|part| place == DateBasis::Statement || !part.background) {
            let key = by.and_then(|by| by.of_part(part)).unwrap_or(&whole).clone();
            let on = if place == DateBasis::Statement { part.day.unwrap_or(day) } else { day };
            let sum = sums.entry((key, on)).or_default();
            sum.0 += part.weight;
            sum.1 += part.contribution;
        }
        for ((key, on), (weight, contribution)) in sums {
            if weight > 0.0 {
                let score = (contribution / weight).clamp(-1.0, 1.0);
                // a small part of an article is known less surely than the whole
                let half = (half / weight.min(1.0).sqrt()).min(1.0);
                let placed = if place == DateBasis::Statement { on.epoch_days() } else { 0 };
                says.push(say(key, placed, on, score, half));
            }
        }
    }
    says.sort_by(|a, b| (&a.key, a.story, a.placed, a.item).cmp(&(&b.key, b.story, b.placed, b.item)));
    let mut series: BTreeMap<Arc<str>, Vec<StoryVote>> = BTreeMap::new();
    for group in says.chunk_by(|a, b| (&a.key, a.story, a.placed) == (&b.key, b.story, b.placed)) {
        let Some(first) = group.first() else { continue };
        let count = group.len() as f64;
        series.entry(first.key.clone()).or_default().push(StoryVote {
            day: first.day,
            score: group.iter().map(|say| say.score).sum::<f64>() / count,
            half: group.iter().map(|say| say.half).sum::<f64>() / count,
            story: first.story,
            articles: group.len(),
            item: first.item,
            source: archive.items.get(first.item as usize).and_then(|item| item.source.clone()),
        });
    }
    for votes in series.values_mut() {
        votes.sort_by_key(|vote| (vote.day, vote.story));
    }
    series
}

/// What each phrase adds to a vote: those of the article, or of the voice `key` alone.
pub(crate) fn phrases(item: &SeriesArticle, by: Option<GroupBy>, key: &str) -> Vec<Phrase> {
    let Some(by) = by.filter(|by| by.needs_statements()) else { return item.phrases.to_vec() };
    let mine =
        |part: &&StatementPart| !part.background && by.of_part(part).is_some_and(|name| &**name == key);
    let weight: f64 = item.parts.iter().filter(mine).map(|part| part.weight).sum();
    let shares = item.parts.iter().filter(mine).flat_map(|part| {
        let share = part.contribution / weight / part.phrases.len() as f64;
        part.phrases.iter().map(move |text| Phrase { text: text.clone(), share: share as f32 })
    });
    shares.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collection::{Collector, DateLimits};
    use crate::scored_row::ScoredRow;
    use crate::series_article::Retain;
    use crate::series_article::tests::item;

    /// An article of one statement each for two sides, whose words are its story.
    fn quoted(id: &str, day: &str, words: &str) -> SeriesArticle {
        let row = format!(
            r#"{{"schema":1,"id":"{id}","date":"{day}","model":"m","source":"s",
            "outlook":{{"score":0.1,"low":-0.1,"high":0.3}},"statements":[
            {{"text":"{words} one two three four","bearing":0.9,"score":0.2,"weight":0.5,"contribution":0.3,
              "speaker":{{"name":"Ann","side":"north"}},"when":{{"from":"2020-01-01","to":"2020-01-01"}}}},
            {{"text":"{words} five six seven eight","bearing":0.9,"score":-0.2,"weight":0.5,"contribution":-0.2}}]}}"#
        );
        SeriesArticle::new(
            &ScoredRow::from_json(row.as_bytes()).expect("a row"),
            Retain { statements: true, texts: false },
        )
    }

    fn archive(items: Vec<SeriesArticle>) -> Collection {
        let mut collector = Collector::default();
        for item in items {
            collector.push(item);
        }
        collector.finish(&DateLimits::default()).expect("articles")
    }

    #[test]
    fn a_story_votes_once_on_its_first_day() {
        let items = vec![
            quoted("copy", "2020-01-04", "a b c d e"),
            quoted("first", "2020-01-02", "a b c d e"),
            quoted("other", "2020-01-03", "v w x y z"),
        ];
        let archive = archive(items);
        assert_eq!((archive.articles(), archive.stories()), (3, 2));
        let all = votes(&archive, None, DateBasis::Article);
        let seen: Vec<_> = all["all"].iter().map(|v| (v.day.to_string(), v.articles)).collect();
        assert_eq!(seen, [("2020-01-02".to_owned(), 2), ("2020-01-03".to_owned(), 1)]);
    }

    #[test]
    fn sides_and_days_part_an_article() {
        let archive = archive(vec![quoted("a", "2020-01-04", "a b c d e"), item("b", "2020-01-05", 0.4)]);
        let sides = votes(&archive, Some(GroupBy::Side), DateBasis::Article);
        let seen: Vec<_> = sides.iter().map(|(key, votes)| (&**key, votes[0].score)).collect();
        assert_eq!(seen, [("narrator", -0.4), ("north", 0.6), ("unknown", 0.4)]);
        let placed = votes(&archive, None, DateBasis::Statement);
        let days: Vec<_> = placed["all"].iter().map(|v| v.day.to_string()).collect();
        assert_eq!(days, ["2020-01-01", "2020-01-04", "2020-01-05"]);
        let sources = votes(&archive, Some(GroupBy::Source), DateBasis::Article);
        assert_eq!(sources.keys().map(|key| &**key).collect::<Vec<_>>(), ["s", "unknown"]);
    }
}
