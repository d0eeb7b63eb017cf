//! `detente` scores how the talks are going.
//!
//! Data flows one way:
//! Article → Statements → Tokens → Cues → Features → (linear model) → `StatementScore`
//! → `ArticleOutlook` → Timeline → Report.

mod error;
mod span;

mod day;
mod scale;

/// What came in, and its sentences.
pub mod text;

/// Words and their ids.
pub mod token;

/// Cues: the words that carry outlook, hedging, negation and time.
pub mod lexicon;

/// What the linear model sees.
pub mod feature;

/// The trained model and its file.
pub mod model;

/// Statements and their scores.
pub mod score;

/// From statements to the article's outlook.
pub mod outlook;

mod engine;

/// Outlooks over time.
pub mod timeline;

/// Results as text, JSON, CSV, Markdown, HTML and SVG.
pub mod report;

/// Labelled data.
pub mod corpus;

/// How well numbers agree with labels.
pub mod measure;

/// Learning a model from labelled data.
pub mod train;

pub use day::Day;
pub use engine::Engine;
pub use error::{Error, Result};
pub use scale::{Probability, Score};
pub use span::Span;

/// The README's example, run as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
