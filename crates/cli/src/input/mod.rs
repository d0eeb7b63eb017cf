//! From the inputs on the command line to a lazy stream of articles in a fixed order.

mod find;

use std::collections::VecDeque;
use std::io::BufRead;
use std::path::{Path, PathBuf};
use std::{fmt, io};

use detente::{Article, Day, ErrorKind};
use detente_input::{
    Articles, Counter, FieldMap, InputFormat, ReadOptions, counted, format_of, read_articles, stem,
};

/// Where articles come from and how to read them.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct InputArgs {
    /// Files, folders, globs, or `-` for standard input [default: -]
    #[arg(value_name = "INPUT")]
    pub(crate) inputs: Vec<PathBuf>,
    /// File with the names of more inputs, one a line; `-` for standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) files_from: Option<PathBuf>,
    /// Form of the input [default: by extension; text for standard input]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(crate) input_format: Option<InputFormatName>,
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
pub(crate) enum InputFormatName {
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

impl From<InputFormatName> for InputFormat {
    fn from(name: InputFormatName) -> Self {
        match name {
            InputFormatName::Text => Self::Text,
            InputFormatName::Html => Self::Html,
            InputFormatName::Json => Self::Json,
            InputFormatName::Jsonl => Self::JsonLines,
            InputFormatName::Csv => Self::Csv,
            InputFormatName::Tsv => Self::Tsv,
        }
    }
}

/// An input that could not be used; the reason names line and field where there are any.
#[derive(Debug)]
pub(crate) struct InputError {
    /// The file, folder or glob; `-` for standard input.
    pub(crate) file: String,
    /// What is wrong in a word or two, for counting.
    pub(crate) sort: &'static str,
    /// What is wrong with it.
    pub(crate) reason: String,
}

impl InputError {
    /// A file that cannot be read at all.
    fn unreadable(file: impl Into<String>, reason: &dyn fmt::Display) -> Self {
        Self { file: file.into(), sort: "unreadable", reason: reason.to_string() }
    }
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
    /// A list of names that could not be read.
    failed: Option<InputError>,
    walk: Option<(PathBuf, walkdir::IntoIter)>,
    open: Option<(String, Articles<Box<dyn BufRead>>)>,
    format: Option<InputFormat>,
    date: Option<Day>,
    options: ReadOptions,
    counter: Counter,
    skipped: Vec<String>,
}

/// What the arguments name, those of a list behind the others, `-` where they name nothing; and what is
/// wrong with the list.
pub(crate) fn named(args: &InputArgs) -> (Vec<PathBuf>, Option<InputError>) {
    let mut names = args.inputs.clone();
    match args.files_from.as_deref().map(|list| (list, find::listed(list))) {
        None if names.is_empty() => names.push(PathBuf::from("-")),
        None => {}
        Some((_, Ok(more))) => names.extend(more),
        Some((list, Err(error))) => {
            return (names, Some(InputError::unreadable(list.display().to_string(), &error)));
        }
    }
    (names, None)
}

/// The files that `path` names by itself, as a folder or as a glob, hidden ones left out.
pub(crate) fn files(path: &Path) -> Vec<PathBuf> {
    let is_hidden = |entry: &walkdir::DirEntry| {
        entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".")
    };
    if path.is_dir() {
        let walk = walkdir::WalkDir::new(path).sort_by_file_name().into_iter();
        let found = walk.filter_entry(|entry| !is_hidden(entry)).filter_map(Result::ok);
        return found.map(walkdir::DirEntry::into_path).filter(|path| path.is_file()).collect();
    }
    let pattern = path.to_string_lossy();
    let found = if !path.exists() && find::is_glob(&pattern) { find::expand(&pattern).ok() } else { None };
    found.unwrap_or_else(|| vec![path.to_owned()])
}

/// Whether a file's name tells that it holds articles.
pub(crate) fn is_known(path: &Path) -> bool {
    format_of(path).is_some()
}

/// Opens nothing yet: files are opened one by one as articles are asked for.
pub(crate) fn open_all(args: &InputArgs) -> Inputs {
    let (waiting, failed) = named(args);
    Inputs {
        waiting: waiting.into(),
        failed,
        walk: None,
        open: None,
        format: args.input_format.map(InputFormat::from),
        date: args.date,
        options: ReadOptions {
            fields: FieldMap {
                text: args.text_field.clone(),
                date: args.date_field.clone(),
                title: args.title_field.clone(),
                id: args.id_field.clone(),
            },
            max_bytes: args.max_article_bytes,
        },
        counter: Counter::default(),
        skipped: Vec::new(),
    }
}

impl Inputs {
    /// What was passed over in folders since the last call, each with the reason.
    pub(crate) fn take_skipped(&mut self) -> Vec<String> {
        std::mem::take(&mut self.skipped)
    }

    /// What counts the bytes that are read.
    pub(crate) fn counter(&self) -> Counter {
        Counter::clone(&self.counter)
    }

    /// Bytes of all inputs that were not yet opened, where that is known before reading.
    pub(crate) fn total_bytes(&self) -> Option<u64> {
        find::total(self.waiting.iter().map(PathBuf::as_path))
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
                    return Some(Err(InputError::unreadable(file, &reason)));
                }
                Some(Ok(entry)) => entry,
            };
            let is_hidden = entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".");
            if is_hidden && entry.file_type().is_dir() {
                walk.skip_current_dir();
            }
            if is_hidden || entry.file_type().is_dir() {
                continue;
            }
            let path = entry.path();
            let is_link = entry.path_is_symlink();
            let reason = match path.metadata() {
                Err(error) => return Some(Err(InputError::unreadable(path.display().to_string(), &error))),
                Ok(data) if is_link && data.is_dir() => "a link to a folder",
                Ok(data) if !data.is_file() => "no regular file",
                Ok(_) if format_of(path).is_none() => "of unknown kind",
                Ok(_) => return Some(self.open_file(&entry.into_path())),
            };
            self.skipped.push(format!("{}: skipped: {reason}", path.display()));
        }
    }

    /// Opens what one argument names.
    fn open_argument(&mut self, path: &Path) -> Result<(), InputError> {
        if path == Path::new("-") {
            let reader: Box<dyn BufRead> = Box::new(counted(io::stdin(), &self.counter));
            let format = self.format.unwrap_or(InputFormat::Text);
            self.open = Some(("-".to_owned(), read_articles(reader, format, "stdin", &self.options)));
            return Ok(());
        }
        if path.is_dir() {
            let walk = walkdir::WalkDir::new(path).sort_by_file_name().into_iter();
            self.walk = Some((path.to_owned(), walk));
            return Ok(());
        }
        let pattern = path.to_string_lossy();
        if !path.exists() && find::is_glob(&pattern) {
            let found =
                find::expand(&pattern).map_err(|reason| InputError::unreadable(pattern.as_ref(), &reason))?;
            for path in found.into_iter().rev() {
                self.waiting.push_front(path);
            }
            return Ok(());
        }
        self.open_file(path)
    }

    fn open_file(&mut self, path: &Path) -> Result<(), InputError> {
        let file = path.display().to_string();
        let reader = detente_input::open(path, &self.counter)
            .map_err(|e| InputError::unreadable(file.as_str(), &e))?;
        let format = self.format.or(format_of(path)).unwrap_or(InputFormat::Text);
        tracing::debug!(file, ?format, "opened");
        self.open = Some((file, read_articles(reader, format, &stem(path), &self.options)));
        Ok(())
    }
}

impl Iterator for Inputs {
    type Item = Result<Article, InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(failed) = self.failed.take() {
            return Some(Err(failed));
        }
        loop {
            if let Some((file, articles)) = &mut self.open {
                match articles.next() {
                    Some(Ok(mut article)) => {
                        article.date = article.date.or(self.date);
                        return Some(Ok(article));
                    }
                    Some(Err(error)) => {
                        let (sort, mut reason) = (error.kind().as_str(), error.to_string());
                        if error.kind() == ErrorKind::TooLong {
                            reason.push_str(" (--max-article-bytes)");
                        }
                        return Some(Err(InputError { file: file.clone(), sort, reason }));
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

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;
    use std::fs::File;
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
        let skipped = inputs.take_skipped();
        assert!(skipped.len() == 1 && skipped[0].ends_with("d.xyz: skipped: of unknown kind"), "{skipped:?}");
        assert_eq!(found[0], "a#1");
        assert!(found[1].starts_with("a.jsonl: line 2: column 1"), "{found:?}");
        assert_eq!(found[2..7], ["a#3", "b", "c.txt: empty: no text in it", "e", "d"]);
        assert!(found[7].starts_with("none.txt: "), "{found:?}");
        assert!(found.contains(&"b".to_owned()) && found.len() >= 10, "{found:?}");
    }
}
