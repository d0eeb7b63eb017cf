//! Markdown report on an explained article.

use std::fmt::Write;

use detente::{ExplainedArticle, Score};

use crate::article::event::event_phrases;
use crate::article::statement::notes;
use crate::escape::markdown;
use crate::explanation::phrases::{
    contribution, heading, largest_features, outlook, outlooks_without, scale_note, side_scores,
};
use crate::explanation::reasons::reasons;
use crate::number::optional_score;

/// The article, its sides and statements, and the largest features of each statement that counts.
pub(crate) fn document(explained: &ExplainedArticle, max_features: usize) -> String {
    let article = &explained.article;
    let mut text = format!("# {}\n\n**{}**\n\n", markdown(heading(article)), markdown(&outlook(article)));
    if let Some(sentence) = reasons(explained) {
        let _ = writeln!(text, "{}\n", markdown(&sentence));
    }
    for warning in &article.warnings {
        let _ = writeln!(text, "> {}\n", markdown(&warning.message));
    }
    text.push_str("| side | score | low | high | statements |\n|---|---:|---:|---:|---:|\n");
    for side in &article.sides {
        let [score, low, high] = side_scores(side);
        let _ =
            writeln!(text, "| {} | {score} | {low} | {high} | {} |", markdown(&side.side), side.statements);
    }
    text.push_str("\n| # | score | hedge | weight | adds | statement | who, when |\n|---:|---:|---:|---:|---:|---|---|\n");
    for s in &article.statements {
        let _ = writeln!(
            text,
            "| {} | {} | {} | {:.4} | {} | {} | {} |",
            s.index,
            optional_score(s.score.map(Score::get)),
            s.hedge.map_or_else(String::new, |hedge| format!("{:.2}", hedge.get())),
            s.weight,
            contribution(s.contribution),
            markdown(&s.text),
            markdown(&notes(s, ", not counted"))
        );
    }
    text.push_str("\n## What would change it\n\n");
    for line in outlooks_without(explained) {
        let _ = writeln!(text, "- {}", markdown(&line));
    }
    text.push_str("\n## Events\n\n| # | event |\n|---:|---|\n");
    for statement in &article.statements {
        for event in event_phrases(statement) {
            let _ = writeln!(text, "| {} | {} |", statement.index, markdown(&event));
        }
    }
    text.push_str("\n## Features\n\n| # | adds to the statement | adds to the outlook | feature | family |\n|---:|---:|---:|---|---|\n");
    for entry in explained.ledger.iter().filter(|entry| entry.article != 0) {
        for row in largest_features(entry, max_features) {
            let _ = writeln!(
                text,
                "| {} | {} | {} | {} | {} |",
                entry.index,
                row.to_statement,
                row.to_outlook,
                markdown(row.feature),
                markdown(row.family)
            );
        }
    }
    let _ = writeln!(text, "\n{}", markdown(&scale_note(article)));
    text
}
