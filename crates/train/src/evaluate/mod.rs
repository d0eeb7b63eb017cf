//! How well numbers agree with labels, how sure that is, and where it fails.

pub(crate) mod agreement;
pub(crate) mod article_metrics;
pub(crate) mod baseline;
pub(crate) mod bootstrap;
pub(crate) mod confusion;
pub(crate) mod contrast_sets;
pub(crate) mod display;
pub(crate) mod evaluation;
pub(crate) mod label_audit;
pub(crate) mod measures;
pub(crate) mod metrics;
pub(crate) mod name_swap;
pub(crate) mod paired_bootstrap;
pub(crate) mod reliability;
pub(crate) mod table;
