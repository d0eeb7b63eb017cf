//! [`article_from_html`]: the article of a web page, without menus, captions, teasers and comments.

use detente::{Article, Warning, WarningKind};

use crate::encoding::decode_with_label;
use crate::html::attribute_limit::limit_attributes;
use crate::html::content::article_paragraphs;
use crate::html::fragment::block_texts;
use crate::html::metadata::page_metadata;
use crate::html::page_data::text_in_data;
use crate::html::parser::parse_page;
use crate::input_error::{InputError, InputErrorKind, Result};

/// Text of the metadata is used if the page shows less than this share of it.
const MAX_START_SHARE: f64 = 0.3;
/// A page whose text starts with so many characters that its metadata does not have shows another text: an offer of a
/// subscription.
const START_CHARS: usize = 30;
/// A shorter text may be another part of the page.
const DOUBTFUL_TEXT: usize = 400;

/// Returns the article of a web page: its text, title and publication date.
///
/// The text consists of paragraphs, subheadings and list items, without markup, with entities resolved and spaces
/// collapsed, separated by blank lines. Menus, captions, forms, teasers, comments and blocks that are mostly links
/// are left out. Spans are therefore byte ranges of that text, not of the page, and a note says so. The title is the
/// first of JSON-LD, `meta`, `h1` and `title`; the date the first of JSON-LD, `meta`, `itemprop` and `time`.
///
/// Time and memory are linear in the length of the page, however deeply it is nested.
///
/// # Errors
/// If the page has no article text.
pub fn article_from_html(id: impl Into<String>, page: &str) -> Result<Article> {
    let page = parse_page(&limit_attributes(page));
    let metadata = page_metadata(&page);
    let mut paragraphs = article_paragraphs(&page, metadata.title.as_deref());
    let found: usize = paragraphs.iter().map(String::len).sum();
    // behind a paywall the page shows the start of the text that its metadata has
    let shows_other_text = |body: &String| {
        let start: String = paragraphs.first().map_or("", String::as_str).chars().take(START_CHARS).collect();
        found < body.len() && !body.contains(&start)
    };
    let is_start =
        |body: &String| (found as f64) < MAX_START_SHARE * body.len() as f64 || shows_other_text(body);
    if let Some(body) = metadata.body.filter(|body| paragraphs.is_empty() || is_start(body)) {
        paragraphs = block_texts(&body);
    }
    if paragraphs.is_empty() {
        paragraphs = text_in_data(&page.data).map(|text| block_texts(&text)).unwrap_or_default();
    }
    if paragraphs.is_empty() {
        return Err(InputError::new(InputErrorKind::NoText, "no article text in the page"));
    }
    let mut article = Article::new(id, paragraphs.join("\n\n"));
    article.title = metadata.title;
    article.date = metadata.day;
    article.warnings.push(Warning::new(
        WarningKind::Html,
        "text extracted from a web page: offsets count bytes of that text".to_owned(),
    ));
    if let Some(value) = metadata.unused_date {
        let message = format!("{value:?} in the page is not known to be the date of the article");
        article.warnings.push(Warning::new(WarningKind::BadDate, message).with_value(value));
    }
    let left_out: usize =
        page.blocks.iter().filter(|block| block.is_boilerplate && block.part > 0).map(|b| b.text.len()).sum();
    if article.text.len() < DOUBTFUL_TEXT && left_out > 2 * article.text.len() {
        let message = "little text was found in the page: another part may be the article".to_owned();
        article.warnings.push(Warning::new(WarningKind::DoubtfulText, message));
    }
    Ok(article)
}

/// The paragraphs of the article in a page.
pub(crate) fn article_paragraphs_of(page: &str) -> Vec<String> {
    let page = parse_page(&limit_attributes(page));
    let title = page_metadata(&page).title;
    article_paragraphs(&page, title.as_deref())
}

/// Returns the article of a page in an unknown encoding.
pub(crate) fn article_from_bytes(id: &str, bytes: &[u8]) -> Result<Article> {
    let decoded = decode_with_label(bytes, declared_charset(bytes))?;
    let mut article = article_from_html(id, &decoded.text)?;
    article.warnings.extend(decoded.notes);
    Ok(article)
}

/// A page must declare its encoding in this many bytes (HTML standard, 4.2.5.4).
const PRESCAN_BYTES: usize = 1024;

/// The encoding that the start of a page declares: what follows `charset=`, without quotation marks.
fn declared_charset(bytes: &[u8]) -> Option<&[u8]> {
    const KEY: &[u8] = b"charset=";
    let head = bytes.get(..bytes.len().min(PRESCAN_BYTES))?;
    let at = head.windows(KEY.len()).position(|part| part.eq_ignore_ascii_case(KEY))?;
    let value = head.get(at + KEY.len()..)?;
    let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
    let is_name = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':' | b'.');
    value.get(..value.iter().take_while(|b| is_name(b)).count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_title_and_date_are_extracted_and_the_rest_left_out() {
        let page = "<!doctype html><title>Talks resume | The Lantern</title>\
            <meta property='article:published_time' content='2031-05-09T23:10:00+02:00'>\
            <nav><ul><li><a href=/>Home</a><li><a href=/w>World</a></ul></nav>\
            <article><h1>Talks resume</h1><p class=byline>By Ann Ode\
            <p>Envoys of Velmark &amp; Ostrania <b>met</b> on\n Friday for the first time in weeks.\
            <p>“We aren&rsquo;t there yet,” one of them said after the meeting.\
            <aside><p>Sign up for our letter, which comes every day, and never miss a thing.</aside></article>\
            <footer><p>All rights reserved, and so on, by the owners of this page.</footer>";
        let article = article_from_html("a", page).expect("an article");
        assert_eq!(
            article.text,
            "Envoys of Velmark & Ostrania met on Friday for the first time in weeks.\n\n\
             “We aren’t there yet,” one of them said after the meeting."
        );
        assert_eq!(article.title.as_deref(), Some("Talks resume"));
        assert_eq!(article.date.map(|day| day.to_string()).as_deref(), Some("2031-05-09"));
        assert_eq!(article.warnings[0].kind.as_str(), "html");
    }

    #[test]
    fn a_page_without_text_is_an_error_and_deep_nesting_is_not() {
        assert!(
            article_from_html("a", "<p><a href=x>All that is here is a link to another page.</a>").is_err()
        );
        assert!(article_from_html("a", "").is_err());
        let deep = format!("{}<p>Talks went on for nine hours.", "<div>".repeat(200_000));
        assert_eq!(article_from_html("a", &deep).expect("an article").text, "Talks went on for nine hours.");
    }
}
