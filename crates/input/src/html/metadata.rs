//! [`page_metadata`]: the title, date and text that a page declares for its article.

use detente::Day;
use serde_json::Value;

use crate::date_field::parse_date;
use crate::html::page::{BlockKind, Page, collapse_spaces};

/// Metadata of the article on a page.
#[derive(Debug, Default)]
pub(crate) struct Metadata {
    pub(crate) title: Option<String>,
    pub(crate) day: Option<Day>,
    /// The text in the JSON-LD, for pages that show none.
    pub(crate) body: Option<String>,
}

/// `meta` names of the headline, in order of preference.
const TITLE_NAMES: [&str; 5] = ["og:title", "twitter:title", "dc.title", "dcterms.title", "headline"];
/// `meta` names of the publication date, in order of preference.
const DATE_NAMES: [&str; 20] = [
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

/// Returns the metadata of `page`, from its JSON-LD first, then its `meta`, `h1`, `title` and `time` elements.
pub(crate) fn page_metadata(page: &Page) -> Metadata {
    let mut metadata = Metadata::default();
    for json in &page.json {
        if let Ok(value) = serde_json::from_str(json.trim()) {
            read_json_ld(&value, &mut metadata);
        }
    }
    let meta = |wanted: &'static str| {
        page.metas.iter().filter(move |(name, content)| name == wanted && !content.is_empty()).map(|(_, c)| c)
    };
    let headings: Vec<&str> = page
        .blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Title && !block.is_boilerplate)
        .map(|block| block.text.as_str())
        .collect();
    metadata.title = metadata
        .title
        .or_else(|| TITLE_NAMES.iter().find_map(|name| meta(name).next()).map(|title| collapse_spaces(title)))
        .or_else(|| headings.first().map(|title| (*title).to_owned()))
        .or_else(|| Some(without_site_name(&collapse_spaces(&page.title))).filter(|title| !title.is_empty()));
    metadata.day = metadata
        .day
        .or_else(|| DATE_NAMES.iter().find_map(|name| meta(name).find_map(|content| parse_date(content))))
        .or_else(|| time_in_article(page))
        .or_else(|| page.times.iter().find_map(|(time, _)| parse_date(time)));
    metadata
}

/// The date of the first `time` element in an `article`.
fn time_in_article(page: &Page) -> Option<Day> {
    let (start, article) = page.containers.iter().enumerate().find(|(_, container)| container.is_article)?;
    let range = start..article.end;
    page.times
        .iter()
        .filter(|(_, container)| range.contains(container))
        .find_map(|(time, _)| parse_date(time))
}

/// Fills missing metadata from the first article in a JSON-LD value.
fn read_json_ld(value: &Value, metadata: &mut Metadata) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| read_json_ld(value, metadata)),
        Value::Object(object) => {
            let types = object.get("@type");
            let is_article_type = |name: &Value| {
                name.as_str().is_some_and(|name| {
                    name.ends_with("Article") || matches!(name, "BlogPosting" | "LiveBlogPosting" | "Report")
                })
            };
            let is_article = types.is_some_and(|types| {
                is_article_type(types)
                    || types.as_array().is_some_and(|types| types.iter().any(is_article_type))
            });
            if is_article {
                let text = |name: &str| {
                    object.get(name).and_then(Value::as_str).map(collapse_spaces).filter(|s| !s.is_empty())
                };
                metadata.title = metadata.title.take().or_else(|| text("headline"));
                metadata.day =
                    metadata.day.or_else(|| text("datePublished").and_then(|day| parse_date(&day)));
                metadata.body = metadata.body.take().or_else(|| text("articleBody"));
            }
            for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
                if let Some(value) = object.get(key) {
                    read_json_ld(value, metadata);
                }
            }
        }
        _ => {}
    }
}

/// The title without the name of the site, which follows the last ` | `, ` - ` or ` – `.
fn without_site_name(title: &str) -> String {
    let separator = [" | ", " - ", " – ", " — ", " :: "].iter().filter_map(|mark| title.rfind(mark)).max();
    // what follows is a name only if it is shorter than what comes before
    let head = separator.and_then(|at| title.get(..at)).filter(|head| 2 * head.len() > title.len());
    head.unwrap_or(title).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_site_name_is_removed_from_the_title() {
        assert_eq!(without_site_name("Talks resume in Port Velm | The Lantern"), "Talks resume in Port Velm");
        assert_eq!(
            without_site_name("News - A long headline that stands last"),
            "News - A long headline that stands last"
        );
        assert_eq!(
            without_site_name("Talks - and more talks - resume - Lantern"),
            "Talks - and more talks - resume"
        );
    }

    #[test]
    fn json_ld_is_read_from_graphs_and_type_lists() {
        let mut metadata = Metadata::default();
        let json = r#"{"@graph":[{"@type":"WebPage","headline":"no","datePublished":"2001-01-01"},
            {"@type":["NewsArticle"],"headline":"Talks  resume","datePublished":"2031-05-09T08:00Z"}]}"#;
        read_json_ld(&serde_json::from_str(json).expect("JSON"), &mut metadata);
        assert_eq!(metadata.title.as_deref(), Some("Talks resume"));
        assert_eq!(metadata.day.map(|day| day.to_string()).as_deref(), Some("2031-05-09"));
    }
}
