//! Scores how negotiations are going: what each statement of a news text implies for the prospects of an
//! agreement, and what the statements add up to.
//!
//! A fixed pipeline feeds a linear model: sentences, tokens with names masked, lexicon cues and their scope,
//! features, margins, calibrated score. Names never influence a score, and the same input, model and version
//! give the same numbers on every machine.
//!
//! # Score an article
//!
//! ```
//! use detente::{Article, Engine};
//!
//! let engine = Engine::builtin()?;
//! let text = "Talks collapsed on Sunday. Both sides said they might meet again.";
//! let scored = engine.score(&Article::new("wire-1", text));
//!
//! let outlook = scored.outlook.unwrap();
//! println!("{:+.2} ({}), {} statements count", outlook.score.get(), outlook.reading, outlook.bearing);
//! for statement in &scored.statements {
//!     println!("{:?} {}", statement.score, statement.text);
//! }
//! # assert!(outlook.score.get() < 0.0);
//! # Ok::<(), detente::Error>(())
//! ```
//!
//! A [`Score`] is -1 (collapsed) to +1 (agreement done). An article in which no statement bears on a
//! negotiation has no [`Outlook`], which differs from an outlook of 0; [`ScoredArticle::reason`] says why.
//! [`Engine::score_statement`] scores one sentence. An [`Engine`] is cheap to clone and can be shared; for
//! many articles keep one [`Scorer`] in each thread and call [`Engine::score_with`].
//!
//! # Explain a score
//!
//! ```
//! use detente::{Article, Engine};
//!
//! let explained = Engine::builtin()?.explain(&Article::new("wire-1", "Talks collapsed on Sunday."));
//! for feature in explained.ledger[0].contributions.iter().take(3) {
//!     println!("{:+} {}", feature.contribution.micro, feature.contribution.feature);
//! }
//! # assert!(explained.ledger[0].contributions.len() > 3);
//! # Ok::<(), detente::Error>(())
//! ```
//!
//! Contributions of features add up exactly to the statement's score and to its contribution to the article;
//! [`LeaveOneOut`] has the outlook without each statement.
//!
//! # Use your own model
//!
//! The crate `detente-train` learns a [`TrainedModel`] from labelled statements and your own [`Lexicon`];
//! [`Engine::open`] opens a model folder. The built-in model takes 7 MB of the binary; without the default
//! feature `builtin-model` it is left out.
//!
//! ```
//! use detente::Engine;
//!
//! let engine = Engine::open("models/negotiation-en-1")?;
//! println!("{}", engine.model().id());
//! # Ok::<(), detente::Error>(())
//! ```
//!
//! # Sister crates
//!
//! | crate | for |
//! |---|---|
//! | `detente-input` | reading articles from text, HTML, JSON, CSV and Parquet files in any encoding |
//! | `detente-timeline` | outlooks over time, turning points, comparisons of two sets of articles |
//! | `detente-train` | training, evaluation, model cards |
//! | `detente-report` | results as text, JSON, CSV, Markdown, HTML and SVG |
//! | `detente-cli` | the command line `detente` |
//! | `detente-lang` | sentences, speakers, dates and language of English text |

mod article;
mod borrowed_text;
mod engine;
mod error;
mod event;
mod feature;
mod four_decimals;
mod lexicon;
mod model;
mod outlook;
mod random;
mod scale;
mod score;
mod source_map;
mod token;
mod warning;

pub use article::Article;
pub use detente_lang::{Day, Span};
pub use engine::Engine;
pub use error::{Error, ErrorKind, Result};
pub use event::state::EventState;
pub use lexicon::cue::CueKind;
pub use lexicon::parse::Lexicon;
pub use model::aggregation::{Aggregation, IntervalWidth, Profile};
pub use model::trained::TrainedModel;
pub use outlook::article::{Gap, Outlook, ScoredArticle, ScoredHeadline, SideOutlook};
pub use outlook::explanation::{ExplainedArticle, FeatureShare, LeaveOneOut, LedgerEntry};
pub use outlook::verdict::Verdict;
pub use scale::{Probability, Score};
pub use score::event::ScoredEvent;
pub use score::explain::{Contribution, Explanation};
pub use score::scorer::{Scorer, StatementScore};
pub use score::statement::{ScoredCue, ScoredStatement, Speaker, SpeakerKind, When};
pub use source_map::SourceMap;
pub use warning::{Warning, WarningKind};

/// Items that the sister crates share with this one; not covered by semantic versioning.
#[doc(hidden)]
pub mod internals {
    /// Functions for `serde(serialize_with)`.
    pub mod four_decimals {
        pub use crate::four_decimals::{serialize, serialize_option};
    }

    pub use detente_lang::{combine_hash, hash_bytes};

    pub use crate::borrowed_text::Text;
    pub use crate::event::word_forms::event_word_forms;
    pub use crate::feature::analysis::Analysis;
    pub use crate::feature::columns::{Column, Feature};
    pub use crate::feature::extract::Extractor;
    pub use crate::feature::position::{Layer, MAX_TRAITS, Position};
    #[cfg(feature = "builtin-model")]
    pub use crate::model::builtin::{builtin_bytes, builtin_text_hashes};
    pub use crate::model::calibration::{Calibration, Logistic};
    pub use crate::model::class_head::ClassHead;
    pub use crate::model::composition::{ComposedValue, Composition};
    pub use crate::model::factors::{Factors, LearnedTrait, length_normalization};
    pub use crate::model::file::{FileHeader, MAX_MODEL_BYTES};
    pub use crate::model::gate::gate;
    pub use crate::model::heads::HEADS;
    pub use crate::model::weights::Weights;
    pub use crate::outlook::combine::{combine, uncertainty};
    pub use crate::outlook::context::StatementContext;
    pub use crate::outlook::profile::{MIN_BEARING, WeightedStatement, profile_scores};
    pub use crate::outlook::rounding::{DECIMAL_UNITS, rounded};
    pub use crate::outlook::sides::side_name;
    pub use crate::outlook::verdict::verdict_of_score;
    pub use crate::random::SplitMix64;
    pub use crate::score::statement::map_offsets;
    pub use crate::token::tokenizer::Tokenizer;
    pub use crate::token::tokens::{Shape, Token, WordId};
    pub use crate::token::vocabulary::{NAME, NUMBER, SPECIAL, UNKNOWN, Vocabulary, YEAR};
}

/// Runs the examples of the READMEs as tests; the sister crates are dev-dependencies.
#[cfg(doctest)]
mod readmes {
    #[doc = include_str!("../README.md")]
    struct Workspace;
    #[doc = include_str!("../crates/input/README.md")]
    struct Input;
    #[doc = include_str!("../crates/lang/README.md")]
    struct Lang;
    #[doc = include_str!("../crates/report/README.md")]
    struct Report;
    #[doc = include_str!("../crates/timeline/README.md")]
    struct Timeline;
    #[doc = include_str!("../crates/train/README.md")]
    struct Train;
}
