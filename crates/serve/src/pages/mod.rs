//! The web pages. They work without scripts.

pub(crate) mod about;
pub(crate) mod article;
pub(crate) mod draft;
pub(crate) mod form;
pub(crate) mod frame;
pub(crate) mod library;
pub(crate) mod login;
pub(crate) mod negotiation;
pub(crate) mod problem_page;
pub(crate) mod read;
pub(crate) mod search;
pub(crate) mod start;
pub(crate) mod static_files;
