//! [`EventFinder`]: finds the events of a statement and composes its value.

use std::sync::OnceLock;

use crate::event::chunk::chunker::Chunker;
use crate::event::class::{Effect, ObjectId, predicate_class};
use crate::event::compose::composer::Composer;
use crate::event::lexicon::Word;
use crate::event::parse::parser::{Clause, Open, parse};
use crate::event::tag::{Item, Tag, tag};
use crate::event::unit::{Kind, Modality, Unit};
use crate::feature::locks::empty_locks;
use crate::token::tokens::{Token, WordId};
use crate::token::vocabulary::{NAME, NUMBER, UNKNOWN, Vocabulary, YEAR};

/// Tokens of a statement that are analysed; sentences of news are shorter, and the rest of a longer text
/// counts as words only.
const MAX_TOKENS: usize = 512;
/// Longest text in brackets that is skipped, in tokens.
const MAX_BRACKETED: usize = 12;

/// Finds events in statements; looks a word up when it first occurs.
#[derive(Clone, Debug)]
pub(crate) struct EventFinder {
    words: Vec<OnceLock<Box<Word>>>,
    /// Words that the vocabulary lacks: by their endings "ed", "ing" and "ly", and others.
    unknown: [Word; 4],
}

/// Units, clauses and composed values of one statement.
#[derive(Clone, Debug, Default)]
pub(crate) struct Events {
    pub(crate) units: Vec<Unit>,
    pub(crate) clauses: Vec<Clause>,
    /// Composed value of each unit, -1..1.
    pub(crate) values: Vec<f32>,
    /// For each unit, the factor that the predicates above it apply, -1..1.
    pub(crate) contexts: Vec<f32>,
    /// Composed value of the statement, -1..1.
    pub(crate) value: f32,
    /// Share of the words that belong to events, objects, names or closed classes, 0..1.
    pub(crate) coverage: f32,
    /// Number of words.
    pub(crate) words: u16,
    buffers: Buffers,
}

/// Working memory, reused from statement to statement.
#[derive(Clone, Debug, Default)]
struct Buffers {
    taken: Vec<bool>,
    stack: Vec<Open>,
    queue: Vec<u16>,
}

impl EventFinder {
    /// Creates a finder for the words of `vocabulary`.
    pub(crate) fn new(vocabulary: &Vocabulary) -> Self {
        Self {
            words: empty_locks(vocabulary.len()),
            unknown: ["~~~~ed", "~~~~ing", "~~~~ly", "~~~~"].map(Word::new),
        }
    }

    /// Finds the events of a tokenized statement.
    pub(crate) fn find(&self, text: &str, tokens: &[Token], vocabulary: &Vocabulary, found: &mut Events) {
        let tokens = tokens.get(..MAX_TOKENS).unwrap_or(tokens);
        let mut items: Vec<Item<'_>> = Vec::with_capacity(tokens.len());
        items.extend(tokens.iter().map(|token| self.item(text, token, vocabulary)));
        skip_brackets(text, tokens, &mut items);
        tag(&mut items);
        let Events { units, clauses, values, buffers, .. } = found;
        Chunker::fill(&items, units, &mut buffers.taken);
        parse(units, clauses, &mut buffers.stack);
        let is_question = tokens.iter().rev().take(2).any(|token| token.span.slice(text) == "?");
        let mut composer = Composer::new(units, values);
        found.value = composer.statement(clauses, is_question);
        composer.complete();
        found.set_contexts();
        found.set_coverage(&items);
    }

    fn item(&self, text: &str, token: &Token, vocabulary: &Vocabulary) -> Item<'_> {
        let is_punctuation = token.shape.is_punctuation();
        let is_name = token.word == NAME;
        let is_number = token.word == NUMBER || token.word == YEAR;
        let tag = if is_punctuation { punctuation(token.span.slice(text)) } else { Tag::Noun };
        let word = if is_punctuation || is_name || is_number {
            &self.unknown[3]
        } else if token.word == UNKNOWN {
            self.unknown_word(token.span.slice(text))
        } else {
            self.word(token.word, vocabulary)
        };
        Item { word, tag, is_name, is_number }
    }

    #[inline]
    fn word(&self, id: WordId, vocabulary: &Vocabulary) -> &Word {
        match self.words.get(id as usize) {
            Some(word) => word.get_or_init(|| Box::new(Word::new(vocabulary.word(id)))),
            None => &self.unknown[3],
        }
    }

    fn unknown_word(&self, word: &str) -> &Word {
        let ends_in =
            |ending: &str| word.len() >= ending.len() + 3 && word.to_ascii_lowercase().ends_with(ending);
        let number = ["ed", "ing", "ly"].into_iter().position(ends_in);
        &self.unknown[number.unwrap_or(3)]
    }
}

impl Events {
    /// Removes what was found before.
    pub(crate) fn clear(&mut self) {
        self.units.clear();
        self.clauses.clear();
        self.values.clear();
        self.contexts.clear();
        self.value = 0.0;
        self.coverage = 0.0;
        self.words = 0;
    }

    /// Counts the words that the analysis understands.
    fn set_coverage(&mut self, items: &[Item<'_>]) {
        let known = &mut self.buffers.taken;
        known.clear();
        known.resize(items.len(), false);
        for unit in self.units.iter().filter(|unit| unit.object != 0 || unit.has_class()) {
            let head = usize::from(unit.head_first)..=usize::from(unit.head_last);
            known.get_mut(head).into_iter().flatten().for_each(|known| *known = true);
        }
        let words = items.iter().zip(known.iter()).filter(|(item, _)| !item.is_punctuation());
        let (mut all, mut understood) = (0_u16, 0_u16);
        for (item, known) in words {
            all += 1;
            understood +=
                u16::from(*known || item.is_name || item.is_number || !item.word.functions.is_empty());
        }
        self.words = all;
        self.coverage = f32::from(understood) / f32::from(all.max(1));
    }

    /// Returns the object class of a predicate: of its object, or of its subject if it is passive or has no
    /// object; 0 is none.
    pub(crate) fn object_of(&self, unit: &Unit) -> ObjectId {
        let class_of = |at: Option<u16>| {
            at.and_then(|at| self.units.get(usize::from(at))).map_or(0, |unit| {
                let inner = unit.argument.and_then(|inner| self.units.get(usize::from(inner)));
                if unit.object != 0 { unit.object } else { inner.map_or(0, |inner| inner.object) }
            })
        };
        if unit.kind == Kind::Noun {
            let inner = class_of(unit.argument);
            return if inner != 0 { inner } else { unit.object };
        }
        let object = class_of(unit.argument);
        if object != 0 && !unit.is_passive { object } else { class_of(unit.subject) }
    }

    /// Returns the noun phrase of the agent of the event at a unit: its subject, if it is no thing that the
    /// event is about.
    pub(crate) fn agent(&self, at: usize) -> Option<&Unit> {
        let unit = self.units.get(at)?;
        let subject = self.units.get(usize::from(unit.subject?))?;
        (!unit.is_passive
            && subject.kind == Kind::Noun
            && subject.object == 0
            && !subject.has_class()
            && !subject.is_pronoun)
            .then_some(subject)
    }

    /// Returns the composed value of a unit with the sign that the predicates above it give, -1..1.
    pub(crate) fn value_in_context(&self, at: usize) -> f32 {
        let (value, context) = (self.values.get(at), self.contexts.get(at));
        value.zip(context).map_or(0.0, |(value, context)| value * context.signum())
    }

    /// Fills the factors that predicates apply to what they govern, from the clauses down.
    fn set_contexts(&mut self) {
        self.contexts.clear();
        self.contexts.resize(self.units.len(), 1.0);
        let queue = &mut self.buffers.queue;
        queue.clear();
        queue.extend(self.clauses.iter().map(|clause| clause.unit));
        let mut next = 0;
        while let Some(at) = queue.get(next).copied().filter(|_| next <= self.units.len()) {
            next += 1;
            let Some(unit) = self.units.get(usize::from(at)) else { continue };
            let factor = self.contexts[usize::from(at)] * factor_of(unit);
            for child in [unit.complement, unit.argument].into_iter().flatten() {
                if let Some(context) = self.contexts.get_mut(usize::from(child)) {
                    *context = factor;
                    queue.push(child);
                }
            }
        }
    }
}

/// Returns the factor that a unit applies to what it governs.
fn factor_of(unit: &Unit) -> f32 {
    let class = predicate_class(unit.classes[0]);
    let of_class = class.map_or(1.0, |class| match class.effect {
        Effect::Destroy | Effect::Fail => -class.weight,
        Effect::Operator => class.operator,
        _ => class.weight.max(0.3),
    });
    let of_negation = if unit.is_negated && !unit.is_factive { -0.7 } else { 1.0 };
    let of_modality = if unit.modality == Modality::None { 1.0 } else { 0.7 };
    of_class * of_negation * of_modality
}

/// Returns the tag of a punctuation mark or symbol.
fn punctuation(mark: &str) -> Tag {
    match mark {
        "," => Tag::Comma,
        ":" => Tag::Colon,
        "." | ";" | "!" | "?" | "-" | "–" | "—" | "―" | "…" | "(" | ")" | "|" => Tag::Break,
        "\"" | "'" | "“" | "”" | "„" | "«" | "»" | "‘" | "’" | "`" => Tag::Quotation,
        _ => Tag::Skip,
    }
}

/// Marks short texts in brackets, which interrupt a clause, to be skipped.
fn skip_brackets(text: &str, tokens: &[Token], items: &mut [Item<'_>]) {
    let mut open = None;
    for (at, token) in tokens.iter().enumerate().filter(|(_, token)| token.shape.is_punctuation()) {
        match token.span.slice(text) {
            "(" => open = Some(at),
            ")" => {
                if let Some(first) = open.take().filter(|first| at - first <= MAX_BRACKETED) {
                    items[first..=at].iter_mut().for_each(|item| item.tag = Tag::Skip);
                }
            }
            _ => {}
        }
    }
}
