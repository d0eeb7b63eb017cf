//! Formats with an article for each document: feeds, mails, web archives, exports of news services, Word files.

mod docx;
mod feed;
mod front_matter;
mod header_line;
mod mail;
mod markdown;
mod mbox;
mod news_export;
mod sgml;
mod subtitles;
mod tagged_export;
mod warc;

pub(crate) use docx::text_of_docx;
pub(crate) use feed::articles_of_feed;
pub(crate) use front_matter::read_front_matter;
pub(crate) use header_line::{HeaderLine, read_header_line};
pub(crate) use mail::article_of_mail;
pub(crate) use markdown::without_addresses;
pub(crate) use mbox::MboxReader;
pub(crate) use news_export::articles_of_export;
pub(crate) use sgml::articles_of_sgml;
pub(crate) use subtitles::text_of_subtitles;
pub(crate) use warc::WarcReader;
