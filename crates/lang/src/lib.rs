//! Analysis of English text: sentences, speakers, dates and language.
//!
//! Nothing in this crate is specific to negotiations. All offsets are byte offsets of the original text.

mod attribution;
mod clutter;
mod day;
mod language;
mod sentence;
mod span;
mod time;
mod word;

pub use attribution::detect::attributions;
pub use attribution::speaker::{find_speakers, speakers};
pub use attribution::types::{ArticleSpeakers, Attribution, SpeakerKind, SpeakerMention};
pub use clutter::detect::clutter;
pub use day::{Day, ParseDayError};
pub use language::{non_english_reason, non_english_reason_in};
pub use sentence::characters::is_space;
pub use sentence::layout::ends_sentence;
pub use sentence::split::{Sentence, sentences};
pub use span::Span;
pub use time::date_check::DateContradiction;
pub use time::dating::{date_contradiction, sentence_dates, sentence_dates_in, time_expressions};
pub use time::types::{SentenceDate, TimeExpression};
pub use word::hash::{combine_hash, hash_bytes, hash_seed, u64_at};
pub use word::segments::Segments;
pub use word::stem::stem;
pub use word::swar::{HIGH_BITS, bytes_at_least};
pub use word::word_set::WordSet;
