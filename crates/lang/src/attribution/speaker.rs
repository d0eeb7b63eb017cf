//! The voice of each sentence: its chief attribution, resolved, and carried through quotations.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use crate::attribution::coreference::Cast;
use crate::attribution::detect::Found;
use crate::attribution::interview::{Turn, turns};
use crate::attribution::party::Sides;
use crate::attribution::types::{Voice, VoiceKind};
use crate::attribution::{detect, source_phrase};
use crate::span::Span;
use crate::word::annotate::scan;
use crate::word::segments::Runs;
use crate::word::token::{Word, low, nth, ranges, span};
use crate::word::word_class;

/// Most attributions of a sentence that are weighed against each other.
const MOST: usize = 32;

/// An article, scanned, on the way to its voices.
pub(crate) struct Article<'a> {
    text: &'a str,
    words: Vec<Word<'a>>,
    sentences: Vec<Range<usize>>,
    sides: Sides,
    cast: Cast,
    /// Who of the cast speaks in each sentence so far.
    speakers: Vec<Option<usize>>,
    /// Where a source without a name spoke last, by its head.
    told: HashMap<String, usize>,
    /// The last sentence that a person without a name speaks, if no other source followed.
    nameless: Option<usize>,
}

/// What a pronoun stands for.
enum Meant {
    /// A figure of the cast.
    Figure(usize),
    /// The voice of an earlier sentence.
    Voice(usize),
}

impl<'a> Article<'a> {
    /// Scans a text for its words, parties and cast.
    pub(crate) fn of(
        runs: &'a Runs<'_>,
        sentences: &[Span],
        parties: &BTreeMap<String, Vec<String>>,
    ) -> Self {
        let text = runs.text();
        let words = scan(runs);
        let mut sides = Sides::of(text, &words, parties);
        let mut cast = Cast::of(&words);
        for figure in cast.figures.iter_mut().filter(|f| f.name.len() == 1) {
            figure.person &= sides.within(&figure.name).is_empty();
        }
        let sentences = ranges(&words, sentences);
        sides.pair(&words, &sentences);
        Self {
            text,
            words,
            sentences,
            sides,
            cast,
            speakers: Vec::new(),
            told: HashMap::new(),
            nameless: None,
        }
    }

    /// One voice, or none, for each sentence.
    pub(crate) fn voices(mut self) -> Vec<Option<Voice>> {
        let mut out: Vec<Option<Voice>> = Vec::with_capacity(self.sentences.len());
        let turns = turns(&self.words, &self.sentences);
        // an interview introduces whom it asks before it asks
        let first = turns.iter().position(|turn| *turn == Some(Turn::Question)).unwrap_or(0);
        let guest = self.sentences.get(first).and_then(|of| self.cast.first_person(&self.words, of.start));
        for at in 0..self.sentences.len() {
            let of = self.sentences.get(at).cloned().unwrap_or(0..0);
            let answer = turns.get(at).copied().flatten() == Some(Turn::Answer);
            if answer && let Some(voice) = guest.and_then(|index| self.known(index, &of)) {
                self.speakers.push(guest);
                out.push(Some(voice));
                continue;
            }
            let found = detect::find(&self.words, &of);
            let voice = self.chief(&found).and_then(|(chief, outlet)| self.voice(at, chief, outlet, &out));
            let figure = voice.as_ref().and_then(|v| self.figure(&v.name));
            if let Some(figure) = figure {
                self.cast.learn(&self.words, figure, &of);
            }
            self.speakers.push(figure);
            out.push(voice);
        }
        self.carry(&mut out);
        out
    }

    fn figure(&self, name: &str) -> Option<usize> {
        let last = name.rsplit(char::is_whitespace).next()?;
        self.cast.by_last_word(&if last.is_ascii() {
            last.to_ascii_lowercase()
        } else {
            last.to_lowercase().replace('’', "'")
        })
    }

    /// The attribution that tells who speaks, and the outlet that passes it on.
    fn chief<'f>(&self, found: &'f [Found]) -> Option<(&'f Found, Option<&'f Found>)> {
        // no sentence of the news has as many; hostile ones cost no more than time by the byte
        let found = found.get(..found.len().min(MOST)).unwrap_or(found);
        let outlet = |f: &&'f Found| self.is_outlet(&f.source);
        let inside = |f: &Found| {
            found.iter().any(|g| {
                !self.is_outlet(&g.source)
                    && !g.trailing
                    && g.cue != f.cue
                    && (g.content.contains(&f.cue.start) && !f.content.contains(&g.cue.start)
                        || g.content.end <= g.source.start.min(g.cue.start)
                            && g.content.contains(&f.source.start)
                            && f.source != g.source)
            })
        };
        let aside = |f: &Found| {
            let before = f.source.start.checked_sub(1);
            let verb = nth(&self.words, f.cue.end.saturating_sub(1));
            let head = nth(&self.words, source_phrase::head_end(&self.words, &f.source).saturating_sub(1));
            let bare = word_class::is_claused(verb) && {
                let after = f.cue.end..(f.cue.end + 6).min(f.content.end);
                f.content.start >= f.cue.end
                    && !after.clone().any(|i| low(&self.words, i) == "that")
                    && !self.words.get(after).is_some_and(|w| w.iter().any(|w| w.quote > 0))
            };
            if bare || word_class::is_record(head) {
                return true;
            }
            let compared = |i| matches!(low(&self.words, i), "which" | "than" | "what");
            word_class::is_subordinate(before.and_then(|i| nth(&self.words, i)))
                && (!word_class::is_plain(verb) || before.is_some_and(compared))
        };
        // ", to which Brenn said no": who has the last word speaks
        let answers = |f: &&'f Found| {
            let before = |n: usize| f.source.start.checked_sub(n).map_or("", |i| low(&self.words, i));
            before(1) == "which" && before(2) == "to"
        };
        if let Some(answer) = found.iter().find(answers) {
            return Some((answer, None));
        }
        let all = || found.iter().filter(|f| !aside(f));
        let open = |f: &&'f Found| !outlet(f) && !f.trailing;
        match all().find(|f| open(f) && !inside(f)).or_else(|| all().find(open)) {
            Some(chief) => Some((chief, all().find(outlet))),
            None => all().find(|f| !f.trailing).or_else(|| all().next()).map(|f| (f, None)),
        }
    }

    fn is_outlet(&self, source: &Range<usize>) -> bool {
        let end = source_phrase::head_end(&self.words, source);
        if matches!(low(&self.words, end.saturating_sub(1)), "reporter" | "correspondent" | "journalist") {
            return true;
        }
        (source.start..end)
            .any(|i| word_class::is_outlet(nth(&self.words, i)) && self.words.get(i).is_some_and(|w| w.cap))
            && low(&self.words, end.saturating_sub(1)) != "secretary"
            && !(source.start..end).any(|i| word_class::is_role(nth(&self.words, i)))
    }

    fn text_of(&self, of: &Range<usize>) -> String {
        span(&self.words, of).slice(self.text).to_owned()
    }

    fn voice(
        &mut self,
        at: usize,
        chief: &Found,
        outlet: Option<&Found>,
        past: &[Option<Voice>],
    ) -> Option<Voice> {
        let source = chief.source.clone();
        let first = low(&self.words, source.start).to_owned();
        let spans =
            (span(&self.words, &source), span(&self.words, &chief.cue), span(&self.words, &chief.content));
        let channel = outlet.map(|o| self.text_of(&o.source));
        let mut carried = None;
        let mut figure = None;
        let mut alias = None;
        match first.as_str() {
            "he" | "she" => match self.person(at, &source, &first)? {
                Meant::Figure(index) => {
                    figure = Some(index);
                    self.nameless = None;
                }
                Meant::Voice(of) => {
                    carried = past.get(of).cloned().flatten();
                    self.nameless = Some(at);
                }
            },
            "it" | "they" => carried = Some(self.body(at, &source, past)?),
            _ => {
                let head = source_phrase::head_end(&self.words, &source);
                let role = low(&self.words, head.saturating_sub(1)).to_owned();
                if let Some(name) = source_phrase::name_in(&self.words, &source) {
                    figure = self.cast.named(&self.words, &name);
                } else if let Some(name) =
                    chief.apposed.as_ref().and_then(|a| source_phrase::name_apposed(&self.words, a))
                {
                    figure = self.cast.named(&self.words, &name);
                    alias = Some(name);
                } else if matches!(role.as_str(), "statement" | "report" | "letter" | "note" | "text")
                    && matches!(first.as_str(), "the" | "its" | "his" | "her" | "their")
                {
                    carried = past.iter().rev().take(1).flatten().next().cloned();
                } else if first == "the" && head - source.start <= 3 && head == source.end {
                    let many = role.ends_with('s') || matches!(role.as_str(), "people" | "person");
                    figure = (!many).then(|| self.cast.role(&self.words, source.start, &role)).flatten();
                    if figure.is_none() {
                        carried = self.told.get(&role).and_then(|&of| past.get(of).cloned().flatten());
                    }
                }
                if figure.is_none() && carried.is_none() && alias.is_none() {
                    self.told.insert(role.clone(), at);
                }
                self.nameless = (figure.is_none() && word_class::is_role(role.as_str())).then_some(at);
            }
        }
        if let Some(mut voice) = carried {
            (voice.source, voice.cue, voice.content, voice.channel) =
                (spans.0, Some(spans.1), spans.2, channel);
            return Some(voice);
        }
        let name = match figure.and_then(|i| self.cast.figures.get(i)) {
            Some(known) => self.text_of(&known.name),
            None => alias
                .or_else(|| source_phrase::name_in(&self.words, &source))
                .map_or_else(|| self.text_of(&source), |n| self.text_of(&n)),
        };
        let (side, kind) = self.side(&name, &source, chief.apposed.as_ref(), figure);
        Some(Voice { name, side, kind, source: spans.0, cue: Some(spans.1), content: spans.2, channel })
    }

    /// Whom "he" or "she" in sentence `at` means: the subject of the sentence itself,
    /// else the last speaker or person that fits.
    fn person(&mut self, at: usize, source: &Range<usize>, pronoun: &str) -> Option<Meant> {
        let of = self.sentences.get(at)?;
        if let Some(subject) = source_phrase::main_subject(&self.words, &(of.start..source.start))
            && let Some(name) = source_phrase::name_in(&self.words, &subject)
            && let Some(index) = self.cast.named(&self.words, &name).filter(|i| self.cast.fits(*i, pronoun))
        {
            return Some(Meant::Figure(index));
        }
        let figure = self.cast.pronoun(&self.words, &self.sentences, at, &self.speakers, pronoun);
        match (figure, self.nameless) {
            (Some((_, from)), Some(of)) if of > from && at - of <= 4 => Some(Meant::Voice(of)),
            (None, Some(of)) if at - of <= 4 => Some(Meant::Voice(of)),
            (figure, _) => figure.map(|(index, _)| Meant::Figure(index)),
        }
    }

    /// The voice of a figure of the cast, for all of the words `of`.
    fn known(&self, index: usize, of: &Range<usize>) -> Option<Voice> {
        let source = self.cast.figures.get(index)?.name.clone();
        let name = self.text_of(&source);
        let (side, kind) = self.side(&name, &source, None, Some(index));
        let (source, content) = (span(&self.words, &source), span(&self.words, of));
        Some(Voice { name, side, kind, source, cue: None, content, channel: None })
    }

    /// Which body or people "it" or "they" in sentence `at` means: for "it" the body with which its
    /// own sentence began, else those that spoke last, else the body with which the sentence before began.
    fn body(&self, at: usize, source: &Range<usize>, past: &[Option<Voice>]) -> Option<Voice> {
        let own = self.sentences.get(at)?.start..source.start;
        if low(&self.words, source.start) == "it"
            && let Some(voice) = self.begun(&own, true)
        {
            return Some(voice);
        }
        let person =
            |name: &str| self.figure(name).and_then(|i| self.cast.figures.get(i)).is_some_and(|f| f.person);
        if let Some(last) = past.iter().rev().take(2).flatten().find(|v| !person(&v.name)) {
            return Some(last.clone());
        }
        self.begun(self.sentences.get(at.checked_sub(1)?)?, false)
    }

    /// The body that is the subject of the words `of`; `it` tells that a name without a role is one.
    fn begun(&self, of: &Range<usize>, it: bool) -> Option<Voice> {
        let subject = source_phrase::main_subject(&self.words, of)?;
        let name = source_phrase::name_in(&self.words, &subject)?;
        let index = self.cast.named(&self.words, &name)?;
        let known = self.cast.figures.get(index).filter(|f| !f.person || it && f.notes.is_empty())?;
        // "Talks collapsed. … they said": a first word has its capital from the sentence, not from a name
        let first = name.len() == 1
            && of.clone().find(|&i| self.words.get(i).is_some_and(Word::wordy)) == Some(name.start);
        let group =
            word_class::can_head(nth(&self.words, name.start)) || !self.sides.within(&name).is_empty();
        if first && !it && !group {
            return None;
        }
        let name = self.text_of(&known.name);
        let (side, kind) = self.side(&name, &subject, None, Some(index));
        let source = span(&self.words, &subject);
        Some(Voice { name, side, kind, source, cue: None, content: source, channel: None })
    }

    /// The side and kind of a source.
    fn side(
        &self,
        name: &str,
        source: &Range<usize>,
        apposed: Option<&Range<usize>>,
        figure: Option<usize>,
    ) -> (Option<String>, VoiceKind) {
        let known = figure.and_then(|i| self.cast.figures.get(i));
        let named = source_phrase::name_in(&self.words, source).is_some() || known.is_some();
        let end = source_phrase::head_end(&self.words, source);
        let head = nth(&self.words, end.saturating_sub(1));
        let outsider = |of: &Range<usize>| of.clone().any(|i| word_class::is_outsider(nth(&self.words, i)));
        let mut phrases: Vec<&Range<usize>> = vec![source];
        phrases.extend(apposed);
        if let Some(known) = known {
            phrases.extend(&known.notes);
        }
        let itself = self.sides.within(source).iter().find(|(at, _)| {
            let owns = self.words.get(at.end - 1).is_some_and(|w| w.poss) && !word_class::is_interest(head);
            at.contains(&(end - 1)) || owns && at.end < end
        });
        let side = if let Some(owner) = named.then(|| self.sides.of_name(name)).flatten() {
            Some(owner)
        } else if let Some((_, owner)) = itself {
            Some(*owner)
        } else if phrases.iter().any(|p| outsider(p)) && named
            || outsider(&(source.start..end))
            || word_class::is_interest(head)
        {
            let kind =
                if !named && word_class::is_unnamed(head) { VoiceKind::Unnamed } else { VoiceKind::Outsider };
            return (None, kind);
        } else {
            let told = phrases.iter().find_map(|p| self.sides.of_phrase(&self.words, p));
            told.or_else(|| self.owned(source)).or_else(|| {
                let known = known.filter(|f| f.person)?;
                self.sides.across(low(&self.words, known.name.end.saturating_sub(1)))
            })
        };
        let side = side.and_then(|owner| self.sides.id(owner));
        let kind = if !named && word_class::is_unnamed(head) {
            VoiceKind::Unnamed
        } else if side.is_some() {
            VoiceKind::Party
        } else {
            VoiceKind::Other
        };
        (side, kind)
    }

    /// The party whose own "its ministry", "their leader" or "the government" is:
    /// the first that its sentence names before it, else the first of the sentence before.
    fn owned(&self, source: &Range<usize>) -> Option<usize> {
        let first = low(&self.words, source.start);
        let head = low(&self.words, source_phrase::head_end(&self.words, source).saturating_sub(1));
        let whose = matches!(first, "its" | "their" | "his" | "her");
        let seat = first == "the"
            && matches!(
                head,
                "government" | "ministry" | "presidency" | "cabinet" | "army" | "board" | "company"
            );
        if !(whose || seat) {
            return None;
        }
        let at = self.sentences.partition_point(|of| of.end <= source.start);
        let of = self.sentences.get(at)?;
        let before = self.sides.within(&(of.start..source.start));
        let named =
            before.first().or_else(|| self.sides.within(self.sentences.get(at.checked_sub(1)?)?).first());
        named.map(|(_, owner)| *owner)
    }

    /// Gives sentences of a quotation the voice of the one that has the cue.
    fn carry(&self, out: &mut [Option<Voice>]) {
        let opens: Vec<u32> = self.sentences.iter().map(|of| self.only_quote(of)).collect();
        let mut by_quote: BTreeMap<u32, usize> = BTreeMap::new();
        for (at, of) in self.sentences.iter().enumerate() {
            if out.get(at).is_some_and(Option::is_some) {
                for word in self.words.get(of.clone()).unwrap_or(&[]).iter().filter(|w| w.quote > 0) {
                    by_quote.entry(word.quote).or_insert(at);
                }
            }
        }
        for at in 0..out.len() {
            let quote = opens.get(at).copied().unwrap_or(0);
            if quote == 0 || out.get(at).is_none_or(Option::is_some) {
                continue;
            }
            let previous = at.checked_sub(1).filter(|&p| out.get(p).is_some_and(Option::is_some));
            let from = by_quote.get(&quote).copied().or(previous);
            let voice = from.and_then(|f| out.get(f).cloned().flatten());
            let content = self.sentences.get(at).map_or(Span::default(), |of| span(&self.words, of));
            if let (Some(slot), Some(voice)) = (out.get_mut(at), voice) {
                *slot = Some(Voice { cue: None, content, ..voice });
            }
        }
    }

    /// The quotation that all of the sentence stands in; 0 for none.
    fn only_quote(&self, of: &Range<usize>) -> u32 {
        let mut quotes =
            self.words.get(of.clone()).unwrap_or(&[]).iter().filter(|w| w.wordy()).map(|w| w.quote);
        let first = quotes.next().unwrap_or(0);
        if first > 0 && quotes.all(|q| q > 0) { first } else { 0 }
    }
}
