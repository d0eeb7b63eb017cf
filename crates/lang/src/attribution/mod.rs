//! Attribution: who says each sentence of an article, and for which party.

pub(crate) mod according_to;
pub(crate) mod affiliation;
pub(crate) mod apposition;
pub(crate) mod attribution_match;
pub(crate) mod colon_quotation;
pub(crate) mod coreference;
pub(crate) mod detect;
pub(crate) mod entities;
pub(crate) mod finite_clause;
pub(crate) mod found_parties;
pub(crate) mod gazetteer_table;
pub(crate) mod interview;
pub(crate) mod multiword_cue;
pub(crate) mod participle_cue;
pub(crate) mod party;
pub(crate) mod party_candidate;
pub(crate) mod party_collector;
pub(crate) mod party_frame;
pub(crate) mod party_kind;
pub(crate) mod party_names;
pub(crate) mod phrase_head;
pub(crate) mod primary_attribution;
pub(crate) mod quotation;
pub(crate) mod role_phrase;
pub(crate) mod source_phrase;
pub(crate) mod speaker;
pub(crate) mod subject;
pub(crate) mod transcript;
pub(crate) mod types;

#[cfg(test)]
pub(crate) mod test_tokens;
