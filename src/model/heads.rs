//! Number of output heads.

/// Number of heads: outlook, bearing, hedge.
pub const HEADS: usize = 3;
