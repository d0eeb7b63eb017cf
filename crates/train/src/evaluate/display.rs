//! An evaluation as text for people.

use std::fmt;

use crate::evaluate::article_metrics::ArticleFigures;
use crate::evaluate::baseline::BASELINES;
use crate::evaluate::bootstrap::Estimate;
use crate::evaluate::confusion::Confusion;
use crate::evaluate::contrast_sets::PairOrder;
use crate::evaluate::evaluation::{Evaluation, Group, System};
use crate::evaluate::measures::{Estimates, Measure};
use crate::evaluate::paired_bootstrap::PairedDifference;
use crate::evaluate::reliability::ReliabilityBin;
use crate::evaluate::table::table;

impl fmt::Display for Estimate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.low, self.high) {
            (Some(low), Some(high)) => write!(f, "{:.3} [{low:.2}, {high:.2}]", self.value),
            _ => write!(f, "{:.3}", self.value),
        }
    }
}

fn cell(estimates: &Estimates, measure: Measure) -> String {
    estimates.get(&measure).map_or_else(|| "-".to_owned(), Estimate::to_string)
}

impl fmt::Display for Evaluation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { data, statements, groups, draws, seed, .. } = self;
        writeln!(f, "{data}: {statements} statements in {groups} groups")?;
        if self.measures.values().any(|e| e.low.is_some()) {
            writeln!(f, "intervals: 95%, {draws} draws of whole groups, seed {seed}")?;
        }
        writeln!(f, "\n{}", self.systems_table())?;
        for system in self.systems.iter().filter(|s| !BASELINES.contains(&s.name.as_str())) {
            writeln!(
                f,
                "difference to {}, and the chance of it between equals\n{}",
                system.name,
                differences_table(system)
            )?;
        }
        for (title, parts) in [("source", &self.sources), ("probe", &self.probes)] {
            if parts.len() > 1 {
                writeln!(f, "{}", parts_table(title, parts))?;
            }
        }
        if let Some(pairs) = &self.pairs {
            writeln!(f, "{pairs}")?;
        }
        writeln!(f, "label (rows) against prediction (columns)\n{}", confusion_table(&self.confusion))?;
        for (title, bins, chance) in
            [("bearing", &self.bearing, &self.bearing_chance), ("hedge", &self.hedge, &self.hedge_chance)]
        {
            let Some(chance) = chance else { continue };
            writeln!(f, "reliability of the {title}; error by chance, were it exact: {chance}")?;
            writeln!(f, "{}", reliability_table(bins))?;
        }
        if let Some(a) = &self.articles {
            writeln!(
                f,
                "articles: n {}  r {}  MAE {}  label within the interval {:.1}%  silent {}\n",
                a.n,
                a.r,
                a.mae,
                100.0 * a.covered,
                a.silent
            )?;
        }
        if !self.schemes.is_empty() {
            writeln!(f, "articles by other schemes\n{}", schemes_table(&self.schemes))?;
        }
        if !self.errors.is_empty() {
            writeln!(f, "largest errors: label, score, id, words")?;
        }
        for m in &self.errors {
            writeln!(f, "  {:+.2}  {:+.2}  {}  {}", m.label, m.score, m.id, m.text.replace('\n', " "))?;
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
        table(&rows)
    }
}

fn schemes_table(schemes: &[(String, ArticleFigures)]) -> String {
    let mut rows = vec![["", "r", "MAE"].map(String::from).to_vec()];
    rows.extend(schemes.iter().map(|(name, a)| vec![name.clone(), a.r.to_string(), a.mae.to_string()]));
    table(&rows)
}

fn differences_table(system: &System) -> String {
    let row = |d: &PairedDifference| {
        vec![d.measure.title().to_owned(), d.estimate.to_string(), format!("p {:.3}", d.p)]
    };
    table(&system.differences.iter().map(row).collect::<Vec<_>>())
}

fn parts_table(title: &str, parts: &[Group]) -> String {
    let mut rows = vec![vec![title.to_owned(), "n".to_owned()]];
    rows[0].extend(Measure::ALL.map(|measure| measure.title().to_owned()));
    for part in parts {
        let mut row = vec![part.name.clone(), part.statements.to_string()];
        for measure in Measure::ALL {
            row.push(match part.measures.get(&measure) {
                Some(e) if measure == Measure::R => e.to_string(),
                Some(e) => format!("{:.3}", e.value),
                None => "-".to_owned(),
            });
        }
        rows.push(row);
    }
    table(&rows)
}

fn confusion_table(confusion: &Confusion) -> String {
    let mut rows = vec![vec![String::new()]];
    rows[0].extend(Confusion::NAMES.map(String::from));
    for (name, counts) in Confusion::NAMES.iter().zip(&confusion.0) {
        let mut row = vec![(*name).to_owned()];
        row.extend(counts.map(|count| count.to_string()));
        rows.push(row);
    }
    table(&rows)
}

fn reliability_table(bins: &[ReliabilityBin]) -> String {
    let mut rows = vec![["from", "n", "predicted", "observed"].map(String::from).to_vec()];
    for bin in bins {
        let numbers = [bin.predicted, bin.observed].map(|v| format!("{v:.3}"));
        let mut row = vec![format!("{:.1}", bin.from), bin.n.to_string()];
        row.extend(numbers);
        rows.push(row);
    }
    table(&rows)
}

impl fmt::Display for PairOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "contrast sets: {:.1}% of {} ordered pairs right", 100.0 * self.right, self.pairs)?;
        let mut rows = Vec::new();
        for probe in &self.probes {
            let share = 100.0 * probe.right as f64 / probe.pairs.max(1) as f64;
            rows.push(vec![
                format!("  {}", probe.probe),
                format!("{share:.1}%"),
                format!("of {}", probe.pairs),
            ]);
        }
        write!(f, "{}", table(&rows))?;
        if self.same > 0 {
            let Self { within, same, widest, .. } = self;
            writeln!(
                f,
                "invariance: {within} of {same} pairs within 0.05 ({:.1}%), the farthest {widest:.3}",
                100.0 * self.invariance()
            )?;
        }
        Ok(())
    }
}
