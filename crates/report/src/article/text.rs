//! Text for people: the reading in words first, then the statements with their cues marked.

use std::io;
use std::io::Write;

use detente::{CueKind, Gap, ScoredArticle, ScoredStatement, Span};

use crate::article::format::Report;
use crate::phrases::count;

/// Text for a terminal or a file.
#[derive(Debug)]
pub struct TextReport {
    /// Width of a line, in characters.
    width: usize,
    first: bool,
}

const BOLD: &str = "\x1b[1m";
const DIM: &str = "\x1b[2m";
const GREEN: &str = "\x1b[32m";
const RED: &str = "\x1b[31m";
const MARKED: &str = "\x1b[4m";
const PLAIN: &str = "\x1b[0m";

impl TextReport {
    /// Text in lines of `width` characters, at least 40. The text carries ANSI styles;
    /// strip them where they are not wanted.
    #[must_use]
    pub fn new(width: usize) -> Self {
        Self { width: width.max(40), first: true }
    }

    fn statement_lines(&self, s: &ScoredStatement, out: &mut dyn Write) -> io::Result<()> {
        let (style, score) = match s.score {
            Some(score) => (tint(score.get()), signed(score.get())),
            None => (DIM, "  ·  ".to_owned()),
        };
        let bar = s.score.map_or_else(|| " ".repeat(9), |score| bar(score.get()));
        let hedge = if s.score.is_some() && s.hedge.get() >= 0.5 { "hedged" } else { "" };
        let head = format!("{score} {bar} {hedge:<6}  ");
        let indent = head.chars().count();
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
            notes.push("background".to_owned());
        }
        if s.repeats.is_some() {
            notes.push("said before".to_owned());
        }
        let words = marked(s);
        for (number, line) in wrap(&words, self.width.saturating_sub(indent)).iter().enumerate() {
            if number == 0 {
                write!(out, "{style}{head}{PLAIN}")?;
            } else {
                write!(out, "{:indent$}", "")?;
            }
            let line = if s.score.is_none() {
                format!("{DIM}{}{PLAIN}", line.replace([OPEN, CLOSE], ""))
            } else {
                styled(line)
            };
            writeln!(out, "{line}")?;
        }
        if !notes.is_empty() {
            writeln!(out, "{:indent$}{DIM}— {}{PLAIN}", "", notes.join(", "))?;
        }
        Ok(())
    }
}

impl Report for TextReport {
    fn article(&mut self, article: &ScoredArticle, out: &mut dyn Write) -> io::Result<()> {
        if !std::mem::take(&mut self.first) {
            writeln!(out)?;
        }
        let date = article.date.map(|d| format!("  {d}")).unwrap_or_default();
        writeln!(out, "{BOLD}{}{PLAIN}{DIM}{date}{PLAIN}", article.title.as_deref().unwrap_or(&article.id))?;
        match &article.outlook {
            Some(o) => {
                let style = tint(o.score.get());
                let (score, low, high) = (signed(o.score.get()), signed(o.low.get()), signed(o.high.get()));
                writeln!(
                    out,
                    "{BOLD}{style}{}{PLAIN}  {score} ({low} … {high}, {:.0}%)  {} of {} statements bear on it, hedged {:.0}%{}",
                    o.reading,
                    o.coverage.get() * 100.0,
                    o.bearing,
                    o.statements,
                    o.hedge.get() * 100.0,
                    if o.thin { "; thin" } else { "" }
                )?;
            }
            None => {
                writeln!(out, "{BOLD}no outlook{PLAIN}: {}", article.reason.as_deref().unwrap_or("unknown"))?;
            }
        }
        for side in &article.sides {
            let score = side.score.map_or("silent".to_owned(), |s| signed(s.get()));
            writeln!(
                out,
                "  {}: {score} ({})",
                side.side,
                count(side.statements, "statement", "statements")
            )?;
        }
        if let Some(Gap { above, below, difference, .. }) = &article.gap {
            writeln!(out, "  {above} stands {difference:.2} above {below}")?;
        }
        for warning in &article.warnings {
            writeln!(out, "! {}", warning.message)?;
        }
        writeln!(out)?;
        for statement in &article.statements {
            self.statement_lines(statement, out)?;
        }
        Ok(())
    }

    fn statement(&mut self, id: &str, statement: &ScoredStatement, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "{DIM}{id}{PLAIN}  bearing {:.2}  ", statement.bearing.get())?;
        self.statement_lines(statement, out)
    }
}

const OPEN: char = '\u{2}';
const CLOSE: char = '\u{3}';

/// Whether a cue is worth a reader's eye: it carries or turns a judgement.
pub(crate) fn is_telling(kind: CueKind) -> bool {
    !matches!(
        kind,
        CueKind::Speech | CueKind::TimePast | CueKind::TimeNow | CueKind::TimeFuture | CueKind::GoodThing
    )
}

/// The statement's words on one line, its telling cues between marks.
fn marked(s: &ScoredStatement) -> String {
    let mut text = String::new();
    let mut at = s.span.start;
    let piece = |from: u32, to: u32| {
        let offset = s.span.start;
        Span { start: from.saturating_sub(offset), end: to.saturating_sub(offset) }.slice(&s.text)
    };
    for cue in s.cues.iter().filter(|cue| is_telling(cue.kind)) {
        if cue.span.start < at {
            continue;
        }
        text.push_str(piece(at, cue.span.start));
        text.push(OPEN);
        text.push_str(piece(cue.span.start, cue.span.end));
        text.push(CLOSE);
        at = cue.span.end;
    }
    text.push_str(piece(at, s.span.end));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Lines of at most `width` characters, marks not counted; marks are closed at line ends.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(20);
    let mut lines = vec![String::new()];
    let mut used = 0;
    let mut open = false;
    for word in text.split(' ') {
        let length = word.chars().filter(|c| !matches!(*c, OPEN | CLOSE)).count();
        let line = lines.last_mut();
        if let Some(line) = line {
            if used > 0 && used + 1 + length > width {
                if open {
                    line.push(CLOSE);
                }
                lines.push(if open { OPEN.to_string() } else { String::new() });
                used = 0;
            } else if used > 0 {
                line.push(' ');
                used += 1;
            }
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(word);
        }
        used += length;
        for c in word.chars() {
            open = if c == OPEN { true } else { open && c != CLOSE };
        }
    }
    lines
}

fn styled(line: &str) -> String {
    line.replace(OPEN, MARKED).replace(CLOSE, PLAIN)
}

fn tint(score: f64) -> &'static str {
    if score >= 0.06 {
        GREEN
    } else if score <= -0.06 {
        RED
    } else {
        PLAIN
    }
}

fn signed(value: f64) -> String {
    let text = format!("{value:+.2}");
    if text == "-0.00" { "+0.00".to_owned() } else { text.replace('-', "−") }
}

/// Nine characters with the middle at 0: "    │███ ".
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
    use super::*;

    #[test]
    fn lines_keep_to_their_width_and_close_their_marks() {
        let text = format!("aaaa {OPEN}bbbb cccc dddd eeee ffff gggg{CLOSE} hhhh");
        let lines = wrap(&text, 20);
        assert!(lines.len() > 1);
        for line in &lines {
            assert!(line.chars().filter(|c| !matches!(*c, OPEN | CLOSE)).count() <= 20);
            assert_eq!(line.matches(OPEN).count(), line.matches(CLOSE).count());
        }
    }

    #[test]
    fn bars_and_signs() {
        assert_eq!(bar(-0.5), "  ██│    ");
        assert_eq!(bar(1.0), "    │████");
        assert_eq!((signed(-0.001), signed(-0.5)), ("+0.00".to_owned(), "−0.50".to_owned()));
    }
}
