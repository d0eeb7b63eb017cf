//! [`SetSelector`]: which articles and statements belong to the two sets of a comparison.

use detente::Day;

use crate::collection::Collection;
use crate::data_issue::DataIssue;
use crate::series_article::{SeriesArticle, SeriesStatement};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A day as "11 June 2018".
fn long_date(day: Day) -> String {
    let month = MONTHS.get(day.month() as usize - 1).copied().unwrap_or_default();
    format!("{} {month} {}", day.day(), day.year())
}

/// How the two sets of a comparison are defined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SetSelector {
    /// Two inputs, by name: the articles assigned to set 0 and set 1 ([`SeriesArticle::in_set`]).
    Inputs(String, String),
    /// Two periods.
    Days {
        /// The first set has the articles before this day.
        before: Day,
        /// The second set has the articles after this day.
        after: Day,
    },
    /// Two sides, by name: the statements of each.
    Sides(String, String),
}

impl SetSelector {
    /// The names of the two sets.
    pub(crate) fn names(&self) -> [String; 2] {
        match self {
            Self::Inputs(a, b) | Self::Sides(a, b) => [a.clone(), b.clone()],
            Self::Days { before, after } => [format!("before {before}"), format!("after {after}")],
        }
    }

    /// The names of the two sets in a sentence.
    pub(crate) fn labels(&self) -> [String; 2] {
        match self {
            Self::Inputs(..) | Self::Sides(..) => self.names(),
            Self::Days { before, after } => [
                format!("until {}", long_date(before.plus_days(-1))),
                format!("from {}", long_date(after.plus_days(1))),
            ],
        }
    }

    /// What the sets are: `inputs`, `days` or `sides`.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Inputs(..) => "inputs",
            Self::Days { .. } => "days",
            Self::Sides(..) => "sides",
        }
    }

    /// The articles with statements in a set, and reports of the others.
    pub(crate) fn select<'a>(
        &self,
        collection: &'a Collection,
        issues: &mut Vec<DataIssue>,
    ) -> Vec<SelectedArticle<'a>> {
        let mut selected = Vec::new();
        let (mut between, mut straddling, mut without_statements) = (Vec::new(), Vec::new(), Vec::new());
        for (at, article) in collection.articles.iter().enumerate() {
            let story = collection.story.get(at).copied().unwrap_or(0);
            let in_set = |set, is_selected: &dyn Fn(&SeriesStatement) -> bool| SelectedArticle {
                article,
                story,
                set,
                statements: counted(article).filter(|statement| is_selected(statement)).collect(),
            };
            let candidates = match self {
                Self::Inputs(..) => vec![in_set(usize::from(article.set), &|_| true)],
                Self::Sides(a, b) => {
                    vec![in_set(0, &|s| *s.side == **a), in_set(1, &|s| *s.side == **b)]
                }
                Self::Days { before, after } => {
                    let set_of_day = |day: Option<Day>| {
                        if day < Some(*before) { Some(0) } else { (day > Some(*after)).then_some(1) }
                    };
                    // all articles of a story belong to the set of the first one
                    let first = collection.articles.get(story as usize);
                    let set = set_of_day(first.and_then(SeriesArticle::day));
                    if set != set_of_day(article.day()) {
                        straddling.push(article);
                    }
                    if let Some(set) = set {
                        vec![in_set(set, &|_| true)]
                    } else {
                        between.push(article);
                        continue;
                    }
                }
            };
            let before = selected.len();
            selected.extend(candidates.into_iter().filter(|article| !article.statements.is_empty()));
            if selected.len() == before {
                without_statements.push(article);
            }
        }
        DataIssue::add(issues, "between-sets", "in neither period; left out", between.into_iter());
        DataIssue::add(
            issues,
            "straddling",
            "copies of a story that began in the other period; counted there",
            straddling.into_iter(),
        );
        DataIssue::add(
            issues,
            "no-voice",
            "no statement of either set; left out",
            without_statements.into_iter(),
        );
        selected
    }
}

/// An article in a set, with the statements that count.
pub(crate) struct SelectedArticle<'a> {
    pub(crate) article: &'a SeriesArticle,
    /// Index of the story's first article.
    pub(crate) story: u32,
    /// 0 or 1.
    pub(crate) set: usize,
    pub(crate) statements: Vec<&'a SeriesStatement>,
}

impl SelectedArticle<'_> {
    /// Total weight and contribution of the statements.
    pub(crate) fn totals(&self) -> (f64, f64) {
        self.statements.iter().fold((0.0, 0.0), |sum, s| (sum.0 + s.weight, sum.1 + s.contribution))
    }
}

fn counted(article: &SeriesArticle) -> impl Iterator<Item = &SeriesStatement> {
    article.statements.iter().filter(|statement| !statement.background && statement.weight > 0.0)
}
