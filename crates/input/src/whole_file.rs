//! [`articles_of_file`]: the articles of a file that is read whole.

use std::borrow::Cow;
use std::io::BufRead;

use detente::Article;

use crate::documents::{
    article_of_mail, articles_of_export, articles_of_feed, articles_of_sgml, text_of_docx, text_of_subtitles,
    without_addresses,
};
use crate::encoding::{decode_text, decode_with_label};
use crate::html::article_from_bytes;
use crate::input_error::{InputError, InputErrorKind, Result};
use crate::lines::{WHOLE_FILE_FACTOR, read_to_end};
use crate::options::InputFormat;
use crate::plain_text::article_from_text;

/// The articles in `reader`. Their `id` is empty if the file gives them none.
pub(crate) fn articles_of_file(
    reader: &mut impl BufRead,
    format: InputFormat,
    stem: &str,
    limit: usize,
) -> Result<Vec<Article>> {
    let has_several = matches!(format, InputFormat::Feed | InputFormat::Sgml);
    let bytes =
        read_to_end(reader, if has_several { limit.saturating_mul(WHOLE_FILE_FACTOR) } else { limit })?;
    let articles = match format {
        InputFormat::Html => vec![article_from_bytes(stem, &bytes)?],
        InputFormat::Mail => vec![article_of_mail(&bytes)?],
        InputFormat::Docx => {
            let text = text_of_docx(&bytes, limit)?;
            let several = articles_of_export(&text);
            if several.is_empty() { vec![article_from_text("", text)] } else { several }
        }
        InputFormat::Feed => decoded(&bytes, articles_of_feed)?,
        InputFormat::Sgml => decoded(&bytes, |text| Ok(articles_of_sgml(text)))?,
        InputFormat::Subtitles => {
            decoded(&bytes, |text| Ok(vec![Article::new("", text_of_subtitles(text))]))?
        }
        _ => articles_of_text(&bytes)?,
    };
    if articles.iter().all(|article| article.text.trim().is_empty()) {
        return Err(InputError::new(InputErrorKind::Empty, "empty: no text"));
    }
    Ok(articles)
}

/// The articles that `read` finds in the decoded text, with notes on the decoding.
fn decoded(bytes: &[u8], read: impl Fn(&str) -> Result<Vec<Article>>) -> Result<Vec<Article>> {
    let (text, notes) = decode_text(bytes)?;
    let mut articles = read(&text)?;
    for article in &mut articles {
        article.warnings.extend(notes.iter().cloned());
    }
    Ok(articles)
}

/// The article in a text or Markdown file, or the articles of an export.
fn articles_of_text(bytes: &[u8]) -> Result<Vec<Article>> {
    let mut decoded = decode_with_label(bytes, None)?;
    let notes = std::mem::take(&mut decoded.notes);
    let mut articles = articles_of_export(&decoded.text);
    if articles.is_empty() {
        let mut source_map = decoded.source_map(bytes);
        let mut text = Cow::Borrowed(&*decoded.text);
        if source_map.is_none()
            && let Some((kept, map)) = without_addresses(&text)
        {
            (text, source_map) = (Cow::Owned(kept), Some(map));
        }
        articles.push(Article { source_map, ..article_from_text("", text) });
    }
    for article in &mut articles {
        article.warnings.extend(notes.iter().cloned());
    }
    Ok(articles)
}
