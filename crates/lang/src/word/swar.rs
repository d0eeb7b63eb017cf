//! SWAR helpers: comparisons on the eight bytes of a `u64` at once.

/// The high bit of each byte.
pub const HIGH_BITS: u64 = 0x8080_8080_8080_8080;

/// Sets the high bit of each byte of `bytes` (all below 128) that is at least `least`; other bits are undefined.
#[inline]
#[must_use]
pub const fn bytes_at_least(bytes: u64, least: u8) -> u64 {
    bytes.wrapping_add((0x80 - least as u64) * 0x0101_0101_0101_0101)
}
