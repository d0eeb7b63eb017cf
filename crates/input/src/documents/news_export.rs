//! [`articles_of_export`]: the articles of a text export of Nexis, Nexis Uni or `ProQuest`.

use detente::{Article, Day};

use crate::documents::header_line::{HeaderLine, date_line, read_header_line};
use crate::documents::tagged_export::{articles_with_tags, has_tags};

/// An article is looked at for its title, source and date in so many lines.
const HEAD_LINES: usize = 12;
/// Labels of lines after the text of an article.
const LAST_LABELS: [&str; 9] = [
    "load-date:",
    "language:",
    "publication-type:",
    "graphic:",
    "copyright:",
    "journal-code:",
    "classification",
    "notes:",
    "end of document",
];

/// The articles of an export. Empty if `text` is none.
pub(crate) fn articles_of_export(text: &str) -> Vec<Article> {
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
    if has_tags(&lines) {
        return articles_with_tags(&lines);
    }
    let starts: Vec<usize> =
        (0..lines.len()).filter(|at| lines.get(*at).is_some_and(|l| is_count(l))).collect();
    if !starts.is_empty() {
        return between(&lines, &starts).filter_map(numbered_article).collect();
    }
    let ends: Vec<usize> = (0..lines.len())
        .filter(|at| lines.get(*at).is_some_and(|line| line.trim().eq_ignore_ascii_case("end of document")))
        .collect();
    if !ends.is_empty() {
        let starts = std::iter::once(0).chain(ends.iter().map(|end| end + 1));
        return starts.zip(&ends).filter_map(|(from, to)| body_article(lines.get(from..*to)?)).collect();
    }
    let fields =
        lines.iter().filter(|line| line.starts_with("Full text:") || line.starts_with("Publication title:"));
    if fields.count() >= 2 { proquest_articles(&lines) } else { Vec::new() }
}

/// `1 of 12 DOCUMENTS`.
fn is_count(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let [number, of, count, documents] = words[..] else { return false };
    let is_number = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
    is_number(number)
        && is_number(count)
        && of.eq_ignore_ascii_case("of")
        && documents.eq_ignore_ascii_case("documents")
}

/// The lines after each of `starts` up to the next.
fn between<'l>(lines: &'l [&'l str], starts: &'l [usize]) -> impl Iterator<Item = &'l [&'l str]> {
    let ends = starts.iter().skip(1).copied().chain(std::iter::once(lines.len()));
    starts.iter().zip(ends).filter_map(|(from, to)| lines.get(from + 1..to))
}

/// An article with source, date and title before its labelled lines.
fn numbered_article(lines: &[&str]) -> Option<Article> {
    let mut head = Head::default();
    let mut at = 0;
    let mut has_label = false;
    while let Some(line) = lines.get(at).map(|line| line.trim()) {
        if !line.is_empty() {
            let is_label = is_upper_label(line);
            if has_label && !is_label || at > HEAD_LINES && !is_label && head.title.is_some() {
                break;
            }
            if is_label {
                has_label = true;
            } else {
                head.add(line);
            }
        }
        at += 1;
    }
    head.article(lines.get(at..)?)
}

/// `BYLINE: A. Ode`, `LENGTH: 48 words`.
fn is_upper_label(line: &str) -> bool {
    line.split_once(':').is_some_and(|(label, _)| {
        !label.is_empty()
            && label.len() <= 20
            && label.bytes().all(|b| b.is_ascii_uppercase() || b == b'-' || b == b' ')
    })
}

/// An article with its title first and its text after the line `Body`.
fn body_article(lines: &[&str]) -> Option<Article> {
    let body = lines.iter().position(|line| line.trim() == "Body")?;
    let mut head = Head { title_is_first: true, ..Head::default() };
    for line in lines.get(..body)?.iter().map(|line| line.trim()).filter(|line| !line.is_empty()) {
        if line.starts_with("Copyright") || read_header_line(line).is_some() && date_line(line).is_none() {
            continue;
        }
        head.add(line);
    }
    head.article(lines.get(body + 1..)?)
}

/// What stands before the text of an article.
#[derive(Default)]
struct Head {
    title: Option<String>,
    source: Option<String>,
    date: Option<Day>,
    title_is_first: bool,
}

impl Head {
    /// Adds a line: the source, the date and the title stand in this order, or the title first.
    fn add(&mut self, line: &str) {
        if self.date.is_none()
            && let Some(day) = date_line(line).or_else(|| date_with_edition(line))
        {
            self.date = Some(day);
        } else if self.title_is_first && self.title.is_none() {
            self.title = Some(line.to_owned());
        } else if self.source.is_none() {
            self.source = Some(line.to_owned());
        } else if self.date.is_some() && !line.ends_with("Edition") {
            self.title.get_or_insert_with(|| line.to_owned());
        }
    }

    fn article(self, lines: &[&str]) -> Option<Article> {
        let is_last = |line: &str| {
            let line = line.trim().to_lowercase();
            LAST_LABELS.iter().any(|label| line.starts_with(label)) || line.starts_with("copyright ")
        };
        let lines: Vec<&str> = lines.iter().copied().take_while(|line| !is_last(line)).collect();
        let text = lines.join("\n").trim().to_owned();
        let mut article = Article::new("", text);
        (article.title, article.source, article.date) = (self.title, self.source, self.date);
        (!article.text.is_empty()).then_some(article)
    }
}

/// `January 15, 2020 Wednesday 10:00 AM GMT, City Edition`: the date before further words.
fn date_with_edition(line: &str) -> Option<Day> {
    let head: Vec<&str> = line.split_whitespace().take(4).collect();
    date_line(&head.join(" ")).or_else(|| date_line(&head.get(..3)?.join(" ")))
}

/// Articles with a labelled line for each field, as `Publication date: Jan 15, 2020`.
fn proquest_articles(lines: &[&str]) -> Vec<Article> {
    let mut found = Vec::new();
    let mut article = Article::default();
    let mut is_text = false;
    for line in lines.iter().copied().chain(std::iter::once("____")) {
        let trimmed = line.trim();
        if trimmed.starts_with("____") {
            let mut done = std::mem::take(&mut article);
            let text = done.text.trim().to_owned();
            is_text = false;
            if !text.is_empty() {
                done.body = detente::Span::new(0, text.len());
                found.push(Article { text, ..done });
            }
        } else if let Some(text) = trimmed.strip_prefix("Full text:") {
            is_text = true;
            text.trim().clone_into(&mut article.text);
        } else if is_text && !is_field(trimmed) {
            article.text.push('\n');
            article.text.push_str(line);
        } else {
            is_text = false;
            match read_header_line(trimmed) {
                Some(HeaderLine::Title(title)) if article.title.is_none() => article.title = Some(title),
                Some(HeaderLine::Source(source)) if article.source.is_none() => article.source = Some(source),
                Some(HeaderLine::Date(day)) => article.date = article.date.or(Some(day)),
                _ => {}
            }
        }
    }
    found
}

/// A line that starts the field after the text.
fn is_field(line: &str) -> bool {
    [
        "Title:",
        "Subject:",
        "Location:",
        "Publication title:",
        "Publication date:",
        "Author:",
        "Credit:",
        "Copyright:",
        "Document URL:",
        "Database:",
    ]
    .iter()
    .any(|label| line.starts_with(label))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, Option<String>, Option<String>, String)> {
        let articles = articles_of_export(text).into_iter();
        articles
            .map(|a| (a.title.unwrap_or_default(), a.date.map(|day| day.to_string()), a.source, a.text))
            .collect()
    }

    #[test]
    fn nexis_articles_are_told_apart() {
        let text = "1 of 2 DOCUMENTS\n\n\nThe Lantern\n\nJanuary 15, 2020 Wednesday\nCity Edition\n\nPort talks near a deal\n\n\
            BYLINE: A. Ode\n\nLENGTH: 48 words\n\nThe sides met.\n\nThey agreed.\n\nLOAD-DATE: January 16, 2020\n\n\
            Copyright 2020 The Lantern\n\n\n2 of 2 DOCUMENTS\n\n\nThe Wire\n\nJanuary 17, 2020 Friday\n\nStrike begins\n\n\
            LENGTH: 4 words\n\nTalks collapsed.\n";
        let found = read(text);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].0, "Port talks near a deal");
        assert_eq!((found[0].1.as_deref(), found[0].2.as_deref()), (Some("2020-01-15"), Some("The Lantern")));
        assert_eq!(found[0].3, "The sides met.\n\nThey agreed.");
        assert_eq!((found[1].1.as_deref(), found[1].3.as_str()), (Some("2020-01-17"), "Talks collapsed."));
    }

    #[test]
    fn nexis_uni_articles_have_their_text_after_body() {
        let text = "Port talks near a deal\nThe Lantern\nJanuary 15, 2020 Wednesday\n\nCopyright 2020 The Lantern\n\
            Section: NEWS; Pg. 4\nLength: 48 words\nByline: A. Ode\nBody\n\n\nThe sides met.\n\n\nLoad-Date: January 16, 2020\n\n\
            End of Document\n";
        let expected = ("Port talks near a deal", Some("2020-01-15"), Some("The Lantern"), "The sides met.");
        let found = read(&text.repeat(2));
        assert_eq!(found.len(), 2);
        let (title, date, source, text) = &found[0];
        assert_eq!((title.as_str(), date.as_deref(), source.as_deref(), text.as_str()), expected);
    }

    #[test]
    fn proquest_articles_have_labelled_fields() {
        let text = "____________________\n\nPort talks\n\nAuthor: Ode, A.\n\nPublication title: The Lantern\n\n\
            Full text: The sides met.\n\nThey agreed.\n\nPublication date: Jan 15, 2020\n\nTitle: Port talks\n\n____________________\n";
        let found = read(text);
        assert_eq!(found.len(), 1);
        assert_eq!(
            (found[0].1.as_deref(), found[0].3.as_str()),
            (Some("2020-01-15"), "The sides met.\n\nThey agreed.")
        );
        assert_eq!((found[0].0.as_str(), found[0].2.as_deref()), ("Port talks", Some("The Lantern")));
    }

    #[test]
    fn other_texts_are_no_exports() {
        for text in ["", "1 of 2 ships\n", "The body\nmet", "HD\nx", "Full text: x"] {
            assert!(articles_of_export(text).is_empty(), "{text}");
        }
    }
}
