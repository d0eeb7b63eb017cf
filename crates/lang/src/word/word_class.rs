//! Questions about the word classes of a token or word, one function per class that attribution uses.

use crate::word::class::{Class, WordClasses};
use crate::word::lexis::Lexis;
use crate::word::token::Token;

/// How strongly a verb marks its subject as a speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SpeechVerb {
    /// Takes a clause or a quotation; may stand before its subject ("said", "announces").
    Say,
    /// Expresses a stance; its subject stands before it and must be able to speak ("accused", "hopes").
    Stance,
}

/// A value with word classes: a token, an optional token, or a word in lower case.
pub(crate) trait Classed {
    /// The word classes of the value.
    fn classes(&self) -> WordClasses;
}

impl Classed for WordClasses {
    fn classes(&self) -> Self {
        *self
    }
}

impl Classed for Token<'_> {
    fn classes(&self) -> WordClasses {
        self.classes
    }
}

impl Classed for Option<&Token<'_>> {
    fn classes(&self) -> WordClasses {
        self.map_or(WordClasses::default(), |token| token.classes)
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

/// Defines a function per class that returns whether a word is in it.
macro_rules! define_class_tests {
    ($($name:ident: $class:ident;)+) => {
        $(
            #[doc = concat!("Whether the word is in [`Class::", stringify!($class), "`].")]
            pub(crate) fn $name(word: impl Classed) -> bool {
                word.classes().has(Class::$class)
            }
        )+
    };
}

define_class_tests! {
    is_say: Say;
    is_stance: Stance;
    is_say_any_subject: SayAnySubject;
    is_say_clause: SayClause;
    is_say_participle: SayParticiple;
    is_stance_adjective: StanceAdjective;
    is_noun_or_verb: NounOrVerb;
    is_cue_start: CueStart;
    is_before_adjective: BeforeAdjective;
    is_role: Role;
    is_body: Body;
    is_outsider: Outsider;
    is_unnamed_source: UnnamedSource;
    is_outlet: Outlet;
    is_title: Title;
    is_title_abbreviation: TitleAbbreviation;
    is_masculine: Masculine;
    is_feminine: Feminine;
    is_interest_group: InterestGroup;
    is_document: Document;
    is_speaker_noun: SpeakerNoun;
    is_before_verb: BeforeVerb;
    is_be: Be;
    is_noun_phrase_end: NounPhraseEnd;
    is_topic_start: TopicStart;
    is_clause_start: ClauseStart;
    is_determiner: Determiner;
    is_before_determiner: BeforeDeterminer;
    is_name_link: NameLink;
    is_before_subject: BeforeSubject;
    is_subordinator: Subordinator;
    is_tensed: Tensed;
    is_day_name: DayName;
    is_firm_word: FirmWord;
    is_portfolio: Portfolio;
    is_negotiation_noun: NegotiationNoun;
    is_deal_verb: DealVerb;
    is_delegation: Delegation;
}

/// Whether the word can be the first of an attribution's cue.
pub(crate) fn may_start_cue(word: impl Classed) -> bool {
    const CUE_CLASSES: WordClasses = WordClasses::of(&[
        Class::Say,
        Class::Stance,
        Class::SayParticiple,
        Class::CueStart,
        Class::SourceLead,
    ]);
    word.classes().has_any(CUE_CLASSES)
}

/// Whether `word` is a third-person subject pronoun.
pub(crate) fn is_pronoun(word: &str) -> bool {
    matches!(word, "he" | "she" | "they" | "it")
}

/// The kind of speech verb that the word is, if any.
pub(crate) fn speech_verb(word: impl Classed) -> Option<SpeechVerb> {
    if is_say(&word) {
        Some(SpeechVerb::Say)
    } else if is_stance(&word) {
        Some(SpeechVerb::Stance)
    } else {
        None
    }
}

/// The classes of `word`, which is in lower case. A hyphenated word can speak if its last part can
/// ("vice-captain").
pub(crate) fn classes_of(word: &str) -> WordClasses {
    let lookup = |word: &str| Lexis::global().lookup(word).classes;
    match word.bytes().rposition(|byte| byte == b'-').and_then(|at| word.get(at + 1..)) {
        Some(last) => lookup(word).with(WordClasses::of(&[Class::SpeakerNoun]), lookup(last)),
        None => lookup(word),
    }
}
