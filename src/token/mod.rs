//! Words of the text: spans, ids of a fixed vocabulary, names masked.
//!
//! `tokenizer.json` is the definition; `Tokenizer` compiles it to a scanner that
//! gives the same tokens, and `mask_names` hides who is spoken of.

pub(crate) mod name_mask;
pub(crate) mod normal_form;
pub(crate) mod scanner;
pub(crate) mod tokenizer;
pub(crate) mod tokens;
pub(crate) mod vocabulary;
