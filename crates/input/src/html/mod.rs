//! [`html`]: the article of a web page, without what stands around it.

pub(crate) mod attribute_limit;
pub(crate) mod content;
pub(crate) mod elements;
pub(crate) mod metadata;
pub(crate) mod page;

use detente::{Article, Error, ErrorKind, Result, Warning, WarningKind};

use crate::encoding::decode_as;

/// The article that the web page `page` holds: its text, title and day of publication.
///
/// `text` is the article's own text: paragraphs, subheadings and list items, markup and
/// entities resolved, blanks collapsed, joined by blank lines. Menus, captions, forms,
/// teasers, comments and whatever is mostly links are left out. Spans therefore are bytes
/// of that text, not of the page, and a note says so. The title is that of the page's
/// JSON-LD, of its `meta` elements, its `h1` or its `title`, in this order; the day that
/// of JSON-LD, `meta`, `itemprop` or `time`.
///
/// Time and memory are linear in the page, however deeply it is nested.
///
/// # Errors
/// If no article text is in the page.
pub fn html(id: impl Into<String>, page: &str) -> Result<Article> {
    let page = page::read(&attribute_limit::bounded(page));
    let facts = metadata::facts(&page);
    let mut paragraphs = content::paragraphs(&page, facts.title.as_deref());
    if paragraphs.is_empty() {
        paragraphs = facts.body.into_iter().collect();
    }
    if paragraphs.is_empty() {
        return Err(Error::new(ErrorKind::NoText, "no article text in the page"));
    }
    let mut article = Article::new(id, paragraphs.join("\n\n"));
    article.title = facts.title;
    article.date = facts.day;
    let message = "text taken out of a web page: offsets are bytes of that text";
    article.warnings.push(Warning::new(WarningKind::Html, message));
    Ok(article)
}

/// How far, in bytes, a page may say what its encoding is (HTML standard, 4.2.5.4).
const PRESCAN: usize = 1024;

/// The article of a page of unknown encoding.
pub(crate) fn read(id: &str, bytes: &[u8]) -> Result<Article> {
    let decoded = decode_as(bytes, charset(bytes))?;
    let mut article = html(id, &decoded.text)?;
    article.warnings.extend(decoded.notes);
    Ok(article)
}

/// The encoding that the start of a page names: what follows `charset=`, quotes apart.
fn charset(bytes: &[u8]) -> Option<&[u8]> {
    let head = bytes.get(..bytes.len().min(PRESCAN))?;
    let at = head.windows(8).position(|part| part.eq_ignore_ascii_case(b"charset="))?;
    let value = head.get(at + 8..)?;
    let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
    let is_name = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':' | b'.');
    value.get(..value.iter().take_while(|b| is_name(b)).count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_title_and_day_come_out_and_the_rest_stays_behind() {
        let page = "<!doctype html><title>Talks resume | The Lantern</title>\
            <meta property='article:published_time' content='2031-05-09T23:10:00+02:00'>\
            <nav><ul><li><a href=/>Home</a><li><a href=/w>World</a></ul></nav>\
            <article><h1>Talks resume</h1><p class=byline>By Ann Ode\
            <p>Envoys of Velmark &amp; Ostrania <b>met</b> on\n Friday for the first time in weeks.\
            <p>“We aren&rsquo;t there yet,” one of them said after the meeting.\
            <aside><p>Sign up for our letter, which comes every day, and never miss a thing.</aside></article>\
            <footer><p>All rights reserved, and so on, by the owners of this page.</footer>";
        let article = html("a", page).expect("an article");
        assert_eq!(
            article.text,
            "Envoys of Velmark & Ostrania met on Friday for the first time in weeks.\n\n\
             “We aren’t there yet,” one of them said after the meeting."
        );
        assert_eq!(article.title.as_deref(), Some("Talks resume"));
        assert_eq!(article.date.map(|day| day.to_string()).as_deref(), Some("2031-05-09"));
        assert_eq!(article.warnings[0].kind, WarningKind::Html);
    }

    #[test]
    fn no_text_is_an_error_and_depth_is_no_danger() {
        assert!(html("a", "<p><a href=x>All that is here is a link to another page.</a>").is_err());
        assert!(html("a", "").is_err());
        let deep = format!("{}<p>Talks went on for nine hours.", "<div>".repeat(200_000));
        assert_eq!(html("a", &deep).expect("an article").text, "Talks went on for nine hours.");
    }
}
