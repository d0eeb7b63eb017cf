//! The model's file: magic, version, sections, checksum. Reading never panics.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::feature::extract::Extractor;
use crate::feature::position::Layer;
use crate::lexicon::matcher::Finder;
use crate::lexicon::text_form::from_text;
use crate::model::aggregation::Aggregation;
use crate::model::byte_reader::{Bytes, Reader};
use crate::model::calibration::Calibration;
use crate::model::factors::{Dims, Factors};
use crate::model::heads::HEADS;
use crate::model::trained::{TrainedModel, store_lexicon};
use crate::model::weights::Weights;
use crate::model::word_weights::Tables;
use crate::token::tokenizer::Tokenizer;
use crate::token::vocabulary::Vocabulary;

const MAGIC: &[u8; 8] = b"detente\n";
/// Version of the format and of the features that is written.
const VERSION: u32 = 4;
/// The oldest version that is read: 1 has stem pairs at a distance among its features and no factors, 2 no
/// [`Aggregation`], and the default one stands in; in those before 4 words may be in any order, and the lexicon is
/// not compiled.
const OLDEST: u32 = 1;
/// Largest file that is read as a model, in bytes; a model is a few MB.
pub const LARGEST: usize = 256 << 20;
const CHECKSUM: usize = 32;
/// Sections in their order: meta, words (a line each), lexicon (TSV), finder of its cues, keys, weights, then keys
/// and rows of each layer of factors.
const SECTIONS: usize = 6 + 2 * Layer::ALL.len();

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
        let version = u32::from_le_bytes(Reader(Bytes::Given(content)).array()?);
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
        let mut sections: Vec<Vec<u8>> = vec![
            meta,
            self.extractor.tokenizer().vocabulary().lines().as_bytes().to_vec(),
            self.lexicon.as_flattened().to_vec(),
            self.extractor.finder().to_bytes(),
            keys.as_flattened().to_vec(),
            values.as_flattened().to_vec(),
        ];
        for factors in &self.factors {
            let (_, keys, rows, _) = factors.parts();
            sections.push(keys.as_flattened().to_vec());
            sections.push(rows.as_flattened().to_vec());
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
        let (content, checksum) = parts(Bytes::Given(bytes))?;
        if blake3::hash(content.as_slice()).as_bytes() != checksum {
            return Err(Error::model("the checksum does not fit: the file is damaged or cut short"));
        }
        Self::from_content(content)
    }

    /// Reads a model from a file that is part of the program: its checksum is not looked at, and its numbers are
    /// not copied.
    pub(crate) fn from_program(bytes: &'static [u8]) -> Result<Self> {
        Self::from_content(parts(Bytes::OfProgram(bytes))?.0)
    }

    /// Reads a model from what stands before the checksum.
    fn from_content(content: Bytes) -> Result<Self> {
        let mut reader = Reader(content);
        reader.take(MAGIC.len())?;
        let version = u32::from_le_bytes(reader.array()?);
        if !(OLDEST..=VERSION).contains(&version) {
            return Err(Error::model(format!(
                "format version {version} is not known; this program reads versions {OLDEST} to {VERSION}"
            )));
        }
        let meta: Meta = serde_json::from_slice(reader.section()?.as_slice())
            .map_err(|e| Error::model(format!("the model's head is broken: {e}")).because(e))?;
        let words = reader.text("the list of words")?;
        let (extractor, lexicon) = if version < 4 {
            let vocabulary = Vocabulary::new(words.split('\n'));
            let lexicon = from_text(reader.text("the lexicon")?)?;
            (Extractor::new(Tokenizer::new(vocabulary), &lexicon), store_lexicon(&lexicon))
        } else {
            let vocabulary = Vocabulary::from_lines(words)?;
            let lexicon = reader.numbers()?;
            let finder = Finder::from_bytes(reader.section()?.as_slice(), vocabulary.len())?;
            (Extractor::with(Tokenizer::new(vocabulary), finder), lexicon)
        };
        let extractor = if meta.skips || version == 1 { extractor.with_skips() } else { extractor };
        let keys = reader.numbers()?;
        let weights = Weights::stored(keys, reader.numbers()?, meta.scales, meta.intercepts)?;
        let mut layer = |layer, (dims, scales)| {
            let keys = reader.numbers()?;
            Factors::stored(layer, dims, keys, reader.numbers()?, scales)
        };
        let factors = match meta.layers {
            Some([words, cues]) => [layer(Layer::Words, words)?, layer(Layer::Cues, cues)?],
            None if version == 1 => [Factors::none(Layer::Words)?, Factors::none(Layer::Cues)?],
            None => return Err(Error::model("the model's head is broken: no layers of factors")),
        };
        let tables = Tables::new(&extractor, &factors);
        let (words, columns) = (extractor.tokenizer().vocabulary().len(), weights.len());
        let Meta { id, calibration, aggregation, .. } = meta;
        let model = Self { id, lexicon, extractor, weights, factors, tables, calibration, aggregation };
        tracing::debug!(id = model.id, version, words, columns, "model read");
        Ok(model)
    }
}

/// What a file holds, magic and version included, and the checksum behind it.
fn parts(bytes: Bytes<'_>) -> Result<(Bytes<'_>, &[u8])> {
    if !bytes.as_slice().starts_with(MAGIC) {
        return Err(Error::model("the file is no detente model"));
    }
    let end = bytes.as_slice().len().checked_sub(CHECKSUM);
    let (content, checksum) =
        end.and_then(|end| bytes.split_at(end)).ok_or_else(|| Error::model("the file is cut short"))?;
    Ok((content, checksum.as_slice()))
}
