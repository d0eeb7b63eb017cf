//! English text to an annotated document: sentences, speakers, dates, language.
//!
//! Nothing here knows about negotiations. All offsets are byte offsets into the text as given.

mod attribution;
mod day;
mod language;
mod sentence;
mod span;
mod time;
mod word;

pub use attribution::types::{Attribution, Voice, VoiceKind};
pub use attribution::{attributions, voices, voices_in};
pub use day::{Day, ParseDayError};
pub use language::{non_english_reason, non_english_reason_in};
pub use sentence::characters::is_space;
pub use sentence::layout::ends_sentence;
pub use sentence::split::{Sentence, sentences};
pub use span::Span;
pub use time::date_check::DateContradiction;
pub use time::dating::{date_contradiction, sentence_dates, sentence_dates_in, time_expressions};
pub use time::types::{SentenceDate, TimeExpression};
pub use word::hash::{combine_hash, eight, hash_bytes, seed};
pub use word::segments::Runs;
pub use word::stem::stem;
pub use word::swar::{HIGH, at_least};
pub use word::word_set::Words;
