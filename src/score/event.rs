//! [`ScoredEvent`]: an event of a statement with its class, roles, state and value.

use detente_lang::Span;
use serde::{Deserialize, Serialize};

use crate::event::class::{object_class, predicate_class};
use crate::event::finder::Events;
use crate::event::state::EventState;
use crate::event::unit_states::states;
use crate::four_decimals;
use crate::outlook::rounding::rounded;
use crate::token::tokens::Token;

/// Event found in a statement: who does what to what.
///
/// ```
/// use detente::{Engine, EventState};
/// let statement = Engine::builtin()?.score_statement("The union refused to walk out of the talks.");
/// let walkout = statement.events.iter().find(|event| event.lemma == "walk out of").unwrap();
/// assert_eq!((walkout.predicate.as_str(), walkout.object.as_deref()), ("WITHDRAW", Some("TALKS")));
/// assert_eq!(walkout.state, EventState::Negated);
/// # Ok::<(), detente::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ScoredEvent {
    /// Byte range of the predicate in the article's text.
    #[serde(flatten)]
    pub span: Span,
    /// Class of the predicate, such as `WITHDRAW`; `docs/events.md` lists them.
    pub predicate: String,
    /// Entry of the word list that was found, such as "walk out of".
    pub lemma: String,
    /// Class of the object, such as `TALKS`; `None` if it is not known.
    pub object: Option<String>,
    /// Words of the agent as given in the text; `None` if the statement names none.
    pub agent: Option<String>,
    /// Whether it happened, is planned, feared, denied, and so on.
    pub state: EventState,
    /// Composed value in its context, -1..+1: what it means for an agreement if the statement is right.
    #[serde(serialize_with = "four_decimals::serialize")]
    pub value: f64,
}

/// Returns the events of an analysed statement in text order.
pub(crate) fn scored_events(events: &Events, tokens: &[Token], text: &str) -> Vec<ScoredEvent> {
    let states = states(events);
    let mut found = Vec::new();
    for (at, (unit, state)) in events.units.iter().zip(states).enumerate() {
        let Some(class) = predicate_class(unit.classes[0]) else { continue };
        let span = |first: u16, last: u16| {
            let (first, last) = (tokens.get(usize::from(first))?, tokens.get(usize::from(last))?);
            Some(Span { start: first.span.start, end: last.span.end })
        };
        let Some(own) = span(unit.head_first, unit.head_last) else { continue };
        let agent = events.agent(at).and_then(|agent| span(agent.first, agent.last));
        found.push(ScoredEvent {
            span: own,
            predicate: class.name.to_owned(),
            lemma: unit.entry.to_owned(),
            object: object_class(events.object_of(unit)).map(|object| object.name.to_owned()),
            agent: agent.map(|span| span.slice(text).to_owned()),
            state,
            value: rounded(f64::from(events.value_in_context(at))),
        });
    }
    found
}
