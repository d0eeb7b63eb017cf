//! Evaluations as text for people.

use std::fmt;

use crate::evaluate::article_metrics::ArticleMeasures;
use crate::evaluate::baselines::is_baseline;
use crate::evaluate::confusion_matrix::ConfusionMatrix;
use crate::evaluate::contrast_sets::ContrastSetAccuracy;
use crate::evaluate::estimate::Estimate;
use crate::evaluate::evaluation::{Evaluation, SubsetMeasures, SystemMeasures};
use crate::evaluate::measures::{Estimates, Measure};
use crate::evaluate::paired_bootstrap::PairedDifference;
use crate::evaluate::text_table::{reliability_rows, text_table};

fn cell(estimates: &Estimates, measure: Measure) -> String {
    estimates.get(&measure).map_or_else(|| "-".to_owned(), Estimate::to_string)
}

impl fmt::Display for Evaluation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { data, statements, groups, draws, seed, .. } = self;
        writeln!(f, "{data}: {statements} statements in {groups} groups")?;
        if self.measures.values().any(|e| e.low.is_some()) {
            writeln!(f, "intervals: 95%, bootstrap of {draws} draws over groups, seed {seed}")?;
        }
        if let Some(classes) = &self.classes {
            writeln!(f, "\n{classes}")?;
        }
        writeln!(f, "\n{}", self.systems_table())?;
        for system in self.systems.iter().filter(|s| !is_baseline(&s.name)) {
            writeln!(
                f,
                "difference to {}, with the p-value of the paired bootstrap\n{}",
                system.name,
                differences_table(system)
            )?;
        }
        for (title, subsets) in [("source", &self.sources), ("probe", &self.probes)] {
            if subsets.len() > 1 {
                writeln!(f, "{}", subsets_table(title, subsets))?;
            }
        }
        if let Some(accuracy) = &self.contrast_sets {
            writeln!(f, "{accuracy}")?;
        }
        if self.classes.is_none() {
            writeln!(f, "label (rows) against prediction (columns)\n{}", confusion_table(&self.confusion))?;
        }
        for (title, bins, null_error) in [
            ("bearing", &self.bearing_reliability, &self.bearing_null_error),
            ("hedge", &self.hedge_reliability, &self.hedge_null_error),
        ] {
            let Some(null_error) = null_error else { continue };
            writeln!(f, "reliability of {title}; calibration error if exactly calibrated: {null_error}")?;
            writeln!(f, "{}", text_table(&reliability_rows(bins)))?;
        }
        if let Some(a) = &self.articles {
            writeln!(
                f,
                "articles: n {}  r {}  MAE {}  label within the interval {:.1}%  without outlook {}\n",
                a.n,
                a.r,
                a.mae,
                100.0 * a.coverage,
                a.without_outlook
            )?;
        }
        if !self.schemes.is_empty() {
            writeln!(f, "articles by aggregation scheme\n{}", schemes_table(&self.schemes))?;
        }
        if !self.largest_errors.is_empty() {
            writeln!(f, "largest errors: label, score, id, text")?;
        }
        for e in &self.largest_errors {
            writeln!(f, "  {:+.2}  {:+.2}  {}  {}", e.label, e.score, e.id, e.text.replace('\n', " "))?;
        }
        Ok(())
    }
}

impl Evaluation {
    /// Measures by system.
    fn systems_table(&self) -> String {
        let mut head = vec![String::new(), self.model.clone()];
        head.extend(self.systems.iter().map(|system| system.name.clone()));
        let mut rows = vec![head];
        for measure in Measure::ALL.into_iter().filter(|m| self.measures.contains_key(m)) {
            let mut row = vec![measure.title().to_owned(), cell(&self.measures, measure)];
            row.extend(self.systems.iter().map(|system| cell(&system.measures, measure)));
            rows.push(row);
        }
        text_table(&rows)
    }
}

fn schemes_table(schemes: &[(String, ArticleMeasures)]) -> String {
    let mut rows = vec![["", "r", "MAE"].map(String::from).to_vec()];
    rows.extend(schemes.iter().map(|(name, a)| vec![name.clone(), a.r.to_string(), a.mae.to_string()]));
    text_table(&rows)
}

fn differences_table(system: &SystemMeasures) -> String {
    let row = |d: &PairedDifference| {
        vec![d.measure.title().to_owned(), d.estimate.to_string(), format!("p {:.3}", d.p_value)]
    };
    text_table(&system.differences.iter().map(row).collect::<Vec<_>>())
}

fn subsets_table(title: &str, subsets: &[SubsetMeasures]) -> String {
    let mut rows = vec![vec![title.to_owned(), "n".to_owned()]];
    rows[0].extend(Measure::ALL.map(|measure| measure.title().to_owned()));
    for subset in subsets {
        let mut row = vec![subset.name.clone(), subset.statements.to_string()];
        for measure in Measure::ALL {
            row.push(match subset.measures.get(&measure) {
                Some(e) if measure == Measure::Pearson => e.to_string(),
                Some(e) => format!("{:.3}", e.value),
                None => "-".to_owned(),
            });
        }
        rows.push(row);
    }
    text_table(&rows)
}

fn confusion_table(confusion: &ConfusionMatrix) -> String {
    let mut rows = vec![vec![String::new()]];
    rows[0].extend(ConfusionMatrix::NAMES.map(String::from));
    for (name, counts) in ConfusionMatrix::NAMES.iter().zip(&confusion.0) {
        let mut row = vec![(*name).to_owned()];
        row.extend(counts.map(|count| count.to_string()));
        rows.push(row);
    }
    text_table(&rows)
}

impl fmt::Display for ContrastSetAccuracy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "contrast sets: {:.1}% of {} pairs in the order of their labels",
            100.0 * self.accuracy,
            self.pairs
        )?;
        let mut rows = Vec::new();
        for probe in &self.probes {
            rows.push(vec![
                format!("  {}", probe.probe),
                format!("{:.1}%", 100.0 * probe.accuracy()),
                format!("of {}", probe.pairs),
            ]);
        }
        write!(f, "{}", text_table(&rows))?;
        if self.invariance_pairs > 0 {
            let Self { invariant_pairs, invariance_pairs, largest_difference, .. } = self;
            writeln!(
                f,
                "invariance: {invariant_pairs} of {invariance_pairs} pairs within 0.05 ({:.1}%), largest difference {largest_difference:.3}",
                100.0 * self.invariance()
            )?;
        }
        Ok(())
    }
}
