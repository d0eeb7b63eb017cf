//! [`ServeError`]: why the server cannot start or go on.

use std::fmt;
use std::io;
use std::net::SocketAddr;

/// Why the server cannot start.
#[derive(Debug)]
#[non_exhaustive]
pub enum ServeError {
    /// No address can be listened at; the reason of the first.
    Bind(SocketAddr, io::Error),
    /// An address that is not loopback, without a token.
    NoToken(SocketAddr),
    /// The token cannot be used.
    Token(String),
    /// The threads cannot be started, or signals cannot be received.
    Start(io::Error),
    /// The archive cannot be opened.
    Archive(String),
}

impl fmt::Display for ServeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bind(address, error) if error.kind() == io::ErrorKind::AddrInUse => {
                write!(
                    f,
                    "cannot listen at {address}: the port is taken by another program (--port N, or 0 for any)"
                )
            }
            Self::Bind(address, error) => write!(f, "cannot listen at {address}: {error}"),
            Self::NoToken(address) => write!(
                f,
                "{} can be reached from other machines: --token-file FILE with a secret is needed (or leave out --bind)",
                address.ip()
            ),
            Self::Token(message) | Self::Archive(message) => f.write_str(message),
            Self::Start(error) => write!(f, "cannot start: {error}"),
        }
    }
}

impl std::error::Error for ServeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Bind(_, error) | Self::Start(error) => Some(error),
            _ => None,
        }
    }
}
