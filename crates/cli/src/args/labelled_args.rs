//! [`LabelledArgs`]: how labelled data are read.

use clap::Args;
use detente_input::LabelledFields;
use detente_train::{LabelMap, LabelRange};

/// How labelled data are read. The heading holds for all options after it, so this is the last part of a command.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Data options")]
pub(crate) struct LabelledArgs {
    /// Value of each label, -3 (collapsed) to 3 (agreement) or none (no bearing on it): negative=-2,neutral=0,positive=2
    /// [default for evaluate: that of the training]
    #[arg(long, value_name = "NAME=VALUE,…")]
    pub(crate) labels: Option<LabelMap>,
    /// Scale of labels that are numbers, as -1..1 or 1..5
    #[arg(long, value_name = "LOW..HIGH", allow_hyphen_values = true, conflicts_with = "labels")]
    pub(crate) label_range: Option<LabelRange>,
    /// Field of the text, or a path into nested objects [default: text, sentence, …]
    #[arg(long, value_name = "NAME")]
    pub(crate) text_field: Option<String>,
    /// Field of the label [default: label, class, sentiment, …]
    #[arg(long, value_name = "NAME")]
    pub(crate) label_field: Option<String>,
    /// Field of the id [default: id, uuid, …; without one, file name and line]
    #[arg(long, value_name = "NAME")]
    pub(crate) id_field: Option<String>,
    /// Field of the document or story; its statements are never split between folds [default: group, document id, …]
    #[arg(long, value_name = "NAME")]
    pub(crate) group_field: Option<String>,
    /// Field of the weight of a statement [default: weight, sample weight]
    #[arg(long, value_name = "NAME")]
    pub(crate) weight_field: Option<String>,
}

impl LabelledArgs {
    /// The field names for the reading library.
    pub(crate) fn fields(&self) -> LabelledFields {
        LabelledFields {
            text: self.text_field.clone(),
            label: self.label_field.clone(),
            id: self.id_field.clone(),
            group: self.group_field.clone(),
            weight: self.weight_field.clone(),
        }
    }

    /// These arguments with the conversion of labels that a card states, if none is given.
    ///
    /// # Errors
    /// If the card has a conversion of unknown form.
    pub(crate) fn or_conversion(&self, of_card: Option<&str>) -> detente::Result<Self> {
        let mut args = self.clone();
        if let (None, None, Some(conversion)) = (&self.labels, &self.label_range, of_card) {
            if conversion.contains('=') {
                args.labels = Some(conversion.parse()?);
            } else {
                args.label_range = Some(conversion.parse()?);
            }
        }
        Ok(args)
    }

    /// The conversion of labels as the card states it.
    pub(crate) fn conversion(&self) -> Option<String> {
        let map = self.labels.as_ref().map(ToString::to_string);
        map.or_else(|| self.label_range.map(|range| range.to_string()))
    }
}
