//! [`event_phrases`]: the events of a statement in words.

use detente::{EventState, ScoredEvent, ScoredStatement};

use crate::number::score;

/// Least absolute value of an event that is shown.
const MIN_VALUE: f64 = 0.1;
/// Predicate of what only passes on the words of others.
const SPEECH: &str = "SAY";

/// Returns the events of a statement that say something about an agreement, as
/// "The union: walk out of (talks), negated, +0.80".
pub(crate) fn event_phrases(statement: &ScoredStatement) -> Vec<String> {
    let events = statement.events.iter();
    events.filter(|event| event.value.abs() >= MIN_VALUE && event.predicate != SPEECH).map(phrase).collect()
}

fn phrase(event: &ScoredEvent) -> String {
    let agent = event.agent.as_ref().map(|agent| format!("{agent}: ")).unwrap_or_default();
    // a set phrase may have its object already: "reach agreement"
    let object = event.object.as_deref().map(str::to_lowercase);
    let object = object.filter(|object| !event.lemma.contains(object.as_str()));
    let object = object.map(|object| format!(" ({object})")).unwrap_or_default();
    let state = match event.state {
        EventState::Asserted => String::new(),
        state => format!(", {}", state.as_str()),
    };
    format!("{agent}{}{object}{state}, {}", event.lemma, score(event.value))
}

#[cfg(test)]
mod tests {
    use detente::Engine;

    use super::*;

    #[test]
    fn events_are_told_in_words() {
        let engine = Engine::builtin().expect("the model");
        let phrases = |text: &str| event_phrases(&engine.score_statement(text));
        let found = phrases("The union refused to walk out of the talks.");
        assert_eq!(found[1], "The union: walk out of (talks), negated, +0.80");
        assert!(found[0].starts_with("The union: refuse"), "{found:?}");
        assert!(phrases("Bread is cheap here.").is_empty());
        assert_eq!(phrases("The envoy said they signed the pact.").len(), 1, "not what was said of it");
    }
}
