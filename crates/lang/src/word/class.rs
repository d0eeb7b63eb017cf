//! [`Class`]: the word classes that the analyses use; [`WordClasses`]: the classes of one word.

/// A word class. `data/lists` lists its words and names it in kebab case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    // verbs and nouns of attribution
    /// Verb of saying ("said", "announces"); takes a clause or a quotation and may stand before its subject.
    Say,
    /// Verb of stance ("accused", "hopes"); its subject stands before it and must be able to speak.
    Stance,
    /// Verb of saying whose subject may be any noun ("said", "warned").
    SayAnySubject,
    /// Verb of saying that is a cue only with a clause: "announced that", not "announced a plan".
    SayClause,
    /// Participle of saying ("saying", "adding").
    SayParticiple,
    /// Adjective for the stance of a source ("optimistic").
    StanceAdjective,
    /// Form of a verb of saying that can also be a noun ("report", "fears").
    NounOrVerb,
    /// First word of a cue of several words ("rule out", "make it clear").
    CueStart,
    /// Word that may stand between "be" and an adjective ("was far less hopeful").
    BeforeAdjective,
    /// First word of "according to" and "in the words of".
    SourceLead,
    /// Verb of speech that follows a quotation and its speaker.
    QuoteVerb,
    // people and bodies
    /// Role of a person ("minister").
    Role,
    /// Body that can speak ("ministry").
    Body,
    /// Role or body that takes no side ("economist").
    Outsider,
    /// Role under which sources are quoted without a name ("official").
    UnnamedSource,
    /// Word of the name of a news outlet ("Reuters").
    Outlet,
    /// Title before a name ("President").
    Title,
    /// Abbreviated title whose full stop belongs to it ("Gen.").
    TitleAbbreviation,
    /// Title or role of a man ("Mr", "spokesman").
    Masculine,
    /// Title or role of a woman ("Ms", "spokeswoman").
    Feminine,
    /// Body that speaks for an interest, not for the country in its name ("union").
    InterestGroup,
    /// Document that states facts ("filing"); who only cites one is not a speaker.
    Document,
    /// Head of a noun phrase that can speak: a role, body, unnamed source or outlet, singular or plural.
    SpeakerNoun,
    // function words
    /// Word that may stand between a subject and its verb ("also", "has").
    BeforeVerb,
    /// Form of "be"; a verb after it is passive.
    Be,
    /// Word that ends the head of a noun phrase ("of", "who").
    NounPhraseEnd,
    /// Word in the description of a source after which a party is the topic, not the affiliation ("familiar with").
    TopicStart,
    /// Word that starts a clause ("that", "because").
    ClauseStart,
    /// Determiner or number that starts a noun phrase.
    Determiner,
    /// Word after which a determiner continues the noun phrase ("all the", "one of the").
    BeforeDeterminer,
    /// Word that may stand within a name ("van", "of").
    NameLink,
    /// Word that may open a sentence before its subject ("On", "Later").
    BeforeSubject,
    /// Subordinator that starts a parenthetical clause ("which", "when").
    Subordinator,
    /// Verb that carries the tense; no noun phrase contains it ("would").
    Tensed,
    /// Capitalised word that more often opens a sentence than continues a name ("The").
    SentenceOpener,
    // abbreviations and clock times
    /// Abbreviated month or weekday ("Sept").
    MonthOrWeekday,
    /// Abbreviated state of the United States ("Calif").
    State,
    /// Abbreviation before a name ("Mr", "vs").
    BeforeName,
    /// Word that may follow a verb of speech and its speaker without a clause ("asked on Monday").
    AfterQuoteVerb,
    /// Word that no headline ends with ("of"): the next line continues it.
    NotHeadlineEnd,
    /// Time zone after a clock time ("GMT").
    TimeZone,
    /// Word after a clock time that starts no sentence ("Eastern").
    ClockSuffix,
    // tense
    /// Verb or adverb that marks the future ("will", "scheduled").
    Future,
    /// "had".
    PastPerfect,
    /// Irregular past form ("broke").
    Past,
    /// Irregular participle that is not also a past form ("broken").
    Participle,
    /// Word in "-ed" that is not a past form ("need").
    NotPast,
    /// Word after which "to" and a verb mark the future ("agreed", "plans").
    Plans,
    /// Verb that arranges a future event ("invited").
    Arranges,
    /// Modal verb ("may").
    Modal,
    /// Word after "to" that is no infinitive ("to the").
    NotInfinitive,
    // dates
    /// Name of a day, month or holiday.
    DayName,
    /// Word without which, or a digit, no sentence has a date ("week", "March", "had").
    DateCue,
    /// Abbreviation whose full stop does not separate it from a date ("Jan.").
    DateAbbreviation,
    /// Word that can start a time expression.
    TimeExpressionStart,
    /// Word that can start the name of a holiday.
    HolidayStart,
    /// Superlative of measure: with "since" it marks a record ("the lowest since 2009").
    Superlative,
    /// Word that may follow a date without forming a noun phrase with it.
    AfterDate,
    /// Word before a date that dates an event.
    DateLead,
    /// Word before "March", "May" or "August" that makes it a month ("in March").
    BeforeMonth,
    /// Word before a number of four digits that makes it a year ("since 2016").
    BeforeYear,
    /// Word before "spring" or "fall" that makes it a season ("by spring").
    BeforeSeason,
    /// Word before "in two weeks" that makes the weeks elapsed ones ("the first time in two weeks").
    ElapsedTimeCue,
    /// Noun that a number before it counts, so that the number is no year ("2000 tonnes").
    CountedNoun,
    /// Verb of saying: a day right after it dates the statement.
    DatesSpeech,
    /// Verb for the start of a dispute ("launched").
    DisputeStart,
    /// Noun for a dispute ("war").
    Dispute,
    /// Adverb between "had" and its participle ("had already left").
    BeforeParticiple,
    // parties
    /// Workers and their bodies as a party ("union", "pilots").
    LabourParty,
    /// Employers as a party ("company", "management").
    EmployerParty,
    /// The state as a party ("government", "army").
    StateParty,
    /// Armed opponents of a state ("rebels").
    RebelParty,
    /// Creditors ("lenders").
    CreditorParty,
    /// Debtors ("borrower").
    DebtorParty,
    /// Who bids for a company ("suitor").
    BidderParty,
    /// The company that is bid for ("target").
    TargetParty,
    /// Producers and exporters.
    ProducerParty,
    /// Consumers and importers.
    ConsumerParty,
    /// The opposition in a legislature.
    OppositionParty,
    /// The upper chamber of a legislature ("senate").
    SenateParty,
    /// The lower chamber of a legislature ("house").
    HouseParty,
    /// Farmers as a party.
    FarmerParty,
    /// Donors as a party.
    DonorParty,
    /// Tenants as a party.
    TenantParty,
    /// Body that can be any kind of party ("committee", "alliance").
    BlocParty,
    /// Last word of the name of a firm ("Airways").
    FirmWord,
    /// Word of an office before its role ("foreign", "prime").
    Portfolio,
    /// Noun or verb for what parties do with each other ("talks").
    NegotiationNoun,
    /// Verb for what a party to a negotiation does ("signed").
    DealVerb,
    /// Body that speaks for whom its modifier names ("the Arlandian side").
    Delegation,
    /// Text or deal that parties agree on; it does not speak for anybody ("treaty").
    Agreement,
    // lines that do not belong to the article
    /// First word of a line that may be clutter ("Subscribe").
    ClutterStart,
    /// Word that only clutter or news about the press has ("cookies").
    ClutterWord,
    /// Word of the label of a link ("Read more").
    ClutterLabel,
    /// First word of the label of a link.
    ClutterLink,
    /// Word of a line that offers to share the article.
    ClutterShare,
    /// Social network.
    ClutterNetwork,
    /// Word of an offer to readers ("newsletter").
    ClutterOffer,
    /// Word before the caption of a picture ("Photo:").
    ClutterCaption,
    /// Imperative of an offer to readers ("Subscribe").
    ClutterImperative,
    /// Word of a notice about cookies.
    ClutterConsent,
}

/// The classes of one word, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct WordClasses(u128);

impl WordClasses {
    /// The set of the given classes.
    pub(crate) const fn of(classes: &[Class]) -> Self {
        let (mut bits, mut at) = (0_u128, 0);
        while at < classes.len() {
            bits |= 1 << classes[at] as u32;
            at += 1;
        }
        Self(bits)
    }

    /// Whether the word is in `class`.
    #[inline]
    pub(crate) const fn has(self, class: Class) -> bool {
        self.0 >> class as u32 & 1 == 1
    }

    /// Whether the word is in any of `classes`.
    #[inline]
    pub(crate) const fn has_any(self, classes: Self) -> bool {
        self.0 & classes.0 != 0
    }

    /// These classes, with membership in each of `classes` taken from `other`.
    pub(crate) const fn with(self, classes: Self, other: Self) -> Self {
        Self(self.0 & !classes.0 | other.0 & classes.0)
    }
}
