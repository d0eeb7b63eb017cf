//! `detente` scores how negotiations are going.
//!
//! Data flows one way:
//! Article → Statements → Tokens → Cues → Features → (linear model) → `StatementScore`
//! → `ArticleOutlook`.

mod article;
mod article_note;
mod borrowed_text;
mod engine;
mod error;
mod feature;
mod lexicon;
mod model;
mod outlook;
mod random;
mod scale;
mod score;
mod source_map;
mod token;

pub use article::Article;
pub use article_note::Note;
pub use detente_lang::{Day, Span};
pub use engine::Engine;
pub use error::{Error, Result};
pub use lexicon::cue::CueKind;
pub use lexicon::parse::Lexicon;
pub use model::aggregation::{Aggregation, Profile};
pub use model::trained::TrainedModel;
pub use outlook::article::{
    Gap, Outlook, Reading, SCHEMA, ScoredArticle, ScoredHeadline, SideOutlook, Warning,
};
pub use outlook::explanation::{Entry, ExplainedArticle, FeatureShare, Without};
pub use scale::{Probability, Score};
pub use score::explain::{Contribution, Explanation};
pub use score::scorer::{Judgement, Scorer};
pub use score::statement::{ScoredCue, ScoredStatement, Speaker, SpeakerKind, When};
pub use source_map::SourceMap;

/// What the other crates of this workspace share with this one. Not covered by semantic versioning.
#[doc(hidden)]
pub mod internals {
    pub use detente_lang::{combine_hash, hash_bytes};

    pub use crate::borrowed_text::Text;
    pub use crate::feature::analysis::Reading;
    pub use crate::feature::columns::{Column, Feature};
    pub use crate::feature::extract::Extractor;
    pub use crate::feature::position::{Layer, Place, TRAITS};
    pub use crate::model::aggregation::Width;
    pub use crate::model::builtin::{builtin, builtin_bytes, builtin_text_hashes};
    pub use crate::model::calibration::{Calibration, Logistic, gate};
    pub use crate::model::factors::{Factors, LearnedTrait, factors_of_length};
    pub use crate::model::file::{LARGEST, Seal};
    pub use crate::model::heads::HEADS;
    pub use crate::model::weights::Weights;
    pub use crate::outlook::combine::{combine, doubts};
    pub use crate::outlook::context::Context;
    pub use crate::outlook::profile::{BEARS, Part, profile_scores};
    pub use crate::outlook::rounding::{UNITS, rounded};
    pub use crate::outlook::sides::side_name;
    pub use crate::random::SplitMix64;
    pub use crate::score::scorer::Judgement;
    pub use crate::score::statement::map_offsets;
    pub use crate::token::name_mask::mask_names;
    pub use crate::token::tokenizer::Tokenizer;
    pub use crate::token::tokens::{Shape, Token, WordId};
    pub use crate::token::vocabulary::{NAME, NUMBER, SPECIAL, UNKNOWN, Vocabulary, YEAR};
}

/// The README's example, run as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
