//! The parts of a statement that all reports on articles show: cues within the text, speaker and date.

use detente::{CueKind, ScoredCue, ScoredStatement, Span};

/// The text of a statement cut at its highlighted cues; pieces between cues have no cue.
pub(crate) fn segments(statement: &ScoredStatement) -> Vec<(&str, Option<&ScoredCue>)> {
    let offset = statement.span.start;
    let piece = |from: u32, to: u32| {
        Span { start: from.saturating_sub(offset), end: to.saturating_sub(offset) }.slice(&statement.text)
    };
    let mut segments = Vec::new();
    let mut at = offset;
    for cue in statement.cues.iter().filter(|cue| is_highlighted(cue.kind)) {
        // a cue within another one, such as "agreement" in "no agreement"
        if cue.span.start < at {
            continue;
        }
        segments.push((piece(at, cue.span.start), None));
        segments.push((piece(cue.span.start, cue.span.end), Some(cue)));
        at = cue.span.end;
    }
    segments.push((piece(at, statement.span.end), None));
    segments
}

/// Whether a cue carries or changes a judgement. Verbs of saying, times and mere topics ("talks") do not.
fn is_highlighted(kind: CueKind) -> bool {
    !matches!(
        kind,
        CueKind::Speech | CueKind::TimePast | CueKind::TimeNow | CueKind::TimeFuture | CueKind::GoodThing
    )
}

/// The most probable class with its probability; `None` if the model has no classes.
pub(crate) fn most_probable(statement: &ScoredStatement) -> Option<(&str, f64)> {
    let label = statement.label.as_deref()?;
    Some((label, statement.probabilities.as_ref()?.get(label)?.get()))
}

/// Speaker, date and why the statement does not count, as far as they apply. `not_counted` is appended to the reasons.
pub(crate) fn notes(statement: &ScoredStatement, not_counted: &str) -> String {
    let mut notes = Vec::new();
    if let Some(speaker) = &statement.speaker {
        notes.push(match &speaker.side {
            Some(side) if side != &speaker.name => format!("{} ({side})", speaker.name),
            _ => speaker.name.clone(),
        });
    }
    if let Some(when) = &statement.when {
        notes.push(if when.from == when.to {
            when.from.to_string()
        } else {
            format!("{} – {}", when.from, when.to)
        });
    }
    if statement.clutter {
        notes.push(format!("not part of the article{not_counted}"));
    }
    if statement.background {
        notes.push(format!("background{not_counted}"));
    }
    if statement.repeats.is_some() {
        notes.push(format!("said before{not_counted}"));
    }
    notes.join(", ")
}

#[cfg(test)]
pub(crate) mod tests {
    use serde_json::json;

    use super::*;

    /// A statement at offset 100 with these cues (start and end within the text, kind).
    pub(crate) fn statement(text: &str, cues: &[(usize, usize, &str)]) -> ScoredStatement {
        let cue = |(start, end, kind): &(usize, usize, &str)| json!({"start": start + 100, "end": end + 100, "text": text.get(*start..*end), "kind": kind});
        serde_json::from_value(json!({
            "index": 0, "start": 100, "end": 100 + text.len(), "text": text,
            "bearing": 1.0, "score": 0.4, "hedge": 0.05, "cues": cues.iter().map(cue).collect::<Vec<_>>(),
            "speaker": null, "when": null, "background": false, "weight": 0.5, "contribution": 0.2,
        }))
        .expect("a statement")
    }

    #[test]
    fn text_is_cut_at_highlighted_cues_without_overlap() {
        let statement = statement(
            "He said no agreement was near",
            &[(3, 7, "speech"), (8, 20, "outlook"), (11, 20, "outlook"), (25, 29, "outlook")],
        );
        let found: Vec<(&str, bool)> =
            segments(&statement).into_iter().map(|(text, cue)| (text, cue.is_some())).collect();
        assert_eq!(
            found,
            [("He said ", false), ("no agreement", true), (" was ", false), ("near", true), ("", false)]
        );
    }

    #[test]
    fn notes_name_speaker_side_date_and_what_is_not_counted() {
        let mut statement = statement("They met.", &[]);
        assert_eq!(notes(&statement, ""), "");
        statement.speaker =
            serde_json::from_value(json!({"name": "Liu He", "side": "China"})).expect("a speaker");
        statement.when =
            serde_json::from_value(json!({"from": "2019-12-11", "to": "2019-12-12"})).expect("dates");
        statement.background = true;
        assert_eq!(
            notes(&statement, ", not counted"),
            "Liu He (China), 2019-12-11 – 2019-12-12, background, not counted"
        );
    }
}
