//! The extension module `detente._native`: the engine, its readers and its reports, for the Python code beside it.
//!
//! Everything that users see is in `python/detente`; what is here has few checks of its own arguments.

mod arrow_cell;
mod arrow_columns;
mod arrow_results;
mod arrow_rows;
mod arrow_scores;
mod arrow_times;
mod article;
mod article_stream;
mod capsule;
mod chunk_reader;
mod configured_engine;
mod engine;
mod errors;
mod explained;
mod frame_options;
mod json_bytes;
mod model_source;
mod pool;
mod program;
mod python_rows;
mod scored;
mod series;
mod series_settings;

#[pyo3::pymodule]
mod _native {
    #[pymodule_export]
    use crate::arrow_scores::ArrowScores;
    #[pymodule_export]
    use crate::article::NativeArticle;
    #[pymodule_export]
    use crate::article_stream::ArticleStream;
    #[pymodule_export]
    use crate::engine::NativeEngine;
    #[pymodule_export]
    use crate::errors::raise_panic;
    #[pymodule_export]
    use crate::explained::NativeExplained;
    #[pymodule_export]
    use crate::program::run;
    #[pymodule_export]
    use crate::scored::NativeScored;
    #[pymodule_export]
    use crate::series::{NativeCollector, NativeReport};

    /// Version of the package.
    #[pymodule_export]
    #[allow(non_upper_case_globals)]
    const __version__: &str = env!("CARGO_PKG_VERSION");
}
