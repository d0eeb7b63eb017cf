//! [`read_articles`]: the articles in bytes, read as the program reads a file of that name.

use std::path::{Path, PathBuf};

use detente::{Article, Day};
use detente_input::{
    DatePattern, FieldMap, FileArticles, InputErrorKind, InputOptions, ReadOptions, open_bytes,
};

use crate::body::ReadBody;
use crate::params::Params;
use crate::problem::{Fault, Place, Problem};
use crate::settings::Limits;

/// How articles are read, by the parameters of an address, which are those of the program.
pub(crate) fn read_options(params: &mut Params, limits: &Limits) -> Result<InputOptions, Problem> {
    let date: Option<Day> = params.value("date")?;
    let date_format: Option<DatePattern> = params.value("date_format")?;
    Ok(InputOptions {
        date,
        read: ReadOptions {
            fields: FieldMap {
                text: params.text("text_field"),
                date: params.text("date_field"),
                date_format,
                title: params.text("title_field"),
                id: params.text("id_field"),
                source: params.text("source_field"),
                group: params.text("group_field"),
            },
            max_bytes: limits.body_bytes,
        },
        ..InputOptions::default()
    })
}

/// The name that stands for a body of JSON Lines.
pub(crate) const LINES_NAME: &str = "stdin.jsonl";

/// The name that gives a body the format of its media type. Ids of records without one start with `stdin`, as if the
/// program had read the body from its standard input.
pub(crate) fn name_of_body(media_type: &str) -> Result<&'static str, Problem> {
    Ok(match media_type {
        "application/json" => "stdin.json",
        "application/x-ndjson" | "application/jsonl" | "application/ndjson" => LINES_NAME,
        "text/plain" | "text/markdown" => "stdin.txt",
        "text/html" | "application/xhtml+xml" => "stdin.html",
        "text/csv" => "stdin.csv",
        "text/tab-separated-values" => "stdin.tsv",
        "application/rss+xml" | "application/atom+xml" | "application/xml" | "text/xml" => "stdin.xml",
        "message/rfc822" => "stdin.eml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => "stdin.docx",
        // what curl sends unless it is told otherwise: the content decides
        "" | "application/octet-stream" | "application/x-www-form-urlencoded" => "-",
        other => {
            let message = format!(
                "content-type {other}: articles are application/json, application/x-ndjson, text/plain, text/html or text/csv"
            );
            return Err(Problem::new(axum::http::StatusCode::UNSUPPORTED_MEDIA_TYPE, message));
        }
    })
}

/// The articles of a body. All must be readable.
pub(crate) fn articles_of_body(
    body: &ReadBody,
    options: &InputOptions,
    limits: &Limits,
) -> Result<Vec<Article>, Problem> {
    let name = name_of_body(&body.media_type)?;
    read_articles(name, None, body.bytes.to_vec(), options, limits)
}

/// The articles in `bytes`, the content of a file of this name. All must be readable. `shown` is the name in messages.
pub(crate) fn read_articles(
    name: &str,
    shown: Option<&str>,
    bytes: Vec<u8>,
    options: &InputOptions,
    limits: &Limits,
) -> Result<Vec<Article>, Problem> {
    let mut faults: Vec<(InputErrorKind, Fault)> = Vec::new();
    let mut articles = Vec::new();
    let mut text_bytes = 0;
    let path = PathBuf::from(name);
    let reader = match open_bytes(Path::new(name), bytes) {
        Ok(reader) => reader,
        Err(error) => return Err(Problem::of_faults(vec![(error.kind(), Fault::of_input(&error, shown))])),
    };
    for article in FileArticles::new(path, reader, options) {
        if articles.len() + faults.len() == limits.articles {
            let message =
                format!("more than {} articles: send them as JSON Lines, or in parts", limits.articles);
            return Err(refused(&message, shown));
        }
        match article {
            Ok(article) => {
                text_bytes += article.text.len();
                if text_bytes > limits.body_bytes {
                    let message = format!("a text of more than the limit of {} bytes", limits.body_bytes);
                    return Err(refused(&message, shown));
                }
                articles.push(article);
            }
            Err(error) => faults.push((error.kind(), Fault::of_input(&error, shown))),
        }
    }
    if faults.is_empty() { Ok(articles) } else { Err(Problem::of_faults(faults)) }
}

fn refused(message: &str, shown: Option<&str>) -> Problem {
    let place = Box::new(Place { file: shown.map(str::to_owned), ..Place::default() });
    let detail = shown.map_or_else(|| message.to_owned(), |shown| format!("{shown}: {message}"));
    Problem { place, ..Problem::new(axum::http::StatusCode::PAYLOAD_TOO_LARGE, detail) }
}
