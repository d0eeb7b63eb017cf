//! [`articles_with_tags`]: the articles of a Factiva export with two-letter tags (`HD`, `PD`, `LP`, `TD`).

use detente::{Article, Span};

use crate::date::parse_date;

/// The tags of the fields.
const TAGS: [&str; 29] = [
    "HD", "BY", "WC", "PD", "ET", "SN", "SC", "ED", "PG", "LA", "CY", "LP", "TD", "CO", "IN", "NS", "RE",
    "PUB", "AN", "SE", "CR", "ART", "CT", "RF", "IPD", "IPC", "CLM", "VOL", "NGC",
];

/// Whether `lines` have the tags of the headline, the date and the text.
pub(crate) fn has_tags(lines: &[&str]) -> bool {
    let has = |tag: &str| lines.iter().any(|line| tag_of(line).is_some_and(|(found, _)| found == tag));
    has("HD") && has("PD") && (has("LP") || has("TD"))
}

/// The tag at the start of a line, and the rest of the line.
fn tag_of(line: &str) -> Option<(&'static str, &str)> {
    let line = line.trim_end();
    let tag = TAGS.iter().find(|tag| {
        line.strip_prefix(**tag).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
    })?;
    Some((tag, line.get(tag.len()..)?.trim()))
}

/// The articles in `lines`: each starts with its headline, or ends with its document number.
pub(crate) fn articles_with_tags(lines: &[&str]) -> Vec<Article> {
    let mut found = Vec::new();
    let mut article = Article::default();
    let mut tag = "";
    for line in lines {
        let is_number = line.trim().strip_prefix("Document ").is_some_and(|number| !number.contains(' '));
        if let Some((new_tag, value)) = tag_of(line) {
            if new_tag == "HD" {
                finish(&mut article, &mut found);
            }
            tag = new_tag;
            add(&mut article, tag, value);
        } else if is_number {
            line.trim().trim_start_matches("Document ").clone_into(&mut article.id);
            tag = "";
        } else if !line.trim().is_empty() || matches!(tag, "LP" | "TD") {
            add(&mut article, tag, line.trim());
        }
    }
    finish(&mut article, &mut found);
    found
}

fn add(article: &mut Article, tag: &str, value: &str) {
    match tag {
        "HD" if !value.is_empty() => {
            let title = article.title.get_or_insert_default();
            if !title.is_empty() {
                title.push(' ');
            }
            title.push_str(value);
        }
        "PD" => article.date = article.date.or_else(|| parse_date(value)),
        "SN" if !value.is_empty() => _ = article.source.get_or_insert_with(|| value.to_owned()),
        "LP" | "TD" => {
            // an empty line ends a paragraph
            article.text.push_str(if value.is_empty() { "\n\n" } else { value });
            article.text.push('\n');
        }
        _ => {}
    }
}

fn finish(article: &mut Article, found: &mut Vec<Article>) {
    let mut done = std::mem::take(article);
    let paragraphs: Vec<&str> =
        done.text.split("\n\n").map(str::trim).filter(|part| !part.is_empty()).collect();
    done.text = paragraphs.join("\n\n");
    done.body = Span::new(0, done.text.len());
    if !done.text.is_empty() {
        found.push(done);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_follow_their_tags() {
        let text = "HD\nPort talks near a deal\nBY A. Ode\nWC 48 words\nPD 15 January 2020\nSN The Lantern\nLP\nThe sides met.\n\
            TD\nThey agreed.\n\nA deal is near.\nAN\nDocument LANT000020200115eg1f0001\n\nHD Strike\nPD 17 January 2020\nLP Talks failed.\n";
        let lines: Vec<&str> = text.lines().collect();
        assert!(has_tags(&lines));
        let found = articles_with_tags(&lines);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].title.as_deref(), Some("Port talks near a deal"));
        assert_eq!(
            (found[0].id.as_str(), found[0].source.as_deref()),
            ("LANT000020200115eg1f0001", Some("The Lantern"))
        );
        assert_eq!(found[0].text, "The sides met.\n\nThey agreed.\n\nA deal is near.");
        assert_eq!(found[1].date.map(|day| day.to_string()).as_deref(), Some("2020-01-17"));
        assert!(!has_tags(&["HD", "IN the end", "Talks"]));
    }
}
