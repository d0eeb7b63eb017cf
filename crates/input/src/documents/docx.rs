//! [`text_of_docx`]: the text of a Word document (`.docx`).

use std::io::{Cursor, Read};

use quick_xml::events::Event;
use quick_xml::reader::Reader;
use zip::ZipArchive;

use crate::byte_counter::check_ratio;
use crate::input_error::{InputError, InputErrorKind, Result};

/// The part of the archive that has the text.
const DOCUMENT: &str = "word/document.xml";

/// The paragraphs of a document, separated by blank lines. `limit` is the maximum length of the unpacked document.
///
/// # Errors
/// If the archive is damaged, is not a Word document, or expands too far.
pub(crate) fn text_of_docx(bytes: &[u8], limit: usize) -> Result<String> {
    let damaged =
        |error: &dyn std::fmt::Display| InputError::unreadable(format_args!("damaged archive: {error}"));
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let Ok(document) = archive.by_name(DOCUMENT) else {
        let kind = if archive.by_name("xl/workbook.xml").is_ok() {
            "an Excel workbook: save the sheet as CSV"
        } else if archive.by_name("META-INF/container.xml").is_ok() {
            "an EPUB book: convert it to text or HTML"
        } else {
            "a ZIP archive: unpack it"
        };
        return Err(InputError::new(InputErrorKind::Unsupported, format!("not supported: {kind}")));
    };
    let mut xml = String::new();
    document.take(limit as u64 + 1).read_to_string(&mut xml).map_err(|error| damaged(&error))?;
    if xml.len() > limit {
        return Err(InputError::too_long("document", limit));
    }
    check_ratio(xml.len() as u64, bytes.len() as u64).map_err(InputError::read_failed)?;
    Ok(paragraphs(&xml)?.join("\n\n"))
}

fn paragraphs(xml: &str) -> Result<Vec<String>> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    let (mut found, mut paragraph, mut is_text) = (Vec::new(), String::new(), false);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => is_text |= tag.name().as_ref() == "w:t",
            Ok(Event::Empty(tag)) => match tag.name().as_ref() {
                "w:tab" => paragraph.push('\t'),
                "w:br" | "w:cr" => paragraph.push('\n'),
                "w:noBreakHyphen" => paragraph.push('-'),
                _ => {}
            },
            Ok(Event::Text(text)) if is_text => paragraph.push_str(&text),
            Ok(Event::GeneralRef(name)) if is_text => paragraph.push_str(match &*name {
                "lt" => "<",
                "gt" => ">",
                "amp" => "&",
                "quot" => "\"",
                _ => "'",
            }),
            Ok(Event::End(tag)) => match tag.name().as_ref() {
                "w:t" => is_text = false,
                "w:p" if !paragraph.trim().is_empty() => found.push(std::mem::take(&mut paragraph)),
                "w:p" => paragraph.clear(),
                _ => {}
            },
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) => return Err(InputError::unreadable(format_args!("damaged document: {error}"))),
        }
    }
    found.extend(Some(paragraph).filter(|rest| !rest.trim().is_empty()));
    Ok(found)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn archive(name: &str, content: &str) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        writer.start_file(name, options).expect("a file");
        writer.write_all(content.as_bytes()).expect("written");
        writer.finish().expect("an archive").into_inner()
    }

    #[test]
    fn paragraphs_of_the_document_are_read() {
        let xml = "<w:document><w:body><w:p><w:r><w:t>The union </w:t></w:r><w:r><w:t>agreed &amp; met.</w:t></w:r></w:p>\
            <w:p/><w:p><w:pPr><w:rPr/></w:pPr><w:r><w:t>Talks</w:t><w:br/><w:t>went on.</w:t></w:r></w:p></w:body></w:document>";
        let text = text_of_docx(&archive(DOCUMENT, xml), 1 << 20).expect("a document");
        assert_eq!(text, "The union agreed & met.\n\nTalks\nwent on.");
    }

    #[test]
    fn other_archives_and_damaged_ones_are_errors() {
        let error = |bytes: &[u8]| text_of_docx(bytes, 1000).expect_err("no document").to_string();
        assert!(error(&archive("xl/workbook.xml", "<x/>")).contains("CSV"));
        assert!(error(&archive("a.txt", "x")).contains("ZIP archive"));
        assert!(error(b"PK\x03\x04damaged").contains("damaged"));
        assert!(error(&archive(DOCUMENT, &"x".repeat(2000))).contains("limit"));
    }
}
