//! [`article_from_text`]: an article from plain text, with its date header and title line separated from the body.

use detente::{Article, Day, Span};
use detente_lang::{ends_sentence, is_space};

/// A first line with more characters than this is not a title.
const MAX_TITLE_CHARS: usize = 150;
/// Length of `YYYY-MM-DD`.
const DATE_LEN: usize = 10;

/// Returns the article in a plain text.
///
/// A leading `date YYYY-MM-DD` (on its own line or at the start of the first) is the date. A first line of at most
/// 150 characters without final punctuation, followed by a blank line and more text, is the title. The rest is the
/// body. `Article::text` is the text as given.
#[must_use]
pub fn article_from_text(id: impl Into<String>, text: impl Into<String>) -> Article {
    let mut article = Article::new(id, text);
    let text = article.text.as_str();
    let mut start = skip_spaces(text, 0);
    if let Some((day, length)) = date_header(text.get(start..).unwrap_or("")) {
        article.date = Some(day);
        start = skip_spaces(text, start + length);
    }
    let rest = text.get(start..).unwrap_or("");
    let line = rest.split(['\n', '\r']).next().unwrap_or("");
    let after = rest.get(line.len()..).unwrap_or("");
    let gap = after.get(..after.len() - after.trim_start_matches(is_space).len()).unwrap_or("");
    // line breaks are \n, \r\n, or \r in files of the classic Mac OS
    let breaks = gap.matches('\n').count().max(gap.matches('\r').count());
    let title = line.trim_matches(|c| is_space(c) || c == '#');
    let is_title = !title.is_empty() && title.chars().count() <= MAX_TITLE_CHARS && !ends_sentence(title);
    if is_title && breaks > 1 && after.len() > gap.len() {
        article.title = Some(title.to_owned());
        start += line.len() + gap.len();
    }
    article.body = Span::new(start, text.len());
    article
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
    fn a_title_needs_a_blank_line_and_no_full_stop() {
        assert_eq!(parts("Talks resume\n\nThey met.").1.as_deref(), Some("Talks resume"));
        assert_eq!(parts("Talks resume\nThey met.").1, None);
        assert_eq!(parts("Talks resumed.\n\nThey met.").1, None);
        assert_eq!(parts("Talks resume\n\n").1, None);
    }
}
