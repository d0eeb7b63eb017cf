//! The HTTP API, under `/v1`.

pub(crate) mod archive;
pub(crate) mod explain;
pub(crate) mod info;
pub(crate) mod score;
pub(crate) mod series;
pub(crate) mod stream;
