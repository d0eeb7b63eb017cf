//! Files of packed articles: a first line, then each article as the length of its bytes (four, little-endian) and the
//! bytes. `score --format items` writes them and `timeline` reads them, ten times faster than JSON.

use std::io::{self, Read, Write};

use anyhow::Context as _;
use clap::error::ErrorKind;
use detente::{ScoredArticle, ScoredStatement};
use detente_report::Report;
use detente_timeline::{Retain, ScoredFormat, SeriesArticle};

use crate::args::{GlobalArgs, usage_error};
use crate::model_folder::short_checksum;

/// Longest packed article that is read: more than the longest article gives.
const MAX_BYTES: usize = 256 << 20;
/// What a timeline needs; `compare` and `brief` need the texts as well, and read JSON.
const RETAIN: Retain = Retain { statements: true, texts: false, details: false };

/// Returns the report of packed articles.
///
/// # Errors
/// If the records are single statements, or the model cannot be read.
pub(crate) fn items_report(has_statements: bool, global: &GlobalArgs) -> anyhow::Result<Box<dyn Report>> {
    if has_statements {
        let message = "--format items needs articles: a single statement has no date and no outlook";
        return Err(usage_error(ErrorKind::ArgumentConflict, message));
    }
    Ok(Box::new(ItemsReport { checksum: short_checksum(global.model.as_deref())? }))
}

/// Writes packed articles.
struct ItemsReport {
    /// Start of the model's checksum.
    checksum: [u8; 8],
}

impl Report for ItemsReport {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(ScoredFormat::ITEMS_FIRST_LINE)
    }

    fn article(&mut self, article: &ScoredArticle, out: &mut dyn Write) -> io::Result<()> {
        let bytes = SeriesArticle::of_scored(article, RETAIN).with_model_checksum(self.checksum).to_bytes();
        out.write_all(&(bytes.len() as u32).to_le_bytes())?;
        out.write_all(&bytes)
    }

    fn statement(&mut self, _: &str, _: &ScoredStatement, _: &mut dyn Write) -> io::Result<()> {
        Err(io::Error::other("a single statement cannot be packed"))
    }
}

/// Reads the next packed article after the first line; `None` at the end.
///
/// # Errors
/// If the file is truncated, or the article damaged or of another version.
pub(crate) fn read_item(reader: &mut dyn Read) -> anyhow::Result<Option<SeriesArticle>> {
    let mut length = [0; 4];
    let first = reader.read(&mut length)?;
    let Some(rest) = length.get_mut(first..).filter(|_| first > 0) else { return Ok(None) };
    reader.read_exact(rest).context("truncated")?;
    let length = u32::from_le_bytes(length) as usize;
    anyhow::ensure!(length <= MAX_BYTES, "damaged: an article of {length} bytes");
    let mut bytes = Vec::new();
    reader.take(length as u64).read_to_end(&mut bytes)?;
    anyhow::ensure!(bytes.len() == length, "truncated");
    Ok(Some(SeriesArticle::from_bytes(&bytes)?))
}
