//! From files, folders, globs and stdin to articles, lazily and in order.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use detente::text::{Article, FieldNames, plain, record};
use serde_json::{Map, Value};

use crate::args::InputArgs;

/// Forms of input.
const KNOWN: [&str; 7] = ["txt", "md", "json", "jsonl", "ndjson", "csv", "tsv"];

/// Why an input could not be used; names file and line.
pub(crate) type Failure = String;

type Articles = Box<dyn Iterator<Item = Result<Article, Failure>> + Send>;

/// The articles of all inputs, in the order given; folders by name.
pub(crate) fn articles(args: &InputArgs) -> impl Iterator<Item = Result<Article, Failure>> + Send + use<> {
    let names = FieldNames {
        text: args.text_field.clone(),
        date: args.date_field.clone(),
        title: args.title_field.clone(),
        id: args.id_field.clone(),
    };
    let (forced, date) = (args.input_format.clone(), args.date);
    let sources = args.inputs.iter().flat_map(|input| sources(input)).collect::<Vec<_>>();
    let open = move |source: Result<Source, Failure>| -> Articles {
        match source.and_then(|source| source.articles(forced.as_deref(), &names)) {
            Ok(articles) => articles,
            Err(failure) => Box::new(std::iter::once(Err(failure))),
        }
    };
    sources.into_iter().flat_map(open).map(move |article| {
        article.map(|mut article| {
            article.date = article.date.or(date);
            article
        })
    })
}

enum Source {
    Stdin,
    File(PathBuf),
}

/// The sources that one argument names.
fn sources(input: &str) -> Vec<Result<Source, Failure>> {
    if input == "-" {
        return vec![Ok(Source::Stdin)];
    }
    let path = Path::new(input);
    if path.is_dir() {
        let walk = walkdir::WalkDir::new(path).sort_by_file_name().into_iter();
        let visible = |entry: &walkdir::DirEntry| {
            entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.')
        };
        return walk
            .filter_entry(visible)
            .filter_map(|entry| match entry {
                Err(error) => Some(Err(error.to_string())),
                Ok(entry) if entry.file_type().is_file() && known(entry.path()) => {
                    Some(Ok(Source::File(entry.into_path())))
                }
                Ok(_) => None,
            })
            .collect();
    }
    if !path.exists() && input.contains(['*', '?', '[']) {
        return globbed(input);
    }
    vec![Ok(Source::File(path.to_owned()))]
}

/// The files below the fixed part of the pattern that fit it.
fn globbed(pattern: &str) -> Vec<Result<Source, Failure>> {
    let glob = match globset::GlobBuilder::new(pattern).literal_separator(true).build() {
        Ok(glob) => glob.compile_matcher(),
        Err(error) => return vec![Err(error.to_string())],
    };
    let fixed = pattern.split(['*', '?', '[']).next().unwrap_or("");
    let folder = fixed.rfind('/').map_or("", |end| &fixed[..=end]);
    let root = if folder.is_empty() { "." } else { folder };
    let files = walkdir::WalkDir::new(root).sort_by_file_name().into_iter().filter_map(Result::ok);
    let fits = |path: &Path| glob.is_match(path.strip_prefix("./").unwrap_or(path));
    let found: Vec<_> = files
        .filter(|entry| entry.file_type().is_file() && fits(entry.path()))
        .map(|entry| Ok(Source::File(entry.into_path())))
        .collect();
    if found.is_empty() { vec![Err(format!("{pattern}: no file fits"))] } else { found }
}

fn extension(path: &Path) -> String {
    path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default()
}

fn known(path: &Path) -> bool {
    KNOWN.contains(&extension(path).as_str())
}

impl Source {
    fn name(&self) -> String {
        match self {
            Self::Stdin => "stdin".to_owned(),
            Self::File(path) => path.display().to_string(),
        }
    }

    fn articles(self, forced: Option<&str>, names: &FieldNames) -> Result<Articles, Failure> {
        let name = self.name();
        let (stem, form, reader): (String, String, Box<dyn Read + Send>) = match &self {
            Self::Stdin => ("stdin".to_owned(), "txt".to_owned(), Box::new(io::stdin())),
            Self::File(path) => {
                if path.is_dir() {
                    return Err(format!("{name}: is a folder"));
                }
                let file = File::open(path).map_err(|error| format!("{name}: {error}"))?;
                let stem = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
                (stem, extension(path), Box::new(file))
            }
        };
        let form = forced.map_or(form, String::from);
        let names = names.clone();
        match form.as_str() {
            "jsonl" | "ndjson" => Ok(Box::new(json_lines(BufReader::new(reader), name, stem, names))),
            "csv" | "tsv" => rows(reader, form == "tsv", name, stem, names),
            _ => {
                let text = whole(reader, &name)?;
                if form == "json" {
                    let value: Value =
                        serde_json::from_str(&text).map_err(|error| format!("{name}: not JSON: {error}"))?;
                    return Ok(Box::new(json_values(value, name, stem, names)));
                }
                Ok(Box::new(std::iter::once(Ok(plain(&stem, text)))))
            }
        }
    }
}

/// All of a text; empty and binary files are refused.
fn whole(mut reader: Box<dyn Read + Send>, name: &str) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes).map_err(|error| format!("{name}: {error}"))?;
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(format!("{name}: the file is empty"));
    }
    if bytes.contains(&0) {
        return Err(format!("{name}: binary file, not text"));
    }
    String::from_utf8(bytes).or_else(|error| {
        let at = error.utf8_error().valid_up_to();
        let bytes = error.into_bytes();
        let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
        detector.feed(&bytes, true);
        let (text, encoding, broken) = detector.guess(None, chardetng::Utf8Detection::Deny).decode(&bytes);
        if broken {
            return Err(format!("{name}: neither UTF-8 (byte {at}) nor {}", encoding.name()));
        }
        Ok(text.into_owned())
    })
}

fn json_lines(
    reader: impl BufRead + Send,
    name: String,
    stem: String,
    names: FieldNames,
) -> impl Iterator<Item = Result<Article, Failure>> + Send {
    reader.lines().enumerate().filter_map(move |(number, line)| {
        let number = number + 1;
        let place = |reason: String| format!("{name}: line {number}: {reason}");
        let line = match line {
            Ok(line) if line.trim().is_empty() => return None,
            Ok(line) => line,
            Err(error) => return Some(Err(place(error.to_string()))),
        };
        let line = line.trim_start_matches('\u{feff}');
        Some(match serde_json::from_str::<Map<String, Value>>(line) {
            Err(error) => Err(place(format!("not a JSON object: {error}"))),
            Ok(fields) => {
                record(&fields, &names, &format!("{stem}#{number}")).map_err(|e| place(e.to_string()))
            }
        })
    })
}

fn json_values(
    value: Value,
    name: String,
    stem: String,
    names: FieldNames,
) -> impl Iterator<Item = Result<Article, Failure>> + Send {
    let (values, several) = match value {
        Value::Array(values) => (values, true),
        value => (vec![value], false),
    };
    values.into_iter().enumerate().map(move |(index, value)| {
        let place = |reason: &str| format!("{name}: record {}: {reason}", index + 1);
        let fallback = if several { format!("{stem}#{}", index + 1) } else { stem.clone() };
        match value {
            Value::Object(fields) => record(&fields, &names, &fallback).map_err(|e| place(&e.to_string())),
            _ => Err(place("not a JSON object")),
        }
    })
}

fn rows(
    reader: Box<dyn Read + Send>,
    tabs: bool,
    name: String,
    stem: String,
    names: FieldNames,
) -> Result<Articles, Failure> {
    let mut table = csv::ReaderBuilder::new()
        .delimiter(if tabs { b'\t' } else { b',' })
        .flexible(false)
        .from_reader(reader);
    let header = table.headers().map_err(|error| format!("{name}: line 1: {error}"))?.clone();
    let text = names.text.as_deref();
    let has = |wanted: &str| header.iter().any(|column| column == wanted);
    if !text.map_or_else(|| ["text", "body", "content", "article"].into_iter().any(has), has) {
        return Err(format!("{name}: line 1: column {:?} is missing", text.unwrap_or("text")));
    }
    Ok(Box::new(table.into_records().enumerate().map(move |(index, row)| {
        let row = row.map_err(|error| format!("{name}: {error}"))?;
        let line = row.position().map_or(index as u64 + 2, csv::Position::line);
        let fields =
            header.iter().zip(row.iter()).map(|(k, v)| (k.to_owned(), Value::String(v.to_owned()))).collect();
        record(&fields, &names, &format!("{stem}#{line}")).map_err(|e| format!("{name}: line {line}: {e}"))
    })))
}
