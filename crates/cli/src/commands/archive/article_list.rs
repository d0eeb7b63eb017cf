//! Writes articles of an archive as text, JSON or a table.

use std::io::{self, Write};

use detente_archive::ArticleSummary;
use serde::Serialize;

use crate::args::ArchiveFormat;
use crate::output::text_width;

/// An article of a list.
pub(crate) trait ListedArticle: Serialize {
    fn article(&self) -> &ArticleSummary;

    /// Lines below it in text.
    fn write_details(&self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

impl ListedArticle for ArticleSummary {
    fn article(&self) -> &ArticleSummary {
        self
    }
}

/// Writes articles in one of the formats.
pub(crate) fn write_articles<T: ListedArticle>(
    articles: &[T],
    format: ArchiveFormat,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    match format {
        ArchiveFormat::Text => {
            for listed in articles {
                write_line(listed.article(), out)?;
                listed.write_details(out)?;
            }
        }
        ArchiveFormat::Json | ArchiveFormat::Jsonl => write_json(articles, format, out)?,
        ArchiveFormat::Csv => {
            let mut table = csv::Writer::from_writer(out);
            table.write_record([
                "article",
                "id",
                "date",
                "title",
                "source",
                "negotiation",
                "score",
                "low",
                "high",
                "reading",
            ])?;
            for listed in articles {
                let article = listed.article();
                let outlook = article.outlook.as_ref();
                let number =
                    |number: Option<f64>| number.map(|number| number.to_string()).unwrap_or_default();
                table.write_record([
                    article.key.to_string(),
                    article.id.clone(),
                    article.date.map(|day| day.to_string()).unwrap_or_default(),
                    article.title.clone().unwrap_or_default(),
                    article.source.clone().unwrap_or_default(),
                    article.negotiation.clone().unwrap_or_default(),
                    number(outlook.map(|outlook| outlook.score)),
                    number(outlook.map(|outlook| outlook.low)),
                    number(outlook.map(|outlook| outlook.high)),
                    outlook.and_then(|outlook| outlook.reading).map(|r| r.to_string()).unwrap_or_default(),
                ])?;
            }
            table.flush()?;
        }
    }
    Ok(())
}

/// Writes values as one JSON array, or as JSON Lines.
pub(crate) fn write_json<T: Serialize>(
    values: &[T],
    format: ArchiveFormat,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    if format == ArchiveFormat::Json {
        serde_json::to_writer_pretty(&mut *out, values)?;
        writeln!(out)?;
        return Ok(());
    }
    for value in values {
        serde_json::to_writer(&mut *out, value)?;
        writeln!(out)?;
    }
    Ok(())
}

/// The article on a line: number, date, score, title or id, outlet.
fn write_line(article: &ArticleSummary, out: &mut dyn Write) -> io::Result<()> {
    let date = article.date.map_or_else(|| "no date   ".to_owned(), |day| day.to_string());
    let score = article.outlook.as_ref().map_or_else(|| "    –".to_owned(), |o| format!("{:+.2}", o.score));
    let title = article.title.as_deref().unwrap_or(&article.id);
    let source = article.source.as_deref().map(|source| format!("  ({source})")).unwrap_or_default();
    let line = format!("{:>6}  {date}  {score:>5}  {}{source}", article.key.get(), one_line(title));
    writeln!(out, "{}", shortened(&line, text_width()))
}

/// A text without line breaks and control characters.
pub(crate) fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split(|c: char| c.is_whitespace() || c.is_control()).collect();
    words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn shortened(line: &str, width: usize) -> String {
    if line.chars().count() <= width {
        return line.to_owned();
    }
    let mut short: String = line.chars().take(width.saturating_sub(1)).collect();
    short.push('…');
    short
}
