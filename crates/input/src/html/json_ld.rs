//! [`read_scripts`]: the articles in the JSON-LD of a page, also where it is not quite JSON.

use detente::Day;
use serde_json::Value;

use crate::date::parse_date;
use crate::html::page::collapse_spaces;

/// An article as the JSON-LD of a page declares it.
#[derive(Debug, Default)]
pub(crate) struct LdArticle {
    pub(crate) title: Option<String>,
    pub(crate) day: Option<Day>,
    pub(crate) modified: Option<Day>,
    pub(crate) body: Option<String>,
    /// Whether it says that it is the main subject of the page.
    is_main: bool,
}

/// The dates of pages, for pages whose JSON-LD has no article.
pub(crate) struct LdDates(Option<Day>);

impl LdDates {
    /// The first date.
    pub(crate) fn first(dates: &[Self]) -> Option<Day> {
        dates.iter().find_map(|dates| dates.0)
    }
}

/// Types of things that have a name and a date, and are not the article.
const OTHER_TYPES: [&str; 8] =
    ["WebPage", "WebSite", "ImageObject", "VideoObject", "Product", "Event", "Comment", "Person"];
/// Values are read so deep.
const MAX_DEPTH: usize = 16;

/// The articles and the other dates in the contents of scripts.
pub(crate) fn read_scripts(scripts: &[String]) -> (Vec<LdArticle>, Vec<LdDates>) {
    let (mut articles, mut dates) = (Vec::new(), Vec::new());
    for script in scripts {
        match repaired(script) {
            Some(value) => read_value(&value, MAX_DEPTH, &mut articles, &mut dates),
            None => articles.extend(scanned(script)),
        }
    }
    (articles, dates)
}

impl LdArticle {
    /// The article among several that a page is about: the one with the title that the page shows, else the one that
    /// says so, else the first.
    pub(crate) fn choose(mut articles: Vec<Self>, shown: &[&str]) -> Self {
        let is_shown = |article: &Self| {
            article.title.as_deref().is_some_and(|title| {
                let title = title.to_lowercase();
                shown.iter().any(|shown| !shown.is_empty() && shown.to_lowercase().starts_with(&title))
            })
        };
        let chosen = articles
            .iter()
            .position(is_shown)
            .or_else(|| articles.iter().position(|article| article.is_main));
        let mut chosen = if articles.is_empty() {
            return Self::default();
        } else {
            articles.swap_remove(chosen.unwrap_or(0))
        };
        // sites declare one article in two scripts
        for other in articles.into_iter().filter(|other| other.title == chosen.title || other.title.is_none())
        {
            chosen.day = chosen.day.or(other.day);
            chosen.body = chosen.body.or(other.body);
        }
        chosen
    }
}

/// The JSON in a script without comments, `CDATA`, semicolons, raw line breaks and commas before brackets.
fn repaired(script: &str) -> Option<Value> {
    let start = script.find(['{', '['])?;
    let end = script.rfind(['}', ']'])?;
    let json = script.get(start..=end)?;
    if let Ok(value) = serde_json::from_str(json) {
        return Some(value);
    }
    let spaced: String = json.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    serde_json::from_str(&spaced).ok().or_else(|| serde_json::from_str(&without_last_commas(&spaced)).ok())
}

/// Removes commas before `}` and `]` outside strings.
fn without_last_commas(json: &str) -> String {
    let mut kept = String::with_capacity(json.len());
    let (mut is_string, mut is_escaped) = (false, false);
    for c in json.chars() {
        if !is_string && matches!(c, '}' | ']') {
            let length = kept.trim_end().strip_suffix(',').map(str::len);
            kept.truncate(length.unwrap_or(kept.len()));
        }
        is_string ^= c == '"' && !is_escaped;
        is_escaped = is_string && c == '\\' && !is_escaped;
        kept.push(c);
    }
    kept
}

/// The title and date in a script that is not JSON.
fn scanned(script: &str) -> Option<LdArticle> {
    let value_of = |name: &str| {
        let rest = script.get(script.find(&format!("\"{name}\""))? + name.len() + 2..)?;
        let rest = rest.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
        rest.get(..rest.find('"')?)
    };
    let day = value_of("datePublished").and_then(parse_date)?;
    let title = value_of("headline").map(collapse_spaces).filter(|title| !title.ends_with('\\'));
    Some(LdArticle { title, day: Some(day), ..LdArticle::default() })
}

fn read_value(value: &Value, depth: usize, articles: &mut Vec<LdArticle>, dates: &mut Vec<LdDates>) {
    if depth == 0 {
        return;
    }
    let object = match value {
        Value::Array(values) => {
            return values.iter().for_each(|value| read_value(value, depth - 1, articles, dates));
        }
        Value::Object(object) => object,
        _ => return,
    };
    let text = |name: &str| {
        object.get(name).and_then(Value::as_str).map(collapse_spaces).filter(|text| !text.is_empty())
    };
    let date = |name: &str| text(name).and_then(|text| parse_date(&text));
    let types: Vec<&str> = match object.get("@type") {
        Some(Value::String(name)) => vec![name],
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let is_article_type = |name: &&str| {
        name.ends_with("Article")
            || matches!(*name, "BlogPosting" | "LiveBlogPosting" | "Report" | "SocialMediaPosting")
    };
    let day = date("datePublished").or_else(|| date("dateCreated"));
    let has_headline = object.contains_key("headline") && day.is_some();
    let is_other = types.iter().any(|name| OTHER_TYPES.contains(name));
    if types.iter().any(is_article_type) || has_headline && !is_other {
        articles.push(LdArticle {
            title: text("headline").or_else(|| text("name")),
            day,
            modified: date("dateModified"),
            body: text("articleBody"),
            is_main: object.contains_key("mainEntityOfPage"),
        });
    } else if types.contains(&"WebPage") {
        dates.push(LdDates(day));
    }
    for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
        if let Some(value) = object.get(key) {
            read_value(value, depth - 1, articles, dates);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(script: &str) -> (Option<String>, Option<String>) {
        let article = LdArticle::choose(read_scripts(&[script.to_owned()]).0, &["Talks resume"]);
        (article.title, article.day.map(|day| day.to_string()))
    }

    #[test]
    fn articles_are_read_from_graphs_lists_and_faulty_json() {
        let article =
            r#"{"@type":["NewsArticle"],"headline":"Talks  resume","datePublished":"2031-05-09T08:00Z"}"#;
        let graph = format!(
            r#"{{"@graph":[{{"@type":"WebPage","headline":"no","datePublished":"2001-01-01"}},{article}]}}"#
        );
        let related = format!(
            r#"[{{"@type":"NewsArticle","headline":"Old talks","datePublished":"2018-03-02"}},{article}]"#
        );
        for script in [
            article.to_owned(),
            graph,
            related,
            format!("<!-- {article} -->"),
            format!("//<![CDATA[\n{article}\n//]]>"),
            format!("{article};"),
            article.replace("Talks  resume", "Talks\n resume"),
            article.replace("08:00Z\"}", "08:00Z\",}"),
            article.replace(r#"["NewsArticle"]"#, r#""CreativeWork""#),
            article.replace("{\"@type\"", "{\"about\": 'x', \"@type\""),
        ] {
            let found = chosen(&script);
            assert_eq!(found, (Some("Talks resume".to_owned()), Some("2031-05-09".to_owned())), "{script}");
        }
    }

    #[test]
    fn other_things_are_no_articles() {
        for script in [
            "",
            "{",
            "[1]",
            r#"{"@type":"WebPage","headline":"no","datePublished":"2001-01-01"}"#,
            r#"{"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","headline":"Old","datePublished":"2018-03-02"}]}"#,
            r#"{"@type":"Person","name":"Ann Ode"}"#,
        ] {
            assert_eq!(chosen(script), (None, None), "{script}");
        }
    }
}
