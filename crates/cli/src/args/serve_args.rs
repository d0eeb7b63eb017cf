//! Options of `detente serve`.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::Args;
use detente_serve::{Limits, ServeSettings};

const EXAMPLES: &str = "\
Examples:
  detente serve                             pages and API at http://localhost:8733/
  detente serve --archive talks.db          keep what is filed under a negotiation
  detente serve --bind 0.0.0.0 --token-file token.txt --allow-host desk.example";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ServeArgs {
    /// Port; 0 for any that is free
    #[arg(long, value_name = "N", default_value_t = ServeSettings::DEFAULT_PORT)]
    pub(crate) port: u16,
    /// Keep filed articles in this archive, which is created if it is missing [default: in memory]
    #[arg(long, value_name = "FILE.db")]
    pub(crate) archive: Option<PathBuf>,
    /// Listen at this address instead of the loopback ones; one that is not loopback needs --token-file
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) bind: Option<IpAddr>,
    /// Answer only requests with the token in this file (at least 16 characters)
    #[arg(long, value_name = "FILE")]
    pub(crate) token_file: Option<PathBuf>,
    /// Also answer requests that name this host, as behind a proxy
    #[arg(long, value_name = "NAME")]
    pub(crate) allow_host: Vec<String>,
    /// Answer /metrics without the token
    #[arg(long, requires = "token_file")]
    pub(crate) open_metrics: bool,
    /// Maximum length of a request, and of a line of JSON Lines, in bytes
    #[arg(long, value_name = "BYTES", default_value_t = Limits::default().body_bytes)]
    pub(crate) max_body: usize,
    /// Maximum number of articles in a request, except in JSON Lines
    #[arg(long, value_name = "N", default_value_t = Limits::default().articles)]
    pub(crate) max_articles: usize,
    /// Maximum number of requests at a time; more get the answer 503
    #[arg(long, value_name = "N", default_value_t = Limits::default().requests)]
    pub(crate) max_requests: usize,
}
