//! The commands, one file each, and what they share.

pub(crate) mod archive;
pub(crate) mod brief;
pub(crate) mod compare;
pub(crate) mod completions;
pub(crate) mod evaluate;
pub(crate) mod explain;
mod label_hint;
mod labelled_data;
mod labelling_aids;
mod labelling_tables;
pub(crate) mod model;
mod peer;
pub(crate) mod score;
mod series_findings;
pub(crate) mod serve;
pub(crate) mod timeline;
pub(crate) mod train;
