//! [`ArticleInputs`]: the articles of all inputs, among them archives.

use std::path::{Path, PathBuf};

use detente::Article;
use detente_archive::{Archive, ArchiveArticles};
use detente_input::{
    ByteCounter, FileArticles, InputError, InputFiles, InputOptions, SkippedFile, format_of_path, open_input,
};

/// The articles of files, folders, glob patterns, lists of files and archives, in a fixed order.
pub(crate) struct ArticleInputs {
    files: InputFiles,
    open: Option<OpenFile>,
    /// The file of the last article.
    path: PathBuf,
    options: InputOptions,
    counter: ByteCounter,
}

enum OpenFile {
    Articles(Box<FileArticles>),
    Archive(Box<ArchiveArticles>),
}

impl ArticleInputs {
    /// The articles of the inputs in `options`. Opens no file except the list of inputs.
    pub(crate) fn new(options: InputOptions) -> Self {
        let files = InputFiles::new(&options);
        Self { files, open: None, path: PathBuf::new(), options, counter: ByteCounter::default() }
    }

    /// The file of the last article.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Takes the files of folders that were skipped since the last call.
    pub(crate) fn take_skipped(&mut self) -> Vec<SkippedFile> {
        self.files.take_skipped()
    }

    /// Counts the bytes that are read.
    pub(crate) fn byte_counter(&self) -> ByteCounter {
        self.counter.clone()
    }

    /// The bytes of all inputs that are not opened yet. `None` if one is standard input or a pattern.
    pub(crate) fn total_bytes(&self) -> Option<u64> {
        self.files.total_bytes()
    }

    fn open_file(&self) -> Result<OpenFile, InputError> {
        if is_archive(&self.path) {
            let archive = open_archive(&self.path)?;
            self.counter.add(self.path.metadata().map_or(0, |data| data.len()));
            return Ok(OpenFile::Archive(Box::new(archive.into_articles())));
        }
        let reader = open_input(&self.path, &self.counter)?;
        Ok(OpenFile::Articles(Box::new(FileArticles::new(self.path.clone(), reader, &self.options))))
    }
}

impl Iterator for ArticleInputs {
    type Item = Result<Article, InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let article = match &mut self.open {
                Some(OpenFile::Articles(articles)) => articles.next(),
                Some(OpenFile::Archive(articles)) => {
                    let path = &self.path;
                    let article = articles.next();
                    article.map(|found| {
                        found.map(|(_, article)| article).map_err(|error| from_archive(path, &error))
                    })
                }
                None => None,
            };
            if article.is_some() {
                return article;
            }
            self.open = None;
            let opened = self.files.next()?.and_then(|path| {
                self.path = path;
                self.open_file()
            });
            match opened {
                Ok(file) => self.open = Some(file),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

/// Whether the file at `path` is an archive, by its content. Files with the extension of another format are not looked
/// into: there may be millions of them.
pub(crate) fn is_archive(path: &Path) -> bool {
    path != Path::new("-") && format_of_path(path).is_none() && Archive::is_archive(path)
}

/// Opens an archive as an input.
pub(crate) fn open_archive(path: &Path) -> Result<Archive, InputError> {
    Archive::open(path).map_err(|error| from_archive(path, &error))
}

/// The error of an input that is an archive.
fn from_archive(path: &Path, error: &detente::Error) -> InputError {
    let message = error.to_string();
    let place = format!("{}: ", path.display());
    InputError::unreadable(message.strip_prefix(&place).unwrap_or(&message)).in_file(path)
}
