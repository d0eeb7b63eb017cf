//! What came in: articles, their sentences, and who speaks in them.

mod abbreviation;
mod article;
mod date;
mod decode;
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
mod sentence;
mod table;
mod voice;
mod when;
mod word_map;

pub use article::Article;
pub use decode::{Note, Origin, decode};
pub use formats::{Articles, FieldMap, Format, Options, read_articles};
pub use html::html;
pub use language::foreign;
pub(crate) use lengths::Lengths;
pub use parties::parties;
pub use plain::plain;
pub use sentence::{Sentence, sentences};
pub use voice::{Attribution, Voice, VoiceKind, attributions, voices};
pub use when::{DateDoubt, Dated, Time, date_doubt, dates, dates_and_doubt, times};
