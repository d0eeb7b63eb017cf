//! Number of output heads.

/// Number of output heads of the linear model: outlook, bearing, hedge.
pub const HEADS: usize = 3;
