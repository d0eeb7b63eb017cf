//! [`ModelSource`]: an opened model with what is needed to open it in another process.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use detente::internals::{FileHeader, MAX_MODEL_BYTES, builtin_bytes};
use detente::{Engine, TrainedModel};
use pyo3::prelude::*;

use crate::errors::{library_error, model_error};

/// Models that are kept open in a process, by checksum: a worker that gets the same model with each task opens it once.
static OPEN: Mutex<BTreeMap<String, ModelSource>> = Mutex::new(BTreeMap::new());
/// Most models that are kept open.
const MAX_OPEN: usize = 4;

/// An opened model.
#[derive(Clone)]
pub(crate) struct ModelSource {
    /// An engine with default settings.
    pub(crate) engine: Engine,
    /// BLAKE3 of the model, in hexadecimal.
    pub(crate) checksum: String,
    /// The model file; `None` for the built-in model.
    pub(crate) bytes: Option<Arc<[u8]>>,
}

impl ModelSource {
    /// Opens the model in `folder`, or the built-in one.
    pub(crate) fn open(folder: Option<&Path>) -> PyResult<Self> {
        let Some(folder) = folder else { return Self::builtin() };
        let file = folder.join("model.bin");
        let cannot_read = |error: io::Error| {
            let message = format!("cannot read the model: {error}");
            library_error(&detente::Error::io(message, error).in_file(&file))
        };
        let mut bytes = Vec::new();
        let mut limited = File::open(&file).map_err(cannot_read)?.take(MAX_MODEL_BYTES as u64 + 1);
        limited.read_to_end(&mut bytes).map_err(cannot_read)?;
        Self::from_bytes(&bytes).map_err(|error| library_error(&error.in_file(&file)))
    }

    /// The built-in model.
    pub(crate) fn builtin() -> PyResult<Self> {
        let open = || {
            let checksum = FileHeader::parse(builtin_bytes())?.checksum;
            Self::cached(checksum, None, TrainedModel::builtin)
        };
        open().map_err(|error| library_error(&error))
    }

    /// A model from the bytes of its file.
    pub(crate) fn from_bytes(bytes: &[u8]) -> detente::Result<Self> {
        let checksum = FileHeader::parse(bytes)?.checksum;
        Self::cached(checksum, Some(bytes), || TrainedModel::from_bytes(bytes))
    }

    fn cached(
        checksum: String,
        bytes: Option<&[u8]>,
        open: impl FnOnce() -> detente::Result<TrainedModel>,
    ) -> detente::Result<Self> {
        let mut models = OPEN.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = models.get(&checksum) {
            return Ok(known.clone());
        }
        let source =
            Self { engine: Engine::new(open()?), checksum: checksum.clone(), bytes: bytes.map(Arc::from) };
        if models.len() >= MAX_OPEN {
            models.pop_first();
        }
        models.insert(checksum, source.clone());
        Ok(source)
    }

    /// The model that another process described: its file, or the built-in one if that has the same checksum.
    pub(crate) fn restore(bytes: Option<&[u8]>, checksum: &str, id: &str) -> PyResult<Self> {
        let source = match bytes {
            Some(bytes) => Self::from_bytes(bytes).map_err(|error| library_error(&error))?,
            None => Self::builtin()?,
        };
        if source.checksum == checksum {
            return Ok(source);
        }
        let start = |checksum: &str| checksum.get(..16).unwrap_or(checksum).to_owned();
        Err(model_error(&format!(
            "the model {id} ({}) is not the one of this installation, {} ({}): install the same version of detente on all machines",
            start(checksum),
            source.engine.model().id(),
            start(&source.checksum)
        )))
    }

    /// The first eight bytes of the checksum, which packed articles carry.
    pub(crate) fn short_checksum(&self) -> [u8; 8] {
        std::array::from_fn(|at| {
            let digits = self.checksum.get(2 * at..2 * at + 2);
            digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()).unwrap_or_default()
        })
    }
}
