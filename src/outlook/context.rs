//! [`Context`]: what stands around each statement of an article, as far as its weight depends on it.

use detente_lang::{
    DateContradiction, Day, Runs, SentenceDate, Span, Voice as Speaking, VoiceKind, sentence_dates_in,
    voices_in,
};

use crate::article::Article;
use crate::outlook::article::Voice;
use crate::outlook::profile::{BEARS, Part};
use crate::outlook::repetition::repeats;
use crate::score::scorer::Judgement;

/// Days around the article's date that count as news: an event of the last days, or of tomorrow.
const NEWS: std::ops::RangeInclusive<i64> = -1..=3;

/// Speakers, dates and repetitions of the statements of one article.
#[derive(Clone, Debug)]
pub struct Context {
    /// Who says each statement; `None` for the narrator.
    pub voices: Vec<Option<Speaking>>,
    /// When it took place.
    pub dated: Vec<SentenceDate>,
    /// The earlier statement that it repeats.
    pub repeats: Vec<Option<usize>>,
    /// Where the text contradicts the article's date.
    pub doubt: Option<DateContradiction>,
    date: Option<Day>,
}

impl Context {
    /// The context of the statements at `spans` of `article`.
    #[must_use]
    pub fn of(article: &Article, spans: &[Span]) -> Self {
        Self::within(&Runs::of(&article.text), article, spans)
    }

    /// [`Context::of`] an article whose text is cut already.
    pub(crate) fn within(runs: &Runs<'_>, article: &Article, spans: &[Span]) -> Self {
        let (dated, doubt) = sentence_dates_in(runs, spans, article.date);
        Self {
            voices: voices_in(runs, spans, &article.parties),
            dated,
            doubt,
            repeats: repeats(spans.iter().map(|span| span.slice(&article.text))),
            date: article.date,
        }
    }

    /// The statement number `at`, judged so, as a part of the outlook.
    #[must_use]
    pub fn part(&self, at: usize, judged: Judgement) -> Part {
        let dated = self.dated.get(at).copied().unwrap_or_default();
        let bears = judged.bearing.get() >= BEARS;
        let age = self.date.zip(dated.when).map(|(date, (_, to))| date.days_since(to));
        Part {
            score: if bears { judged.score.get() } else { 0.0 },
            bearing: judged.bearing.get(),
            hedge: judged.hedge.get(),
            background: dated.background,
            repeated: self.repeats.get(at).copied().flatten().is_some(),
            news: age.is_some_and(|days| NEWS.contains(&days)),
            voice: match self.voices.get(at).and_then(Option::as_ref).map(|voice| voice.kind) {
                None => Voice::Narrator,
                Some(VoiceKind::Party) => Voice::Party,
                Some(_) => Voice::Other,
            },
        }
    }
}
