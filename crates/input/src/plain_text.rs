//! [`article_from_text`]: an article from plain text, with its date header and title line separated from the body.

use detente::{Article, Day, Span, Warning, WarningKind};
use detente_lang::{ends_sentence, is_space};

use crate::documents::{HeaderLine, read_front_matter, read_header_line};

/// A first line with more characters than this is not a title.
const MAX_TITLE_CHARS: usize = 150;
/// More lines of metadata are text.
const MAX_HEADER_LINES: usize = 12;
/// Length of `YYYY-MM-DD`.
const DATE_LEN: usize = 10;

/// Returns the article in a plain text.
///
/// Metadata at the start is not part of the body: front matter (YAML, TOML, JSON), lines as `Date: 15 Jan 2020` or
/// `Source: The Lantern`, and a date alone on a line. A first line of at most 150 characters without final
/// punctuation, followed by a blank line and more text, is the title; a date may follow it. The rest is the body.
/// `Article::text` is the text as given.
#[must_use]
pub fn article_from_text(id: impl Into<String>, text: impl Into<String>) -> Article {
    let mut article = Article::new(id, text);
    let text = std::mem::take(&mut article.text);
    let mut start = skip_spaces(&text, 0);
    if let Some(front) = read_front_matter(text.get(start..).unwrap_or("")) {
        (article.title, article.date, article.source) = (front.title, front.date, front.source);
        start = skip_spaces(&text, start + front.text_start);
    } else if let Some((day, length)) = date_header(text.get(start..).unwrap_or("")) {
        article.date = Some(day);
        start = skip_spaces(&text, start + length);
    }
    start = read_header(&text, start, &mut article);
    let rest = text.get(start..).unwrap_or("");
    let line = first_line(rest);
    let after = rest.get(line.len()..).unwrap_or("");
    let gap = after.get(..after.len() - after.trim_start_matches(is_space).len()).unwrap_or("");
    // line breaks are \n, \r\n, or \r in files of the classic Mac OS
    let breaks = gap.matches('\n').count().max(gap.matches('\r').count());
    let title = line.trim_matches(|c| is_space(c) || c == '#');
    let is_title = !title.is_empty() && title.chars().count() <= MAX_TITLE_CHARS && !ends_sentence(title);
    if is_title && breaks > 1 && after.len() > gap.len() {
        article.title.get_or_insert_with(|| title.to_owned());
        start = read_header(&text, start + line.len() + gap.len(), &mut article);
    }
    if text.get(start..).is_none_or(|body| body.trim().is_empty()) {
        start = 0;
    }
    article.body = Span::new(start, text.len());
    article.text = text;
    article
}

/// Reads lines of metadata from `start` into `article`; returns where the next line starts.
fn read_header(text: &str, mut start: usize, article: &mut Article) -> usize {
    for _ in 0..MAX_HEADER_LINES {
        let line = first_line(text.get(start..).unwrap_or(""));
        match read_header_line(line) {
            None => break,
            Some(HeaderLine::Date(day)) => article.date = article.date.or(Some(day)),
            Some(HeaderLine::Title(title)) => _ = article.title.get_or_insert(title),
            Some(HeaderLine::Source(source)) => _ = article.source.get_or_insert(source),
            Some(HeaderLine::BadDate(value)) => {
                let message = format!("{value:?} is not a date in a known format (YYYY-MM-DD)");
                article.warnings.push(Warning::new(WarningKind::BadDate, message).with_value(value));
            }
            Some(HeaderLine::Id(_) | HeaderLine::Other) => {}
        }
        start = skip_spaces(text, start + line.len());
    }
    start
}

fn first_line(text: &str) -> &str {
    text.split(['\n', '\r']).next().unwrap_or("")
}

fn skip_spaces(text: &str, from: usize) -> usize {
    let rest = text.get(from..).unwrap_or("");
    from + rest.len() - rest.trim_start_matches(is_space).len()
}

/// The date of a text that starts with `date YYYY-MM-DD` or `date: YYYY-MM-DD`, and the length of that header.
fn date_header(text: &str) -> Option<(Day, usize)> {
    let keyword = text.get(..4).filter(|word| word.eq_ignore_ascii_case("date"))?;
    let rest = text.get(keyword.len()..)?;
    let rest = rest.strip_prefix(':').unwrap_or(rest);
    let value = rest.trim_start_matches([' ', '\t']);
    if value.len() == rest.len() {
        return None;
    }
    let day = value.get(..DATE_LEN)?;
    let after = value.get(DATE_LEN..)?;
    let is_complete = after.chars().next().is_none_or(is_space);
    Some((day.parse().ok().filter(|_| is_complete)?, text.len() - after.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> (Option<String>, Option<String>, String) {
        let article = article_from_text("a", text);
        let body = article.body.slice(&article.text).to_owned();
        (article.date.map(|day| day.to_string()), article.title, body)
    }

    #[test]
    fn a_date_header_is_a_line_or_the_start_of_one() {
        let body = "The two sides met.".to_owned();
        let date = Some("2020-02-03".to_owned());
        assert_eq!(parts(" date 2020-02-03 The two sides met."), (date.clone(), None, body.clone()));
        assert_eq!(parts("date: 2020-02-03\r\n\r\nThe two sides met."), (date, None, body));
        assert_eq!(parts("date 2020-02-99 was typed").0, None);
        assert_eq!(parts("dates 2020-02-03 x").0, None);
    }

    #[test]
    fn metadata_at_the_start_is_no_text() {
        let body = "The two sides met on Monday.";
        for header in [
            "DATE: 15 Jan 2020\n\n",
            "2020-01-15\n\n",
            "January 15, 2020\n",
            "Source: The Lantern\nDate : 2020-01-15\n\n",
            "(date 2020-01-15)\n\n",
            "---\ndate: 2020-01-15\n---\n\n",
            "{\"date\":\"2020-01-15\"}\n\n",
        ] {
            let expected = (Some("2020-01-15".to_owned()), None, body.to_owned());
            assert_eq!(parts(&format!("{header}{body}")), expected, "{header}");
        }
        let (date, title, text) = parts(&format!("Talks resume\n\nJanuary 15, 2020\nBy: A. Ode\n\n{body}"));
        assert_eq!(
            (date.as_deref(), title.as_deref(), text.as_str()),
            (Some("2020-01-15"), Some("Talks resume"), body)
        );
        assert_eq!(article_from_text("a", "Date: soon\n\nThey met.").warnings[0].kind.as_str(), "bad-date");
        assert_eq!(parts("2020-01-15").2, "2020-01-15");
        assert_eq!(parts("Minister: \"No deal.\"\nThey met.").2, "Minister: \"No deal.\"\nThey met.");
    }

    #[test]
    fn a_title_needs_a_blank_line_and_no_full_stop() {
        assert_eq!(parts("Talks resume\n\nThey met.").1.as_deref(), Some("Talks resume"));
        assert_eq!(parts("Talks resume\nThey met.").1, None);
        assert_eq!(parts("Talks resumed.\n\nThey met.").1, None);
        assert_eq!(parts("Talks resume\n\n").1, None);
    }
}
