//! What came in: articles, their sentences, and who speaks in them.

mod abbreviation;
mod article;
mod date;
mod decode;
mod dictionary;
mod following;
mod formats;
mod html;
mod json;
mod language;
mod layout;
mod lengths;
mod parties;
mod plain;
mod record;
mod runs;
mod sentence;
mod table;
mod voice;
mod when;

pub use article::Article;
pub use decode::{Note, Origin, decode};
pub use formats::{Articles, FieldMap, Format, Options, read_articles};
pub use html::html;
pub use language::foreign;
pub(crate) use language::foreign_in;
pub(crate) use lengths::Lengths;
pub use parties::parties;
pub use plain::plain;
pub(crate) use runs::Runs;
pub use sentence::{Sentence, sentences};
pub(crate) use voice::voices_in;
pub use voice::{Attribution, Voice, VoiceKind, attributions, voices};
pub(crate) use when::dates_and_doubt_in;
pub use when::{DateDoubt, Dated, Time, date_doubt, dates, dates_and_doubt, times};
