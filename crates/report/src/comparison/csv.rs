//! CSV report on a comparison. The column `kind` has the kind of each row.

use std::io;
use std::io::Write;

use detente::internals::rounded;
use detente_timeline::Comparison;

/// New columns are appended, existing ones stay.
const COLUMNS: [&str; 12] =
    ["kind", "name", "by", "stories", "first", "second", "difference", "low", "high", "p", "mix", "within"];

/// One row of kind `whole` (means, difference, interval), then rows of kind `voice` (means and effects of a group),
/// `statement` and `phrase` (their contributions).
pub(crate) fn write_csv(comparison: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    let mut table = ::csv::Writer::from_writer(out);
    table.write_record(COLUMNS)?;
    let number = |value: f64| rounded(value).to_string();
    let optional = |value: Option<f64>| value.map(number).unwrap_or_default();
    let [a, b] = &comparison.sets;
    let d = &comparison.difference;
    table.write_record([
        "whole",
        &format!("{} | {}", a.name, b.name),
        comparison.verdict,
        &(a.stories + b.stories).to_string(),
        &number(a.score),
        &number(b.score),
        &number(d.difference),
        &number(d.low),
        &number(d.high),
        &number(d.p_value),
        "",
        "",
    ])?;
    for decomposition in &comparison.decompositions {
        for group in &decomposition.groups {
            table.write_record([
                "voice",
                &group.name,
                decomposition.group_by,
                "",
                &optional(group.first_mean),
                &optional(group.second_mean),
                &number(group.composition + group.within),
                "",
                "",
                "",
                &number(group.composition),
                &number(group.within),
            ])?;
        }
    }
    let mut contribution = |kind: &str, name: &str, by: &str, value: f64| {
        table.write_record([kind, name, by, "", "", "", &number(value), "", "", "", "", ""])
    };
    for s in &comparison.statements {
        contribution("statement", &s.text, &s.speaker, s.contribution)?;
    }
    for p in &comparison.phrases {
        contribution("phrase", &p.phrase, "", p.contribution)?;
    }
    table.flush()
}
