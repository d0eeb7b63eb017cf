//! Text report on an explained article: the outlook, then each statement with its features.

use std::io;
use std::io::Write;

use detente::{ExplainedArticle, ScoredStatement};

use crate::article::event::event_phrases;
use crate::article::format::Report;
use crate::article::statement::most_probable;
use crate::article::text::TextReport;
use crate::explanation::phrases::{contribution, largest_features, outlooks_without, smaller_features};
use crate::explanation::reasons::reasons;
use crate::number::micro;
use crate::text_width::wrapped;

pub(crate) fn write_text(
    explained: &ExplainedArticle,
    max_features: usize,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut article = explained.article.clone();
    // the head of the article first; its statements follow one by one, each with its features
    let statements = std::mem::take(&mut article.statements);
    let mut report = TextReport::new(width);
    report.article(&article, out)?;
    if let Some(sentence) = reasons(explained) {
        wrapped(&sentence, width).iter().try_for_each(|line| writeln!(out, "{line}"))?;
        writeln!(out)?;
    }
    for line in outlooks_without(explained) {
        writeln!(out, "{line}")?;
    }
    writeln!(out)?;
    for (statement, entry) in statements.iter().zip(&explained.ledger) {
        report.statement("", statement, out)?;
        writeln!(
            out,
            "    {}weight {:.4} in the article, adds {} to its outlook and {} to its side's",
            learned_probabilities(statement),
            statement.weight,
            contribution(statement.contribution),
            contribution(entry.side as f64 / 1e6)
        )?;
        for event in event_phrases(statement) {
            writeln!(out, "    event  {event}")?;
        }
        for row in largest_features(entry, max_features) {
            writeln!(out, "    {}  {}  {}  ({})", row.to_statement, row.to_outlook, row.feature, row.family)?;
        }
        if let Some([to_statement, to_outlook, name]) = smaller_features(entry, max_features) {
            writeln!(out, "    {to_statement}  {to_outlook}  {name}")?;
        }
        writeln!(out, "  = {}  {}\n", micro(entry.micro), micro(entry.article))?;
    }
    Ok(())
}

/// Bearing, hedge and the most probable class, as far as the model learned them.
fn learned_probabilities(statement: &ScoredStatement) -> String {
    let mut learned = Vec::new();
    learned.extend(statement.bearing.map(|bearing| format!("bearing {:.2}", bearing.get())));
    learned.extend(statement.hedge.map(|hedge| format!("hedge {:.2}", hedge.get())));
    learned.extend(most_probable(statement).map(|(label, probability)| format!("{label} {probability:.2}")));
    if learned.is_empty() { String::new() } else { learned.join(", ") + "; " }
}
