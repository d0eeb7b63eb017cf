//! Escape rules for text from articles in HTML, SVG and Markdown.

use std::fmt;

/// The escaper of the page templates (`askama.toml`).
#[derive(Clone, Copy)]
pub(crate) struct Html;

impl askama::filters::Escaper for Html {
    fn write_escaped_str<W: fmt::Write>(&self, mut out: W, text: &str) -> fmt::Result {
        let mut plain = 0;
        for (at, c) in text.char_indices() {
            let replacement = match c {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\'' => "&#39;",
                '\n' | '\t' => " ",
                // XML, and thus SVG, forbids these
                c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => "",
                _ => continue,
            };
            out.write_str(text.get(plain..at).unwrap_or_default())?;
            out.write_str(replacement)?;
            plain = at + c.len_utf8();
        }
        out.write_str(text.get(plain..).unwrap_or_default())
    }
}

/// `text` escaped for HTML, SVG and their attributes. Control characters are removed.
pub(crate) fn html(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    // writing to a string cannot fail
    let _ = askama::filters::Escaper::write_escaped_str(&Html, &mut escaped, text);
    escaped
}

/// `text` on one line, with the characters that Markdown could read as markup escaped.
pub(crate) fn markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !escaped.is_empty() {
            escaped.push(' ');
        }
        for c in word.chars().filter(|c| !c.is_control()) {
            // `&` could start an entity such as `&lt;`
            if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '&') {
                escaped.push('\\');
            }
            escaped.push(c);
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_escapes_markup_and_removes_control_characters() {
        assert_eq!(html("<a href=\"x\">&\u{1}"), "&lt;a href=&quot;x&quot;&gt;&amp;");
        assert_eq!(html("it's\na\ttab\u{fffe}\u{7f}"), "it&#39;s a tab");
        assert_eq!(html("中 é &amp; …"), "中 é &amp;amp; …");
        assert_eq!(html(""), "");
    }

    #[test]
    fn markdown_escapes_markup_and_joins_lines() {
        assert_eq!(markdown("a |b|\n<i>*x*"), "a \\|b\\| \\<i\\>\\*x\\*");
        assert_eq!(markdown("AT&T  [1]\u{1b}"), "AT\\&T \\[1\\]");
    }
}
