//! Text report on articles: the outlook in words, then the statements with their cues underlined.

use std::io;
use std::io::Write;

use detente::{Gap, ScoredArticle, ScoredStatement};

use crate::ansi::{BOLD, DIM, GREEN, RED, RESET, UNDERLINE};
use crate::article::format::Report;
use crate::article::statement::{most_probable, notes, segments};
use crate::number::{count, score};
use crate::phrases::{hedged, interval};
use crate::text_width::wrapped;

/// Text for a terminal or a file.
#[derive(Debug)]
pub struct TextReport {
    width: usize,
    is_first: bool,
}

/// Narrowest lines of a report, and of the text of a statement beside its score and bar.
const MIN_WIDTH: usize = 40;
const MIN_TEXT_WIDTH: usize = 20;
/// Hedge from which a statement is marked as hedged.
const HEDGED: f64 = 0.5;
/// Distance from 0 at which a score is coloured.
const MIN_COLOURED: f64 = 0.06;
/// Start and end of a cue while lines are broken: control characters, which have no width.
const CUE_START: char = '\u{2}';
const CUE_END: char = '\u{3}';

impl TextReport {
    /// Text in lines of `width` columns, at least 40. It has ANSI styles, which the caller removes where they are not
    /// wanted.
    #[must_use]
    pub fn new(width: usize) -> Self {
        Self { width: width.max(MIN_WIDTH), is_first: true }
    }

    fn write_statement(&self, s: &ScoredStatement, out: &mut dyn Write) -> io::Result<()> {
        let (style, score) = match s.score {
            Some(value) => (colour(value.get()), score(value.get())),
            None => (DIM, "  ·  ".to_owned()),
        };
        let bar = s.score.map_or_else(|| " ".repeat(9), |value| bar(value.get()));
        let hedge = if s.score.is_some() && s.hedge.is_some_and(|hedge| hedge.get() >= HEDGED) {
            "hedged"
        } else {
            ""
        };
        let head = format!("{score} {bar} {hedge:<6}  ");
        // a sign, digits and box characters: one column each
        let indent = head.chars().count();
        let lines = wrapped_cues(&marked_text(s), self.width.saturating_sub(indent));
        for (number, line) in lines.iter().enumerate() {
            if number == 0 {
                write!(out, "{style}{head}{RESET}")?;
            } else {
                write!(out, "{:indent$}", "")?;
            }
            // a statement without bearing is dimmed as a whole; an underline would end the dimming
            if s.score.is_none() {
                writeln!(out, "{DIM}{}{RESET}", line.replace([CUE_START, CUE_END], ""))?;
            } else {
                writeln!(out, "{}", line.replace(CUE_START, UNDERLINE).replace(CUE_END, RESET))?;
            }
        }
        // below the statement, so that a long name does not narrow its text
        let notes = notes(s, "");
        if !notes.is_empty() {
            writeln!(out, "{:indent$}{DIM}— {notes}{RESET}", "")?;
        }
        Ok(())
    }
}

impl Report for TextReport {
    fn article(&mut self, article: &ScoredArticle, out: &mut dyn Write) -> io::Result<()> {
        if !std::mem::take(&mut self.is_first) {
            writeln!(out)?;
        }
        let date = article.date.map(|d| format!("  {d}")).unwrap_or_default();
        let title = article.title.as_deref().unwrap_or(&article.id);
        writeln!(out, "{BOLD}{title}{RESET}{DIM}{date}{RESET}")?;
        match &article.outlook {
            Some(o) => writeln!(
                out,
                "{BOLD}{}{}{RESET}  {} ({}, {:.0}%)  {} of {} statements bear on it{}{}",
                colour(o.score.get()),
                o.reading,
                score(o.score.get()),
                interval(o.low.get(), o.high.get()),
                o.coverage.get() * 100.0,
                o.bearing,
                o.statements,
                hedged(o.hedge),
                if o.thin { "; thin" } else { "" }
            )?,
            None => {
                writeln!(out, "{BOLD}no outlook{RESET}: {}", article.reason.as_deref().unwrap_or("unknown"))?;
            }
        }
        for side in &article.sides {
            let score = side.score.map_or("silent".to_owned(), |value| score(value.get()));
            let statements = count(side.statements, "statement", "statements");
            writeln!(out, "  {}: {score} ({statements})", side.side)?;
        }
        if let Some(Gap { above, below, difference, .. }) = &article.gap {
            writeln!(out, "  {above} is {difference:.2} above {below}")?;
        }
        for warning in &article.warnings {
            writeln!(out, "! {}", warning.message)?;
        }
        writeln!(out)?;
        article.statements.iter().try_for_each(|statement| self.write_statement(statement, out))
    }

    fn statement(&mut self, id: &str, statement: &ScoredStatement, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "{DIM}{id}{RESET}  ")?;
        if let Some(bearing) = statement.bearing {
            write!(out, "bearing {:.2}  ", bearing.get())?;
        }
        if let Some((label, probability)) = most_probable(statement) {
            write!(out, "{label} {probability:.2}  ")?;
        }
        self.write_statement(statement, out)
    }
}

/// The text of a statement on one line, with its cues between [`CUE_START`] and [`CUE_END`].
fn marked_text(statement: &ScoredStatement) -> String {
    let mut text = String::new();
    for (piece, cue) in segments(statement) {
        text.extend(cue.map(|_| CUE_START));
        text.push_str(piece);
        text.extend(cue.map(|_| CUE_END));
    }
    // line breaks of the article's layout have no meaning here
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Lines of at most `width` columns. A cue that is broken across lines ends and starts again.
fn wrapped_cues(text: &str, width: usize) -> Vec<String> {
    let mut in_cue = false;
    let with_cues = |line: &str| {
        let start = if in_cue { CUE_START.to_string() } else { String::new() };
        in_cue = line.chars().rfind(|c| [CUE_START, CUE_END].contains(c)).map_or(in_cue, |c| c == CUE_START);
        let end = if in_cue { CUE_END.to_string() } else { String::new() };
        start + line + &end
    };
    wrapped(text, width.max(MIN_TEXT_WIDTH)).iter().map(AsRef::as_ref).map(with_cues).collect()
}

fn colour(score: f64) -> &'static str {
    if score >= MIN_COLOURED {
        GREEN
    } else if score <= -MIN_COLOURED {
        RED
    } else {
        RESET
    }
}

/// A bar of nine columns, to the left or right of 0 in the middle: "    │███ ".
fn bar(score: f64) -> String {
    let filled = ((score.abs() * 4.0).round() as usize).min(4);
    if score < 0.0 {
        format!("{}{}│    ", " ".repeat(4 - filled), "█".repeat(filled))
    } else {
        format!("    │{}{}", "█".repeat(filled), " ".repeat(4 - filled))
    }
}

#[cfg(test)]
mod tests {
    use textwrap::core::display_width;

    use super::*;
    use crate::article::statement::tests::statement;

    #[test]
    fn lines_are_narrow_enough_and_close_their_cues() {
        let text = format!("aaaa {CUE_START}bbbb cccc dddd eeee ffff gggg{CUE_END} hhhh");
        let lines = wrapped_cues(&text, 20);
        assert!(lines.len() > 1);
        for line in &lines {
            assert!(line.chars().filter(|c| !matches!(*c, CUE_START | CUE_END)).count() <= 20);
            assert_eq!(line.matches(CUE_START).count(), line.matches(CUE_END).count());
        }
    }

    #[test]
    fn chinese_statement_keeps_to_the_width_of_the_terminal() {
        let clause = "中美 双方 举行 新一轮 经贸 磋商";
        let text = [clause; 6].join(" ");
        let mut out = Vec::new();
        TextReport::new(60)
            .write_statement(&statement(&text, &[(0, 6, "outlook")]), &mut out)
            .expect("written");
        let written = String::from_utf8(out).expect("UTF-8");
        assert!(written.lines().count() > 3, "{written}");
        assert!(written.lines().all(|line| display_width(line) <= 60), "{written}");
        assert!(written.contains(&format!("{UNDERLINE}中美{RESET}")), "{written}");
    }

    #[test]
    fn bars_start_in_the_middle() {
        assert_eq!(bar(-0.5), "  ██│    ");
        assert_eq!(bar(1.0), "    │████");
    }
}
