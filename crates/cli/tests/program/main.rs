//! Tests that run the program. They are one binary, because linking takes longer than running.

mod common;

mod archive;
mod archive_crash;
mod archive_feeds;
mod brief;
mod classes;
mod cli;
mod evaluate;
mod faults;
mod guide;
mod ingest;
mod json_output;
mod labelled;
mod one_rule;
#[cfg(feature = "parquet")]
mod parquet;
mod readme;
mod serve;
mod timeline;
mod torture;
mod training;
mod user_input;
