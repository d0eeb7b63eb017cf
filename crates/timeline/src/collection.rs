//! [`Collection`]: the articles of a series, checked, in order, and sorted into stories.

use std::collections::HashSet;
use std::sync::Arc;

use detente::{Day, Error, Result};
use serde::Serialize;

use crate::near_duplicate::stories;
use crate::series_article::SeriesArticle;

use rayon::prelude::*;

/// Which articles count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DateLimits {
    /// First day; earlier articles are left out and counted.
    pub since: Option<Day>,
    /// Last day; later articles are left out and counted.
    pub until: Option<Day>,
    /// Whether scores of several models may stand in one series.
    pub allow_mixed: bool,
}

/// Something about the articles that a reader should know, with how many there are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DataIssue {
    /// What it is, in kebab case (`bad-date`, `repeated-row`).
    pub kind: &'static str,
    /// How many articles it concerns.
    pub count: usize,
    /// Some of them by name, at most five, in order.
    pub names: Vec<String>,
    /// What was found and what was done about it.
    pub message: &'static str,
}

impl DataIssue {
    /// Adds what `items` have in common to `findings`, if there are any.
    pub(crate) fn add<'a>(
        findings: &mut Vec<Self>,
        kind: &'static str,
        message: &'static str,
        items: impl Iterator<Item = &'a SeriesArticle>,
    ) {
        let mut count = 0;
        let mut names = Vec::new();
        for item in items {
            count += 1;
            if names.len() < 5 {
                names.push(match &item.date {
                    Err(date) => format!("{} ({date})", item.id),
                    Ok(Some(day)) if kind == "far-ahead" => format!("{} ({day})", item.id),
                    Ok(_) => item.id.to_string(),
                });
            }
        }
        if count > 0 {
            findings.push(Self { kind, count, names, message });
        }
    }
}

/// Gathers articles, in any order.
#[derive(Debug, Default)]
pub struct Collector {
    items: Vec<SeriesArticle>,
    names: HashSet<Arc<str>>,
}

impl Collector {
    /// Takes one more article. Names that recur (sources, phrases, voices) are held once.
    pub fn push(&mut self, mut item: SeriesArticle) {
        let names = &mut self.names;
        let mut share = |name: &mut Arc<str>| {
            if let Some(held) = names.get(name) {
                *name = Arc::clone(held);
            } else {
                names.insert(Arc::clone(name));
            }
        };
        share(&mut item.model);
        [&mut item.source, &mut item.negotiation, &mut item.domain]
            .into_iter()
            .flatten()
            .for_each(&mut share);
        item.phrases.iter_mut().for_each(|phrase| share(&mut phrase.text));
        for part in &mut item.parts {
            share(&mut part.side);
            share(&mut part.speaker);
            part.phrases.iter_mut().for_each(&mut share);
        }
        self.items.push(item);
    }

    /// The archive of all articles taken.
    ///
    /// The order in which they came does not count. Rows that say the same are counted once;
    /// articles without an outlook, without a day, or outside `limits` are left out. All of
    /// these are among the findings.
    ///
    /// # Errors
    /// If several models scored the articles and `limits` do not allow it, or nothing is left.
    pub fn finish(self, limits: &DateLimits) -> Result<Collection> {
        let mut items = self.items;
        items.par_sort_by(order);
        let mut findings = Vec::new();
        let seen = items.len();
        let repeats = repeats(&mut items);
        DataIssue::add(&mut findings, "repeated-row", "the same row again; counted once", repeats.iter());
        note_clashes(&mut findings, &items);
        let bad = take(&mut items, |item| item.date.is_err());
        DataIssue::add(
            &mut findings,
            "bad-date",
            "a date that is none (YYYY-MM-DD is needed); left out",
            bad.iter(),
        );
        let undated = take(&mut items, |item| item.day().is_none());
        DataIssue::add(
            &mut findings,
            "no-date",
            "no date; left out (--date gives undated text a day)",
            undated.iter(),
        );
        let early = take(&mut items, |item| limits.since.is_some_and(|since| item.day() < Some(since)));
        DataIssue::add(
            &mut findings,
            "before-since",
            "before the first day asked for; left out",
            early.iter(),
        );
        let late = take(&mut items, |item| limits.until.is_some_and(|until| item.day() > Some(until)));
        DataIssue::add(&mut findings, "after-until", "behind the last day asked for; left out", late.iter());
        let silent = take(&mut items, |item| item.outlook.is_none());
        DataIssue::add(
            &mut findings,
            "no-outlook",
            "nothing in it bears on a negotiation; left out",
            silent.iter(),
        );
        DataIssue::add(
            &mut findings,
            "far-ahead",
            "more than a year behind nearly all others; counted (--until leaves it out)",
            ahead(&items),
        );
        let mut models: Vec<Arc<str>> = items.iter().map(|item| Arc::clone(&item.model)).collect();
        models.sort();
        models.dedup();
        if models.len() > 1 {
            if !limits.allow_mixed {
                let names = models.join(", ");
                return Err(Error::data(format!(
                    "scores of several models ({names}) do not compare; score again with one, or say --allow-mixed"
                )));
            }
            findings.push(DataIssue {
                kind: "mixed-models",
                count: models.len(),
                names: models.iter().take(5).map(ToString::to_string).collect(),
                message: "scores of several models stand in one series",
            });
        }
        if items.is_empty() {
            let told: Vec<String> = findings.iter().map(|f| format!("{} {}", f.count, f.message)).collect();
            return Err(Error::data(format!(
                "no dated article with an outlook among {seen}: {}",
                told.join("; ")
            )));
        }
        let keys: Vec<_> = items.iter().map(|item| (item.day(), item.signature.as_ref())).collect();
        let story = stories(&keys);
        // the signatures have done their work
        for item in &mut items {
            item.signature = None;
        }
        let archive = Collection { items, story, findings, models };
        tracing::info!(
            seen,
            articles = archive.articles(),
            stories = archive.stories(),
            "grouped into stories"
        );
        Ok(archive)
    }
}

/// Articles in the order of their days, each with its story.
#[derive(Debug)]
pub struct Collection {
    pub(crate) items: Vec<SeriesArticle>,
    /// Index of the story's first article.
    pub(crate) story: Vec<u32>,
    pub(crate) findings: Vec<DataIssue>,
    pub(crate) models: Vec<Arc<str>>,
}

impl Collection {
    /// Number of articles that count.
    #[must_use]
    pub fn articles(&self) -> usize {
        self.items.len()
    }

    /// Number of stories among them.
    #[must_use]
    pub fn stories(&self) -> usize {
        self.story.iter().enumerate().filter(|(at, story)| *at == **story as usize).count()
    }

    /// What a reader should know about the articles.
    #[must_use]
    pub fn findings(&self) -> &[DataIssue] {
        &self.findings
    }

    /// The models that scored them.
    #[must_use]
    pub fn models(&self) -> Vec<String> {
        self.models.iter().map(ToString::to_string).collect()
    }

    /// The day and score of each article, and the number of its story, in order of the days.
    pub fn votes(&self) -> impl Iterator<Item = (Day, f64, u32)> + '_ {
        let articles = self.items.iter().zip(&self.story);
        articles.filter_map(|(item, story)| Some((item.day()?, item.outlook?.score, *story)))
    }
}

/// A total order that knows nothing of where an article came from.
fn order(a: &SeriesArticle, b: &SeriesArticle) -> std::cmp::Ordering {
    let score = |item: &SeriesArticle| item.outlook.map(|outlook| (outlook.score, outlook.low, outlook.high));
    let key = |item: &SeriesArticle| (item.source.clone(), item.negotiation.clone(), item.model.clone());
    (a.day(), &a.id)
        .cmp(&(b.day(), &b.id))
        .then_with(|| a.date.as_ref().err().cmp(&b.date.as_ref().err()))
        .then_with(|| score(a).partial_cmp(&score(b)).unwrap_or(std::cmp::Ordering::Equal))
        .then_with(|| key(a).cmp(&key(b)))
        .then_with(|| a.title.cmp(&b.title))
        .then_with(|| a.set.cmp(&b.set))
        .then_with(|| a.signature.cmp(&b.signature))
}

/// Takes out the items that `is_out` names.
fn take(items: &mut Vec<SeriesArticle>, is_out: impl Fn(&SeriesArticle) -> bool) -> Vec<SeriesArticle> {
    items.extract_if(.., |item| is_out(item)).collect()
}

/// Takes out the rows that say what the one before them says.
fn repeats(items: &mut Vec<SeriesArticle>) -> Vec<SeriesArticle> {
    let again: Vec<bool> = items.windows(2).map(|pair| order(&pair[0], &pair[1]).is_eq()).collect();
    let mut again = std::iter::once(false).chain(again);
    items.extract_if(.., |_| again.next().unwrap_or(false)).collect()
}

/// Ids that several different articles carry, or came with.
fn note_clashes(findings: &mut Vec<DataIssue>, items: &[SeriesArticle]) {
    let mut by_id: Vec<&SeriesArticle> = items.iter().collect();
    by_id.par_sort_by(|a, b| (&a.id, a.set).cmp(&(&b.id, b.set)));
    let again = by_id
        .windows(2)
        .filter(|pair| pair[0].id == pair[1].id && pair[0].set == pair[1].set)
        .map(|pair| pair[1])
        .chain(items.iter().filter(|item| item.is_renamed));
    DataIssue::add(
        findings,
        "repeated-id",
        "an id that another article carries too; both are counted",
        again,
    );
}

/// Articles more than a year behind the day that all but one in a hundred (at least one) keep to.
fn ahead(items: &[SeriesArticle]) -> impl Iterator<Item = &SeriesArticle> {
    let most = items.len().saturating_sub(1 + items.len().div_ceil(100));
    let bound = items.get(most).and_then(SeriesArticle::day).map(|day| day.plus_days(366));
    items.iter().filter(move |item| bound.is_some() && item.day() > bound)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::series_article::tests::item;

    fn archive(items: Vec<SeriesArticle>, limits: DateLimits) -> Result<Collection> {
        let mut collector = Collector::default();
        for item in items {
            collector.push(item);
        }
        collector.finish(&limits)
    }

    #[test]
    fn nothing_is_dropped_silently() {
        let mut silent = item("quiet", "2020-01-04", 0.0);
        silent.outlook = None;
        let items = vec![
            item("b", "2020-01-02", 0.2),
            item("a", "2020-01-01", 0.1),
            item("a", "2020-01-01", 0.1),
            item("a", "2020-01-03", 0.4),
            item("c", "soon", 0.4),
            item("d", "", 0.4),
            item("e", "2019-01-01", 0.4),
            item("f", "2050-01-01", 0.4),
            silent,
        ];
        let limits = DateLimits { since: "2020-01-01".parse().ok(), ..DateLimits::default() };
        let archive = archive(items, limits).expect("articles");
        let found: Vec<_> = archive.findings().iter().map(|f| (f.kind, f.count, f.names.join(" "))).collect();
        let found: Vec<_> =
            found.iter().map(|(kind, count, names)| (*kind, *count, names.as_str())).collect();
        assert_eq!(
            found,
            [
                ("repeated-row", 1, "a"),
                ("repeated-id", 1, "a"),
                ("bad-date", 1, "c (soon)"),
                ("no-date", 1, "d"),
                ("before-since", 1, "e"),
                ("no-outlook", 1, "quiet"),
                ("far-ahead", 1, "f (2050-01-01)"),
            ]
        );
        assert_eq!(archive.articles(), 4);
        let counted: usize =
            archive.findings().iter().filter(|f| f.message.contains("left out")).map(|f| f.count).sum();
        assert_eq!(archive.articles() + counted + 1, 9);
    }

    #[test]
    fn models_are_not_mixed_silently() {
        let mixed = || {
            let mut other = item("b", "2020-01-02", 0.2);
            other.model = "another".into();
            vec![item("a", "2020-01-01", 0.1), other]
        };
        let error = archive(mixed(), DateLimits::default()).expect_err("refused");
        assert!(error.to_string().contains("another, m"), "{error}");
        let allowed =
            archive(mixed(), DateLimits { allow_mixed: true, ..DateLimits::default() }).expect("allowed");
        assert_eq!(allowed.findings()[0].kind, "mixed-models");
        assert!(archive(Vec::new(), DateLimits::default()).is_err());
    }

    #[test]
    fn the_order_of_arrival_does_not_count() {
        let items: Vec<SeriesArticle> = (0..30)
            .map(|i| item(&format!("n{i}"), &format!("2020-01-{:02}", 1 + i % 9), f64::from(i) / 50.0))
            .collect();
        let mut turned = items.clone();
        turned.reverse();
        let ids = |items| {
            let archive = archive(items, DateLimits::default()).expect("articles");
            (archive.items.iter().map(|item| item.id.clone()).collect::<Vec<_>>(), archive.story)
        };
        assert_eq!(ids(items), ids(turned));
    }
}
