//! A ledger as Markdown.

use std::fmt::Write;

use detente::{ExplainedArticle, Score};

use crate::explanation::phrases::{exact, fine, heading, speaker_and_date, verdict, without};
use crate::explanation::text::MOVERS;
use crate::phrases::{signed, signed_if_any};

/// The article, its sides, its statements and, of each that counts, the largest features.
pub(crate) fn page(explained: &ExplainedArticle, top: usize) -> String {
    let article = &explained.article;
    let mut text = format!("# {}\n\n**{}**\n\n", plain(&heading(article)), plain(&verdict(article)));
    for warning in &article.warnings {
        let _ = writeln!(text, "> {}\n", plain(&warning.message));
    }
    text.push_str("| side | score | low | high | statements |\n|---|---:|---:|---:|---:|\n");
    for side in &article.sides {
        let [score, low, high] = [side.score, side.low, side.high].map(|s| signed_if_any(s.map(Score::get)));
        let _ = writeln!(text, "| {} | {score} | {low} | {high} | {} |", plain(&side.side), side.statements);
    }
    text.push_str("\n| # | score | hedge | weight | adds | statement | who, when |\n|---:|---:|---:|---:|---:|---|---|\n");
    for s in &article.statements {
        let _ = writeln!(
            text,
            "| {} | {} | {:.2} | {:.4} | {} | {} | {} |",
            s.index,
            signed_if_any(s.score.map(Score::get)),
            s.hedge.get(),
            s.weight,
            fine(s.contribution),
            plain(&s.text),
            plain(&speaker_and_date(s))
        );
    }
    text.push_str("\n## What would change it\n\n");
    for left_out in explained.without.iter().take(MOVERS) {
        let _ = writeln!(text, "- {}", plain(&without(left_out, &article.statements)));
    }
    text.push_str("\n## Features\n\n| # | adds to the statement | adds to the outlook | feature | family |\n|---:|---:|---:|---|---|\n");
    for entry in explained.ledger.iter().filter(|entry| entry.article != 0) {
        for part in entry.contributions.iter().take(top) {
            let found = &part.contribution;
            let _ = writeln!(
                text,
                "| {} | {} | {} | {} | {} |",
                entry.index,
                exact(found.micro),
                exact(part.article),
                plain(&found.feature),
                plain(&found.family)
            );
        }
    }
    let _ = writeln!(
        text,
        "\nScored by {}. {} is an agreement done, 0 open, {} collapsed.",
        plain(&article.model),
        signed(1.0),
        signed(-1.0)
    );
    text
}

/// `text` on one line, with the marks that Markdown would read escaped.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        for c in word.chars() {
            if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '&') {
                out.push('\\');
            }
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn marks_are_escaped() {
        assert_eq!(super::plain("a |b|\n<i>*x*"), "a \\|b\\| \\<i\\>\\*x\\*");
    }
}
