//! [`Cue`]: a word or phrase of the lexicon found in a statement.

use serde::{Deserialize, Serialize};

/// What a cue does to the statement that it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum CueKind {
    /// Bears on the prospects by itself ("breakthrough", "stalemate").
    Outlook,
    /// A thing whose presence helps ("truce", "talks").
    GoodThing,
    /// A thing whose presence hurts ("tariff", "strike").
    BadThing,
    /// Brings, keeps, raises or extends its object ("reach", "impose").
    Up,
    /// Removes, ends, cuts or weakens its object ("lift", "suspend").
    Down,
    /// Postponement and slippage ("slide into next year").
    Delay,
    /// Turns what it reaches ("not", "refuse").
    Negator,
    /// Weakens commitment ("may", "cautiously").
    Hedge,
    /// Strengthens commitment ("firmly").
    Booster,
    /// Sets two claims against each other ("but", "despite").
    Contrast,
    /// Reports speech ("say", "warn").
    Speech,
    /// A frame in the past ("last month").
    TimePast,
    /// A frame in the present ("on Wednesday").
    TimeNow,
    /// A frame in the future ("by year-end").
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

    /// The kind as the lexicon files write it.
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

    /// The kind of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// A word or phrase of the lexicon found among the tokens of a statement.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cue {
    /// What it does.
    pub kind: CueKind,
    /// Its value in the lexicon, on the kind's own scale.
    pub value: f32,
    /// Number of the lexicon's entry.
    pub entry: u32,
    /// Its first token.
    pub first: usize,
    /// Its last token.
    pub last: usize,
}
