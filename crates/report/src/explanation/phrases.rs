//! What every form of a ledger says in words.

use detente::{LeaveOneOut, ScoredArticle, ScoredStatement};

use crate::phrases::signed;

/// A contribution in steps of 0.0001, with a true minus.
pub(crate) fn fine(value: f64) -> String {
    format!("{value:+.4}").replace('-', "−")
}

/// Millionths as a number with all its decimals, so that columns add up as printed.
pub(crate) fn exact(micro: i64) -> String {
    format!("{:+.6}", micro as f64 / 1e6).replace('-', "−")
}

/// Headline or id.
pub(crate) fn heading(article: &ScoredArticle) -> String {
    article.title.clone().unwrap_or_else(|| article.id.clone())
}

/// The reading, the score and its interval in one sentence; or why there is none.
pub(crate) fn verdict(article: &ScoredArticle) -> String {
    let Some(o) = &article.outlook else {
        return format!("no outlook: {}", article.reason.as_deref().unwrap_or("unknown"));
    };
    format!(
        "{}: {} ({} … {}, {:.0}%); {} of {} statements bear on it, hedged {:.0}%{}",
        o.reading,
        fine(o.score.get()),
        signed(o.low.get()),
        signed(o.high.get()),
        o.coverage.get() * 100.0,
        o.bearing,
        o.statements,
        o.hedge.get() * 100.0,
        if o.thin { "; thin: one statement is all there is" } else { "" }
    )
}

/// Who says it, when, and whether it is background or said before.
pub(crate) fn speaker_and_date(s: &ScoredStatement) -> String {
    let mut notes = Vec::new();
    if let Some(speaker) = &s.speaker {
        notes.push(match &speaker.side {
            Some(side) if side != &speaker.name => format!("{} ({side})", speaker.name),
            _ => speaker.name.clone(),
        });
    }
    if let Some(when) = &s.when {
        notes.push(if when.from == when.to {
            when.from.to_string()
        } else {
            format!("{} – {}", when.from, when.to)
        });
    }
    if s.background {
        notes.push("background, not counted".to_owned());
    }
    if s.repeats.is_some() {
        notes.push("said before, not counted".to_owned());
    }
    notes.join(", ")
}

/// What the outlook would be without a statement.
pub(crate) fn without(left_out: &LeaveOneOut, statements: &[ScoredStatement]) -> String {
    let words = statements.get(left_out.index).map_or("", |s| s.text.as_str());
    let mut short: String = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((at, _)) = short.char_indices().nth(80) {
        short.truncate(at);
        short.push('…');
    }
    match (left_out.score, left_out.reading) {
        (Some(score), Some(reading)) => format!(
            "without [{}] it would be {} ({reading}), moved by {}: “{short}”",
            left_out.index,
            fine(score.get()),
            fine(left_out.moved)
        ),
        _ => format!("without [{}] nothing would bear on it: “{short}”", left_out.index),
    }
}
