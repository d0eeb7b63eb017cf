//! Several negotiations in one input: told apart by a field, or noticed by their parties.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::collection::{Collection, Collector};
use crate::series_article::SeriesArticle;

/// Fewest articles of a group that is taken for a negotiation of its own.
const MIN_ARTICLES: usize = 2;
/// Articles without a common party that are taken for several negotiations though each is alone.
const MIN_APART: usize = 3;

/// Splits the articles by negotiation if they have at least two, sorted by name; articles without one come last.
/// Otherwise there is one section.
#[must_use]
pub fn sections(collector: Collector) -> Vec<Collector> {
    let mut groups: BTreeMap<(bool, Option<Arc<str>>), Collector> = BTreeMap::new();
    let articles = collector.into_articles();
    let mut names: Vec<Arc<str>> = articles.iter().filter_map(|a| a.negotiation.clone()).collect();
    names.sort();
    names.dedup();
    for article in articles {
        let name = article.negotiation.clone().filter(|_| names.len() > 1);
        groups.entry((name.is_none(), name)).or_default().push(article);
    }
    groups.into_values().collect()
}

/// A note if the articles fall into groups that have no party in common, with at least two articles each, or if no two
/// articles have one.
#[must_use]
pub fn seems_several(collection: &Collection) -> Option<String> {
    // each group has its parties and its number of articles; an article that names parties of two groups joins them
    let mut groups: Vec<(Vec<&str>, usize)> = Vec::new();
    for article in &collection.articles {
        let parties: Vec<&str> = named_parties(article);
        if parties.is_empty() {
            continue;
        }
        let (mut joined, apart): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|(names, _)| names.iter().any(|name| parties.contains(name)));
        let articles = 1 + joined.iter().map(|(_, articles)| articles).sum::<usize>();
        let mut names: Vec<&str> = joined.drain(..).flat_map(|(names, _)| names).chain(parties).collect();
        names.sort_unstable();
        names.dedup();
        groups = apart;
        groups.push((names, articles));
    }
    // three articles of which no two have a party in common are several negotiations too
    let are_apart = groups.len() >= MIN_APART && groups.iter().all(|(_, articles)| *articles == 1);
    groups.retain(|(names, articles)| are_apart || *articles >= MIN_ARTICLES && names.len() >= 2);
    if groups.len() < 2 {
        return None;
    }
    groups.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let groups: Vec<String> = groups
        .into_iter()
        .map(|(names, articles)| {
            let noun = if articles == 1 { "article" } else { "articles" };
            format!("{} ({articles} {noun})", names.join(", "))
        })
        .collect();
    Some(format!(
        "the articles seem to be about several negotiations: {}; --about selects one by a word, --group-field names a \
         field that tells them apart",
        groups.join("; ")
    ))
}

fn named_parties(article: &SeriesArticle) -> Vec<&str> {
    article.detail.iter().flat_map(|detail| &detail.parties).map(|party| &**party).collect()
}

impl Collector {
    /// Keeps the articles whose title or text has one of `words`, in any case, and returns the number of the others.
    pub fn keep_about(&mut self, words: &[String]) -> usize {
        let words: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
        let has_word = |text: &str| words.iter().any(|word| text.to_lowercase().contains(word));
        let is_about = |article: &SeriesArticle| {
            article.title.as_deref().is_some_and(has_word)
                || article.detail.iter().flat_map(|detail| &detail.sentences).any(|s| has_word(&s.text))
        };
        self.keep(is_about)
    }
}
