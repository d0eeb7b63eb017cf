//! [`CueKind`] and [`Cue`]: words and phrases of the lexicon found in a statement.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// Kind of a lexicon cue: its effect on the statement.
///
/// ```
/// use detente::CueKind;
/// assert_eq!("good_thing".parse::<CueKind>()?, CueKind::GoodThing);
/// assert_eq!(CueKind::Hedge.as_str(), "hedge");
/// # Ok::<(), detente::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum CueKind {
    /// Outlook by itself ("breakthrough", "stalemate").
    Outlook,
    /// Thing whose presence is favourable ("truce", "talks").
    GoodThing,
    /// Thing whose presence is unfavourable ("tariff", "strike").
    BadThing,
    /// Verb that creates, keeps, raises or extends its object ("reach", "impose").
    Up,
    /// Verb that removes, ends, cuts or weakens its object ("lift", "suspend").
    Down,
    /// Postponement ("slide into next year").
    Delay,
    /// Negation ("not", "refuse").
    Negator,
    /// Weaker commitment ("may", "cautiously").
    Hedge,
    /// Stronger commitment ("firmly").
    Booster,
    /// Contrast of two claims ("but", "despite").
    Contrast,
    /// Reported speech ("say", "warn").
    Speech,
    /// Past time ("last month").
    TimePast,
    /// Present time ("on Wednesday").
    TimeNow,
    /// Future time ("by year-end").
    TimeFuture,
}

impl CueKind {
    /// All kinds, in order.
    pub const ALL: [Self; 14] = [
        Self::Outlook,
        Self::GoodThing,
        Self::BadThing,
        Self::Up,
        Self::Down,
        Self::Delay,
        Self::Negator,
        Self::Hedge,
        Self::Booster,
        Self::Contrast,
        Self::Speech,
        Self::TimePast,
        Self::TimeNow,
        Self::TimeFuture,
    ];

    /// Returns the kind as lexicon files write it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Outlook => "outlook",
            Self::GoodThing => "good_thing",
            Self::BadThing => "bad_thing",
            Self::Up => "up",
            Self::Down => "down",
            Self::Delay => "delay",
            Self::Negator => "negator",
            Self::Hedge => "hedge",
            Self::Booster => "booster",
            Self::Contrast => "contrast",
            Self::Speech => "speech",
            Self::TimePast => "time_past",
            Self::TimeNow => "time_now",
            Self::TimeFuture => "time_future",
        }
    }
}

impl FromStr for CueKind {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        let known = Self::ALL.into_iter().find(|kind| kind.as_str() == name);
        known.ok_or_else(|| Error::data(format!("unknown kind {name:?}")).with_field("kind"))
    }
}

/// Lexicon entry found among the tokens of a statement.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cue {
    /// Kind of cue.
    pub(crate) kind: CueKind,
    /// Value in the lexicon, on the kind's own scale.
    pub(crate) value: f32,
    /// Index of the lexicon entry.
    pub(crate) entry: u32,
    /// Index of the first token.
    pub(crate) first: usize,
    /// Index of the last token.
    pub(crate) last: usize,
}
