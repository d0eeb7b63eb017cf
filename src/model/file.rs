//! The model's file: magic, version, sections, checksum. Reading never panics.

use serde::{Deserialize, Serialize};

use super::aggregation::Aggregation;
use super::calibration::Calibration;
use super::factors::{Dims, Factors};
use super::trained::{HEADS, TrainedModel};
use super::weights::Weights;
use crate::feature::Layer;
use crate::lexicon::{Entry, Lexicon};
use crate::token::Vocabulary;
use crate::{Error, Result};

const MAGIC: &[u8; 8] = b"detente\n";
/// Version of the format and of the features that is written.
const VERSION: u32 = 3;
/// The oldest version that is read: 1 has stem pairs at a distance among its features and no factors, 2 no
/// [`Aggregation`], and the default one stands in.
const OLDEST: u32 = 1;
/// Largest file that is read, in bytes; a model is a few MB.
const LARGEST: usize = 256 << 20;
const CHECKSUM: usize = 32;
/// Sections in their order: meta, words, lexicon, keys, weights, then keys and rows of each layer of factors.
const SECTIONS: usize = 5 + 2 * Layer::ALL.len();

/// What stands around a model in its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seal {
    /// Version of the format.
    pub version: u32,
    /// BLAKE3 of all that stands before it, in hexadecimal; checked on every reading.
    pub checksum: String,
}

impl Seal {
    /// The seal of a model file.
    ///
    /// # Errors
    /// When the file is no model or cut short; whether it is sound, only reading it tells.
    pub fn of(bytes: &[u8]) -> Result<Self> {
        let content =
            bytes.strip_prefix(MAGIC).ok_or_else(|| Error::model("the file is no detente model"))?;
        let version = u32::from_le_bytes(Reader(content).array()?);
        let (_, checksum) =
            content.split_last_chunk::<CHECKSUM>().ok_or_else(|| Error::model("the file is cut short"))?;
        Ok(Self { version, checksum: blake3::Hash::from_bytes(*checksum).to_hex().to_string() })
    }
}

/// The head of every version; what an older version lacks has a default.
#[derive(Serialize, Deserialize)]
struct Meta {
    id: String,
    calibration: Calibration,
    #[serde(default)]
    aggregation: Aggregation,
    scales: [f64; HEADS],
    intercepts: [f64; HEADS],
    #[serde(default)]
    layers: Option<[(Dims, [[f64; 2]; HEADS]); Layer::ALL.len()]>,
    /// Whether stem pairs at a distance are features.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    skips: bool,
}

impl TrainedModel {
    /// The model as the bytes of its file; the same model gives the same bytes.
    ///
    /// # Errors
    /// Never for a model that was trained or read.
    pub fn to_bytes(&self) -> Result<Vec<u8>> {
        let (keys, values, scales) = self.weights.parts();
        let intercepts = self.weights.intercepts();
        let layers = self.factors.each_ref().map(|factors| {
            let (dims, _, _, scales) = factors.parts();
            (dims, scales)
        });
        let (layers, skips) = (Some(layers), self.extractor.has_skips());
        let meta = Meta {
            id: self.id.clone(),
            calibration: self.calibration,
            aggregation: self.aggregation.clone(),
            scales,
            intercepts,
            layers,
            skips,
        };
        let meta = serde_json::to_vec(&meta)
            .map_err(|e| Error::model("the model's head cannot be written").because(e))?;
        let words: Vec<&str> = self.extractor.tokenizer().vocabulary().words().collect();
        let mut sections: Vec<Vec<u8>> = vec![
            meta,
            words.join("\n").into_bytes(),
            write_lexicon(&self.lexicon).into_bytes(),
            keys.iter().flat_map(|key| key.to_le_bytes()).collect(),
            values.iter().flatten().flat_map(|value| value.to_le_bytes()).collect(),
        ];
        for factors in &self.factors {
            let (_, keys, rows, _) = factors.parts();
            sections.push(keys.iter().flat_map(|key| key.to_le_bytes()).collect());
            sections.push(rows.iter().flat_map(|value| value.to_le_bytes()).collect());
        }
        debug_assert_eq!(sections.len(), SECTIONS);
        let mut bytes = MAGIC.to_vec();
        bytes.extend(VERSION.to_le_bytes());
        for section in &sections {
            bytes.extend((section.len() as u64).to_le_bytes());
            bytes.extend(section);
        }
        let checksum = blake3::hash(&bytes);
        bytes.extend(checksum.as_bytes());
        Ok(bytes)
    }

    /// Reads a model from the bytes of its file.
    ///
    /// # Errors
    /// When the file is no model, of a newer format, cut short or damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        if bytes.len() > LARGEST {
            return Err(Error::model(format!("the file is larger than {LARGEST} bytes")));
        }
        if !bytes.starts_with(MAGIC) {
            return Err(Error::model("the file is no detente model"));
        }
        let (content, checksum) = bytes
            .len()
            .checked_sub(CHECKSUM)
            .and_then(|end| bytes.split_at_checked(end))
            .ok_or_else(|| Error::model("the file is cut short"))?;
        if blake3::hash(content).as_bytes() != checksum {
            return Err(Error::model("the checksum does not fit: the file is damaged or cut short"));
        }
        let mut reader = Reader(content.get(MAGIC.len()..).unwrap_or_default());
        let version = u32::from_le_bytes(reader.array()?);
        if !(OLDEST..=VERSION).contains(&version) {
            return Err(Error::model(format!(
                "format version {version} is not known; this program reads versions {OLDEST} to {VERSION}"
            )));
        }
        let meta: Meta = serde_json::from_slice(reader.section()?)
            .map_err(|e| Error::model(format!("the model's head is broken: {e}")).because(e))?;
        let words = text(reader.section()?, "the words")?;
        let lexicon = read_lexicon(text(reader.section()?, "the lexicon")?)?;
        let keys = reader.keys()?;
        let columns = keys.len();
        let values = reader.numbers()?.as_chunks::<HEADS>().0.to_vec();
        let weights = Weights::stored(keys, values, meta.scales, meta.intercepts)?;
        let factors = match meta.layers {
            Some([words, cues]) => [reader.factors(Layer::Words, words)?, reader.factors(Layer::Cues, cues)?],
            None if version == 1 => [Factors::none(Layer::Words)?, Factors::none(Layer::Cues)?],
            None => return Err(Error::model("the model's head is broken: no layers of factors")),
        };
        let vocabulary = Vocabulary::new(words.split('\n'));
        let words = vocabulary.len();
        let settings = (meta.calibration, meta.aggregation);
        let mut model = Self::new(meta.id, vocabulary, lexicon, weights, factors, settings);
        if meta.skips || version == 1 {
            model.extractor = model.extractor.with_skips();
        }
        tracing::debug!(id = model.id, version, words, columns, "model read");
        Ok(model)
    }
}

fn text<'a>(bytes: &'a [u8], what: &str) -> Result<&'a str> {
    std::str::from_utf8(bytes).map_err(|e| Error::model(format!("{what} are not UTF-8")).because(e))
}

fn write_lexicon(lexicon: &Lexicon) -> String {
    let mut text = String::from("entry\tkind\tvalue\n");
    for Entry { phrase, kind, value } in lexicon.entries() {
        let side = if *value < 0.0 { "\tmain" } else { "" };
        let note = if kind.as_str() == "contrast" { side } else { "" };
        text.extend([phrase, "\t", kind.as_str(), "\t", &value.to_string(), note, "\n"]);
    }
    text
}

fn read_lexicon(text: &str) -> Result<Lexicon> {
    Lexicon::read(&[("lexicon", text)]).map_err(|e| Error::model(e.to_string()))
}

/// Reads from the front of what is left.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8]> {
        let (front, rest) =
            self.0.split_at_checked(count).ok_or_else(|| Error::model("the file is cut short"))?;
        self.0 = rest;
        Ok(front)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N]> {
        let (front, rest) =
            self.0.split_first_chunk().ok_or_else(|| Error::model("the file is cut short"))?;
        self.0 = rest;
        Ok(*front)
    }

    fn section(&mut self) -> Result<&'a [u8]> {
        let length = u64::from_le_bytes(self.array()?);
        self.take(usize::try_from(length).unwrap_or(usize::MAX))
    }

    fn keys(&mut self) -> Result<Vec<u64>> {
        Ok(self.section()?.as_chunks().0.iter().map(|bytes| u64::from_le_bytes(*bytes)).collect())
    }

    fn numbers(&mut self) -> Result<Vec<i16>> {
        Ok(self.section()?.as_chunks().0.iter().map(|bytes| i16::from_le_bytes(*bytes)).collect())
    }

    fn factors(&mut self, layer: Layer, (dims, scales): (Dims, [[f64; 2]; HEADS])) -> Result<Factors> {
        let keys = self.keys()?;
        Factors::stored(layer, dims, keys, self.numbers()?, scales)
    }
}
