//! [`facts`]: what a page says about its article: title, day, and sometimes its text.

use detente::Day;
use serde_json::Value;

use crate::date_field::written_day;
use crate::html::page::{BlockKind, Page, collapsed};

/// What the page says.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    pub(crate) title: Option<String>,
    pub(crate) day: Option<Day>,
    /// The text of the JSON-LD, for pages that show none.
    pub(crate) body: Option<String>,
}

/// `meta` names of the headline, the best first.
const TITLES: [&str; 5] = ["og:title", "twitter:title", "dc.title", "dcterms.title", "headline"];
/// `meta` names of the day of publication, the best first.
const DAYS: [&str; 20] = [
    "article:published_time",
    "datepublished",
    "og:published_time",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "dcterms.created",
    "dc.date.created",
    "citation_publication_date",
    "publication_date",
    "publish-date",
    "publishdate",
    "published_time",
    "pubdate",
    "date",
    "article.published",
    "displaydate",
];

/// The facts of `page`.
pub(crate) fn facts(page: &Page) -> Facts {
    let mut facts = Facts::default();
    for json in &page.json {
        if let Ok(value) = serde_json::from_str(json.trim()) {
            of_json(&value, &mut facts);
        }
    }
    let meta = |wanted: &'static str| {
        page.metas.iter().filter(move |(name, content)| name == wanted && !content.is_empty()).map(|(_, c)| c)
    };
    let headings: Vec<&str> = page
        .blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Title && !block.is_aside)
        .map(|block| block.text.as_str())
        .collect();
    facts.title = facts
        .title
        .or_else(|| TITLES.iter().find_map(|name| meta(name).next()).map(|title| collapsed(title)))
        .or_else(|| headings.first().map(|title| (*title).to_owned()))
        .or_else(|| Some(without_site(&collapsed(&page.title))).filter(|title| !title.is_empty()));
    facts.day = facts
        .day
        .or_else(|| DAYS.iter().find_map(|name| meta(name).find_map(|content| written_day(content))))
        .or_else(|| in_article(page))
        .or_else(|| page.times.iter().find_map(|(time, _)| written_day(time)));
    facts
}

/// The first `time` that stands in an article.
fn in_article(page: &Page) -> Option<Day> {
    let (start, article) = page.frames.iter().enumerate().find(|(_, b)| b.is_article)?;
    let within = start..article.end;
    page.times.iter().filter(|(_, at)| within.contains(at)).find_map(|(time, _)| written_day(time))
}

/// Takes headline, day and text of the first article in a value of JSON-LD.
fn of_json(value: &Value, facts: &mut Facts) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| of_json(value, facts)),
        Value::Object(object) => {
            let kinds = object.get("@type");
            let is_article = |kind: &Value| {
                kind.as_str().is_some_and(|kind| {
                    kind.ends_with("Article") || matches!(kind, "BlogPosting" | "LiveBlogPosting" | "Report")
                })
            };
            let is_article = kinds.is_some_and(|kinds| {
                is_article(kinds) || kinds.as_array().is_some_and(|kinds| kinds.iter().any(is_article))
            });
            if is_article {
                let text = |name: &str| {
                    object.get(name).and_then(Value::as_str).map(collapsed).filter(|s| !s.is_empty())
                };
                facts.title = facts.title.take().or_else(|| text("headline"));
                facts.day = facts.day.or_else(|| text("datePublished").and_then(|day| written_day(&day)));
                facts.body = facts.body.take().or_else(|| text("articleBody"));
            }
            for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
                if let Some(value) = object.get(key) {
                    of_json(value, facts);
                }
            }
        }
        _ => {}
    }
}

/// A page's title without the name of the site: what stands before the last ` | `, ` - ` or ` – `.
fn without_site(title: &str) -> String {
    let cut = [" | ", " - ", " – ", " — ", " :: "].iter().filter_map(|mark| title.rfind(mark)).max();
    // a short rest is a name, a long one part of the headline
    let head = cut.and_then(|cut| title.get(..cut)).filter(|head| 2 * head.len() > title.len());
    head.unwrap_or(title).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_the_site_is_no_part_of_the_title() {
        assert_eq!(without_site("Talks resume in Port Velm | The Lantern"), "Talks resume in Port Velm");
        assert_eq!(
            without_site("News - A long headline that stands last"),
            "News - A long headline that stands last"
        );
        assert_eq!(
            without_site("Talks - and more talks - resume - Lantern"),
            "Talks - and more talks - resume"
        );
    }

    #[test]
    fn json_ld_is_found_in_graphs_and_lists() {
        let mut facts = Facts::default();
        let json = r#"{"@graph":[{"@type":"WebPage","headline":"no","datePublished":"2001-01-01"},
            {"@type":["NewsArticle"],"headline":"Talks  resume","datePublished":"2031-05-09T08:00Z"}]}"#;
        of_json(&serde_json::from_str(json).expect("JSON"), &mut facts);
        assert_eq!(facts.title.as_deref(), Some("Talks resume"));
        assert_eq!(facts.day.map(|day| day.to_string()).as_deref(), Some("2031-05-09"));
    }
}
