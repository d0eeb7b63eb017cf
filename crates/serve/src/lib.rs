//! Web pages and HTTP API of `detente`, for one's own machine: articles in, outlooks, explanations, timelines and
//! briefs out.
//!
//! ```no_run
//! use detente::Engine;
//! use detente_archive::ModelIdentity;
//! use detente_serve::{ServeSettings, Server};
//!
//! let server = Server::bind(ServeSettings::new(Engine::builtin()?, ModelIdentity::builtin()?))?;
//! println!("http://{}/", server.addresses()[0]);
//! server.run()?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! `docs/server.md` describes the pages, the API and the threat model.

mod access;
mod answering;
mod api;
mod app;
mod articles;
mod body;
mod example;
mod gate;
mod layers;
mod metrics;
mod pages;
mod params;
mod patient_stream;
mod problem;
mod reply;
mod router;
mod scoring;
mod series;
mod serve_error;
mod server;
mod settings;
mod signals;
mod store;
mod token;

/// Items for the fuzz targets; not covered by semantic versioning.
#[doc(hidden)]
pub mod internals {
    pub use crate::answering::Answering;
}

/// Runs the example of the README as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

pub use serve_error::ServeError;
pub use server::{ServeOutcome, Server};
pub use settings::{Limits, ServeSettings};
pub use token::Token;
