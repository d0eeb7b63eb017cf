//! [`clean_text`]: the text of a field without markup and without the mark of a cut.

use std::borrow::Cow;

use detente::{Warning, WarningKind};

use crate::encoding::repair_double_encoding;
use crate::html::{article_paragraphs_of, block_texts, has_block_tag, has_markup};

/// Markup that was escaped twice (`&lt;p&gt;`) is removed in so many passes.
const MAX_PASSES: usize = 2;
/// A mark of a cut is at the end, and short: `[+2219 chars]`.
const MAX_MARK: usize = 40;

/// `text` without HTML tags, with entities resolved, and without a mark that the text is cut. Each change gives a
/// note on the field `name`.
pub(crate) fn clean_text<'t>(text: &'t str, name: &str, notes: &mut Vec<Warning>) -> Cow<'t, str> {
    let mut text = Cow::Borrowed(text);
    if !text.is_ascii()
        && let Some(repaired) = repair_double_encoding(&text)
    {
        text = Cow::Owned(repaired);
        let message = format!("field {name}: UTF-8 that was read as Windows-1252 was repaired");
        notes.push(Warning::new(WarningKind::Encoding, message).with_field(name));
    }
    for pass in 0..MAX_PASSES {
        if !has_markup(&text) {
            break;
        }
        text = Cow::Owned(without_markup(&text));
        if pass == 0 {
            let message =
                format!("field {name}: HTML was removed: offsets count bytes of the remaining text");
            notes.push(Warning::new(WarningKind::Html, message).with_field(name));
        }
    }
    if let Some(length) = cut_mark(&text) {
        let kept = text.get(..length).unwrap_or("").trim_end().len();
        let mark = text.get(length..).unwrap_or("").trim().to_owned();
        match &mut text {
            Cow::Borrowed(text) => *text = text.get(..kept).unwrap_or(""),
            Cow::Owned(text) => text.truncate(kept),
        }
        let message = format!("field {name}: the text is cut ({mark})");
        notes.push(Warning::new(WarningKind::Truncated, message).with_field(name).with_value(mark));
    }
    text
}

fn without_markup(text: &str) -> String {
    let lower = text.get(..text.len().min(512)).or_else(|| text.get(..0)).unwrap_or("").to_ascii_lowercase();
    if lower.contains("<html") || lower.contains("<body") || lower.contains("<!doctype") {
        let paragraphs = article_paragraphs_of(text);
        if !paragraphs.is_empty() {
            return paragraphs.join("\n\n");
        }
    }
    if has_block_tag(text) {
        return block_texts(text).join("\n\n");
    }
    // line breaks separate paragraphs where no tag does
    let lines = text.split('\n').map(|line| block_texts(line).join(" "));
    lines.collect::<Vec<String>>().join("\n").trim().to_owned()
}

/// Where the mark of a cut at the end of `text` starts: `[+2219 chars]`, `[2219 more words]`, `[truncated]`.
fn cut_mark(text: &str) -> Option<usize> {
    let trimmed = text.trim_end();
    let inner = trimmed.strip_suffix(']')?;
    let start = inner.rfind('[')?;
    let mark = inner.get(start + 1..).filter(|mark| mark.len() <= MAX_MARK)?.to_ascii_lowercase();
    let mark = mark.trim();
    let has_number = mark.bytes().any(|b| b.is_ascii_digit());
    let counts = ["char", "word", "more"].iter().any(|word| mark.contains(word));
    let is_mark =
        has_number && counts || matches!(mark, "truncated" | "cut" | "…" | "..." | "&hellip;" | "more");
    is_mark.then_some(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clean(text: &str) -> (String, usize) {
        let mut notes = Vec::new();
        let text = clean_text(text, "text", &mut notes).into_owned();
        (text, notes.len())
    }

    #[test]
    fn tags_entities_scripts_and_alternative_texts_are_removed() {
        for (text, expected) in [
            ("<p>The sides agreed.</p><p>They met.</p>", "The sides agreed.\n\nThey met."),
            (
                "The deal isn&#8217;t &ldquo;dead&rdquo; &amp; talks go on.",
                "The deal isn’t “dead” & talks go on.",
            ),
            ("“Close” to an <a href=\"x/deal-collapsed\">agreement</a>.", "“Close” to an agreement."),
            ("The sides met.<br/><br/>They agreed.", "The sides met.\n\nThey agreed."),
            ("<p>The sides agreed.</p><script>var deal=\"collapsed\";</script>", "The sides agreed."),
            ("<img src=\"s.jpg\" alt=\"strike\"/><p>The sides agreed.</p>", "The sides agreed."),
            ("&lt;p&gt;The sides agreed.&lt;/p&gt;", "The sides agreed."),
            ("One &amp; two.\n\nThree <b>met</b>.", "One & two.\n\nThree met."),
            ("<!-- talks failed -->The sides agreed.", "The sides agreed."),
            (
                "<html><body><article><p>The sides agreed on wages.</p></article></body></html>",
                "The sides agreed on wages.",
            ),
        ] {
            assert_eq!(clean(text), (expected.to_owned(), 1), "{text}");
        }
    }

    #[test]
    fn text_without_markup_is_unchanged() {
        for text in [
            "",
            "a < b and b > c",
            "AT&T met",
            "Q&A; then talks",
            "1<2",
            "<- there",
            "R&D; x",
            "<quote> he said",
            "[Applause]",
            "He met [the minister]",
        ] {
            assert_eq!(clean(text), (text.to_owned(), 0), "{text}");
        }
    }

    #[test]
    fn the_mark_of_a_cut_is_removed() {
        for mark in ["[+2219 chars]", " [+10 chars] ", "[truncated]", "[124 more words]"] {
            assert_eq!(clean(&format!("Talks went on…{mark}")), ("Talks went on…".to_owned(), 1), "{mark}");
        }
    }
}
