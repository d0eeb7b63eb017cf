//! Assigns a speaker to each sentence of an article: primary attribution, coreference, propagation through quotations.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use crate::attribution::affiliation::Affiliations;
use crate::attribution::apposition::name_in_apposition;
use crate::attribution::attribution_match::AttributionMatch;
use crate::attribution::coreference::{
    can_refer_to, first_person, learn_gender, pronoun_antecedent, role_antecedent,
};
use crate::attribution::detect::find_attributions;
use crate::attribution::entities::{Entities, Entity};
use crate::attribution::interview::{Turn, interview_turns};
use crate::attribution::party::PartyMentions;
use crate::attribution::phrase_head::{head_end, name_in};
use crate::attribution::primary_attribution::primary_attribution;
use crate::attribution::quotation::propagate_through_quotations;
use crate::attribution::role_phrase::{can_corefer, has_name_modifier};
use crate::attribution::subject::main_subject;
use crate::attribution::transcript::transcript_turns;
use crate::attribution::types::{ArticleSpeakers, SpeakerKind, SpeakerMention};
use crate::span::Span;
use crate::word::annotate::annotate;
use crate::word::class::Class;
use crate::word::segments::Segments;
use crate::word::token::{Token, lower_at, sentence_ranges, span_of, token_at};
use crate::word::word_class;

/// How many sentences back "he" or "she" can refer to a person without a name ("an official said").
const UNNAMED_REACH: usize = 4;
/// How many sentences back "it" and "they" can refer to the last speaker.
const BODY_REACH: usize = 2;
/// How many unnamed sources with the same head noun a role phrase is compared with.
const MAX_UNNAMED_SOURCES: usize = 8;
/// Most tokens of a role phrase that refers back ("the trade minister").
const MAX_ROLE_PHRASE: usize = 3;

/// The speaker of each of the `sentences` of `text`; `None` for the narrator and where no source is certain.
///
/// `parties` maps the id of each party to its names, demonyms, capitals and speakers. If it is empty, the parties are
/// those that the text shows to negotiate. Takes time linear in the text.
///
/// ```
/// use std::collections::BTreeMap;
/// use detente_lang::{Span, speakers};
/// let text = "China’s Vice Premier Liu He said he was hopeful. China has invited more envoys.";
/// let found = speakers(text, &[Span::new(0, 50), Span::new(51, text.len())], &BTreeMap::new());
/// let speaker = found[0].as_ref().expect("Liu He speaks");
/// assert_eq!((speaker.name.as_str(), speaker.side.as_deref()), ("Liu He", Some("China")));
/// assert!(found[1].is_none());
/// ```
#[must_use]
pub fn speakers(
    text: &str,
    sentences: &[Span],
    parties: &BTreeMap<String, Vec<String>>,
) -> Vec<Option<SpeakerMention>> {
    find_speakers(&Segments::new(text), sentences, None, parties).speakers
}

/// [`speakers`] and the parties found, for a text that is already split into segments and has a title.
#[must_use]
pub fn find_speakers(
    segments: &Segments<'_>,
    sentences: &[Span],
    title: Option<&str>,
    parties: &BTreeMap<String, Vec<String>>,
) -> ArticleSpeakers {
    SpeakerResolver::new(segments, sentences, title, parties).speakers()
}

/// Working state of speaker assignment.
struct SpeakerResolver<'a> {
    text: &'a str,
    tokens: Vec<Token<'a>>,
    sentences: Vec<Range<usize>>,
    parties: PartyMentions,
    entities: Entities,
    /// The entity that speaks in each sentence so far.
    speaker_entities: Vec<Option<usize>>,
    /// The sentences whose speaker is an unnamed source, with the source, by its head noun.
    unnamed_sources: HashMap<String, Vec<(usize, Range<usize>)>>,
    /// The last sentence whose speaker is an unnamed person, if no other source followed.
    last_unnamed: Option<usize>,
}

/// What the source of an attribution refers to.
enum Referent {
    /// An entity of the article.
    Entity(usize),
    /// The speaker of an earlier sentence, or a body that an earlier sentence is about.
    Earlier(SpeakerMention),
    /// A name in an apposition that is not an entity's.
    Name(Range<usize>),
    /// Nothing but the source itself.
    Source,
}

impl<'a> SpeakerResolver<'a> {
    /// Finds the tokens, parties and entities of a text.
    fn new(
        segments: &'a Segments<'_>,
        sentences: &[Span],
        title: Option<&str>,
        parties: &BTreeMap<String, Vec<String>>,
    ) -> Self {
        let text = segments.text();
        let tokens = annotate(segments);
        let mut entities = Entities::collect(&tokens);
        let mut parties = PartyMentions::find(text, &tokens, &entities, title, parties);
        for entity in entities.iter_mut().filter(|entity| entity.name.len() == 1) {
            entity.is_person &= parties.within(&entity.name).is_empty();
        }
        let sentences = sentence_ranges(&tokens, sentences);
        parties.infer_counterparts(&tokens, &sentences);
        Self {
            text,
            tokens,
            sentences,
            parties,
            entities,
            speaker_entities: Vec::new(),
            unnamed_sources: HashMap::new(),
            last_unnamed: None,
        }
    }

    /// The speaker of each sentence.
    fn speakers(mut self) -> ArticleSpeakers {
        let mut speakers: Vec<Option<SpeakerMention>> = Vec::with_capacity(self.sentences.len());
        let turns = interview_turns(&self.tokens, &self.sentences);
        let guest = self.interview_guest(&turns);
        let labels = transcript_turns(&self.tokens, &self.sentences);
        for at in 0..self.sentences.len() {
            let sentence = self.sentences.get(at).cloned().unwrap_or(0..0);
            let is_answer = turns.get(at).copied().flatten() == Some(Turn::Answer);
            if is_answer && let Some(speaker) = guest.and_then(|guest| self.mention_of(guest, &sentence)) {
                self.speaker_entities.push(guest);
                speakers.push(Some(speaker));
                continue;
            }
            let label = labels.get(at).cloned().flatten();
            if let Some(speaker) = label.and_then(|label| self.labelled_speaker(&label, &sentence)) {
                self.speaker_entities.push(self.entity_with_name(&speaker.name));
                speakers.push(Some(speaker));
                continue;
            }
            let found = find_attributions(&self.tokens, &sentence);
            let speaker = primary_attribution(&self.tokens, &found)
                .and_then(|(primary, outlet)| self.resolve(at, primary, outlet, &speakers));
            let entity = speaker.as_ref().and_then(|speaker| self.entity_with_name(&speaker.name));
            if let Some(entity) = entity {
                learn_gender(&mut self.entities, &self.tokens, entity, &sentence);
            }
            self.speaker_entities.push(entity);
            speakers.push(speaker);
        }
        propagate_through_quotations(&self.tokens, &self.sentences, &mut speakers);
        let parties = self.parties.found_principals().map(str::to_owned).collect();
        ArticleSpeakers { speakers, parties }
    }

    /// The person who gives the answers of an interview: the first named before the first question.
    fn interview_guest(&self, turns: &[Option<Turn>]) -> Option<usize> {
        let question = turns.iter().position(|turn| *turn == Some(Turn::Question)).unwrap_or(0);
        let end = self.sentences.get(question)?.start;
        first_person(&self.entities, &self.tokens, end)
    }

    /// The speaker of a turn of a transcript.
    fn labelled_speaker(&self, label: &Range<usize>, sentence: &Range<usize>) -> Option<SpeakerMention> {
        if let Some(index) = self.entities.named(&self.tokens, label) {
            return self.mention_of(index, sentence);
        }
        let name = self.text_of(label);
        let (side, kind) = self.side_and_kind(&name, label, None, None);
        let (source, content) = (span_of(&self.tokens, label), span_of(&self.tokens, sentence));
        Some(SpeakerMention { name, side, kind, source, cue: None, content, channel: None })
    }

    /// The speaker of sentence `at`, which `primary` determines and `outlet` reports; `past` has the speakers of the
    /// sentences before.
    fn resolve(
        &mut self,
        at: usize,
        primary: &AttributionMatch,
        outlet: Option<&AttributionMatch>,
        past: &[Option<SpeakerMention>],
    ) -> Option<SpeakerMention> {
        let source = &primary.source;
        let referent = match lower_at(&self.tokens, source.start) {
            "he" => self.person_referent(at, source, "he", past)?,
            "she" => self.person_referent(at, source, "she", past)?,
            "it" | "they" => Referent::Earlier(self.body_referent(at, source, past)?),
            _ => self.noun_phrase_referent(at, primary, past),
        };
        if matches!(referent, Referent::Source) && is_agreement(&self.tokens, source) {
            return None;
        }
        let span = |range: &Range<usize>| span_of(&self.tokens, range);
        let (source_span, cue, content) = (span(source), Some(span(&primary.cue)), span(&primary.content));
        let channel = outlet.map(|outlet| self.text_of(&outlet.source));
        let (name, entity) = match referent {
            Referent::Earlier(speaker) => {
                return Some(SpeakerMention { source: source_span, cue, content, channel, ..speaker });
            }
            Referent::Entity(index) => {
                let entity = self.entities.get(index);
                (entity.map(|entity| entity.name.clone()), entity)
            }
            Referent::Name(name) => (Some(name), None),
            Referent::Source => (name_in(&self.tokens, source), None),
        };
        let name = self.text_of(name.as_ref().unwrap_or(source));
        let (side, kind) = self.side_and_kind(&name, source, primary.apposition.as_ref(), entity);
        Some(SpeakerMention { name, side, kind, source: source_span, cue, content, channel })
    }

    /// What "he" or "she" in sentence `at` refers to: the subject of the sentence itself ("Brenn left, she said"),
    /// else the last unnamed person, speaker or person that fits.
    fn person_referent(
        &mut self,
        at: usize,
        source: &Range<usize>,
        pronoun: &str,
        past: &[Option<SpeakerMention>],
    ) -> Option<Referent> {
        let sentence = self.sentences.get(at)?;
        if let Some(subject) = main_subject(&self.tokens, &(sentence.start..source.start))
            && let Some(name) = name_in(&self.tokens, &subject)
            && let Some(index) = self.entities.named(&self.tokens, &name)
            && self.entities.get(index).is_some_and(|entity| can_refer_to(entity, pronoun))
        {
            self.last_unnamed = None;
            return Some(Referent::Entity(index));
        }
        let antecedent = pronoun_antecedent(
            &mut self.entities,
            &self.tokens,
            &self.sentences,
            at,
            &self.speaker_entities,
            pronoun,
        );
        let unnamed = self.last_unnamed.filter(|&unnamed| {
            at - unnamed <= UNNAMED_REACH && antecedent.is_none_or(|(_, sentence)| unnamed > sentence)
        });
        if let Some(unnamed) = unnamed {
            self.last_unnamed = Some(at);
            let speaker = past.get(unnamed).cloned().flatten();
            return Some(speaker.map_or(Referent::Source, Referent::Earlier));
        }
        let index = antecedent.map(|(index, _)| index).or_else(|| self.person_before(at, source, pronoun))?;
        self.last_unnamed = None;
        Some(Referent::Entity(index))
    }

    /// The last person that sentence `at` names before `source`: "the banner that Ada Brenn held up; “No,” she said".
    fn person_before(&self, at: usize, source: &Range<usize>, pronoun: &str) -> Option<usize> {
        let own = self.sentences.get(at)?.start..source.start;
        // "a thing that she had refused" quotes nobody
        if !self.tokens.get(own.clone())?.iter().any(|token| token.quote > 0) {
            return None;
        }
        let mentions = self.entities.mentions_in(&own).iter().rev().map(|(_, index)| *index);
        mentions.into_iter().find(|index| self.entities.get(*index).is_some_and(|e| can_refer_to(e, pronoun)))
    }

    /// What "it" or "they" in sentence `at` refers to: for "it" the body with which the sentence starts, else the last
    /// speaker that is not a person, else the body with which the sentence before starts.
    fn body_referent(
        &self,
        at: usize,
        source: &Range<usize>,
        past: &[Option<SpeakerMention>],
    ) -> Option<SpeakerMention> {
        let own = self.sentences.get(at)?.start..source.start;
        if lower_at(&self.tokens, source.start) == "it"
            && let Some(speaker) = self.subject_body(&own, true)
        {
            return Some(speaker);
        }
        let is_person = |name: &str| {
            self.entity_with_name(name)
                .and_then(|index| self.entities.get(index))
                .is_some_and(|entity| entity.is_person)
        };
        let recent = past.iter().rev().take(BODY_REACH).flatten();
        if let Some(last) = recent.into_iter().find(|speaker| !is_person(&speaker.name)) {
            return Some(last.clone());
        }
        self.subject_body(self.sentences.get(at.checked_sub(1)?)?, false)
    }

    /// The body that is the subject of `clause`. With `for_it`, a name that nothing describes is taken for a body.
    fn subject_body(&self, clause: &Range<usize>, for_it: bool) -> Option<SpeakerMention> {
        let subject = main_subject(&self.tokens, clause)?;
        let name = name_in(&self.tokens, &subject)?;
        let index = self.entities.named(&self.tokens, &name)?;
        let is_body = |entity: &&Entity| !entity.is_person || for_it && entity.descriptions.is_empty();
        let entity = self.entities.get(index).filter(is_body)?;
        // "Talks collapsed. … they said": the first word of a sentence is capitalised whether or not it is a name
        let first_word = clause.clone().find(|&i| self.tokens.get(i).is_some_and(Token::is_word));
        let may_be_common_noun = name.len() == 1 && first_word == Some(name.start);
        let is_group = || {
            word_class::is_speaker_noun(token_at(&self.tokens, name.start))
                || !self.parties.within(&name).is_empty()
        };
        if may_be_common_noun && !for_it && !is_group() {
            return None;
        }
        let name = self.text_of(&entity.name);
        let (side, kind) = self.side_and_kind(&name, &subject, None, Some(entity));
        let source = span_of(&self.tokens, &subject);
        Some(SpeakerMention { name, side, kind, source, cue: None, content: source, channel: None })
    }

    /// What a noun phrase as the source of sentence `at` refers to. Records sources without a name.
    fn noun_phrase_referent(
        &mut self,
        at: usize,
        primary: &AttributionMatch,
        past: &[Option<SpeakerMention>],
    ) -> Referent {
        let source = &primary.source;
        let head = head_end(&self.tokens, source);
        let role = lower_at(&self.tokens, head.saturating_sub(1)).to_owned();
        let first = lower_at(&self.tokens, source.start);
        let apposed_name = || name_in_apposition(&self.tokens, primary.apposition.as_ref()?);
        let referent = if let Some(name) = name_in(&self.tokens, source) {
            self.entities.named(&self.tokens, &name).map_or(Referent::Source, Referent::Entity)
        } else if let Some(name) = apposed_name() {
            self.entities.named(&self.tokens, &name).map_or(Referent::Name(name), Referent::Entity)
        } else if is_document_of_speaker(first, &role) {
            past.last().cloned().flatten().map_or(Referent::Source, Referent::Earlier)
        } else if first == "the" && head - source.start <= MAX_ROLE_PHRASE && head == source.end {
            self.role_referent(source, &role, past)
        } else {
            Referent::Source
        };
        let is_entity = matches!(referent, Referent::Entity(_));
        self.last_unnamed = (!is_entity && word_class::is_role(role.as_str())).then_some(at);
        if matches!(referent, Referent::Source) {
            self.unnamed_sources.entry(role).or_default().push((at, source.clone()));
        }
        referent
    }

    /// What "the `role`" refers to: an entity that was described so, else the last unnamed source with that head, in a
    /// phrase whose modifiers agree.
    fn role_referent(&self, source: &Range<usize>, role: &str, past: &[Option<SpeakerMention>]) -> Referent {
        let Self { tokens, parties, .. } = self;
        let fits = |earlier: &Range<usize>| can_corefer(tokens, parties, source, earlier, role);
        let is_plural = role.ends_with('s') || matches!(role, "people" | "person");
        if !is_plural && let Some(index) = role_antecedent(&self.entities, tokens, source.start, role, fits) {
            return Referent::Entity(index);
        }
        // "An envoy said … The Arlandian envoy said …": the second says for whom, so it is a source of its own
        let has_name = |phrase: &Range<usize>| has_name_modifier(tokens, parties, phrase, role);
        let is_named = has_name(source);
        let sources = self.unnamed_sources.get(role).into_iter().flatten().rev().take(MAX_UNNAMED_SOURCES);
        let same = sources.into_iter().find(|(_, earlier)| fits(earlier) && (!is_named || has_name(earlier)));
        let earlier = same.and_then(|(at, _)| past.get(*at).cloned().flatten());
        earlier.map_or(Referent::Source, Referent::Earlier)
    }

    /// The entity as the speaker of a whole sentence.
    fn mention_of(&self, index: usize, sentence: &Range<usize>) -> Option<SpeakerMention> {
        let entity = self.entities.get(index)?;
        let name = self.text_of(&entity.name);
        let (side, kind) = self.side_and_kind(&name, &entity.name, None, Some(entity));
        let (source, content) = (span_of(&self.tokens, &entity.name), span_of(&self.tokens, sentence));
        Some(SpeakerMention { name, side, kind, source, cue: None, content, channel: None })
    }

    fn side_and_kind(
        &self,
        name: &str,
        source: &Range<usize>,
        apposition: Option<&Range<usize>>,
        entity: Option<&Entity>,
    ) -> (Option<String>, SpeakerKind) {
        let Self { tokens, sentences, parties, .. } = self;
        Affiliations { tokens, sentences, parties }.side_and_kind(name, source, apposition, entity)
    }

    /// The entity whose name ends in the last word of `name`.
    fn entity_with_name(&self, name: &str) -> Option<usize> {
        let last = name.rsplit(char::is_whitespace).next()?;
        self.entities.with_last_word(&if last.is_ascii() {
            last.to_ascii_lowercase()
        } else {
            last.to_lowercase().replace('’', "'")
        })
    }

    /// The characters of `range`, with line ends as spaces.
    fn text_of(&self, range: &Range<usize>) -> String {
        let text = span_of(&self.tokens, range).slice(self.text);
        if text.contains('\n') {
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        } else {
            text.to_owned()
        }
    }
}

/// Whether the source is what is negotiated: "the treaty said", "a draft warned".
fn is_agreement(tokens: &[Token<'_>], source: &Range<usize>) -> bool {
    let head = token_at(tokens, head_end(tokens, source).saturating_sub(1));
    head.is_some_and(|head| head.classes.has(Class::Agreement))
}

/// Whether "the statement", "its report" and the like are by the speaker of the sentence before.
fn is_document_of_speaker(first: &str, head: &str) -> bool {
    matches!(head, "statement" | "report" | "letter" | "note" | "text")
        && matches!(first, "the" | "its" | "his" | "her" | "their")
}

#[cfg(test)]
#[path = "speaker_tests.rs"]
mod tests;
