//! [`StoryVote`]: the vote of one story in one series. Near-duplicate articles share one vote.

use std::collections::BTreeMap;
use std::sync::Arc;

use detente::{Day, Error};
use serde::Serialize;
use strum::{Display, EnumString, IntoStaticStr, VariantNames};

use crate::collection::Collection;
use crate::series_article::{Phrase, SeriesArticle, SeriesStatement, UNKNOWN};

/// What the articles or statements are grouped by; each group has its own series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Display, EnumString, IntoStaticStr, VariantNames)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase", parse_err_ty = Error, parse_err_fn = unknown_group)]
pub enum GroupBy {
    /// The side of a statement's speaker, including `narrator`, `unnamed`, `others` and `outsiders`.
    Side,
    /// The speaker of a statement.
    Speaker,
    /// The outlet of the article.
    Source,
    /// The negotiation that the article is about.
    Negotiation,
    /// The domain of the article, such as trade or labour.
    Domain,
}

fn unknown_group(name: &str) -> Error {
    crate::option_name::unknown::<GroupBy>("by", name)
}

impl GroupBy {
    /// Whether the groups are found from statements, which must then be kept ([`crate::Retain::statements`]).
    #[must_use]
    pub fn needs_statements(self) -> bool {
        matches!(self, Self::Side | Self::Speaker)
    }

    /// The name, as on the command line and in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    fn group_of_statement(self, statement: &SeriesStatement) -> Option<&Arc<str>> {
        match self {
            Self::Side => Some(&statement.side),
            Self::Speaker => Some(&statement.speaker),
            Self::Source | Self::Negotiation | Self::Domain => None,
        }
    }

    fn group_of_article(self, article: &SeriesArticle) -> Option<&Arc<str>> {
        match self {
            Self::Source => article.source.as_ref(),
            Self::Negotiation => article.negotiation.as_ref(),
            Self::Domain => article.domain.as_ref(),
            Self::Side | Self::Speaker => None,
        }
    }
}

/// The day on which a statement counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Display, EnumString, VariantNames)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase", parse_err_ty = Error, parse_err_fn = unknown_date_basis)]
pub enum DateBasis {
    /// The publication date of the article.
    #[default]
    Article,
    /// The date of what the statement describes, if it is known and not after the publication date; otherwise the
    /// publication date. Background statements count on their own date.
    Statement,
}

fn unknown_date_basis(name: &str) -> Error {
    crate::option_name::unknown::<DateBasis>("place", name)
}

/// The vote of one story on one day.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct StoryVote {
    pub(crate) day: Day,
    /// Mean score of the story's articles.
    pub(crate) score: f64,
    /// Mean half-width of their intervals.
    pub(crate) half_width: f64,
    /// Index of the story's first article.
    pub(crate) story: u32,
    /// Number of articles of the story.
    pub(crate) articles: usize,
    /// Index of the first article that contributes to this vote.
    pub(crate) first_article: u32,
    /// The outlet of that article.
    pub(crate) source: Option<Arc<str>>,
}

/// The contribution of one article to the vote of its story.
struct ArticleVote {
    group: Arc<str>,
    story: u32,
    /// Distinguishes several votes of a story; 0 if the story has only one.
    vote_day: i64,
    day: Day,
    article: u32,
    score: f64,
    half_width: f64,
}

/// The votes of each series by the name of its group, in order of day and story. Without `group_by` there is one
/// series, named `all`.
///
/// A story votes once, on the day of its first article, with the mean of its articles. With [`DateBasis::Statement`],
/// it votes once on each day that its statements are about.
pub(crate) fn votes_by_group(
    collection: &Collection,
    group_by: Option<GroupBy>,
    date_basis: DateBasis,
) -> BTreeMap<Arc<str>, Vec<StoryVote>> {
    let mut votes = article_votes(collection, group_by, date_basis);
    // a wire report that forty papers print is one observation, not forty: articles of a story become neighbours
    votes.sort_by(|a, b| {
        (&a.group, a.story, a.vote_day, a.article).cmp(&(&b.group, b.story, b.vote_day, b.article))
    });
    let mut series: BTreeMap<Arc<str>, Vec<StoryVote>> = BTreeMap::new();
    for story in votes.chunk_by(|a, b| (&a.group, a.story, a.vote_day) == (&b.group, b.story, b.vote_day)) {
        let Some(first) = story.first() else { continue };
        let count = story.len() as f64;
        series.entry(first.group.clone()).or_default().push(StoryVote {
            day: first.day,
            score: story.iter().map(|vote| vote.score).sum::<f64>() / count,
            half_width: story.iter().map(|vote| vote.half_width).sum::<f64>() / count,
            story: first.story,
            articles: story.len(),
            first_article: first.article,
            source: collection
                .articles
                .get(first.article as usize)
                .and_then(|article| article.source.clone()),
        });
    }
    for votes in series.values_mut() {
        votes.sort_by_key(|vote| (vote.day, vote.story));
    }
    series
}

fn article_votes(
    collection: &Collection,
    group_by: Option<GroupBy>,
    date_basis: DateBasis,
) -> Vec<ArticleVote> {
    let all: Arc<str> = "all".into();
    let unknown: Arc<str> = UNKNOWN.into();
    let mut votes: Vec<ArticleVote> = Vec::with_capacity(collection.articles.len());
    for (at, (article, story)) in collection.articles.iter().zip(&collection.story).enumerate() {
        let (Some(published), Some(outlook)) = (article.day(), article.outlook) else { continue };
        let half_width = (outlook.high - outlook.low).max(0.0) / 2.0;
        let article_group = match group_by {
            None => all.clone(),
            Some(group_by) => group_by.group_of_article(article).unwrap_or(&unknown).clone(),
        };
        let vote = |group, vote_day, day, score, half_width| ArticleVote {
            group,
            story: *story,
            vote_day,
            day,
            article: at as u32,
            score,
            half_width,
        };
        let by_statement_date = date_basis == DateBasis::Statement;
        if !by_statement_date && !group_by.is_some_and(GroupBy::needs_statements) {
            votes.push(vote(article_group, 0, published, outlook.score, half_width));
            continue;
        }
        let mut sums: BTreeMap<(Arc<str>, Day), (f64, f64)> = BTreeMap::new();
        for statement in article.statements.iter().filter(|s| by_statement_date || !s.background) {
            let group = group_by
                .and_then(|group_by| group_by.group_of_statement(statement))
                .unwrap_or(&article_group)
                .clone();
            let day = if by_statement_date { statement.day.unwrap_or(published) } else { published };
            let sum = sums.entry((group, day)).or_default();
            sum.0 += statement.weight;
            sum.1 += statement.contribution;
        }
        for ((group, day), (weight, contribution)) in sums {
            if weight > 0.0 {
                let score = (contribution / weight).clamp(-1.0, 1.0);
                // part of an article is less certain than the whole
                let half_width = (half_width / weight.min(1.0).sqrt()).min(1.0);
                let vote_day = if by_statement_date { day.epoch_days() } else { 0 };
                votes.push(vote(group, vote_day, day, score, half_width));
            }
        }
    }
    votes
}

/// The contribution of each phrase to an article's vote in the series of `group`.
pub(crate) fn phrases_in_group(
    article: &SeriesArticle,
    group_by: Option<GroupBy>,
    group: &str,
) -> Vec<Phrase> {
    let Some(group_by) = group_by.filter(|group_by| group_by.needs_statements()) else {
        return article.phrases.to_vec();
    };
    let is_in_group = |statement: &&SeriesStatement| {
        !statement.background && group_by.group_of_statement(statement).is_some_and(|name| &**name == group)
    };
    // as in the vote: contributions relative to the weight of the group's statements in the article
    let weight: f64 = article.statements.iter().filter(is_in_group).map(|s| s.weight).sum();
    let shares = article.statements.iter().filter(is_in_group).flat_map(|statement| {
        let share = statement.contribution / weight / statement.phrases.len() as f64;
        let phrase = move |text: &Arc<str>| Phrase { text: text.clone(), contribution: share as f32 };
        statement.phrases.iter().map(phrase)
    });
    shares.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collection::{Collector, DateLimits};
    use crate::scored_row::ScoredRow;
    use crate::series_article::Retain;
    use crate::series_article::tests::article;

    /// An article with one statement of each of two sides, a near-duplicate of articles with the same `words`.
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
            Retain { statements: true, ..Retain::default() },
        )
    }

    fn collection(articles: Vec<SeriesArticle>) -> Collection {
        let mut collector = Collector::default();
        for article in articles {
            collector.push(article);
        }
        collector.finish(&DateLimits::default()).expect("articles")
    }

    #[test]
    fn story_votes_once_on_its_first_day() {
        let articles = vec![
            quoted("copy", "2020-01-04", "a b c d e"),
            quoted("first", "2020-01-02", "a b c d e"),
            quoted("other", "2020-01-03", "v w x y z"),
        ];
        let collection = collection(articles);
        assert_eq!((collection.articles(), collection.stories()), (3, 2));
        let all = votes_by_group(&collection, None, DateBasis::Article);
        let seen: Vec<_> = all["all"].iter().map(|v| (v.day.to_string(), v.articles)).collect();
        assert_eq!(seen, [("2020-01-02".to_owned(), 2), ("2020-01-03".to_owned(), 1)]);
    }

    #[test]
    fn votes_of_an_article_are_split_by_side_or_day() {
        let collection =
            collection(vec![quoted("a", "2020-01-04", "a b c d e"), article("b", "2020-01-05", 0.4)]);
        let sides = votes_by_group(&collection, Some(GroupBy::Side), DateBasis::Article);
        let seen: Vec<_> = sides.iter().map(|(key, votes)| (&**key, votes[0].score)).collect();
        assert_eq!(seen, [("narrator", -0.4), ("north", 0.6), ("unknown", 0.4)]);
        let dated = votes_by_group(&collection, None, DateBasis::Statement);
        let days: Vec<_> = dated["all"].iter().map(|v| v.day.to_string()).collect();
        assert_eq!(days, ["2020-01-01", "2020-01-04", "2020-01-05"]);
        let sources = votes_by_group(&collection, Some(GroupBy::Source), DateBasis::Article);
        assert_eq!(sources.keys().map(|key| &**key).collect::<Vec<_>>(), ["s", "unknown"]);
    }
}
