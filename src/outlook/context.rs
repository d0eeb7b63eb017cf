//! [`StatementContext`]: speakers, dates and repetitions, on which the weight of a statement depends.

use detente_lang::{
    DateContradiction, Day, Segments, SentenceDate, Span, SpeakerMention, clutter, find_speakers,
    sentence_dates_in,
};

use crate::article::Article;
use crate::outlook::profile::{MIN_BEARING, SpeakerRole, WeightedStatement};
use crate::outlook::repetition::find_repetitions;
use crate::scale::Probability;
use crate::score::scorer::StatementScore;

/// Age in days of an event that counts as news, from tomorrow (-1) to three days ago.
const NEWS_AGE: std::ops::RangeInclusive<i64> = -1..=3;

/// Speakers, dates and repetitions of the statements of one article.
#[derive(Clone, Debug)]
pub struct StatementContext {
    /// Speaker of each statement; `None` for the narrator.
    pub(crate) speakers: Vec<Option<SpeakerMention>>,
    /// Names of the parties found in the text, if none are given.
    pub(crate) parties: Vec<String>,
    /// Date of what each statement describes.
    pub(crate) dates: Vec<SentenceDate>,
    /// Index of the earlier statement that each statement repeats.
    pub(crate) repetitions: Vec<Option<usize>>,
    /// Whether each statement is text that does not belong to the article.
    pub(crate) clutter: Vec<bool>,
    /// Contradiction between the text and the article's date.
    pub(crate) date_doubt: Option<DateContradiction>,
    published: Option<Day>,
}

impl StatementContext {
    /// Analyses the context of the statements at `spans` of `article`.
    #[must_use]
    pub fn new(article: &Article, spans: &[Span]) -> Self {
        Self::from_segments(&Segments::new(&article.text), article, spans)
    }

    /// Does the same with the word segments of the article's text.
    pub(crate) fn from_segments(segments: &Segments<'_>, article: &Article, spans: &[Span]) -> Self {
        let (mut dates, date_doubt) = sentence_dates_in(segments, spans, article.date);
        let clutter = clutter(segments, spans);
        keep_only_statement(&mut dates, &clutter);
        let found = find_speakers(segments, spans, article.title.as_deref(), &article.parties);
        Self {
            speakers: found.speakers,
            parties: found.parties,
            clutter,
            dates,
            date_doubt,
            repetitions: find_repetitions(spans.iter().map(|span| span.slice(&article.text))),
            published: article.date,
        }
    }

    /// Returns statement number `at`, scored as `scored`, with all that its weight depends on.
    #[must_use]
    pub fn weighted(&self, at: usize, scored: StatementScore) -> WeightedStatement {
        let dated = self.dates.get(at).copied().unwrap_or_default();
        let is_clutter = self.clutter.get(at).is_some_and(|is_clutter| *is_clutter);
        let bearing = if is_clutter { 0.0 } else { scored.bearing_or_one() };
        let bears = bearing >= MIN_BEARING;
        let age = self.published.zip(dated.when).map(|(published, (_, to))| published.days_since(to));
        WeightedStatement {
            score: if bears { scored.score.get() } else { 0.0 },
            bearing,
            hedge: scored.hedge.map(Probability::get),
            background: dated.background,
            repeated: self.repetitions.get(at).copied().flatten().is_some(),
            news: age.is_some_and(|days| NEWS_AGE.contains(&days)),
            speaker: SpeakerRole::from(self.speakers.get(at).and_then(Option::as_ref)),
        }
    }
}

/// A text of one statement is about what it says, however old: nothing else can be its news.
fn keep_only_statement(dates: &mut [SentenceDate], clutter: &[bool]) {
    let mut own = dates.iter_mut().zip(clutter).filter(|(_, is_clutter)| !**is_clutter);
    if let (Some((date, _)), None) = (own.next(), own.next()) {
        date.background = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether each statement is background.
    fn background(text: &str) -> Vec<bool> {
        let mut article = Article::new("note", text);
        article.date = Day::new(2019, 12, 12);
        let sentences = detente_lang::sentences(&article.text, article.body);
        let spans: Vec<Span> = sentences.into_iter().map(|sentence| sentence.span).collect();
        StatementContext::new(&article, &spans).dates.iter().map(|date| date.background).collect()
    }

    #[test]
    fn the_only_statement_is_no_background() {
        assert_eq!(background("They signed it on Nov. 5, 2018."), [false]);
        assert_eq!(background("Share this article\n\nThey signed it on Nov. 5, 2018."), [false, false]);
        assert_eq!(background("They signed it on Nov. 5, 2018. Talks resumed."), [true, false]);
    }
}
