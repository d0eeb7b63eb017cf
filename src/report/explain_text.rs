//! A ledger as text for a terminal.

use std::io::{self, Write};

use super::explain_words::{exact, without};
use super::format::Report;
use super::text::Text;
use crate::outlook::ExplainedArticle;

/// Statements shown of those whose removal moves the outlook.
pub(super) const MOVERS: usize = 3;

/// Writes the article, then every statement with its features.
pub(super) fn write(
    explained: &ExplainedArticle,
    top: usize,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut article = explained.article.clone();
    let statements = std::mem::take(&mut article.statements);
    let mut text = Text::new(width);
    text.article(&article, out)?;
    for left_out in explained.without.iter().take(MOVERS).filter(|w| w.moved != 0.0) {
        writeln!(out, "{}", without(left_out, &statements))?;
    }
    writeln!(out)?;
    for (statement, entry) in statements.iter().zip(&explained.ledger) {
        text.statement("", statement, out)?;
        writeln!(
            out,
            "    bearing {:.2}, hedge {:.2}; weight {:.4} in the article, adds {:+.4} to its outlook and {:+.4} to its side's",
            statement.bearing.get(),
            statement.hedge.get(),
            statement.weight,
            statement.contribution,
            entry.side as f64 / 1e6
        )?;
        for part in entry.contributions.iter().take(top) {
            let found = &part.contribution;
            writeln!(
                out,
                "    {}  {}  {}  ({})",
                exact(found.micro),
                exact(part.article),
                found.feature,
                found.family
            )?;
        }
        let rest = entry.contributions.get(top..).unwrap_or_default();
        if !rest.is_empty() {
            let sum = |of: &dyn Fn(&crate::outlook::FeatureShare) -> i64| exact(rest.iter().map(of).sum());
            writeln!(
                out,
                "    {}  {}  {} smaller ones",
                sum(&|part| part.contribution.micro),
                sum(&|part| part.article),
                rest.len()
            )?;
        }
        writeln!(out, "  = {}  {}\n", exact(entry.micro), exact(entry.article))?;
    }
    Ok(())
}
