//! [`ByteWriter`]: appends numbers, texts and lists to a byte form.

use detente::Day;
use detente::internals::DECIMAL_UNITS;

/// A byte form that is being written.
#[derive(Debug, Default)]
pub(crate) struct ByteWriter {
    pub(crate) bytes: Vec<u8>,
}

impl ByteWriter {
    /// A count: seven bits a byte, the lowest first.
    pub(crate) fn count(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.bytes.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.bytes.push(value as u8);
    }

    /// A signed number as a count: 0, -1, 1, -2, …
    pub(crate) fn signed(&mut self, value: i64) {
        self.count(((value << 1) ^ (value >> 63)) as u64);
    }

    /// Its length in bytes, then its bytes.
    pub(crate) fn text(&mut self, text: &str) {
        self.count(text.len() as u64);
        self.bytes.extend_from_slice(text.as_bytes());
    }

    /// An even count: twice the signed number of ten-thousandths. Other numbers: 1, then eight bytes.
    ///
    /// Scores have at most four decimals and take one to three bytes.
    pub(crate) fn number(&mut self, value: f64) {
        let units = (value * DECIMAL_UNITS).round();
        let is_exact = units.abs() < 1e15 && (units / DECIMAL_UNITS).to_bits() == value.to_bits();
        if is_exact {
            let units = units as i64;
            self.count((((units << 1) ^ (units >> 63)) as u64) << 1);
        } else {
            self.count(1);
            self.bytes.extend_from_slice(&value.to_le_bytes());
        }
    }

    /// Days since 1970-01-01.
    pub(crate) fn day(&mut self, day: Day) {
        self.signed(day.epoch_days());
    }

    /// 0, or 1 and the value.
    pub(crate) fn optional<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Self, T)) {
        self.bytes.push(u8::from(value.is_some()));
        if let Some(value) = value {
            write(self, value);
        }
    }

    /// The number of items, then the items.
    pub(crate) fn list<T>(&mut self, items: &[T], mut write: impl FnMut(&mut Self, &T)) {
        self.count(items.len() as u64);
        for item in items {
            write(self, item);
        }
    }

    /// One byte, the first flag in its lowest bit.
    pub(crate) fn flags(&mut self, flags: &[bool]) {
        self.bytes.push(flags.iter().rev().fold(0, |byte, flag| byte << 1 | u8::from(*flag)));
    }
}
