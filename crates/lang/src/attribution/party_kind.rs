//! [`PartyKind`]: the kinds of parties that common nouns name ("the union", "the lenders").

use crate::word::class::{Class, WordClasses};
use crate::word::word_class::Classed;

/// The kind of a party. In one article, nouns of a kind ("the union", "the strikers") name the same party.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum PartyKind {
    Labour,
    Employer,
    State,
    Rebel,
    Creditor,
    Debtor,
    Bidder,
    Target,
    Producer,
    Consumer,
    Opposition,
    Senate,
    House,
    Farmer,
    Donor,
    Tenant,
    /// Any body: nouns of this kind name a party together with nothing but their own name ("the committee").
    Bloc,
}

impl PartyKind {
    /// The kinds and their word classes, in the order in which they are tried.
    const CLASSES: [(Self, Class); 17] = [
        (Self::Labour, Class::LabourParty),
        (Self::Employer, Class::EmployerParty),
        (Self::State, Class::StateParty),
        (Self::Rebel, Class::RebelParty),
        (Self::Creditor, Class::CreditorParty),
        (Self::Debtor, Class::DebtorParty),
        (Self::Bidder, Class::BidderParty),
        (Self::Target, Class::TargetParty),
        (Self::Producer, Class::ProducerParty),
        (Self::Consumer, Class::ConsumerParty),
        (Self::Opposition, Class::OppositionParty),
        (Self::Senate, Class::SenateParty),
        (Self::House, Class::HouseParty),
        (Self::Farmer, Class::FarmerParty),
        (Self::Donor, Class::DonorParty),
        (Self::Tenant, Class::TenantParty),
        (Self::Bloc, Class::BlocParty),
    ];

    /// Whether parties of the two kinds negotiate with each other: one shows that the other is a party too.
    pub(crate) fn faces(self, other: Self) -> bool {
        let is_pair = |a, b| (self, other) == (a, b) || (self, other) == (b, a);
        is_pair(Self::Labour, Self::Employer)
            || is_pair(Self::Creditor, Self::Debtor)
            || is_pair(Self::Bidder, Self::Target)
            || is_pair(Self::Producer, Self::Consumer)
            || is_pair(Self::State, Self::Rebel)
            || is_pair(Self::State, Self::Opposition)
            || is_pair(Self::Senate, Self::House)
    }

    /// The kind of party that a noun names.
    pub(crate) fn of(word: impl Classed) -> Option<Self> {
        const ALL: WordClasses = all_classes();
        let classes = word.classes();
        if !classes.has_any(ALL) {
            return None;
        }
        Self::CLASSES.iter().find(|(_, class)| classes.has(*class)).map(|(kind, _)| *kind)
    }
}

/// The classes of all kinds.
const fn all_classes() -> WordClasses {
    let mut classes = [Class::BlocParty; PartyKind::CLASSES.len()];
    let mut at = 0;
    while at < classes.len() {
        classes[at] = PartyKind::CLASSES[at].1;
        at += 1;
    }
    WordClasses::of(&classes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribution::test_tokens::{assert_hits, assert_misses};

    #[test]
    fn nouns_name_kinds_of_parties() {
        assert_hits(
            &[
                ("union", PartyKind::Labour),
                ("pilots", PartyKind::Labour),
                ("management", PartyKind::Employer),
                ("government", PartyKind::State),
                ("guerrillas", PartyKind::Rebel),
                ("bondholders", PartyKind::Creditor),
                ("committee", PartyKind::Bloc),
            ],
            |word| PartyKind::of(word),
        );
        assert_misses(&["minister", "talks", "Brenn", "analysts"], |word| PartyKind::of(word));
    }
}
