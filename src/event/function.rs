//! [`Function`]: grammatical functions of closed-class words.

/// Grammatical function of a word; named as in `data/events/function_words.tsv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Function {
    Be,
    Become,
    Have,
    Do,
    Will,
    May,
    Can,
    Would,
    Should,
    To,
    Not,
    Never,
    Hardly,
    No,
    None,
    Few,
    Determiner,
    Possessive,
    Pronoun,
    Relative,
    That,
    Whether,
    If,
    Unless,
    Although,
    But,
    And,
    Or,
    Because,
    After,
    Before,
    When,
    While,
    Until,
    Without,
    Question,
    Of,
    By,
    From,
    For,
    With,
    On,
    In,
    Against,
    Preposition,
    Adverb,
    Time,
    Adjective,
    /// "'s", which is never a verb before a noun phrase.
    Genitive,
    All,
    One,
    Only,
    More,
    Longer,
    /// "close to a deal": what follows "to" is a noun.
    Near,
}

impl Function {
    /// All functions with their names in the word list.
    const NAMES: [(&'static str, Self); 55] = [
        ("be", Self::Be),
        ("become", Self::Become),
        ("have", Self::Have),
        ("do", Self::Do),
        ("will", Self::Will),
        ("may", Self::May),
        ("can", Self::Can),
        ("would", Self::Would),
        ("should", Self::Should),
        ("to", Self::To),
        ("not", Self::Not),
        ("never", Self::Never),
        ("hardly", Self::Hardly),
        ("no", Self::No),
        ("none", Self::None),
        ("few", Self::Few),
        ("determiner", Self::Determiner),
        ("possessive", Self::Possessive),
        ("pronoun", Self::Pronoun),
        ("relative", Self::Relative),
        ("that", Self::That),
        ("whether", Self::Whether),
        ("if", Self::If),
        ("unless", Self::Unless),
        ("although", Self::Although),
        ("but", Self::But),
        ("and", Self::And),
        ("or", Self::Or),
        ("because", Self::Because),
        ("after", Self::After),
        ("before", Self::Before),
        ("when", Self::When),
        ("while", Self::While),
        ("until", Self::Until),
        ("without", Self::Without),
        ("question", Self::Question),
        ("of", Self::Of),
        ("by", Self::By),
        ("from", Self::From),
        ("for", Self::For),
        ("with", Self::With),
        ("on", Self::On),
        ("in", Self::In),
        ("against", Self::Against),
        ("preposition", Self::Preposition),
        ("adverb", Self::Adverb),
        ("time", Self::Time),
        ("adjective", Self::Adjective),
        ("genitive", Self::Genitive),
        ("all", Self::All),
        ("one", Self::One),
        ("only", Self::Only),
        ("more", Self::More),
        ("longer", Self::Longer),
        ("near", Self::Near),
    ];

    /// Returns the function of that name.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::NAMES.into_iter().find(|(known, _)| *known == name).map(|(_, function)| function)
    }
}

/// Set of functions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Functions(u64);

impl Functions {
    /// Modal verbs.
    pub(crate) const MODAL: Self =
        Self::of(&[Function::Will, Function::May, Function::Can, Function::Would, Function::Should]);
    /// Auxiliary verbs other than modals, and "seem", "remain".
    pub(crate) const AUXILIARY: Self =
        Self::of(&[Function::Be, Function::Become, Function::Have, Function::Do]);
    /// Words that negate a verb.
    pub(crate) const NEGATION: Self = Self::of(&[Function::Not, Function::Never, Function::Hardly]);
    /// Words that a noun phrase starts with.
    pub(crate) const DETERMINER: Self =
        Self::of(&[Function::Determiner, Function::Possessive, Function::No, Function::Few]);
    /// Prepositions.
    pub(crate) const PREPOSITION: Self = Self::of(&[
        Function::Of,
        Function::By,
        Function::From,
        Function::For,
        Function::With,
        Function::On,
        Function::In,
        Function::Against,
        Function::Preposition,
    ]);
    /// Conjunctions that start a subordinate clause.
    pub(crate) const SUBORDINATOR: Self = Self::of(&[
        Function::If,
        Function::Unless,
        Function::Although,
        Function::Because,
        Function::After,
        Function::Before,
        Function::When,
        Function::While,
        Function::Until,
        Function::Without,
    ]);
    /// Conjunctions that join equals.
    pub(crate) const COORDINATOR: Self = Self::of(&[Function::And, Function::Or, Function::But]);

    /// Returns the set of `functions`.
    const fn of(functions: &[Function]) -> Self {
        let mut bits = 0;
        let mut at = 0;
        while at < functions.len() {
            bits |= 1 << functions[at] as u8;
            at += 1;
        }
        Self(bits)
    }

    /// Returns whether the set has `function`.
    #[inline]
    pub(crate) const fn has(self, function: Function) -> bool {
        self.0 & 1 << function as u8 != 0
    }

    /// Returns whether the sets have a function in common.
    #[inline]
    pub(crate) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Returns whether the set has no function.
    #[inline]
    pub(crate) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Returns the first function of both sets, in the order of the enum.
    pub(crate) fn first_in(self, other: Self) -> Option<Function> {
        let common = self.0 & other.0;
        (common != 0).then(|| Function::NAMES[common.trailing_zeros() as usize].1)
    }
}

impl FromIterator<Function> for Functions {
    fn from_iter<I: IntoIterator<Item = Function>>(functions: I) -> Self {
        Self(functions.into_iter().fold(0, |bits, function| bits | 1 << function as u8))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_in_the_order_of_the_enum() {
        for (number, (_, function)) in Function::NAMES.into_iter().enumerate() {
            assert_eq!(function as usize, number);
        }
    }
}
