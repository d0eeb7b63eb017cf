//! Words of the text: spans, ids of a fixed vocabulary, names masked.
//!
//! `tokenizer.json` is the definition; `Tokenizer` compiles it to a scanner that
//! gives the same tokens, and `mask_names` hides who is spoken of.

mod hash;
mod names;
mod normal;
mod scan;
mod stem;
mod tokenizer;
mod tokens;
mod vocabulary;

pub use hash::{combine, hash_bytes};
pub use names::mask_names;
pub use stem::stem;
pub use tokenizer::{Definition, Tokenizer};
pub use tokens::{Shape, Token, WordId};
pub use vocabulary::{NAME, NUMBER, UNKNOWN, Vocabulary, YEAR};
