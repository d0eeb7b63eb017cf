//! Which model the scores of an archive are taken from, and with which one articles are scored.

use std::path::Path;

use anyhow::bail;
use detente::internals::builtin_bytes;
use detente_archive::{Archive, ModelIdentity, ModelKey, Scoring};

use crate::args::GlobalArgs;
use crate::article_context::ArticleContext;
use crate::message::print_message;
use crate::model_folder::{open_model, read_model_file};

/// The model that articles are scored with.
///
/// # Errors
/// If it cannot be opened.
pub(crate) fn scoring(context: &ArticleContext, global: &GlobalArgs) -> anyhow::Result<Scoring> {
    let model = open_model(global.model.as_deref())?;
    let identity = identity(model.id(), global.model.as_deref())?;
    Ok(Scoring::new(context.engine(model), identity))
}

/// The identity of the model with this id in a folder, or of the built-in one.
///
/// # Errors
/// If its file cannot be read.
pub(crate) fn identity(id: &str, folder: Option<&Path>) -> anyhow::Result<ModelIdentity> {
    Ok(match folder {
        None => ModelIdentity::of_file(id, builtin_bytes())?,
        Some(folder) => ModelIdentity::of_file(id, &read_model_file(&folder.join("model.bin"))?)?,
    })
}

/// The model whose scores are read: that of `--model`, else the built-in one, else the only one.
///
/// Prints how many articles it did not score.
///
/// # Errors
/// If it scored no article of the archive.
pub(crate) fn chosen_model(archive: &Archive, global: &GlobalArgs) -> anyhow::Result<ModelKey> {
    let (path, models) = (archive.path().display(), archive.models()?);
    let model = open_model(global.model.as_deref())?;
    let wanted = identity(model.id(), global.model.as_deref())?;
    let scored: Vec<_> = models.iter().filter(|model| model.articles > 0).collect();
    let found = scored.iter().find(|model| model.identity == wanted);
    let only = if global.model.is_none() { scored.first().filter(|_| scored.len() == 1) } else { None };
    let Some(model) = found.or(only) else {
        if scored.is_empty() {
            bail!("{path}: the archive has no articles");
        }
        let names: Vec<String> = scored
            .iter()
            .map(|model| format!("{} {:.8}", model.identity.id, model.identity.checksum))
            .collect();
        bail!(
            "{path}: not scored by {} {:.8}, but by {} (--model DIR names one of these; detente archive rescore adds scores)",
            wanted.id,
            wanted.checksum,
            names.join(", ")
        );
    };
    let unscored = archive.count(&detente_archive::ArticleFilter::default())?.saturating_sub(model.articles);
    if unscored > 0 && !global.quiet {
        print_message(format_args!(
            "detente: {path}: {unscored} articles are not scored by {}; left out (detente archive rescore)",
            model.identity.id
        ));
    }
    Ok(model.key)
}
