//! [`ArticleFilter`] and [`Page`]: which articles a query is about.

use detente::Day;
use rusqlite::ToSql;

/// Which articles a query is about.
///
/// ```
/// use detente_archive::{ArticleFilter, Filing};
/// let filter = ArticleFilter { since: "2031-01-01".parse().ok(), ..ArticleFilter::negotiation("steel") };
/// assert_eq!(filter.filing, Filing::Under("steel".to_owned()));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArticleFilter {
    /// Under which negotiation it is filed.
    pub filing: Filing,
    /// First day. With a first or a last day, articles without a date are left out.
    pub since: Option<Day>,
    /// Last day.
    pub until: Option<Day>,
}

/// Under which negotiation an article is filed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Filing {
    /// Any, or none.
    #[default]
    Any,
    /// None.
    Unfiled,
    /// The one with this name.
    Under(String),
}

/// Which results of a query are returned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// Results that are skipped.
    pub offset: usize,
    /// Maximum number of results.
    pub limit: usize,
}

impl Default for Page {
    /// The first 20 results.
    fn default() -> Self {
        Self { offset: 0, limit: 20 }
    }
}

impl ArticleFilter {
    /// The articles of one negotiation.
    #[must_use]
    pub fn negotiation(name: impl Into<String>) -> Self {
        Self { filing: Filing::Under(name.into()), ..Self::default() }
    }

    /// A condition on the columns of `article`, and the values of its parameters.
    pub(crate) fn condition(&self) -> (String, Vec<Box<dyn ToSql>>) {
        let mut conditions = vec!["true"];
        let mut values: Vec<Box<dyn ToSql>> = Vec::new();
        match &self.filing {
            Filing::Any => {}
            Filing::Unfiled => conditions.push("article.negotiation IS NULL"),
            Filing::Under(name) => {
                conditions.push("article.negotiation = ?");
                values.push(Box::new(name.clone()));
            }
        }
        for (condition, day) in [("article.date >= ?", self.since), ("article.date <= ?", self.until)] {
            if let Some(day) = day {
                conditions.push(condition);
                values.push(Box::new(day.to_string()));
            }
        }
        (conditions.join(" AND "), values)
    }
}
