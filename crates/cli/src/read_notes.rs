//! [`ReadNotes`]: counts what was missing or unclear in the articles that were read.

use std::collections::BTreeMap;

use detente::{Article, WarningKind};

/// So many examples are shown of each kind.
const MAX_EXAMPLES: usize = 2;
/// A longer example is cut.
const MAX_EXAMPLE_CHARS: usize = 160;

/// Counts and examples of the warnings of articles, by kind.
#[derive(Default)]
pub(crate) struct ReadNotes(BTreeMap<&'static str, (usize, Vec<String>)>);

impl ReadNotes {
    /// Counts the warnings of an article on dates, fields and cut texts.
    pub(crate) fn add(&mut self, article: &Article) {
        for warning in &article.warnings {
            let kind = match warning.kind {
                WarningKind::BadDate => "bad-date",
                WarningKind::DoubtfulText => "doubtful-text",
                WarningKind::SkippedField => "skipped-field",
                WarningKind::Truncated => "truncated",
                _ => continue,
            };
            let (count, examples) = self.0.entry(kind).or_default();
            *count += 1;
            if examples.len() < MAX_EXAMPLES {
                let example = format!("{}: {}", article.id, warning.message);
                examples.push(example.chars().take(MAX_EXAMPLE_CHARS).collect());
            }
        }
    }

    /// A line for each kind: its name, count and examples.
    pub(crate) fn lines(&self) -> impl Iterator<Item = String> {
        self.0.iter().map(|(kind, (count, examples))| {
            let more = if *count > examples.len() { "; …" } else { "" };
            format!("{kind}: {count} ({}{more})", examples.join("; "))
        })
    }

    /// Leaves out a kind that is reported elsewhere.
    pub(crate) fn without(mut self, kind: &str) -> Self {
        self.0.remove(kind);
        self
    }
}

#[cfg(test)]
mod tests {
    use detente::Warning;

    use super::*;

    #[test]
    fn kinds_are_counted_with_examples() {
        let mut notes = ReadNotes::default();
        for id in ["a", "b", "c"] {
            let mut article = Article::new(id, "x");
            article.warnings.push(Warning::new(WarningKind::BadDate, "no date"));
            article.warnings.push(Warning::new(WarningKind::Html, "a page"));
            notes.add(&article);
        }
        assert_eq!(notes.lines().collect::<Vec<_>>(), ["bad-date: 3 (a: no date; b: no date; …)"]);
        assert_eq!(notes.without("bad-date").lines().count(), 0);
    }
}
