//! [`Comparison`]: two sets of articles side by side, and what made the difference.

use std::collections::BTreeMap;
use std::sync::Arc;

use detente::internals::rounded;
use detente::{Day, Error, Result};
use serde::Serialize;

use crate::collection::{Collection, DataIssue};
use crate::decomposition::{Decomposition, Shares, split};
use crate::difference::{CONFIDENCE, MeanDifference, ValuePair, difference};
use crate::named_enum::four;
use crate::series_article::{SeriesArticle, StatementPart};

/// Which two sets are compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SetSelector {
    /// The articles that were put into set 0 and set 1 ([`SeriesArticle::in_set`]).
    Inputs(String, String),
    /// Articles before the first day, and after the second.
    Days {
        /// The first set is before it.
        before: Day,
        /// The second set is after it.
        after: Day,
    },
    /// What is said for the first and for the second side.
    Sides(String, String),
}

/// Two sets compared; all differences are the second less the first.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// Version of this form; it grows, never shrinks.
    pub schema: u32,
    /// The models whose scores are compared.
    pub models: Vec<String>,
    /// The two sets.
    pub sets: [SetSummary; 2],
    /// `higher`, `lower` (the second than the first), or `no clear change`.
    pub verdict: &'static str,
    /// The difference with its interval, p-value and effect sizes.
    #[serde(flatten)]
    pub difference: MeanDifference,
    /// Confidence of the interval.
    #[serde(serialize_with = "four")]
    pub confidence: f64,
    /// What is said when the sets are too small to show much.
    pub power: Option<String>,
    /// The difference parted into who spoke and what they said.
    pub splits: Vec<Decomposition>,
    /// The statements that made most of the difference, at most five.
    pub statements: Vec<MovingStatement>,
    /// The phrases that made most of it, at most eight.
    pub phrases: Vec<MovingPhrase>,
    /// What a reader should know about the articles.
    pub notes: Vec<DataIssue>,
}

/// One of two sets.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SetSummary {
    /// Its name.
    pub name: String,
    /// Articles in it.
    pub articles: usize,
    /// Stories in it: the votes.
    pub stories: usize,
    /// Mean of the votes.
    #[serde(serialize_with = "four")]
    pub score: f64,
}

/// A statement and how much of the difference it makes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MovingStatement {
    /// Number of its set, 0 or 1.
    pub set: usize,
    /// Id of its article.
    pub id: String,
    /// Day of its article.
    pub day: Option<Day>,
    /// Its speaker.
    pub speaker: String,
    /// Its side.
    pub side: String,
    /// Its words.
    pub text: String,
    /// What it adds to the difference: all statements together add up to it.
    #[serde(serialize_with = "four")]
    pub moved: f64,
}

/// A phrase and how much of the difference it makes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MovingPhrase {
    /// The phrase, in lower case; `…` stands for words between.
    pub phrase: String,
    /// What it adds to the difference; a statement's part goes in equal shares to its phrases.
    #[serde(serialize_with = "four")]
    pub moved: f64,
    /// Statements with it in the first set.
    pub first: usize,
    /// Statements with it in the second set.
    pub second: usize,
}

/// Fewest stories of a set that need no word about their number.
const FEW: usize = 10;

/// A statement's place and weight in its set.
struct Weighed<'a> {
    set: usize,
    item: &'a SeriesArticle,
    part: &'a StatementPart,
    weight: f64,
    contribution: f64,
}

/// The comparison of the two `sets` of `archive`, whose articles keep their statements.
///
/// # Errors
/// If a set has fewer than two stories.
pub fn compare(archive: &Collection, sets: &SetSelector) -> Result<Comparison> {
    let mut notes = archive.findings().to_vec();
    let chosen = choose(archive, sets, &mut notes);
    let mut per_story: BTreeMap<u32, [Vec<f64>; 2]> = BTreeMap::new();
    for (at, set, parts) in &chosen {
        let story = archive.story.get(*at).copied().unwrap_or(0);
        let (weight, sum) = total(parts);
        if let Some(values) = per_story.entry(story).or_default().get_mut(*set) {
            values.push(sum / weight);
        }
    }
    let mean =
        |values: &Vec<f64>| (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64);
    let pairs: Vec<ValuePair> = per_story.values().map(|[a, b]| (mean(a), mean(b))).collect();
    let names = match sets {
        SetSelector::Inputs(a, b) | SetSelector::Sides(a, b) => [a.clone(), b.clone()],
        SetSelector::Days { before, after } => [format!("before {before}"), format!("after {after}")],
    };
    let mut number = 0;
    let summaries = names.map(|name| {
        let set = number;
        number += 1;
        let votes: Vec<f64> =
            pairs.iter().filter_map(|pair| if set == 0 { pair.0 } else { pair.1 }).collect();
        SetSummary {
            name,
            articles: chosen.iter().filter(|(_, of, _)| *of == set).count(),
            stories: votes.len(),
            score: rounded(votes.iter().sum::<f64>() / votes.len().max(1) as f64),
        }
    });
    let mut found = difference(&pairs).ok_or_else(|| {
        let told = summaries.iter().map(|set| format!("{}: {}", set.name, set.stories));
        let told: Vec<String> = told.collect();
        Error::data(format!("too few stories to compare, two a set are needed ({})", told.join("; ")))
    })?;
    // the printed scores and the printed difference agree to the last digit
    let [first, second] = &summaries;
    found.difference = rounded(second.score - first.score);
    let votes = [first.stories as f64, second.stories as f64];
    let weighed: Vec<Weighed<'_>> = chosen
        .iter()
        .flat_map(|(at, set, parts)| {
            let story = archive.story.get(*at).and_then(|story| per_story.get(story));
            let copies = story.and_then(|sets| sets.get(*set)).map_or(1, Vec::len) as f64;
            let scale = 1.0 / (total(parts).0 * copies * votes[*set]);
            let item = archive.items.get(*at);
            parts.iter().filter_map(move |part| {
                let (weight, contribution) = (part.weight * scale, part.contribution * scale);
                Some(Weighed { set: *set, item: item?, part, weight, contribution })
            })
        })
        .collect();
    let middle = f64::midpoint(first.score, second.score);
    let power = power(&found, &summaries);
    Ok(Comparison {
        schema: 1,
        models: archive.models(),
        verdict: match found {
            MeanDifference { p, low, .. } if p < 1.0 - CONFIDENCE && low > 0.0 => "higher",
            MeanDifference { p, high, .. } if p < 1.0 - CONFIDENCE && high < 0.0 => "lower",
            _ => "no clear change",
        },
        difference: found,
        confidence: CONFIDENCE,
        power,
        splits: splits(&weighed, sets, found.difference),
        statements: statements(&weighed, middle, found.difference),
        phrases: phrases(&weighed, middle),
        sets: summaries,
        notes,
    })
}

/// The articles that count, with their set and those of their statements that do.
fn choose<'a>(
    archive: &'a Collection,
    sets: &SetSelector,
    notes: &mut Vec<DataIssue>,
) -> Vec<(usize, usize, Vec<&'a StatementPart>)> {
    let mut chosen = Vec::new();
    let (mut between, mut straddling, mut silent) = (Vec::new(), Vec::new(), Vec::new());
    for (at, item) in archive.items.iter().enumerate() {
        let own = |wanted: &dyn Fn(&StatementPart) -> bool| -> Vec<&'a StatementPart> {
            item.parts.iter().filter(|part| !part.background && part.weight > 0.0 && wanted(part)).collect()
        };
        let found = match sets {
            SetSelector::Inputs(..) => vec![(usize::from(item.set), own(&|_| true))],
            SetSelector::Sides(a, b) => {
                vec![(0, own(&|part| *part.side == **a)), (1, own(&|part| *part.side == **b))]
            }
            SetSelector::Days { before, after } => {
                let of = |day: Option<Day>| {
                    if day < Some(*before) { Some(0) } else { (day > Some(*after)).then_some(1) }
                };
                // a story counts whole where it began
                let story = archive.story.get(at).and_then(|first| archive.items.get(*first as usize));
                let set = of(story.and_then(SeriesArticle::day));
                if set != of(item.day()) {
                    straddling.push(item);
                }
                if let Some(set) = set {
                    vec![(set, own(&|_| true))]
                } else {
                    between.push(item);
                    Vec::new()
                }
            }
        };
        let before = chosen.len();
        let is_placed = !found.is_empty();
        chosen.extend(
            found.into_iter().filter(|(_, parts)| !parts.is_empty()).map(|(set, parts)| (at, set, parts)),
        );
        if is_placed && chosen.len() == before {
            silent.push(item);
        }
    }
    DataIssue::add(notes, "between-sets", "in neither period; left out", between.into_iter());
    DataIssue::add(
        notes,
        "straddling",
        "copies of a story that began in the other period; counted there",
        straddling.into_iter(),
    );
    DataIssue::add(notes, "no-voice", "nothing in it is said for either set; left out", silent.into_iter());
    chosen
}

fn total(parts: &[&StatementPart]) -> (f64, f64) {
    parts.iter().fold((0.0, 0.0), |sum, part| (sum.0 + part.weight, sum.1 + part.contribution))
}

fn power(found: &MeanDifference, sets: &[SetSummary; 2]) -> Option<String> {
    let few = sets.iter().any(|set| set.stories < FEW);
    let missed = found.p >= 1.0 - CONFIDENCE && found.difference.abs() < found.detectable;
    (few || missed).then(|| {
        format!(
            "with {} and {} stories, only a difference of about {:.2} or more would be seen in 4 of 5 cases",
            sets[0].stories, sets[1].stories, found.detectable
        )
    })
}

fn splits(weighed: &[Weighed<'_>], sets: &SetSelector, difference: f64) -> Vec<Decomposition> {
    type Name = fn(&Weighed<'_>) -> String;
    let side: Name = |w| w.part.side.to_string();
    let speaker: Name = |w| w.part.speaker.to_string();
    let source: Name = |w| w.item.source.as_deref().unwrap_or("unknown").to_owned();
    let mut kinds: Vec<(&'static str, Name)> = vec![("side", side), ("speaker", speaker), ("source", source)];
    if matches!(sets, SetSelector::Sides(..)) {
        // two sides have no side in common
        kinds.remove(0);
    }
    let kinds = kinds.into_iter();
    kinds
        .map(|(by, name)| {
            let mut voices: BTreeMap<String, Shares> = BTreeMap::new();
            for one in weighed {
                let shares = voices.entry(name(one)).or_default();
                let sum = if one.set == 0 { &mut shares.a } else { &mut shares.b };
                sum.0 += one.weight;
                sum.1 += one.contribution;
            }
            split(by, &voices, difference)
        })
        .collect()
}

/// What a statement adds to the difference, given the score `middle` between the two sets.
fn moved(one: &Weighed<'_>, middle: f64) -> f64 {
    let away = one.contribution - one.weight * middle;
    if one.set == 0 { -away } else { away }
}

fn statements(weighed: &[Weighed<'_>], middle: f64, difference: f64) -> Vec<MovingStatement> {
    let sign = if difference < 0.0 { -1.0 } else { 1.0 };
    let mut found: Vec<(f64, &Weighed<'_>)> = weighed
        .iter()
        .filter(|one| one.part.text.is_some())
        .map(|one| (moved(one, middle), one))
        .filter(|(moved, _)| moved * sign > 0.0)
        .collect();
    found.sort_by(|a, b| {
        let name = |one: &Weighed<'_>| (one.item.day(), one.item.id.clone(), one.part.text.clone());
        b.0.abs().total_cmp(&a.0.abs()).then_with(|| name(a.1).cmp(&name(b.1)))
    });
    found.dedup_by(|a, b| a.1.part.text == b.1.part.text);
    let told = |(moved, one): (f64, &Weighed<'_>)| MovingStatement {
        set: one.set,
        id: one.item.id.to_string(),
        day: one.item.day(),
        speaker: one.part.speaker.to_string(),
        side: one.part.side.to_string(),
        text: one.part.text.as_deref().unwrap_or_default().to_owned(),
        moved,
    };
    found.into_iter().take(5).map(told).collect()
}

fn phrases(weighed: &[Weighed<'_>], middle: f64) -> Vec<MovingPhrase> {
    let mut sums: BTreeMap<&Arc<str>, (f64, [usize; 2])> = BTreeMap::new();
    for one in weighed {
        let share = moved(one, middle) / one.part.phrases.len().max(1) as f64;
        for phrase in &one.part.phrases {
            let sum = sums.entry(phrase).or_default();
            sum.0 += share;
            sum.1[one.set] += 1;
        }
    }
    let mut found: Vec<_> = sums.into_iter().collect();
    found.sort_by(|a, b| b.1.0.abs().total_cmp(&a.1.0.abs()).then_with(|| a.0.cmp(b.0)));
    let told = |(phrase, (moved, [first, second])): (&Arc<str>, (f64, [usize; 2]))| MovingPhrase {
        phrase: phrase.to_string(),
        moved,
        first,
        second,
    };
    found.into_iter().take(8).map(told).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collection::{Collector, DateLimits};
    use crate::scored_row::ScoredRow;
    use crate::series_article::Retain;
    use crate::series_article::tests::item;
    use detente::internals::DECIMAL_UNITS;

    /// An article in which north says `north` and the narrator `rest`.
    fn quoted(at: usize, day: Day, north: f64, rest: f64) -> SeriesArticle {
        let (a, b) = (north * 0.4, rest * 0.6);
        let row = format!(
            r#"{{"schema":1,"id":"n{at}","date":"{day}","model":"m",
            "outlook":{{"score":{:.4},"low":-1,"high":1}},"statements":[
            {{"text":"n{at} a{at} b{at} c{at}","bearing":0.9,"score":0.2,"weight":0.4,"contribution":{a:.4},
              "cues":[{{"start":0,"end":1,"text":"Breakthrough","kind":"outlook"}}],
              "speaker":{{"name":"Ann","side":"north"}}}},
            {{"text":"d{at} e{at} f{at} g{at}","bearing":0.9,"score":-0.2,"weight":0.6,"contribution":{b:.4}}}]}}"#,
            a + b
        );
        SeriesArticle::new(
            &ScoredRow::from_json(row.as_bytes()).expect("a row"),
            Retain { statements: true, texts: true },
        )
    }

    fn archive(items: Vec<SeriesArticle>) -> Collection {
        let mut collector = Collector::default();
        for item in items {
            collector.push(item);
        }
        collector.finish(&DateLimits::default()).expect("articles")
    }

    fn changed() -> Collection {
        let start = Day::new(2020, 1, 1).expect("a day");
        let articles = (0..30).map(|at| {
            let north = if at < 15 { -0.5 } else { 0.5 } + (at % 3) as f64 * 0.1;
            quoted(at, start.plus_days(i64::try_from(at).expect("small")), north, (at % 4) as f64 * 0.1)
        });
        archive(articles.collect())
    }

    fn days(before: &str, after: &str) -> SetSelector {
        SetSelector::Days { before: before.parse().expect("a day"), after: after.parse().expect("a day") }
    }

    #[test]
    fn what_changed_is_told_and_adds_up() {
        let found = compare(&changed(), &days("2020-01-16", "2020-01-15")).expect("two sets");
        assert_eq!((found.verdict, found.sets[0].stories, found.sets[1].stories), ("higher", 15, 15));
        let units = |value: f64| (value * DECIMAL_UNITS).round() as i64;
        let [a, b] = &found.sets;
        assert_eq!(units(b.score) - units(a.score), units(found.difference.difference));
        for split in &found.splits {
            assert_eq!(units(split.mix) + units(split.within), units(found.difference.difference));
        }
        let side = &found.splits[0];
        assert!(side.mix.abs() < 1e-3 && side.voices[0].voice == "north" && side.voices[0].within > 0.35);
        assert_eq!(found.statements.len(), 5);
        assert!(found.statements.iter().all(|s| s.speaker == "Ann" && s.moved > 0.0));
        assert_eq!((found.phrases[0].phrase.as_str(), found.phrases[0].first), ("breakthrough", 15));
        assert!(found.power.is_none());
    }

    #[test]
    fn no_clear_change_is_an_answer() {
        let start = Day::new(2020, 1, 1).expect("a day");
        let same: Vec<SeriesArticle> = (0..12)
            .map(|at| {
                quoted(at, start.plus_days(i64::try_from(at).expect("small")), (at % 3) as f64 * 0.2, 0.0)
            })
            .collect();
        let found = compare(&archive(same), &days("2020-01-07", "2020-01-06")).expect("two sets");
        assert_eq!(found.verdict, "no clear change");
        assert!(found.power.expect("few").contains("6 and 6 stories"));
    }

    #[test]
    fn sides_are_compared_in_pairs() {
        let found =
            compare(&changed(), &SetSelector::Sides("narrator".into(), "north".into())).expect("two sets");
        assert_eq!((found.sets[0].stories, found.sets[1].stories), (30, 30));
        assert_eq!(found.splits.iter().map(|split| split.by).collect::<Vec<_>>(), ["speaker", "source"]);
        assert!(compare(&changed(), &SetSelector::Sides("narrator".into(), "south".into())).is_err());
    }

    #[test]
    fn what_lies_between_is_counted() {
        let items =
            (1..=9).map(|day| item(&format!("n{day}"), &format!("2020-01-0{day}"), f64::from(day) / 10.0));
        let found = compare(&archive(items.collect()), &days("2020-01-04", "2020-01-06")).expect("two sets");
        assert_eq!((found.sets[0].articles, found.sets[1].articles), (3, 3));
        assert_eq!((found.notes[0].kind, found.notes[0].count), ("between-sets", 3));
    }
}
