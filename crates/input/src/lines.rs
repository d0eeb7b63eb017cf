//! [`next_line`]: lines of a limited length.

use std::io::{self, BufRead, Read};

use crate::input_error::{InputError, Result};

/// Files of JSON and of UTF-16 are read whole, so they may be longer than a record by this factor.
pub(crate) const WHOLE_FILE_FACTOR: usize = 16;

/// Reads the next line that is not blank into `bytes` and sets `line` to its number; returns false at the end.
/// A line longer than `limit` is skipped without being held.
pub(crate) fn next_line(
    reader: &mut impl BufRead,
    line: &mut usize,
    bytes: &mut Vec<u8>,
    limit: usize,
) -> Result<bool> {
    let failed = |error: io::Error, line: usize| InputError::read_failed(error).at_line(line);
    loop {
        *line += 1;
        bytes.clear();
        let mut head = reader.by_ref().take(limit as u64 + 1);
        if head.read_until(b'\n', bytes).map_err(|error| failed(error, *line))? == 0 {
            return Ok(false);
        }
        if bytes.len() > limit && bytes.last() != Some(&b'\n') {
            reader.skip_until(b'\n').map_err(|error| failed(error, *line))?;
            return Err(InputError::too_long("record", limit).at_line(*line));
        }
        if !bytes.iter().all(u8::is_ascii_whitespace) {
            return Ok(true);
        }
    }
}

/// Reads all bytes. Returns an error if there are more than `limit`.
pub(crate) fn read_to_end(reader: &mut impl Read, limit: usize) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(InputError::read_failed)?;
    if bytes.len() > limit {
        return Err(InputError::too_long("file", limit));
    }
    Ok(bytes)
}
