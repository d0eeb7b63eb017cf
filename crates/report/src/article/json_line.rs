//! [`statement`]: a record that was scored as one statement as a line of JSON, written straight into its bytes.
//!
//! The line is the one that `serde_json` writes, at a third of the cost: where most of a run is spent on lines of
//! a few short fields, their form need not be found anew for each.

use std::io;
use std::io::Write;

use detente::ScoredStatement;
use detente::internals::DECIMAL_UNITS;

/// Appends the line of a statement.
///
/// # Errors
/// None in practice: `serde_json` writes what needs escapes or more decimals.
pub(crate) fn statement(id: &str, statement: &ScoredStatement, line: &mut Vec<u8>) -> io::Result<()> {
    line.extend_from_slice(b"{\"id\":");
    string(id, line)?;
    line.extend_from_slice(b",\"score\":");
    number(statement.score.unwrap_or_default().get(), line)?;
    line.extend_from_slice(b",\"bearing\":");
    number(statement.bearing.get(), line)?;
    line.extend_from_slice(b",\"hedge\":");
    number(statement.hedge.get(), line)?;
    line.extend_from_slice(b",\"cues\":[");
    for (number, cue) in statement.cues.iter().enumerate() {
        line.extend_from_slice(if number == 0 { b"{\"start\":" } else { b",{\"start\":" });
        integer(cue.span.start, line);
        line.extend_from_slice(b",\"end\":");
        integer(cue.span.end, line);
        line.extend_from_slice(b",\"text\":");
        string(&cue.text, line)?;
        line.extend_from_slice(b",\"kind\":\"");
        line.extend_from_slice(cue.kind.as_str().as_bytes());
        line.extend_from_slice(b"\"}");
    }
    line.extend_from_slice(b"]}\n");
    Ok(())
}

fn string(text: &str, line: &mut Vec<u8>) -> io::Result<()> {
    let is_plain = |byte: &u8| *byte >= b' ' && *byte != b'"' && *byte != b'\\';
    if text.as_bytes().iter().all(is_plain) {
        line.push(b'"');
        line.extend_from_slice(text.as_bytes());
        line.push(b'"');
        return Ok(());
    }
    Ok(serde_json::to_writer(line, text)?)
}

fn number(value: f64, line: &mut Vec<u8>) -> io::Result<()> {
    let units = (value.abs() * DECIMAL_UNITS + 0.5) as u32;
    if f64::from(units) / DECIMAL_UNITS != value.abs() || units == 0 && value.is_sign_negative() {
        return Ok(serde_json::to_writer(line, &value)?);
    }
    if value < 0.0 {
        line.push(b'-');
    }
    integer(units / 10_000, line);
    let rest = units % 10_000;
    let decimals = [1000, 100, 10, 1].map(|unit| b'0' + (rest / unit % 10) as u8);
    // without zeros at the end, but one
    let count = decimals.iter().rposition(|decimal| *decimal != b'0').map_or(1, |last| last + 1);
    line.push(b'.');
    line.write_all(decimals.get(..count).unwrap_or(&decimals))
}

fn integer(mut value: u32, line: &mut Vec<u8>) {
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
    fn every_number_of_four_decimals_is_that_of_serde_json() {
        for units in -20_000..=20_000 {
            let value = f64::from(units) / DECIMAL_UNITS;
            assert_eq!(written(|line| number(value, line).expect("written")), to_vec(&value).expect("JSON"));
        }
    }

    proptest! {
        #[test]
        fn others_are_those_of_serde_json(value: f64, near in -1.0..1.0, whole: u32, text in "[\\PC\\n\"]{0,9}") {
            for value in [value, near, -0.0, 1e-5, 429_496.729_6] {
                prop_assert_eq!(written(|line| number(value, line).expect("written")), to_vec(&value).expect("JSON"));
            }
            for whole in [whole, whole >> 20, 0, u32::MAX] {
                prop_assert_eq!(written(|line| integer(whole, line)), to_vec(&whole).expect("JSON"));
            }
            prop_assert_eq!(written(|line| string(&text, line).expect("written")), to_vec(&text).expect("JSON"));
        }
    }
}
