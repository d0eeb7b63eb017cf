//! From the inputs on the command line to a lazy stream of articles in a fixed order.

use std::collections::VecDeque;
use std::ffi::OsStr;
use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use detente::Day;
use detente::text::{Article, Articles, FieldMap, Format, Options, read_articles};

/// Where articles come from and how to read them.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct InputArgs {
    /// Files, folders, globs, or `-` for standard input
    #[arg(value_name = "INPUT", default_value = "-")]
    pub(crate) inputs: Vec<PathBuf>,
    /// Form of the input [default: by extension; text for standard input]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(crate) input_format: Option<InputFormat>,
    /// Date of articles that carry none, YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub(crate) date: Option<Day>,
    /// Field with the text [default: text, body, content, …]
    #[arg(long, value_name = "NAME")]
    pub(crate) text_field: Option<String>,
    /// Field with the date [default: date, published, …]
    #[arg(long, value_name = "NAME")]
    pub(crate) date_field: Option<String>,
    /// Field with the title [default: title, headline]
    #[arg(long, value_name = "NAME")]
    pub(crate) title_field: Option<String>,
    /// Field with the id [default: id, url, …]
    #[arg(long, value_name = "NAME")]
    pub(crate) id_field: Option<String>,
    /// Longest article or record in bytes
    #[arg(long, value_name = "BYTES", default_value_t = 64 << 20)]
    pub(crate) max_article_bytes: usize,
}

/// Names of the forms on the command line.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(crate) enum InputFormat {
    /// Plain text or Markdown
    Text,
    /// A web page
    Html,
    /// A JSON object or array
    Json,
    /// A JSON object a line
    Jsonl,
    /// Comma-separated table
    Csv,
    /// Tab-separated table
    Tsv,
}

impl From<InputFormat> for Format {
    fn from(name: InputFormat) -> Self {
        match name {
            InputFormat::Text => Self::Text,
            InputFormat::Html => Self::Html,
            InputFormat::Json => Self::Json,
            InputFormat::Jsonl => Self::JsonLines,
            InputFormat::Csv => Self::Csv,
            InputFormat::Tsv => Self::Tsv,
        }
    }
}

/// An input that could not be used; the reason names line and field where there are any.
#[derive(Debug)]
pub(crate) struct InputError {
    /// The file, folder or glob; `-` for standard input.
    pub(crate) file: String,
    /// What is wrong with it.
    pub(crate) reason: String,
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.file, self.reason)
    }
}

impl std::error::Error for InputError {}

/// The articles of all inputs: inputs in the order given, files of a folder by name.
pub(crate) struct Inputs {
    waiting: VecDeque<PathBuf>,
    walk: Option<(PathBuf, walkdir::IntoIter)>,
    open: Option<(String, Articles<Box<dyn BufRead + Send>>)>,
    format: Option<Format>,
    date: Option<Day>,
    options: Options,
    skipped: u64,
}

/// Opens nothing yet: files are opened one by one as articles are asked for.
pub(crate) fn open_all(args: &InputArgs) -> Inputs {
    Inputs {
        waiting: args.inputs.iter().cloned().collect(),
        walk: None,
        open: None,
        format: args.input_format.map(Format::from),
        date: args.date,
        options: Options {
            fields: FieldMap {
                text: args.text_field.clone(),
                date: args.date_field.clone(),
                title: args.title_field.clone(),
                id: args.id_field.clone(),
            },
            max_bytes: args.max_article_bytes,
        },
        skipped: 0,
    }
}

impl Inputs {
    /// Files in folders passed over so far because their extension is not known.
    pub(crate) fn skipped(&self) -> u64 {
        self.skipped
    }

    /// The next file of the open folder; hidden files and folders are left out.
    fn next_in_folder(&mut self) -> Option<Result<(), InputError>> {
        let (root, walk) = self.walk.as_mut()?;
        loop {
            let entry = match walk.next() {
                None => {
                    self.walk = None;
                    return None;
                }
                Some(Err(error)) => {
                    let file = error.path().unwrap_or(root).display().to_string();
                    let reason = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                    return Some(Err(InputError { file, reason }));
                }
                Some(Ok(entry)) => entry,
            };
            let is_hidden = entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".");
            if is_hidden && entry.file_type().is_dir() {
                walk.skip_current_dir();
            }
            if is_hidden || !entry.path().is_file() {
                continue;
            }
            let path = entry.into_path();
            if kind(&path).0.is_none() {
                self.skipped += 1;
                continue;
            }
            return Some(self.open_file(&path));
        }
    }

    /// Opens what one argument names.
    fn open_argument(&mut self, path: &Path) -> Result<(), InputError> {
        if path == Path::new("-") {
            let reader: Box<dyn BufRead + Send> = Box::new(BufReader::new(io::stdin()));
            let format = self.format.unwrap_or(Format::Text);
            self.open = Some(("-".to_owned(), read_articles(reader, format, "stdin", &self.options)));
            return Ok(());
        }
        if path.is_dir() {
            let walk = walkdir::WalkDir::new(path).sort_by_file_name().into_iter();
            self.walk = Some((path.to_owned(), walk));
            return Ok(());
        }
        let pattern = path.to_string_lossy();
        if !path.exists() && pattern.contains(['*', '?', '[', '{']) {
            let found =
                expand(&pattern).map_err(|reason| InputError { file: pattern.to_string(), reason })?;
            for path in found.into_iter().rev() {
                self.waiting.push_front(path);
            }
            return Ok(());
        }
        self.open_file(path)
    }

    fn open_file(&mut self, path: &Path) -> Result<(), InputError> {
        let file = path.display().to_string();
        let failed = |reason: String| InputError { file: file.clone(), reason };
        let (format, packing) = kind(path);
        let raw = BufReader::new(File::open(path).map_err(|e| failed(e.to_string()))?);
        let reader: Box<dyn BufRead + Send> = match packing {
            Packing::None => Box::new(raw),
            Packing::Gzip => Box::new(BufReader::new(flate2::bufread::MultiGzDecoder::new(raw))),
            Packing::Zstd => Box::new(BufReader::new(unpack_zstd(raw).map_err(failed)?)),
        };
        let format = self.format.or(format).unwrap_or(Format::Text);
        self.open = Some((file.clone(), read_articles(reader, format, &stem(path), &self.options)));
        Ok(())
    }
}

impl Iterator for Inputs {
    type Item = Result<Article, InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some((file, articles)) = &mut self.open {
                match articles.next() {
                    Some(Ok(mut article)) => {
                        article.date = article.date.or(self.date);
                        return Some(Ok(article));
                    }
                    Some(Err(error)) => {
                        return Some(Err(InputError { file: file.clone(), reason: error.to_string() }));
                    }
                    None => self.open = None,
                }
            }
            let opened = if self.walk.is_some() {
                let Some(opened) = self.next_in_folder() else { continue };
                opened
            } else {
                let path = self.waiting.pop_front()?;
                self.open_argument(&path)
            };
            if let Err(error) = opened {
                return Some(Err(error));
            }
        }
    }
}

enum Packing {
    None,
    Gzip,
    Zstd,
}

/// Form and packing by the extensions of a file's name.
fn kind(path: &Path) -> (Option<Format>, Packing) {
    let ending = |path: &Path| path.extension().and_then(OsStr::to_str).unwrap_or("").to_ascii_lowercase();
    let (packing, inner) = match ending(path).as_str() {
        "gz" => (Packing::Gzip, path.with_extension("")),
        "zst" => (Packing::Zstd, path.with_extension("")),
        _ => (Packing::None, path.to_owned()),
    };
    let format = match ending(&inner).as_str() {
        "txt" | "md" => Some(Format::Text),
        "html" | "htm" | "xhtml" => Some(Format::Html),
        "json" => Some(Format::Json),
        "jsonl" | "ndjson" => Some(Format::JsonLines),
        "csv" => Some(Format::Csv),
        "tsv" => Some(Format::Tsv),
        _ => None,
    };
    (format, packing)
}

/// The file's name without folder, packing and extension.
fn stem(path: &Path) -> String {
    let inner = match kind(path).1 {
        Packing::None => path.to_owned(),
        Packing::Gzip | Packing::Zstd => path.with_extension(""),
    };
    inner.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn unpack_zstd(reader: impl Read + Send + 'static) -> Result<impl Read + Send, String> {
    ruzstd::decoding::StreamingDecoder::new(reader).map_err(|e| e.to_string())
}

/// The files that a glob names, by name. Hidden files need a pattern that spells them.
fn expand(pattern: &str) -> Result<Vec<PathBuf>, String> {
    let matcher = globset::GlobBuilder::new(pattern)
        .literal_separator(true)
        .build()
        .map_err(|e| e.to_string())?
        .compile_matcher();
    let fixed: PathBuf = Path::new(pattern)
        .iter()
        .take_while(|part| !part.to_string_lossy().contains(['*', '?', '[', '{']))
        .collect();
    let is_here = fixed.as_os_str().is_empty();
    let root = if is_here { PathBuf::from(".") } else { fixed };
    let found: Vec<PathBuf> = walkdir::WalkDir::new(&root)
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            if is_here {
                entry.path().strip_prefix(".").unwrap_or(entry.path()).to_owned()
            } else {
                entry.into_path()
            }
        })
        .filter(|path| matcher.is_match(path))
        .collect();
    if found.is_empty() { Err("no file matches".to_owned()) } else { Ok(found) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;
    use std::io::Write;

    #[derive(Parser)]
    struct Cli {
        #[command(flatten)]
        input: InputArgs,
    }

    #[test]
    fn a_folder_gives_its_articles_by_name_and_names_what_is_bad() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        for (name, text) in [
            ("b.txt", "Talks went on."),
            ("a.jsonl", "{\"text\":\"One.\"}\noops\n{\"text\":\"Two.\"}\n"),
            ("c.txt", ""),
            ("d.xyz", "skipped"),
            (".hidden.txt", "hidden"),
        ] {
            std::fs::write(at(name), text).expect("written");
        }
        let file = File::create(at("e.txt.gz")).expect("a file");
        let mut packed = flate2::write::GzEncoder::new(file, flate2::Compression::fast());
        packed.write_all(b"Packed talks.").expect("packed");
        packed.finish().expect("packed");
        let args = |inputs: &[PathBuf]| {
            let words =
                std::iter::once("detente".into()).chain(inputs.iter().map(|p| p.clone().into_os_string()));
            Cli::parse_from(words).input
        };
        let mut inputs =
            open_all(&args(&[folder.path().to_owned(), at("d.xyz"), at("none.txt"), at("*.txt")]));
        let found: Vec<String> = inputs
            .by_ref()
            .map(|found| match found {
                Ok(article) => article.id,
                Err(error) => error.to_string().replace(&format!("{}/", folder.path().display()), ""),
            })
            .collect();
        assert_eq!(inputs.skipped(), 1);
        assert_eq!(found[0], "a#1");
        assert!(found[1].starts_with("a.jsonl: line 2: column 1"), "{found:?}");
        assert_eq!(found[2..7], ["a#3", "b", "c.txt: empty: no text in it", "e", "d"]);
        assert!(found[7].starts_with("none.txt: "), "{found:?}");
        assert!(found.contains(&"b".to_owned()) && found.len() >= 10, "{found:?}");
    }
}
