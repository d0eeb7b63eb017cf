//! Web pages: the article of a page, without menus, captions, teasers and comments.

pub(crate) mod attribute_limit;
pub(crate) mod content;
pub(crate) mod elements;
pub(crate) mod fragment;
pub(crate) mod json_ld;
pub(crate) mod metadata;
pub(crate) mod page;
pub(crate) mod page_data;
pub(crate) mod parser;
pub(crate) mod released;

mod article;

pub use article::article_from_html;
pub(crate) use article::{article_from_bytes, article_paragraphs_of};
pub(crate) use fragment::{block_texts, has_block_tag, has_markup};
