//! The byte form of a [`SeriesArticle`](crate::SeriesArticle), for archives and other machines.

mod article;
#[cfg(test)]
mod article_tests;
mod reader;
mod writer;
