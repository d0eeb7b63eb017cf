//! The model file: magic, version, sections, checksum. Reading never panics.

use std::fs::File;
use std::io;
use std::io::Read;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};
use crate::feature::extract::Extractor;
use crate::feature::position::Layer;
use crate::lexicon::matcher::LexiconMatcher;
use crate::lexicon::text_form::from_text;
use crate::model::aggregation::Aggregation;
use crate::model::byte_reader::{ByteReader, FileBytes, truncated};
use crate::model::calibration::Calibration;
use crate::model::class_head::{ClassHead, ClassSettings};
use crate::model::factors::{FactorCounts, Factors};
use crate::model::heads::HEADS;
use crate::model::trained::{TrainedModel, stored_lexicon};
use crate::model::weights::Weights;
use crate::model::word_weights::WordWeights;
use crate::token::tokenizer::Tokenizer;
use crate::token::vocabulary::Vocabulary;

/// Largest model file that is read, in bytes; real ones have a few MB.
pub const MAX_MODEL_BYTES: usize = 256 << 20;
/// Name of the model file in a model folder.
const FILE_NAME: &str = "model.bin";

const MAGIC: &[u8; 8] = b"detente\n";
/// Latest format version. Version 5 may have classes, and may lack the curves of heads that were not learned.
const VERSION: u32 = 5;
/// Format version of models without classes and with all heads, which older programs read.
const VERSION_WITHOUT_CLASSES: u32 = 4;
/// Oldest version that is read. Version 1 has stem pairs at a distance among its features and no factors;
/// version 2 has no [`Aggregation`], so the default is used; before version 4, words may be in any order and
/// the lexicon is not compiled.
const OLDEST_VERSION: u32 = 1;
const CHECKSUM_BYTES: usize = 32;
/// Sections in order: metadata, words (one a line), lexicon (TSV), compiled lexicon, keys, weights, then
/// keys and rows of the factors of each layer; then keys and weights of the classes, if there are any.
const SECTIONS: usize = 6 + 2 * Layer::ALL.len();

/// Version and checksum of a model file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileHeader {
    /// Format version.
    pub version: u32,
    /// BLAKE3 of everything before the checksum, in hexadecimal.
    pub checksum: String,
}

impl FileHeader {
    /// Reads the header of a model file without verifying the checksum.
    ///
    /// # Errors
    /// Returns an error if the file is not a model or truncated.
    pub fn parse(bytes: &[u8]) -> Result<Self> {
        let content = bytes.strip_prefix(MAGIC).ok_or_else(not_a_model)?;
        let version = u32::from_le_bytes(ByteReader(FileBytes::Temporary(content)).array()?);
        let (_, checksum) = content.split_last_chunk::<CHECKSUM_BYTES>().ok_or_else(truncated)?;
        Ok(Self { version, checksum: blake3::Hash::from_bytes(*checksum).to_hex().to_string() })
    }
}

/// First section of all versions; fields that older versions lack have defaults.
#[derive(Serialize, Deserialize)]
struct Metadata {
    id: String,
    calibration: Calibration,
    #[serde(default)]
    aggregation: Aggregation,
    scales: [f64; HEADS],
    intercepts: [f64; HEADS],
    #[serde(default)]
    layers: Option<[(FactorCounts, [[f64; 2]; HEADS]); Layer::ALL.len()]>,
    /// Whether stem pairs at a distance are features.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    skips: bool,
    /// Whether events are features.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    events: bool,
    /// The head of the classes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    classes: Option<ClassSettings>,
}

impl TrainedModel {
    /// Opens the model in a folder that `detente train` or `detente-train` wrote.
    ///
    /// ```
    /// use detente::TrainedModel;
    /// let model = TrainedModel::open("models/negotiation-en-1")?;
    /// model.verify()?;
    /// # Ok::<(), detente::Error>(())
    /// ```
    ///
    /// # Errors
    /// Returns an error with the file's path if `model.bin` cannot be read or is not a sound model.
    pub fn open(folder: impl AsRef<Path>) -> Result<Self> {
        let path = folder.as_ref().join(FILE_NAME);
        let bytes = read_file(&path).map_err(|e| Error::io(format!("cannot read the model: {e}"), e));
        bytes.and_then(|bytes| Self::from_bytes(&bytes)).map_err(|e| e.in_file(path))
    }

    /// Reads a model from the bytes of its file.
    ///
    /// # Errors
    /// Returns an error if the file is not a model, truncated, damaged or of an unknown version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        if bytes.len() > MAX_MODEL_BYTES {
            return Err(Error::model(format!("the file is larger than {MAX_MODEL_BYTES} bytes")));
        }
        let (content, checksum) = split_checksum(FileBytes::Temporary(bytes))?;
        if blake3::hash(content.as_slice()).as_bytes() != checksum {
            return Err(Error::model("the checksum does not match: the file is damaged or cut short"));
        }
        Self::from_content(content)
    }

    /// Reads a model from a file embedded in the binary, without verifying its checksum or copying its
    /// numbers.
    #[cfg(feature = "builtin-model")]
    pub(crate) fn from_static(bytes: &'static [u8]) -> Result<Self> {
        Self::from_content(split_checksum(FileBytes::Static(bytes))?.0)
    }

    /// Reads a model from everything before the checksum.
    fn from_content(content: FileBytes) -> Result<Self> {
        let mut reader = ByteReader(content);
        reader.take(MAGIC.len())?;
        let version = u32::from_le_bytes(reader.array()?);
        if !(OLDEST_VERSION..=VERSION).contains(&version) {
            let message = format!(
                "unknown format version {version}; this program reads versions {OLDEST_VERSION} to {VERSION}"
            );
            return Err(Error::new(ErrorKind::Unsupported, message));
        }
        let metadata: Metadata = serde_json::from_slice(reader.section()?.as_slice())
            .map_err(|e| Error::model(format!("the metadata is malformed: {e}")).with_source(e))?;
        let words = reader.text("the list of words")?;
        let (extractor, lexicon) = if version < 4 {
            let vocabulary = Vocabulary::new(words.split('\n'));
            let lexicon = from_text(reader.text("the lexicon")?)?;
            (Extractor::new(Tokenizer::new(vocabulary), &lexicon), stored_lexicon(&lexicon))
        } else {
            let vocabulary = Vocabulary::from_lines(words)?;
            let lexicon = reader.numbers()?;
            let matcher = LexiconMatcher::from_bytes(reader.section()?.as_slice(), vocabulary.len())?;
            (Extractor::with_matcher(Tokenizer::new(vocabulary), matcher), lexicon)
        };
        let extractor = if metadata.skips || version == 1 { extractor.with_skips() } else { extractor };
        let extractor = extractor.with_events(metadata.events);
        let keys = reader.numbers()?;
        let weights = Weights::from_parts(keys, reader.numbers()?, metadata.scales, metadata.intercepts)?;
        let mut layer = |layer, (counts, scales)| {
            let keys = reader.numbers()?;
            Factors::from_parts(layer, counts, keys, reader.numbers()?, scales)
        };
        let factors = match metadata.layers {
            Some([words, cues]) => [layer(Layer::Words, words)?, layer(Layer::Cues, cues)?],
            None if version == 1 => [Factors::empty(Layer::Words)?, Factors::empty(Layer::Cues)?],
            None => return Err(Error::model("the metadata is malformed: no layers of factors")),
        };
        let classes = match metadata.classes {
            Some(settings) => {
                let keys = reader.numbers()?;
                Some(ClassHead::from_parts(settings, keys, reader.numbers()?)?)
            }
            None => None,
        };
        let word_weights = WordWeights::new(&extractor, &factors);
        let (words, columns) = (extractor.tokenizer().vocabulary().len(), weights.len());
        let Metadata { id, calibration, aggregation, .. } = metadata;
        let model = Self {
            id,
            lexicon,
            extractor,
            weights,
            factors,
            word_weights,
            calibration,
            aggregation,
            classes,
        };
        tracing::debug!(id = model.id, version, words, columns, "model read");
        Ok(model)
    }

    /// Returns the bytes of the model's file; equal models give equal bytes.
    ///
    /// # Errors
    /// Returns an error if the metadata cannot be written as JSON, which a trained model's always can.
    pub fn to_bytes(&self) -> Result<Vec<u8>> {
        let (keys, values, scales) = self.weights.parts();
        let layers = self.factors.each_ref().map(|factors| {
            let (counts, _, _, scales) = factors.parts();
            (counts, scales)
        });
        let metadata = Metadata {
            id: self.id.clone(),
            calibration: self.calibration,
            aggregation: self.aggregation.clone(),
            scales,
            intercepts: self.weights.intercepts(),
            layers: Some(layers),
            skips: self.extractor.has_skips(),
            events: self.extractor.has_events(),
            classes: self.classes.as_ref().map(|classes| classes.parts().0.clone()),
        };
        let metadata = serde_json::to_vec(&metadata)
            .map_err(|e| Error::model("the metadata cannot be written").with_source(e))?;
        let mut sections: Vec<Vec<u8>> = vec![
            metadata,
            self.extractor.tokenizer().vocabulary().lines().as_bytes().to_vec(),
            self.lexicon.as_flattened().to_vec(),
            self.extractor.matcher().to_bytes(),
            keys.as_flattened().to_vec(),
            values.as_flattened().to_vec(),
        ];
        for factors in &self.factors {
            let (_, keys, rows, _) = factors.parts();
            sections.push(keys.as_flattened().to_vec());
            sections.push(rows.as_flattened().to_vec());
        }
        debug_assert_eq!(sections.len(), SECTIONS);
        if let Some(classes) = &self.classes {
            let (_, keys, values) = classes.parts();
            sections.push(keys.as_flattened().to_vec());
            sections.push(values.as_flattened().to_vec());
        }
        let has_all_heads = self.learned_heads() == (true, true);
        let is_plain = has_all_heads && self.classes.is_none();
        let mut bytes = MAGIC.to_vec();
        bytes.extend(if is_plain { VERSION_WITHOUT_CLASSES } else { VERSION }.to_le_bytes());
        for section in &sections {
            bytes.extend((section.len() as u64).to_le_bytes());
            bytes.extend(section);
        }
        let checksum = blake3::hash(&bytes);
        bytes.extend(checksum.as_bytes());
        Ok(bytes)
    }
}

/// Reads a regular file; stops one byte after [`MAX_MODEL_BYTES`].
fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    if !path.metadata()?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_MODEL_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Splits a file into everything before the checksum, magic and version included, and the checksum.
fn split_checksum(bytes: FileBytes<'_>) -> Result<(FileBytes<'_>, &[u8])> {
    if !bytes.as_slice().starts_with(MAGIC) {
        return Err(not_a_model());
    }
    let end = bytes.as_slice().len().checked_sub(CHECKSUM_BYTES);
    let (content, checksum) = end.and_then(|end| bytes.split_at(end)).ok_or_else(truncated)?;
    Ok((content, checksum.as_slice()))
}

fn not_a_model() -> Error {
    Error::model("the file is not a detente model")
}
