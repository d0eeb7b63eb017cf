//! [`EventState`]: whether an event happened, is planned, feared, denied, and so on.

use serde::{Deserialize, Serialize};

/// State of an event, from its verb group and the predicates above it.
///
/// ```
/// use detente::EventState;
/// assert_eq!(serde_json::to_string(&EventState::Counterfactual)?, r#""counterfactual""#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum EventState {
    /// Happened or holds: "they signed".
    Asserted,
    /// Did not happen: "they did not sign", "they refused to sign".
    Negated,
    /// Is intended or announced: "they will sign", "they plan to sign".
    Planned,
    /// Is or was tried: "they tried to sign".
    Attempted,
    /// Is a condition of one side: "they demand a signature".
    Demanded,
    /// Is asked for: "they were urged to sign".
    Urged,
    /// Is feared or threatened: "they warned of a walkout".
    Feared,
    /// Is hoped for or expected: "they hope to sign".
    Hoped,
    /// May happen: "they could sign".
    Possible,
    /// Depends on a condition: "if they sign".
    Conditional,
    /// Would have happened: "they would have signed".
    Counterfactual,
    /// Is said to be untrue: "they denied that they had signed".
    Denied,
}

impl EventState {
    /// All states.
    pub const ALL: [Self; 12] = [
        Self::Asserted,
        Self::Negated,
        Self::Planned,
        Self::Attempted,
        Self::Demanded,
        Self::Urged,
        Self::Feared,
        Self::Hoped,
        Self::Possible,
        Self::Conditional,
        Self::Counterfactual,
        Self::Denied,
    ];

    /// Returns the name, as JSON writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Asserted => "asserted",
            Self::Negated => "negated",
            Self::Planned => "planned",
            Self::Attempted => "attempted",
            Self::Demanded => "demanded",
            Self::Urged => "urged",
            Self::Feared => "feared",
            Self::Hoped => "hoped",
            Self::Possible => "possible",
            Self::Conditional => "conditional",
            Self::Counterfactual => "counterfactual",
            Self::Denied => "denied",
        }
    }

    /// Returns the state of that name.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }
}
