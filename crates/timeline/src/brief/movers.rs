//! The speakers whose statements moved the outlook, with the statements.

use std::collections::BTreeMap;

use detente::Day;

use crate::brief::detail::Sentence;
use crate::brief::quotes::{quote, stories};
use crate::brief::speakers::Speakers;
use crate::brief::types::{Mover, Quote};
use crate::collection::Collection;
use crate::comparison::Comparison;
use crate::series_article::SeriesArticle;

/// Most speakers.
const MAX_MOVERS: usize = 5;
/// Smallest effect on the outlook that is worth a line.
const MIN_EFFECT: f64 = 0.005;

/// A quoted sentence.
type Spoken<'a> = (Day, &'a SeriesArticle, &'a Sentence);

/// The speakers with the largest effects in `comparison`, without the narrator.
pub(crate) fn movers(collection: &Collection, comparison: &Comparison, since: Day) -> Vec<Mover> {
    let all = stories(collection);
    let speakers = Speakers::of(all.iter().flat_map(|(_, sentences)| sentences.iter()));
    let mut spoken: BTreeMap<String, Vec<Spoken<'_>>> = BTreeMap::new();
    for (article, sentences) in &all {
        let Some(day) = article.day() else { continue };
        for sentence in sentences.iter().filter(|s| s.score.is_some() && !s.background) {
            if let Some(speaker) = &sentence.speaker {
                spoken.entry(speakers.full_name(speaker)).or_default().push((day, article, sentence));
            }
        }
    }
    let mut effects: BTreeMap<String, f64> = BTreeMap::new();
    let by_speaker = comparison.decompositions.iter().find(|parts| parts.group_by == "speaker");
    for group in by_speaker.into_iter().flat_map(|parts| &parts.groups) {
        *effects.entry(speakers.full_name(&group.name)).or_default() += group.composition + group.within;
    }
    let mut ranked: Vec<(f64, String)> = effects.into_iter().map(|(name, sum)| (sum.abs(), name)).collect();
    ranked.retain(|(effect, _)| *effect >= MIN_EFFECT);
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let mover = |(_, speaker): (f64, String)| {
        let said = spoken.get(&speaker)?;
        let [before, after]: [Vec<&Spoken<'_>>; 2] =
            [said.iter().filter(|s| s.0 < since).collect(), said.iter().filter(|s| s.0 >= since).collect()];
        Some(Mover {
            side: speakers.side(&speaker, &said.last()?.2.side),
            before: mean(&before),
            after: mean(&after),
            statements: [&before, &after].into_iter().filter_map(|said| strongest(said)).collect(),
            speaker,
        })
    };
    ranked.into_iter().filter_map(mover).take(MAX_MOVERS).collect()
}

fn mean(said: &[&Spoken<'_>]) -> Option<f64> {
    let scores: Vec<f64> = said.iter().filter_map(|(_, _, sentence)| sentence.score).collect();
    (!scores.is_empty()).then(|| scores.iter().sum::<f64>() / scores.len() as f64)
}

/// The statement with the largest absolute score; of equals, the newest.
fn strongest(said: &[&Spoken<'_>]) -> Option<Quote> {
    let size = |spoken: &&&Spoken<'_>| spoken.2.score.unwrap_or(0.0).abs() * spoken.2.bearing;
    let (day, article, sentence) = said.iter().max_by(|a, b| size(a).total_cmp(&size(b)))?;
    Some(quote(article, sentence, *day))
}
