//! [`InputArgs`] and [`ContextArgs`]: which articles are read, and what is known of them beside their text.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use detente::Day;
use detente_input::{DatePattern, FieldMap, InputFormat, InputOptions, ReadOptions};

/// Which articles to read, and how. The heading holds for all options after it, so this is the last part of a command.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Input options")]
pub(crate) struct InputArgs {
    /// Files, folders, globs, or - for standard input [default: -]
    #[arg(value_name = "INPUT", help_heading = None)]
    pub(crate) inputs: Vec<PathBuf>,
    /// Read more inputs from FILE, one per line; - for standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) files_from: Option<PathBuf>,
    /// Format of all inputs [default: by content and extension]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(crate) input_format: Option<InputFormatName>,
    /// Date of articles without one, YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub(crate) date: Option<Day>,
    /// Field of the text, or a path into nested objects (fields.bodyText) [default: text, body, content, …]
    #[arg(long, value_name = "NAME")]
    pub(crate) text_field: Option<String>,
    /// Field of the date [default: date, published, …]
    #[arg(long, value_name = "NAME")]
    pub(crate) date_field: Option<String>,
    /// Form of the date field: dmy, mdy, ymd, unix, unix-ms, excel, or a pattern as %d/%m/%Y [default: all usual forms]
    #[arg(long, value_name = "FORMAT")]
    pub(crate) date_format: Option<DatePattern>,
    /// Field of the title [default: title, headline]
    #[arg(long, value_name = "NAME")]
    pub(crate) title_field: Option<String>,
    /// Field of the id [default: id, url, …]
    #[arg(long, value_name = "NAME")]
    pub(crate) id_field: Option<String>,
    /// Field of the outlet [default: source, publisher, …]
    #[arg(long, value_name = "NAME")]
    pub(crate) source_field: Option<String>,
    /// Field of the group that --by negotiation counts by [default: negotiation]
    #[arg(long, value_name = "NAME")]
    pub(crate) group_field: Option<String>,
    /// Maximum length of an article or record in bytes
    #[arg(long, value_name = "BYTES", default_value_t = ReadOptions::DEFAULT_MAX_BYTES)]
    pub(crate) max_article_bytes: usize,
}

impl InputArgs {
    /// The options of the reading library.
    pub(crate) fn to_options(&self) -> InputOptions {
        InputOptions {
            inputs: self.inputs.clone(),
            files_from: self.files_from.clone(),
            format: self.input_format.map(InputFormat::from),
            date: self.date,
            output: None,
            read: ReadOptions {
                fields: FieldMap {
                    text: self.text_field.clone(),
                    date: self.date_field.clone(),
                    title: self.title_field.clone(),
                    id: self.id_field.clone(),
                    date_format: self.date_format.clone(),
                    source: self.source_field.clone(),
                    group: self.group_field.clone(),
                },
                max_bytes: self.max_article_bytes,
            },
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum InputFormatName {
    /// Plain text or Markdown
    Text,
    /// Web page
    Html,
    /// JSON object or array of objects
    Json,
    /// One JSON object per line
    Jsonl,
    /// Comma-separated table
    Csv,
    /// Tab-separated table
    Tsv,
    /// RSS, RDF or Atom feed
    Feed,
    /// Mail (.eml) or page saved as .mht
    Mail,
    /// Mailbox
    Mbox,
    /// Web archive
    Warc,
    /// SGML of the Reuters collection
    Sgml,
    /// Subtitles (.srt, .vtt)
    Subtitles,
    /// Word document
    Docx,
}

impl From<InputFormatName> for InputFormat {
    fn from(name: InputFormatName) -> Self {
        match name {
            InputFormatName::Text => Self::Text,
            InputFormatName::Html => Self::Html,
            InputFormatName::Json => Self::Json,
            InputFormatName::Jsonl => Self::JsonLines,
            InputFormatName::Csv => Self::Csv,
            InputFormatName::Tsv => Self::Tsv,
            InputFormatName::Feed => Self::Feed,
            InputFormatName::Mail => Self::Mail,
            InputFormatName::Mbox => Self::Mbox,
            InputFormatName::Warc => Self::Warc,
            InputFormatName::Sgml => Self::Sgml,
            InputFormatName::Subtitles => Self::Subtitles,
            InputFormatName::Docx => Self::Docx,
        }
    }
}

/// What is known of articles beside their text.
#[derive(Debug, Args)]
pub(crate) struct ContextArgs {
    /// JSON or JSON Lines file of the parties (id, name, aliases, members), for articles that have none
    #[arg(long, value_name = "FILE")]
    pub(crate) parties: Option<PathBuf>,
    /// If the text contradicts the date of an article, use the nearest date that the text supports
    #[arg(long)]
    pub(crate) date_from_text: bool,
    /// Also score articles that are clearly not in English
    #[arg(long)]
    pub(crate) any_language: bool,
}
