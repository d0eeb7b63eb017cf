//! [`ServeSettings`]: where the server listens, who may use it, and how much it takes on.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::path::PathBuf;
use std::time::Duration;

use detente::{Day, Engine};
use detente_archive::ModelIdentity;

use crate::token::Token;

/// Settings of a [`Server`](crate::Server).
#[derive(Debug)]
#[non_exhaustive]
pub struct ServeSettings {
    /// The engine that scores.
    pub engine: Engine,
    /// The identity of its model, under which scores are filed.
    pub model: ModelIdentity,
    /// Last day of the news that the model was trained on, if known.
    pub news_until: Option<Day>,
    /// The archive that articles are filed in; it is created if it is missing. `None` keeps them in memory.
    pub archive: Option<PathBuf>,
    /// Addresses to listen at. Default: the loopback addresses of IPv4 and IPv6.
    pub addresses: Vec<IpAddr>,
    /// Port; 0 for any that is free. Default: 8733.
    pub port: u16,
    /// Host names that a request may name beside those of the addresses.
    pub allowed_hosts: Vec<String>,
    /// The token that a request must have. Needed for an address that is not loopback.
    pub token: Option<Token>,
    /// Whether `/metrics` needs no token.
    pub open_metrics: bool,
    /// How much is taken on at a time.
    pub limits: Limits,
}

impl ServeSettings {
    /// The port that is used unless another is given.
    pub const DEFAULT_PORT: u16 = 8733;

    /// Default settings for an engine, the model of which is `model`.
    #[must_use]
    pub fn new(engine: Engine, model: ModelIdentity) -> Self {
        Self {
            engine,
            model,
            news_until: None,
            archive: None,
            addresses: vec![IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)],
            port: Self::DEFAULT_PORT,
            allowed_hosts: Vec::new(),
            token: None,
            open_metrics: false,
            limits: Limits::default(),
        }
    }
}

/// How much a server takes on at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Bytes of a request's body, and of its text after decompression. Of JSON Lines: bytes of a line. Default: 4 MiB.
    pub body_bytes: usize,
    /// Articles of a request, except of JSON Lines, which are answered as they come. Default: 1,000.
    pub articles: usize,
    /// Requests that are worked on or wait for a core; more are refused with 503. Default: 32.
    pub requests: usize,
    /// Open connections; more wait until one closes. Default: 512.
    pub connections: usize,
    /// How long a client may take to send its request, or to take its answer without a pause. Default: 30 s.
    pub patience: Duration,
    /// How long the head of a request may take, and a connection may be idle. Default: 10 s.
    pub head_patience: Duration,
    /// How long requests may go on after the signal to end. Default: 30 s.
    pub grace: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes: 4 << 20,
            articles: 1000,
            requests: 32,
            connections: 512,
            patience: Duration::from_secs(30),
            head_patience: Duration::from_secs(10),
            grace: Duration::from_secs(30),
        }
    }
}
