//! Evaluations of classes as text for people.

use std::fmt;

use crate::evaluate::class_evaluation::{ClassEvaluation, ClassSystem};
use crate::evaluate::estimate::Estimate;
use crate::evaluate::text_table::{reliability_rows, text_table};

/// Titles of the measures, in the order of reports.
const TITLES: [(&str, &str); 7] = [
    ("accuracy", "accuracy"),
    ("macro_f1", "macro-F1"),
    ("weighted_f1", "weighted F1"),
    ("macro_precision", "macro precision"),
    ("macro_recall", "macro recall"),
    ("log_loss", "log loss"),
    ("ece", "calibration error"),
];

impl fmt::Display for ClassEvaluation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let how = if self.has_head { "" } else { " (scores cut between the values of the classes)" };
        writeln!(f, "{} classes, {} statements{how}", self.classes.len(), self.statements)?;
        writeln!(f, "{}", self.systems_table())?;
        for system in self.systems.iter().filter(|system| system.name != "majority") {
            writeln!(f, "difference to {}, with the p-value of the paired bootstrap", system.name)?;
            writeln!(f, "{}", differences_table(system))?;
        }
        writeln!(f, "{}", self.class_table())?;
        writeln!(f, "label (rows) against prediction (columns)\n{}", self.confusion_table())?;
        if let Some(null_error) = &self.null_error {
            writeln!(
                f,
                "reliability of the predicted class; calibration error if exactly calibrated: {null_error}"
            )?;
            write!(f, "{}", text_table(&reliability_rows(&self.reliability)))?;
        }
        Ok(())
    }
}

impl ClassEvaluation {
    fn systems_table(&self) -> String {
        let mut head = vec![String::new(), "model".to_owned()];
        head.extend(self.systems.iter().map(|system| system.name.clone()));
        let mut rows = vec![head];
        for (name, title) in TITLES {
            let Some(value) = self.measures.get(name) else { continue };
            let mut row = vec![title.to_owned(), value.to_string()];
            row.extend(self.systems.iter().map(|system| cell(system.measures.get(name))));
            rows.push(row);
        }
        text_table(&rows)
    }

    fn class_table(&self) -> String {
        let mut rows = vec![["class", "n", "precision", "recall", "F1"].map(String::from).to_vec()];
        for figures in &self.by_class {
            let mut row = vec![figures.class.clone(), figures.n.to_string()];
            row.extend([&figures.precision, &figures.recall, &figures.f1].map(|value| cell(value.as_ref())));
            rows.push(row);
        }
        text_table(&rows)
    }

    fn confusion_table(&self) -> String {
        let mut rows = vec![vec![String::new()]];
        rows[0].extend(self.classes.iter().cloned());
        for (name, counts) in self.classes.iter().zip(&self.confusion) {
            let mut row = vec![name.clone()];
            row.extend(counts.iter().map(ToString::to_string));
            rows.push(row);
        }
        text_table(&rows)
    }
}

fn cell(estimate: Option<&Estimate>) -> String {
    estimate.map_or_else(|| "-".to_owned(), Estimate::to_string)
}

fn differences_table(system: &ClassSystem) -> String {
    let row = |(name, title): (&str, &str)| {
        let difference = system.differences.get(name)?;
        Some(vec![title.to_owned(), difference.estimate.to_string(), format!("p {:.3}", difference.p_value)])
    };
    text_table(&TITLES.into_iter().filter_map(row).collect::<Vec<_>>())
}
