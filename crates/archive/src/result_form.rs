//! The stored form of a result: the JSON line of `detente score`, compressed, and what a series keeps of it.

use std::io::{Read, Write};

use detente::{Error, Result, ScoredArticle};
use detente_timeline::{Retain, SeriesArticle};
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

/// An archive from others must not fill the memory: the longest accepted article (64 MiB) has a shorter result.
const MAX_JSON_BYTES: u64 = 2 << 30;

/// A result as it is stored.
pub(crate) struct PackedResult {
    /// The JSON line without its line break, compressed.
    pub(crate) json: Vec<u8>,
    /// What a series keeps of it.
    pub(crate) item: Vec<u8>,
}

/// What is kept in [`PackedResult::item`]. Comparisons and briefs, which need more, read the JSON.
const KEPT: Retain = Retain { statements: true, texts: false, details: false };

/// The stored form of a result.
pub(crate) fn pack_result(scored: &ScoredArticle) -> Result<PackedResult> {
    let failed = |error: std::io::Error| Error::io("cannot write the result as JSON", error);
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
    let json = serde_json::to_vec(scored).map_err(|error| failed(error.into()))?;
    encoder.write_all(&json).map_err(failed)?;
    let json = encoder.finish().map_err(failed)?;
    Ok(PackedResult { json, item: SeriesArticle::of_scored(scored, KEPT).to_bytes() })
}

/// Whether the stored item has all that `retain` asks for.
pub(crate) fn item_has(retain: Retain) -> bool {
    !retain.texts && !retain.details
}

/// The JSON line of a stored result, without its line break.
pub(crate) fn unpack_json(packed: &[u8]) -> Result<Vec<u8>> {
    let mut json = Vec::with_capacity(packed.len() * 5);
    let read = DeflateDecoder::new(packed).take(MAX_JSON_BYTES).read_to_end(&mut json);
    read.map_err(|error| Error::data(format!("damaged result: {error}")))?;
    Ok(json)
}

/// A stored result.
pub(crate) fn unpack_result(packed: &[u8]) -> Result<ScoredArticle> {
    let json = unpack_json(packed)?;
    serde_json::from_slice(&json).map_err(|error| Error::data(format!("damaged result: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use detente::{Article, Engine};

    #[test]
    fn a_result_is_unchanged_and_a_damaged_one_is_an_error() {
        let text = "“A deal is near,” said Ada Brenn on Monday. Talks collapsed last year.";
        let scored = Engine::builtin().expect("the model").score(&Article::new("a", text));
        let PackedResult { json: packed, item } = pack_result(&scored).expect("packed");
        assert_eq!(unpack_result(&packed).expect("a result"), scored);
        let json = serde_json::to_vec(&scored).expect("JSON");
        assert_eq!(unpack_json(&packed).expect("JSON"), json);
        let kept = SeriesArticle::of_scored(&scored, KEPT);
        assert_eq!(SeriesArticle::from_bytes(&item).expect("an item"), kept);
        assert!(unpack_result(&packed[..packed.len() / 2]).is_err() && unpack_result(b"").is_err());
    }
}
