//! [`Progress`]: steps of a training, for progress output.

use std::fmt;

/// A step of a training that begins, passed to the callback of
/// [`Trainer::on_progress`](crate::Trainer::on_progress). Its `Display` is a line for people.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Progress {
    /// The statements were counted.
    Statements {
        /// Labelled statements.
        labelled: usize,
        /// Softly labelled statements.
        soft: usize,
    },
    /// The features were extracted.
    Features {
        /// Words of the vocabulary.
        words: usize,
        /// Features before the selection by weight.
        columns: usize,
    },
    /// A fold of the cross-validation begins.
    Fold {
        /// Number of the fold, from 1.
        fold: usize,
        /// Number of folds.
        folds: usize,
    },
    /// A round of the tuning begins.
    Tuning {
        /// Number of the fold, from 1.
        fold: usize,
        /// Number of folds.
        folds: usize,
        /// Settings that compete.
        settings: usize,
        /// Statements that each learns from.
        statements: usize,
    },
    /// The fit on all statements begins.
    FinalFit,
    /// The cross-validation and the fit of the classes begin.
    Classes,
    /// A penalty of the weights of classes is tried.
    ClassPenalty {
        /// The penalty.
        l2: String,
    },
    /// The cross-validation without softly labelled statements begins.
    WithoutSoftLabels,
    /// A point of the learning curve begins.
    LearningCurve {
        /// Labelled statements that are learned from.
        statements: usize,
    },
}

impl fmt::Display for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Statements { labelled, soft } => {
                write!(f, "{labelled} labelled and {soft} softly labelled statements")
            }
            Self::Features { words, columns } => write!(f, "{words} words, {columns} features"),
            Self::Fold { fold, folds } => write!(f, "fold {fold} of {folds}"),
            Self::Tuning { fold, folds, settings, statements } => {
                write!(f, "tuning, fold {fold} of {folds}: {settings} settings on {statements} statements")
            }
            Self::FinalFit => f.write_str("fitting on all statements"),
            Self::Classes => f.write_str("fitting the classes"),
            Self::ClassPenalty { l2 } => write!(f, "tuning the classes: penalty {l2}"),
            Self::WithoutSoftLabels => f.write_str("cross-validation without softly labelled statements"),
            Self::LearningCurve { statements } => {
                write!(f, "learning curve: {statements} labelled statements")
            }
        }
    }
}
