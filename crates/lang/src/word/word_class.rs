//! Word classes that attribution asks for: verbs of saying, roles, outlets, outsiders.

use crate::word::class::{Class, WordClasses};
use crate::word::lexis::Lexis;
use crate::word::token::Word;

/// How surely a verb makes its subject a speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verb {
    /// Takes a clause or a quotation; may stand before its subject.
    Say,
    /// Tells a stance; its subject stands before it and must be able to speak.
    Stance,
}

/// What the lists can be asked of: a word of the scan, or any in lower case.
pub(crate) trait Classed {
    /// The lists that it is in.
    fn classes(&self) -> WordClasses;
}

impl Classed for WordClasses {
    fn classes(&self) -> Self {
        *self
    }
}

impl Classed for Word<'_> {
    fn classes(&self) -> WordClasses {
        self.classes
    }
}

impl Classed for Option<&Word<'_>> {
    fn classes(&self) -> WordClasses {
        self.map_or(WordClasses::default(), |word| word.classes)
    }
}

impl Classed for str {
    fn classes(&self) -> WordClasses {
        classes_of(self)
    }
}

impl<T: Classed + ?Sized> Classed for &T {
    fn classes(&self) -> WordClasses {
        (*self).classes()
    }
}

/// The question whether a word is in a class.
macro_rules! is_class {
    ($($name:ident is $class:ident, $what:literal;)+) => {
        $(
            #[doc = concat!("Whether the word is ", $what, ".")]
            pub(crate) fn $name(word: impl Classed) -> bool {
                word.classes().has(Class::$class)
            }
        )+
    };
}

is_class! {
    is_say is Say, "a verb of saying";
    is_stance is Stance, "a verb of stance";
    is_plain is SayAnySubject, "a verb of saying whose subject may be any noun";
    is_stance_adjective is StanceAdjective, "an adjective for the stance of a source";
    is_subordinate is Subordinator, "a subordinator that starts a parenthetical clause";
    is_noun_too is NounOrVerb, "a form of a verb of saying that is a noun as well";
    is_interest is InterestGroup, "a body that speaks for an interest";
    is_tensed is Tensed, "a verb that carries the tense";
    is_record is Document, "a document that states facts";
    is_claused is SayClause, "a verb of saying that counts only with a clause";
    is_saying is SayParticiple, "a participle of saying";
    is_auxiliary is BeforeVerb, "a word that may stand between a subject and its verb";
    is_be is Be, "a form of \"be\"";
    is_role is Role, "a role of a person";
    is_body is Body, "a body that can speak";
    is_outsider is Outsider, "a role or body that takes no side";
    is_unnamed is UnnamedSource, "a role under which sources are quoted without a name";
    is_outlet is Outlet, "a word of the name of a news outlet";
    is_title is Title, "a title before a name";
    is_link is NounPhraseEnd, "a word that ends the head of a noun phrase";
    is_break is ClauseStart, "a word that starts a clause";
    is_det is Determiner, "a determiner or number that starts a noun phrase";
    is_name_link is NameLink, "a word that may stand within a name";
    is_opener is BeforeSubject, "a word that may open a sentence before its subject";
    is_day is DayName, "the name of a day, month or holiday";
    is_opening is CueStart, "the first word of a cue of several words";
    is_pointed is TitleAbbreviation, "an abbreviated title";
}

/// Whether an attribution may begin with the word as its cue.
pub(crate) fn may_cue(word: impl Classed) -> bool {
    const CUES: WordClasses = WordClasses::of(&[
        Class::Say,
        Class::Stance,
        Class::SayParticiple,
        Class::CueStart,
        Class::SourceLead,
    ]);
    word.classes().has_any(CUES)
}

/// Whether `word` names something that can speak.
pub(crate) fn can_head(word: impl Classed) -> bool {
    word.classes().has(Class::SpeakerNoun)
}

/// Whether `word` is a third-person pronoun that can speak.
pub(crate) fn is_pronoun(word: &str) -> bool {
    matches!(word, "he" | "she" | "they" | "it")
}

/// The class of the verb `word`, if it is one of saying or stance.
pub(crate) fn verb(word: impl Classed) -> Option<Verb> {
    if is_say(&word) {
        Some(Verb::Say)
    } else if is_stance(&word) {
        Some(Verb::Stance)
    } else {
        None
    }
}

/// The classes of `word`, which is in lower case; of "vice-captain", "captain" decides whether it can speak.
pub(crate) fn classes_of(word: &str) -> WordClasses {
    let lookup = |word: &str| Lexis::global().lookup(word).classes;
    match word.bytes().rposition(|byte| byte == b'-').and_then(|at| word.get(at + 1..)) {
        Some(last) => lookup(word).with(WordClasses::of(&[Class::SpeakerNoun]), lookup(last)),
        None => lookup(word),
    }
}
