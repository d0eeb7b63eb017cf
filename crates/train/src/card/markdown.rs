//! Model cards as Markdown.

use std::fmt;

use crate::card::model_card::ModelCard;
use crate::evaluate::measures::{Estimates, Measure};

impl fmt::Display for ModelCard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "# {}\n\n{}\n", self.id, self.intended_use)?;
        match self.shippable {
            Some(true) => writeln!(f, "All thresholds are reached: the model may be shipped.\n")?,
            Some(false) => writeln!(f, "A threshold is not reached: the model must not be shipped.\n")?,
            None => {}
        }
        for threshold in &self.thresholds {
            writeln!(f, "- {threshold}")?;
        }
        writeln!(
            f,
            "\n## Out-of-fold accuracy\n\nPredictions of models that were not trained on the statement's group.\n"
        )?;
        for evaluation in &self.out_of_fold {
            writeln!(f, "```\n{}\n```\n", evaluation.to_string().trim_end())?;
        }
        writeln!(
            f,
            "Name swap test: {} of {} statements have exactly the same numbers with other names.\n",
            self.name_swaps.unchanged, self.name_swaps.statements
        )?;
        if let Some(learned) = &self.aggregation {
            writeln!(
                f,
                "## Articles\n\nAggregation of statements to articles, cross-validated by negotiation.\n\n{learned}"
            )?;
        }
        if let Some(soft) = &self.soft_labels {
            let r = |e: Option<&Estimates>| e.and_then(|e| e.get(&Measure::Pearson)).map_or(0.0, |r| r.value);
            writeln!(
                f,
                "{} softly labelled statements have weight {} each; without them r is {:.3} instead of {:.3}.\n",
                soft.statements,
                soft.weight,
                r(Some(&soft.without)),
                r(self.out_of_fold.first().map(|e| &e.measures))
            )?;
        }
        for point in &self.learning_curve {
            writeln!(f, "- trained on {} labelled statements: r {:.3}", point.statements, point.r)?;
        }
        list(f, "Limits", &self.limits)?;
        list(f, "Known failures", &self.known_failures)?;
        list(f, "Licence", &self.licence)?;
        writeln!(f, "\n## Data\n\n| file | records | BLAKE3 |\n|---|---|---|")?;
        for file in self.data.iter().chain(&self.lexicon) {
            writeln!(f, "| {} | {} | `{}` |", file.name, file.records, file.blake3)?;
        }
        writeln!(f, "\n| source | labelled | softly labelled |\n|---|---|---|")?;
        for source in &self.sources {
            writeln!(f, "| {} | {} | {} |", source.name, source.labelled, source.soft)?;
        }
        writeln!(f, "\n## Features\n\n| family | columns | total weight |\n|---|---|---|")?;
        for family in &self.features {
            writeln!(f, "| {} | {} | {:.1} |", family.family, family.columns, family.weight)?;
        }
        let settings = serde_json::to_string(&self.settings).map_err(|_| fmt::Error)?;
        writeln!(f, "\n## Settings\n\n`{settings}`")
    }
}

fn list(f: &mut fmt::Formatter<'_>, title: &str, items: &[String]) -> fmt::Result {
    if items.is_empty() {
        return Ok(());
    }
    writeln!(f, "\n## {title}\n")?;
    items.iter().try_for_each(|item| writeln!(f, "- {item}"))
}
