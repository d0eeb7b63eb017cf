//! Eight bytes at a time, each in its place of one number.

/// The uppermost bit of each of eight bytes.
pub const HIGH: u64 = 0x8080_8080_8080_8080;

/// Sets the uppermost bit of every byte of `low` (below 128 each) that is at least `least`.
#[inline]
pub const fn at_least(low: u64, least: u8) -> u64 {
    low.wrapping_add((0x80 - least as u64) * 0x0101_0101_0101_0101)
}
