//! [`write_article`] and [`write_statement`]: the JSON lines of results.
//!
//! The bytes are those of `serde_json`, written at a third of the cost: an article has some twenty short fields for each
//! statement, and generic strings and numbers dominate them. `serde` still writes what occurs once in an article.

use std::io;
use std::io::Write;

use detente::internals::{DECIMAL_UNITS, rounded};
use detente::{Probability, Score, ScoredArticle, ScoredCue, ScoredEvent, ScoredStatement};

/// Appends the line of an article to `line`.
///
/// # Errors
/// Those of `serde_json`, which writes what is not written here.
pub(crate) fn write_article(article: &ScoredArticle, line: &mut Vec<u8>) -> io::Result<()> {
    let ScoredArticle { schema, id, title, date, source, negotiation, domain, model, .. } = article;
    line.extend_from_slice(b"{\"schema\":");
    write_integer(*schema, line);
    write_field(b",\"id\":", id, line)?;
    write_optional_string(b",\"title\":", title.as_deref(), line)?;
    line.extend_from_slice(b",\"date\":");
    serde_json::to_writer(&mut *line, date)?;
    for (name, value) in
        [(&b",\"source\":"[..], source), (b",\"negotiation\":", negotiation), (b",\"domain\":", domain)]
    {
        if let Some(value) = value {
            write_field(name, value, line)?;
        }
    }
    write_field(b",\"model\":", model, line)?;
    line.extend_from_slice(b",\"outlook\":");
    serde_json::to_writer(&mut *line, &article.outlook)?;
    if let Some(reason) = &article.reason {
        write_field(b",\"reason\":", reason, line)?;
    }
    line.extend_from_slice(b",\"sides\":");
    serde_json::to_writer(&mut *line, &article.sides)?;
    line.extend_from_slice(b",\"gap\":");
    serde_json::to_writer(&mut *line, &article.gap)?;
    if let Some(headline) = &article.headline {
        line.extend_from_slice(b",\"headline\":");
        serde_json::to_writer(&mut *line, headline)?;
    }
    line.extend_from_slice(b",\"statements\":");
    write_list(&article.statements, line, write_scored_statement)?;
    line.extend_from_slice(b",\"warnings\":");
    serde_json::to_writer(&mut *line, &article.warnings)?;
    line.extend_from_slice(b"}\n");
    Ok(())
}

/// Appends the line of a record that was scored as a single statement.
///
/// # Errors
/// Those of `serde_json`, which writes strings with escapes and numbers with more than four decimals.
pub(crate) fn write_statement(id: &str, statement: &ScoredStatement, line: &mut Vec<u8>) -> io::Result<()> {
    write_field(b"{\"id\":", id, line)?;
    line.extend_from_slice(b",\"score\":");
    write_number(statement.score.unwrap_or_default().get(), line)?;
    write_probability(b",\"bearing\":", statement.bearing, line)?;
    write_probability(b",\"hedge\":", statement.hedge, line)?;
    write_classes(statement, line)?;
    write_cues_and_events(statement, line)?;
    line.extend_from_slice(b"}\n");
    Ok(())
}

/// Appends a statement of an article.
fn write_scored_statement(statement: &ScoredStatement, line: &mut Vec<u8>) -> io::Result<()> {
    line.extend_from_slice(b"{\"index\":");
    write_integer(statement.index as u32, line);
    line.extend_from_slice(b",\"start\":");
    write_integer(statement.span.start, line);
    line.extend_from_slice(b",\"end\":");
    write_integer(statement.span.end, line);
    write_field(b",\"text\":", &statement.text, line)?;
    write_probability(b",\"bearing\":", statement.bearing, line)?;
    line.extend_from_slice(b",\"score\":");
    match statement.score.map(Score::get) {
        Some(score) => write_number(score, line)?,
        None => line.extend_from_slice(b"null"),
    }
    write_probability(b",\"hedge\":", statement.hedge, line)?;
    write_classes(statement, line)?;
    write_cues_and_events(statement, line)?;
    line.extend_from_slice(b",\"speaker\":");
    match &statement.speaker {
        Some(speaker) => {
            write_field(b"{\"name\":", &speaker.name, line)?;
            write_optional_string(b",\"side\":", speaker.side.as_deref(), line)?;
            write_field(b",\"kind\":", speaker.kind.as_str(), line)?;
            write_optional_string(b",\"channel\":", speaker.channel.as_deref(), line)?;
            line.extend_from_slice(b",\"start\":");
            write_integer(speaker.start, line);
            line.extend_from_slice(b",\"end\":");
            write_integer(speaker.end, line);
            line.push(b'}');
        }
        None => line.extend_from_slice(b"null"),
    }
    line.extend_from_slice(b",\"when\":");
    match &statement.when {
        Some(when) => write!(line, "{{\"from\":\"{}\",\"to\":\"{}\"}}", when.from, when.to)?,
        None => line.extend_from_slice(b"null"),
    }
    write_flag(b",\"background\":", statement.background, line);
    if statement.clutter {
        write_flag(b",\"clutter\":", true, line);
    }
    line.extend_from_slice(b",\"weight\":");
    write_number(statement.weight, line)?;
    if let Some(repeats) = statement.repeats {
        line.extend_from_slice(b",\"repeats\":");
        write_integer(repeats as u32, line);
    }
    line.extend_from_slice(b",\"contribution\":");
    write_number(statement.contribution, line)?;
    line.push(b'}');
    Ok(())
}

fn write_classes(statement: &ScoredStatement, line: &mut Vec<u8>) -> io::Result<()> {
    if let Some(label) = &statement.label {
        write_field(b",\"label\":", label, line)?;
    }
    if let Some(probabilities) = &statement.probabilities {
        line.extend_from_slice(b",\"probabilities\":");
        serde_json::to_writer(&mut *line, probabilities)?;
    }
    Ok(())
}

fn write_cues_and_events(statement: &ScoredStatement, line: &mut Vec<u8>) -> io::Result<()> {
    line.extend_from_slice(b",\"cues\":");
    write_list(&statement.cues, line, write_cue)?;
    line.extend_from_slice(b",\"events\":");
    write_list(&statement.events, line, write_event)
}

fn write_cue(cue: &ScoredCue, line: &mut Vec<u8>) -> io::Result<()> {
    line.extend_from_slice(b"{\"start\":");
    write_integer(cue.span.start, line);
    line.extend_from_slice(b",\"end\":");
    write_integer(cue.span.end, line);
    write_field(b",\"text\":", &cue.text, line)?;
    line.extend_from_slice(b",\"kind\":\"");
    line.extend_from_slice(cue.kind.as_str().as_bytes());
    line.extend_from_slice(b"\"}");
    Ok(())
}

fn write_event(event: &ScoredEvent, line: &mut Vec<u8>) -> io::Result<()> {
    line.extend_from_slice(b"{\"start\":");
    write_integer(event.span.start, line);
    line.extend_from_slice(b",\"end\":");
    write_integer(event.span.end, line);
    write_field(b",\"predicate\":", &event.predicate, line)?;
    write_field(b",\"lemma\":", &event.lemma, line)?;
    write_optional_string(b",\"object\":", event.object.as_deref(), line)?;
    write_optional_string(b",\"agent\":", event.agent.as_deref(), line)?;
    line.extend_from_slice(b",\"state\":\"");
    line.extend_from_slice(event.state.as_str().as_bytes());
    line.extend_from_slice(b"\",\"value\":");
    write_number(rounded(event.value), line)?;
    line.push(b'}');
    Ok(())
}

/// Appends a list with what `write` appends for each item.
fn write_list<T>(
    items: &[T],
    line: &mut Vec<u8>,
    write: impl Fn(&T, &mut Vec<u8>) -> io::Result<()>,
) -> io::Result<()> {
    line.push(b'[');
    for (number, item) in items.iter().enumerate() {
        if number > 0 {
            line.push(b',');
        }
        write(item, line)?;
    }
    line.push(b']');
    Ok(())
}

/// Appends the name of a field, in the form `,"id":`, and a string.
fn write_field(name: &[u8], text: &str, line: &mut Vec<u8>) -> io::Result<()> {
    line.extend_from_slice(name);
    write_string(text, line)
}

fn write_optional_string(name: &[u8], text: Option<&str>, line: &mut Vec<u8>) -> io::Result<()> {
    if let Some(text) = text {
        return write_field(name, text, line);
    }
    line.extend_from_slice(name);
    line.extend_from_slice(b"null");
    Ok(())
}

fn write_flag(name: &[u8], flag: bool, line: &mut Vec<u8>) {
    line.extend_from_slice(name);
    line.extend_from_slice(if flag { b"true" } else { b"false" });
}

fn write_probability(name: &[u8], learned: Option<Probability>, line: &mut Vec<u8>) -> io::Result<()> {
    line.extend_from_slice(name);
    let Some(probability) = learned else { return line.write_all(b"null") };
    write_number(probability.get(), line)
}

fn write_string(text: &str, line: &mut Vec<u8>) -> io::Result<()> {
    // most texts need no escape: one pass over the bytes, in blocks that are tested without branches, then one copy
    let needs_escape = |byte: &u8| *byte < b' ' || *byte == b'"' || *byte == b'\\';
    let (blocks, rest) = text.as_bytes().as_chunks::<16>();
    let is_plain = |block: &[u8]| !block.iter().fold(false, |found, byte| found | needs_escape(byte));
    if blocks.iter().all(|block| is_plain(block)) && is_plain(rest) {
        line.push(b'"');
        line.extend_from_slice(text.as_bytes());
        line.push(b'"');
        return Ok(());
    }
    Ok(serde_json::to_writer(line, text)?)
}

/// Numbers with at most four decimals, as scores are, are written digit by digit.
fn write_number(value: f64, line: &mut Vec<u8>) -> io::Result<()> {
    // scores are multiples of 0.0001: their digits are those of an integer
    let units = (value.abs() * DECIMAL_UNITS + 0.5) as u32;
    if f64::from(units) / DECIMAL_UNITS != value.abs() || units == 0 && value.is_sign_negative() {
        return Ok(serde_json::to_writer(line, &value)?);
    }
    if value < 0.0 {
        line.push(b'-');
    }
    write_integer(units / 10_000, line);
    let rest = units % 10_000;
    let decimals = [1000, 100, 10, 1].map(|unit| b'0' + (rest / unit % 10) as u8);
    // no trailing zeros, but at least one decimal
    let count = decimals.iter().rposition(|decimal| *decimal != b'0').map_or(1, |last| last + 1);
    line.push(b'.');
    line.write_all(decimals.get(..count).unwrap_or(&decimals))
}

fn write_integer(mut value: u32, line: &mut Vec<u8>) {
    let mut digits = [b'0'; 10];
    let mut count = 0;
    for digit in digits.iter_mut().rev() {
        *digit += (value % 10) as u8;
        value /= 10;
        count += 1;
        if value == 0 {
            break;
        }
    }
    line.extend_from_slice(&digits[digits.len() - count..]);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::to_vec;

    use super::*;

    fn written(write: impl Fn(&mut Vec<u8>)) -> Vec<u8> {
        let mut line = b"before".to_vec();
        write(&mut line);
        line.split_off(6)
    }

    #[test]
    fn numbers_with_four_decimals_are_those_of_serde_json() {
        for units in -20_000..=20_000 {
            let value = f64::from(units) / DECIMAL_UNITS;
            assert_eq!(
                written(|line| write_number(value, line).expect("written")),
                to_vec(&value).expect("JSON")
            );
        }
    }

    proptest! {
        #[test]
        fn any_number_and_string_is_that_of_serde_json(value: f64, near in -1.0..1.0, whole: u32, text in "[\\PC\\n\"]{0,9}") {
            for value in [value, near, -0.0, 1e-5, 429_496.729_6] {
                prop_assert_eq!(written(|line| write_number(value, line).expect("written")), to_vec(&value).expect("JSON"));
            }
            for whole in [whole, whole >> 20, 0, u32::MAX] {
                prop_assert_eq!(written(|line| write_integer(whole, line)), to_vec(&whole).expect("JSON"));
            }
            prop_assert_eq!(written(|line| write_string(&text, line).expect("written")), to_vec(&text).expect("JSON"));
        }
    }
}
