//! [`ByteReader`]: reads what [`ByteWriter`](crate::packed::writer::ByteWriter) wrote; it never panics.

use std::sync::Arc;

use detente::internals::DECIMAL_UNITS;
use detente::{Day, Error, Result};

/// The rest of a byte form.
#[derive(Debug)]
pub(crate) struct ByteReader<'a>(pub(crate) &'a [u8]);

pub(crate) fn damaged(what: &str) -> Error {
    Error::data(format!("damaged packed article: {what}"))
}

impl<'a> ByteReader<'a> {
    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N]> {
        let (first, rest) = self.0.split_first_chunk().ok_or_else(|| damaged("it ends too early"))?;
        self.0 = rest;
        Ok(*first)
    }

    pub(crate) fn byte(&mut self) -> Result<u8> {
        self.array::<1>().map(|[byte]| byte)
    }

    pub(crate) fn count(&mut self) -> Result<u64> {
        let mut value = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(damaged("a count has too many bytes"))
    }

    pub(crate) fn signed(&mut self) -> Result<i64> {
        self.count().map(unfolded)
    }

    pub(crate) fn text(&mut self) -> Result<&'a str> {
        let length = usize::try_from(self.count()?).ok();
        let (text, rest) = length
            .and_then(|length| self.0.split_at_checked(length))
            .ok_or_else(|| damaged("a text is longer than the rest"))?;
        self.0 = rest;
        std::str::from_utf8(text).map_err(|_| damaged("a text is not UTF-8"))
    }

    pub(crate) fn owned(&mut self) -> Result<Box<str>> {
        self.text().map(Box::from)
    }

    pub(crate) fn shared(&mut self) -> Result<Arc<str>> {
        self.text().map(Arc::from)
    }

    pub(crate) fn number(&mut self) -> Result<f64> {
        let folded = self.count()?;
        let value = if folded & 1 == 0 {
            unfolded(folded >> 1) as f64 / DECIMAL_UNITS
        } else {
            f64::from_le_bytes(self.array()?)
        };
        if value.is_finite() { Ok(value) } else { Err(damaged("a number is not finite")) }
    }

    pub(crate) fn day(&mut self) -> Result<Day> {
        let days = self.signed()?;
        let day = Day::new(1970, 1, 1).map(|epoch| epoch.plus_days(days));
        day.filter(|day| day.epoch_days() == days).ok_or_else(|| damaged("a day is outside the calendar"))
    }

    pub(crate) fn optional<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T>) -> Result<Option<T>> {
        match self.byte()? {
            0 => Ok(None),
            1 => read(self).map(Some),
            _ => Err(damaged("an optional value is neither absent nor present")),
        }
    }

    pub(crate) fn list<T>(&mut self, mut read: impl FnMut(&mut Self) -> Result<T>) -> Result<Box<[T]>> {
        // every item takes at least one byte, so a wrong count ends with the bytes
        let count = self.count()?;
        (0..count).map(|_| read(self)).collect()
    }

    /// The lowest `N` bits of a byte, which has no other ones.
    pub(crate) fn flags<const N: usize>(&mut self) -> Result<[bool; N]> {
        let byte = self.byte()?;
        if byte >> N != 0 {
            return Err(damaged("an unknown flag is set"));
        }
        Ok(std::array::from_fn(|bit| byte >> bit & 1 == 1))
    }
}

/// The signed number of a count: 0, -1, 1, -2, …
fn unfolded(folded: u64) -> i64 {
    (folded >> 1).cast_signed() ^ -(folded & 1).cast_signed()
}
