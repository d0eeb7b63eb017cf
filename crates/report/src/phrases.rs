//! Numbers, dates and marks as reports on series write them.

use detente_timeline::{DataIssue, SeriesPoint, StoryMention, TurningPoint};

/// A score with its sign and two decimals, with a true minus.
pub(crate) fn signed(value: f64) -> String {
    let text = format!("{value:+.2}");
    if text == "-0.00" { "+0.00".to_owned() } else { text.replace('-', "−") }
}

/// A score, or a dot where there is none.
pub(crate) fn signed_if_any(value: Option<f64>) -> String {
    value.map_or_else(|| "·".to_owned(), signed)
}

/// A p-value: its value, or that it is below what could be seen.
pub(crate) fn p_value(p: f64) -> String {
    if p < 0.001 { "p < .001".to_owned() } else { format!("p = {p:.3}").replace("0.", ".") }
}

/// A count with its noun.
pub(crate) fn count(number: usize, one: &str, many: &str) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{grouped} {}", if number == 1 { one } else { many })
}

/// "412 articles, 37 stories".
pub(crate) fn counted(articles: usize, stories: usize) -> String {
    format!("{}, {}", count(articles, "article", "articles"), count(stories, "story", "stories"))
}

/// A point in one line: dates, score, band, counts.
pub(crate) fn point(point: &SeriesPoint) -> String {
    let dates = if point.start == point.end {
        point.start.to_string()
    } else {
        format!("{} – {}", point.start, point.end)
    };
    match (point.score, point.low, point.high) {
        (Some(score), Some(low), Some(high)) => format!(
            "{dates}: {} ({} … {}), {}{}",
            signed(score),
            signed(low),
            signed(high),
            counted(point.articles, point.stories),
            if point.filled { "; latest score" } else { "" }
        ),
        _ => format!("{dates}: silent"),
    }
}

/// What the p-values of turning points say.
pub(crate) const TURNS: &str = "p: share of random orders of the stories that show as clear a shift anywhere, \
     times the number of segments looked at";

/// A turn in one line: date, shift, from where to where.
pub(crate) fn turn(turn: &TurningPoint) -> String {
    let mark = if turn.shift > 0.0 { '▲' } else { '▼' };
    format!(
        "{}  {mark} {}  from {} to {}  ({})",
        turn.day,
        signed(turn.shift),
        signed(turn.before),
        signed(turn.after),
        p_value(turn.p_value)
    )
}

/// A story in one line: day, score, headline or id.
pub(crate) fn mention(story: &StoryMention) -> String {
    let copies = if story.articles > 1 { format!(" ({} articles)", story.articles) } else { String::new() };
    let name = story.title.as_deref().unwrap_or(&story.id);
    format!("{}  {}  {name}{copies}", story.day, signed(story.score))
}

/// A finding in one line.
pub(crate) fn finding(finding: &DataIssue) -> String {
    let more = if finding.count > finding.names.len() { ", …" } else { "" };
    format!("{}: {} ({}{more})", finding.message, finding.count, finding.names.join(", "))
}

/// Half the height of the scale that shows all of `values`: a multiple of a quarter, 0.5..1.
pub(crate) fn reach(values: impl Iterator<Item = f64>) -> f64 {
    let most = values.fold(0.0_f64, |most, value| most.max(value.abs()));
    ((most * 4.0).ceil() / 4.0).clamp(0.5, 1.0)
}

/// `text` with the marks of HTML and XML escaped; control characters, which XML forbids, are
/// left out.
pub(crate) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\n' | '\t' => safe.push(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_well() {
        assert_eq!((signed(-0.001), signed(-0.256)), ("+0.00".to_owned(), "−0.26".to_owned()));
        assert_eq!((p_value(0.0004), p_value(0.031)), ("p < .001".to_owned(), "p = .031".to_owned()));
        assert_eq!(counted(1_234_567, 1), "1,234,567 articles, 1 story");
        assert_eq!(escaped("<a href=\"x\">&\u{1}"), "&lt;a href=&quot;x&quot;&gt;&amp;");
        assert_eq!((reach([0.1].into_iter()), reach([-0.6].into_iter())), (0.5, 0.75));
    }
}
