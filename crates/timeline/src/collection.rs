//! [`Collection`]: validated articles in chronological order, grouped into stories.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::sync::Arc;

use detente::{Day, Error, Result};

use crate::data_issue::DataIssue;
use crate::near_duplicate::{copies_of_earlier, stories};
use crate::series_article::{ArticleDate, Retain, SeriesArticle};

use rayon::prelude::*;

/// Articles in chronological order, each assigned to a story, with the issues found in the input.
#[derive(Debug)]
pub struct Collection {
    pub(crate) articles: Vec<SeriesArticle>,
    /// For each article, the index of the first article of its story.
    pub(crate) story: Vec<u32>,
    pub(crate) issues: Vec<DataIssue>,
    pub(crate) models: Vec<Arc<str>>,
}

impl Collection {
    /// Number of articles, without those left out.
    #[must_use]
    pub fn articles(&self) -> usize {
        self.articles.len()
    }

    /// Number of stories.
    #[must_use]
    pub fn stories(&self) -> usize {
        self.story.iter().enumerate().filter(|(at, story)| *at == **story as usize).count()
    }

    /// The issues found in the input, among them every group of articles that was left out.
    #[must_use]
    pub fn issues(&self) -> &[DataIssue] {
        &self.issues
    }

    /// The ids of the models that scored the articles, sorted.
    #[must_use]
    pub fn models(&self) -> Vec<String> {
        self.models.iter().map(ToString::to_string).collect()
    }

    /// Checks that all articles were kept with the parts of `needed`. An article kept without its statements would
    /// else count as one without any.
    ///
    /// # Errors
    /// A data error that names the missing part and what needs it.
    pub(crate) fn require(&self, needed: Retain, purpose: &str) -> Result<()> {
        let parts = |kept: Retain| {
            [
                ("statements", kept.statements),
                ("the texts of statements", kept.texts),
                ("details", kept.details),
            ]
        };
        for (part, (name, _)) in parts(needed).into_iter().enumerate().filter(|(_, (_, needs))| *needs) {
            let has = |article: &SeriesArticle| parts(article.retained)[part].1;
            let mut without = self.articles.iter().filter(|article| !has(article));
            if let Some(first) = without.next() {
                let count = 1 + without.count();
                let total = self.articles.len();
                let message = format!(
                    "{purpose} needs {name}, and {count} of {total} articles were kept without (first: {})",
                    first.id
                );
                return Err(Error::data(message));
            }
        }
        Ok(())
    }

    /// The day, the score and the story of each article, in chronological order.
    pub fn votes(&self) -> impl Iterator<Item = (Day, f64, u32)> + '_ {
        let articles = self.articles.iter().zip(&self.story);
        articles.filter_map(|(article, story)| Some((article.day()?, article.outlook?.score, *story)))
    }
}

/// Which articles a collection accepts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DateLimits {
    /// First day; earlier articles are left out and reported.
    pub since: Option<Day>,
    /// Last day; later articles are left out and reported.
    pub until: Option<Day>,
    /// Whether scores of different models may be combined.
    pub allow_mixed: bool,
    /// Whether near-duplicates of earlier articles are left out, so that no later article changes the story of an
    /// earlier one.
    pub first_prints: bool,
}

/// Builds a [`Collection`] from articles in any order.
#[derive(Debug, Default)]
pub struct Collector {
    articles: Vec<SeriesArticle>,
    names: HashSet<Arc<str>>,
}

impl Collector {
    /// Adds an article. Names that recur (sources, phrases, speakers) are stored once.
    pub fn push(&mut self, mut article: SeriesArticle) {
        let names = &mut self.names;
        let mut intern = |name: &mut Arc<str>| {
            // ten thousand articles name a few hundred speakers
            if let Some(known) = names.get(name) {
                *name = Arc::clone(known);
            } else {
                names.insert(Arc::clone(name));
            }
        };
        intern(&mut article.model);
        [&mut article.source, &mut article.negotiation, &mut article.domain]
            .into_iter()
            .flatten()
            .for_each(&mut intern);
        article.phrases.iter_mut().for_each(|phrase| intern(&mut phrase.text));
        for statement in &mut article.statements {
            intern(&mut statement.side);
            intern(&mut statement.speaker);
            statement.phrases.iter_mut().for_each(&mut intern);
        }
        self.articles.push(article);
    }

    /// The articles in the order in which they were added.
    pub(crate) fn into_articles(self) -> Vec<SeriesArticle> {
        self.articles
    }

    /// Keeps the articles for which `is_kept` holds, and returns the number of the others.
    pub(crate) fn keep(&mut self, is_kept: impl FnMut(&SeriesArticle) -> bool) -> usize {
        let before = self.articles.len();
        self.articles.retain(is_kept);
        before - self.articles.len()
    }

    /// Builds the collection. The result does not depend on the order of the articles.
    ///
    /// Identical rows are counted once; articles without an outlook, without a valid date or outside `limits` are
    /// left out. Each of these cases is reported as an issue.
    ///
    /// # Errors
    /// If the articles were scored by different models and `limits` do not allow it, or if no article remains.
    pub fn finish(self, limits: &DateLimits) -> Result<Collection> {
        let mut articles = self.articles;
        articles.par_sort_by(canonical_order);
        let total = articles.len();
        let mut issues = Vec::new();
        leave_out_unusable(&mut articles, limits, &mut issues);
        DataIssue::add(
            &mut issues,
            "far-ahead",
            "more than a year after nearly all others; counted (--until leaves it out)",
            far_ahead(&articles),
        );
        DataIssue::add(
            &mut issues,
            "far-behind",
            "more than a year before nearly all others; counted (--since leaves it out)",
            far_behind(&articles),
        );
        let models = single_model(&articles, limits, &mut issues)?;
        if articles.is_empty() {
            let reasons: Vec<String> = issues.iter().map(|i| format!("{} {}", i.count, i.message)).collect();
            return Err(Error::data(format!(
                "no dated article with an outlook among {total}: {}",
                reasons.join("; ")
            )));
        }
        let signatures: Vec<_> = articles.iter().map(|a| (a.day(), a.signature.as_ref())).collect();
        let story = if limits.first_prints {
            let copies = copies_of_earlier(&signatures);
            let mut copies = copies.into_iter();
            let left_out: Vec<SeriesArticle> =
                articles.extract_if(.., |_| copies.next().unwrap_or(false)).collect();
            let message = "near-duplicate of an earlier article; left out (--causal)";
            DataIssue::add(&mut issues, "later-copy", message, left_out.iter());
            (0..articles.len() as u32).collect()
        } else {
            stories(&signatures)
        };
        // signatures are not needed any more: a third of the memory of an article
        for article in &mut articles {
            article.signature = None;
        }
        let collection = Collection { articles, story, issues, models };
        tracing::info!(
            seen = total,
            articles = collection.articles(),
            stories = collection.stories(),
            "grouped into stories"
        );
        Ok(collection)
    }
}

/// Removes repeated rows and articles that cannot be placed in a series, and reports them.
fn leave_out_unusable(articles: &mut Vec<SeriesArticle>, limits: &DateLimits, issues: &mut Vec<DataIssue>) {
    let repeated = remove_repeated_rows(articles);
    DataIssue::add(issues, "repeated-row", "the same row again; counted once", repeated.iter());
    report_repeated_ids(issues, articles);
    let mut leave_out = |kind, message, is_unusable: &dyn Fn(&SeriesArticle) -> bool| {
        let removed: Vec<SeriesArticle> = articles.extract_if(.., |article| is_unusable(article)).collect();
        DataIssue::add(issues, kind, message, removed.iter());
    };
    // in this order: an article with several problems is reported once, for the first
    leave_out("bad-date", "not a valid date (YYYY-MM-DD is needed); left out", &|article| {
        matches!(article.date, ArticleDate::Invalid(_))
    });
    leave_out(
        "no-date",
        "no date; left out (--date-field names the field, --date sets the date of undated text)",
        &|article| article.day().is_none(),
    );
    leave_out("before-since", "before the first day asked for; left out", &|article| {
        limits.since.is_some_and(|since| article.day() < Some(since))
    });
    leave_out("after-until", "after the last day asked for; left out", &|article| {
        limits.until.is_some_and(|until| article.day() > Some(until))
    });
    leave_out("no-outlook", "no statement bears on a negotiation; left out", &|article| {
        article.outlook.is_none()
    });
}

/// The models of the articles; an error or an issue if there are several.
fn single_model(
    articles: &[SeriesArticle],
    limits: &DateLimits,
    issues: &mut Vec<DataIssue>,
) -> Result<Vec<Arc<str>>> {
    let mut models: Vec<Arc<str>> = articles.iter().map(|article| Arc::clone(&article.model)).collect();
    models.sort();
    models.dedup();
    let names = names_with_checksums(articles, &models);
    if names.len() > 1 {
        if !limits.allow_mixed {
            let names = names.join(", ");
            return Err(Error::data(format!(
                "scores of different models ({names}) are not comparable; score again with one model, or pass --allow-mixed"
            )));
        }
        issues.push(DataIssue::new("mixed-models", "scores of different models in one series", &names));
    }
    Ok(models)
}

/// The names of `models`; a model that several checksums are known for stands once for each of them.
fn names_with_checksums(articles: &[SeriesArticle], models: &[Arc<str>]) -> Vec<Arc<str>> {
    let mut known: Vec<(&str, [u8; 8])> =
        articles.iter().filter_map(|article| Some((&*article.model, article.model_checksum?))).collect();
    known.sort_unstable();
    known.dedup();
    let mut names = Vec::new();
    for model in models {
        let checksums: Vec<[u8; 8]> = known.iter().filter(|known| known.0 == &**model).map(|k| k.1).collect();
        if checksums.len() < 2 {
            names.push(Arc::clone(model));
            continue;
        }
        let hexadecimal = |checksum: [u8; 8]| checksum.map(|byte| format!("{byte:02x}")).concat();
        names.extend(checksums.into_iter().map(|sum| Arc::from(format!("{model} ({})", hexadecimal(sum)))));
    }
    names
}

/// A total order of the articles that does not depend on the order of the input.
fn canonical_order(a: &SeriesArticle, b: &SeriesArticle) -> Ordering {
    let invalid_date = |article: &SeriesArticle| match &article.date {
        ArticleDate::Invalid(text) => Some(text.clone()),
        _ => None,
    };
    let score = |article: &SeriesArticle| article.outlook.map(|o| (o.score, o.low, o.high));
    let key = |article: &SeriesArticle| {
        (article.source.clone(), article.negotiation.clone(), article.model.clone())
    };
    (a.day(), &a.id)
        .cmp(&(b.day(), &b.id))
        .then_with(|| invalid_date(a).cmp(&invalid_date(b)))
        .then_with(|| score(a).partial_cmp(&score(b)).unwrap_or(Ordering::Equal))
        .then_with(|| key(a).cmp(&key(b)))
        .then_with(|| a.title.cmp(&b.title))
        .then_with(|| a.set.cmp(&b.set))
        .then_with(|| a.signature.cmp(&b.signature))
}

/// Removes the rows that are equal to the row before them.
fn remove_repeated_rows(articles: &mut Vec<SeriesArticle>) -> Vec<SeriesArticle> {
    let repeats: Vec<bool> =
        articles.windows(2).map(|pair| canonical_order(&pair[0], &pair[1]).is_eq()).collect();
    let mut repeats = std::iter::once(false).chain(repeats);
    articles.extract_if(.., |_| repeats.next().unwrap_or(false)).collect()
}

/// Reports ids that several different articles have, or had before they were renamed.
fn report_repeated_ids(issues: &mut Vec<DataIssue>, articles: &[SeriesArticle]) {
    let mut by_id: Vec<&SeriesArticle> = articles.iter().collect();
    by_id.par_sort_by(|a, b| (&a.id, a.set).cmp(&(&b.id, b.set)));
    let repeated = by_id
        .windows(2)
        .filter(|pair| pair[0].id == pair[1].id && pair[0].set == pair[1].set)
        .map(|pair| pair[1])
        .chain(articles.iter().filter(|article| article.has_repeated_id));
    DataIssue::add(issues, "repeated-id", "same id as another article; both are counted", repeated);
}

/// Articles more than a year after the 99th percentile of the dates: often a typing error in the year. At least one
/// article is ignored for the percentile.
fn far_ahead(articles: &[SeriesArticle]) -> impl Iterator<Item = &SeriesArticle> {
    let percentile = articles.len().saturating_sub(1 + articles.len().div_ceil(100));
    let bound = articles.get(percentile).and_then(SeriesArticle::day).map(|day| day.plus_days(366));
    articles.iter().filter(move |article| bound.is_some() && article.day() > bound)
}

/// Articles more than a year before the first percentile of the dates, as the days 1900-01-01 and 1970-01-01 that stand
/// for an unknown date. At least one article is ignored for the percentile.
fn far_behind(articles: &[SeriesArticle]) -> impl Iterator<Item = &SeriesArticle> {
    let percentile = articles.len().div_ceil(100).min(articles.len().saturating_sub(1));
    let bound = articles.get(percentile).and_then(SeriesArticle::day).map(|day| day.plus_days(-366));
    articles.iter().filter(move |article| bound.is_some() && article.day() < bound)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::series_article::tests::article;

    fn collect(articles: Vec<SeriesArticle>, limits: DateLimits) -> Result<Collection> {
        let mut collector = Collector::default();
        for article in articles {
            collector.push(article);
        }
        collector.finish(&limits)
    }

    #[test]
    fn every_article_left_out_is_reported() {
        let mut without_outlook = article("quiet", "2020-01-04", 0.0);
        without_outlook.outlook = None;
        let articles = vec![
            article("b", "2020-01-02", 0.2),
            article("a", "2020-01-01", 0.1),
            article("a", "2020-01-01", 0.1),
            article("a", "2020-01-03", 0.4),
            article("c", "soon", 0.4),
            article("d", "", 0.4),
            article("e", "2019-01-01", 0.4),
            article("f", "2050-01-01", 0.4),
            without_outlook,
        ];
        let limits = DateLimits { since: "2020-01-01".parse().ok(), ..DateLimits::default() };
        let collection = collect(articles, limits).expect("articles");
        let found: Vec<_> =
            collection.issues().iter().map(|f| (f.kind, f.count, f.names.join(" "))).collect();
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
        let early = vec![
            article("a", "1970-01-01", 0.1),
            article("b", "2020-01-01", 0.1),
            article("c", "2020-01-02", 0.1),
        ];
        let early = collect(early, DateLimits::default()).expect("articles");
        let kinds: Vec<_> = early.issues().iter().map(|issue| (issue.kind, issue.names.join(" "))).collect();
        assert_eq!(kinds, [("far-behind", "a (1970-01-01)".to_owned())]);
        assert_eq!(collection.articles(), 4);
        let counted: usize =
            collection.issues().iter().filter(|f| f.message.contains("left out")).map(|f| f.count).sum();
        assert_eq!(collection.articles() + counted + 1, 9);
    }

    #[test]
    fn scores_of_different_models_are_refused_unless_allowed() {
        let mixed = || {
            let mut other = article("b", "2020-01-02", 0.2);
            other.model = "another".into();
            vec![article("a", "2020-01-01", 0.1), other]
        };
        let error = collect(mixed(), DateLimits::default()).expect_err("refused");
        assert!(error.to_string().contains("another, m"), "{error}");
        let allowed =
            collect(mixed(), DateLimits { allow_mixed: true, ..DateLimits::default() }).expect("allowed");
        assert_eq!(allowed.issues()[0].kind, "mixed-models");
        assert!(collect(Vec::new(), DateLimits::default()).is_err());
    }

    #[test]
    fn result_does_not_depend_on_input_order() {
        let articles: Vec<SeriesArticle> = (0..30)
            .map(|i| article(&format!("n{i}"), &format!("2020-01-{:02}", 1 + i % 9), f64::from(i) / 50.0))
            .collect();
        let mut reversed = articles.clone();
        reversed.reverse();
        let ids = |articles| {
            let collection = collect(articles, DateLimits::default()).expect("articles");
            (
                collection.articles.iter().map(|article| article.id.clone()).collect::<Vec<_>>(),
                collection.story,
            )
        };
        assert_eq!(ids(articles), ids(reversed));
    }
}
