//! [`write_statement`]: the JSON line of a record that was scored as a single statement.
//!
//! The bytes are those of `serde_json`, written at a third of the cost: `score --statements` spends most of its time
//! on lines of a few short fields, and the generic number formatting dominates them.

use std::io;
use std::io::Write;

use detente::internals::DECIMAL_UNITS;
use detente::{Probability, ScoredStatement};

/// Appends the line of a statement to `line`.
///
/// # Errors
/// Those of `serde_json`, which writes strings with escapes and numbers with more than four decimals.
pub(crate) fn write_statement(id: &str, statement: &ScoredStatement, line: &mut Vec<u8>) -> io::Result<()> {
    line.extend_from_slice(b"{\"id\":");
    write_string(id, line)?;
    line.extend_from_slice(b",\"score\":");
    write_number(statement.score.unwrap_or_default().get(), line)?;
    line.extend_from_slice(b",\"bearing\":");
    write_probability(statement.bearing, line)?;
    line.extend_from_slice(b",\"hedge\":");
    write_probability(statement.hedge, line)?;
    if let Some(label) = &statement.label {
        line.extend_from_slice(b",\"label\":");
        write_string(label, line)?;
    }
    if let Some(probabilities) = &statement.probabilities {
        line.extend_from_slice(b",\"probabilities\":");
        serde_json::to_writer(&mut *line, probabilities)?;
    }
    line.extend_from_slice(b",\"cues\":[");
    for (index, cue) in statement.cues.iter().enumerate() {
        line.extend_from_slice(if index == 0 { b"{\"start\":" } else { b",{\"start\":" });
        write_integer(cue.span.start, line);
        line.extend_from_slice(b",\"end\":");
        write_integer(cue.span.end, line);
        line.extend_from_slice(b",\"text\":");
        write_string(&cue.text, line)?;
        line.extend_from_slice(b",\"kind\":\"");
        line.extend_from_slice(cue.kind.as_str().as_bytes());
        line.extend_from_slice(b"\"}");
    }
    line.extend_from_slice(b"],\"events\":");
    serde_json::to_writer(&mut *line, &statement.events)?;
    line.extend_from_slice(b"}\n");
    Ok(())
}

fn write_probability(learned: Option<Probability>, line: &mut Vec<u8>) -> io::Result<()> {
    let Some(probability) = learned else { return line.write_all(b"null") };
    write_number(probability.get(), line)
}

fn write_string(text: &str, line: &mut Vec<u8>) -> io::Result<()> {
    // most texts need no escape: one pass over the bytes, then one copy
    let is_plain = |byte: &u8| *byte >= b' ' && *byte != b'"' && *byte != b'\\';
    if text.as_bytes().iter().all(is_plain) {
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
