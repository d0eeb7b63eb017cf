//! Text report on articles: the outlook in words, then the statements with their cues underlined.

use std::io;
use std::io::Write;

use detente::{Gap, ScoredArticle, ScoredStatement};

use crate::ansi::{BOLD, DIM, GREEN, RED, RESET, UNDERLINE};
use crate::article::format::Report;
use crate::article::statement::{most_probable, notes, segments};
use crate::number::{count, score};
use crate::phrases::{hedged, interval};
use crate::text_width::{truncated, wrapped};

/// Text for a terminal or a file.
#[derive(Debug)]
pub struct TextReport {
    width: usize,
    is_first: bool,
    /// Whether several articles get one line each.
    has_lines: bool,
    /// First article, until it is known whether others follow.
    held: Option<Box<ScoredArticle>>,
    /// Articles with a line.
    lines: usize,
    /// Warnings on these articles.
    warnings: usize,
}

/// Narrowest lines of a report, and of the text of a statement beside its score and bar.
const MIN_WIDTH: usize = 40;
const MIN_TEXT_WIDTH: usize = 20;
/// Columns of a date, and of the longest reading, in an overview.
const DATE_WIDTH: usize = 10;
const READING_WIDTH: usize = 22;
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
        Self {
            width: width.max(MIN_WIDTH),
            is_first: true,
            has_lines: false,
            held: None,
            lines: 0,
            warnings: 0,
        }
    }

    /// Prints several articles in one line each; a single one is still printed with its statements.
    #[must_use]
    pub fn with_lines(self) -> Self {
        Self { has_lines: true, ..self }
    }

    /// Writes score, date, reading and title in one line.
    fn write_line(&mut self, article: &ScoredArticle, out: &mut dyn Write) -> io::Result<()> {
        self.lines += 1;
        self.warnings += article.warnings.len();
        let (style, score, reading) = match &article.outlook {
            Some(outlook) => {
                let value = outlook.score.get();
                (colour(value), score(value), outlook.reading.to_string())
            }
            None => (DIM, "  ·  ".to_owned(), "no outlook".to_owned()),
        };
        let date = article.date.map_or_else(String::new, |date| date.to_string());
        let head = format!("{score}  {date:<DATE_WIDTH$}  {reading:<READING_WIDTH$}  ");
        let title = article.title.as_deref().unwrap_or(&article.id);
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        let room = self.width.saturating_sub(head.chars().count()).max(MIN_TEXT_WIDTH);
        writeln!(out, "{style}{head}{RESET}{}", truncated(&title, room))
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

impl TextReport {
    /// Writes the outlook, the sides and all statements.
    fn write_full(&mut self, article: &ScoredArticle, out: &mut dyn Write) -> io::Result<()> {
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
}

impl Report for TextReport {
    fn article(&mut self, article: &ScoredArticle, out: &mut dyn Write) -> io::Result<()> {
        if !self.has_lines {
            return self.write_full(article, out);
        }
        if self.lines == 0 && self.held.is_none() {
            self.held = Some(Box::new(article.clone()));
            return Ok(());
        }
        if let Some(first) = self.held.take() {
            self.write_line(&first, out)?;
        }
        self.write_line(article, out)
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if let Some(only) = self.held.take() {
            return self.write_full(&only, out);
        }
        if self.lines == 0 {
            return Ok(());
        }
        let articles = count(self.lines, "article", "articles");
        let warnings = match self.warnings {
            0 => String::new(),
            number => format!(", {}", count(number, "warning", "warnings")),
        };
        writeln!(out, "{DIM}{articles}{warnings}; --full prints statements, sides and warnings{RESET}")
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

    fn printed(report: TextReport, articles: &[&str]) -> String {
        let engine = detente::Engine::builtin().expect("the built-in model");
        let (mut report, mut out) = (report, Vec::new());
        for (number, text) in articles.iter().enumerate() {
            let mut article = detente::Article::new(format!("note-{number}"), (*text).to_owned());
            article.title = Some(format!("Headline of the article with number {number} in the folder"));
            article.date = "2031-05-09".parse().ok();
            report.article(&engine.score(&article), &mut out).expect("written");
        }
        report.end(&mut out).expect("written");
        let text = String::from_utf8(out).expect("UTF-8");
        [BOLD, DIM, GREEN, RED, RESET, UNDERLINE].iter().fold(text, |text, style| text.replace(style, ""))
    }

    #[test]
    fn several_articles_get_a_line_each_and_one_is_printed_in_full() {
        let texts = ["The sides signed the accord.", "The bakery opens at seven.", "The envoys walked out."];
        let overview = printed(TextReport::new(80).with_lines(), &texts);
        let lines: Vec<&str> = overview.lines().collect();
        assert_eq!(lines.len(), 4, "{overview}");
        assert!(lines[0].starts_with('+') && lines[0].contains("2031-05-09"), "{overview}");
        assert!(lines[1].contains("no outlook") && lines[2].starts_with('−'), "{overview}");
        assert!(lines.iter().all(|line| display_width(line) <= 80), "{overview}");
        assert!(lines[3].starts_with("3 articles") && lines[3].contains("--full"), "{overview}");
        assert!(!overview.contains("walked out"));
        let single = printed(TextReport::new(80).with_lines(), &texts[2..]);
        assert_eq!(single, printed(TextReport::new(80), &texts[2..]));
        assert!(single.contains("walked out"));
        let full = printed(TextReport::new(80), &texts);
        assert!(full.contains("walked out") && full.contains("signed") && !full.contains("--full"));
        assert_eq!(printed(TextReport::new(80).with_lines(), &[]), "");
    }

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
