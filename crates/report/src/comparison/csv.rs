//! A comparison as a table: rows of stable columns, told apart by their kind.

use std::io;
use std::io::Write;

use detente::internals::rounded;
use detente_timeline::Comparison;

/// The columns; new ones are added behind.
const COLUMNS: [&str; 12] =
    ["kind", "name", "by", "stories", "first", "second", "difference", "low", "high", "p", "mix", "within"];

/// One row of kind `whole` (means, difference, interval), then rows of kind `voice` (its means
/// and its parts of the difference), `statement` and `phrase` (what they add to it).
pub(crate) fn csv(found: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    let mut table = ::csv::Writer::from_writer(out);
    table.write_record(COLUMNS)?;
    let number = |value: f64| rounded(value).to_string();
    let maybe = |value: Option<f64>| value.map(number).unwrap_or_default();
    let [a, b] = &found.sets;
    let d = &found.difference;
    let none = String::new;
    let mut row = |fields: [String; 12]| table.write_record(fields);
    row([
        "whole".to_owned(),
        format!("{} | {}", a.name, b.name),
        found.verdict.to_owned(),
        (a.stories + b.stories).to_string(),
        number(a.score),
        number(b.score),
        number(d.difference),
        number(d.low),
        number(d.high),
        number(d.p_value),
        none(),
        none(),
    ])?;
    for split in &found.decompositions {
        for voice in &split.groups {
            row([
                "voice".to_owned(),
                voice.name.clone(),
                split.group_by.to_owned(),
                none(),
                maybe(voice.first_mean),
                maybe(voice.second_mean),
                number(voice.composition + voice.within),
                none(),
                none(),
                none(),
                number(voice.composition),
                number(voice.within),
            ])?;
        }
    }
    for s in &found.statements {
        let mut fields = [const { String::new() }; 12];
        "statement".clone_into(&mut fields[0]);
        fields[1].clone_from(&s.text);
        fields[2].clone_from(&s.speaker);
        fields[6] = number(s.contribution);
        row(fields)?;
    }
    for p in &found.phrases {
        let mut fields = [const { String::new() }; 12];
        "phrase".clone_into(&mut fields[0]);
        fields[1].clone_from(&p.phrase);
        fields[6] = number(p.contribution);
        row(fields)?;
    }
    table.flush()
}
