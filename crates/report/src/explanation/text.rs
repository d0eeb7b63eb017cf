//! A ledger as text for a terminal.

use std::io;
use std::io::Write;

use detente::ExplainedArticle;

use crate::article::format::Report;
use crate::article::text::TextReport;
use crate::explanation::phrases::{exact, without};

/// Statements shown of those whose removal moves the outlook.
pub(crate) const MOVERS: usize = 3;

/// Writes the article, then every statement with its features.
pub(crate) fn write(
    explained: &ExplainedArticle,
    top: usize,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut article = explained.article.clone();
    let statements = std::mem::take(&mut article.statements);
    let mut text = TextReport::new(width);
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
            let sum = |of: &dyn Fn(&detente::FeatureShare) -> i64| exact(rest.iter().map(of).sum());
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
