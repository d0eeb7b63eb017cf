//! [`plain`]: an article from plain text, its date header and title line apart from its body.

use detente::{Article, Day, Span};
use detente_lang::{ends_sentence, is_space};

/// A first line longer than this many characters is no title.
const TITLE_LIMIT: usize = 150;

/// The article that a plain text is.
///
/// A leading `date YYYY-MM-DD` (a line of its own, or glued to the first line) gives
/// the date. A first line of at most 150 characters without final punctuation, with a
/// blank line after it and more text after that, gives the title. The rest is the body;
/// `text` stays as given.
#[must_use]
pub fn plain(id: impl Into<String>, text: impl Into<String>) -> Article {
    let mut article = Article::new(id, text);
    let text = article.text.as_str();
    let mut start = blanks(text, 0);
    if let Some((day, length)) = header(text.get(start..).unwrap_or("")) {
        article.date = Some(day);
        start = blanks(text, start + length);
    }
    let rest = text.get(start..).unwrap_or("");
    let line = rest.split(['\n', '\r']).next().unwrap_or("");
    let after = rest.get(line.len()..).unwrap_or("");
    let gap = after.get(..after.len() - after.trim_start_matches(is_space).len()).unwrap_or("");
    let breaks = gap.matches('\n').count().max(gap.matches('\r').count());
    let title = line.trim_matches(|c| is_space(c) || c == '#');
    let is_title = !title.is_empty() && title.chars().count() <= TITLE_LIMIT && !ends_sentence(title);
    if is_title && breaks > 1 && after.len() > gap.len() {
        article.title = Some(title.to_owned());
        start += line.len() + gap.len();
    }
    article.body = Span::new(start, text.len());
    article
}

fn blanks(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or("");
    at + rest.len() - rest.trim_start_matches(is_space).len()
}

/// The day that a text starting with `date YYYY-MM-DD` names, and the length of that header.
fn header(text: &str) -> Option<(Day, usize)> {
    let word = text.get(..4).filter(|word| word.eq_ignore_ascii_case("date"))?;
    let rest = text.get(word.len()..)?;
    let rest = rest.strip_prefix(':').unwrap_or(rest);
    let value = rest.trim_start_matches([' ', '\t']);
    if value.len() == rest.len() {
        return None;
    }
    let day = value.get(..10)?;
    let after = value.get(10..)?;
    let is_whole = after.chars().next().is_none_or(is_space);
    Some((day.parse().ok().filter(|_| is_whole)?, text.len() - after.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> (Option<String>, Option<String>, String) {
        let article = plain("a", text);
        let body = article.body.slice(&article.text).to_owned();
        (article.date.map(|day| day.to_string()), article.title, body)
    }

    #[test]
    fn a_date_header_stands_alone_or_glued() {
        let body = "The two sides met.".to_owned();
        let date = Some("2020-02-03".to_owned());
        assert_eq!(parts(" date 2020-02-03 The two sides met."), (date.clone(), None, body.clone()));
        assert_eq!(parts("date: 2020-02-03\r\n\r\nThe two sides met."), (date, None, body));
        assert_eq!(parts("date 2020-02-99 was typed").0, None);
        assert_eq!(parts("dates 2020-02-03 x").0, None);
    }

    #[test]
    fn a_title_needs_a_blank_line_and_no_final_stop() {
        assert_eq!(parts("Talks resume\n\nThey met.").1.as_deref(), Some("Talks resume"));
        assert_eq!(parts("Talks resume\nThey met.").1, None);
        assert_eq!(parts("Talks resumed.\n\nThey met.").1, None);
        assert_eq!(parts("Talks resume\n\n").1, None);
    }
}
