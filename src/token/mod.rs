//! Tokens: spans with ids of a fixed vocabulary, names and numbers masked.
//!
//! `tokenizer.json` defines the tokens. `Tokenizer` is its compiled form, and `mask_names` masks names.

pub(crate) mod name_mask;
pub(crate) mod normal_form;
pub(crate) mod scanner;
pub(crate) mod tokenizer;
pub(crate) mod tokens;
pub(crate) mod vocabulary;
