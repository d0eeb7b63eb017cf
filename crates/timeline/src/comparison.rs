//! [`Comparison`]: the difference of two sets of articles, and the statements and phrases that caused it.

use std::collections::BTreeMap;
use std::sync::Arc;

use detente::internals::rounded;
use detente::{Day, Error, Result};
use serde::Serialize;

use crate::collection::Collection;
use crate::data_issue::DataIssue;
use crate::decomposition::{Decomposition, GroupTotal, decompose};
use crate::mean_difference::{CONFIDENCE, MeanDifference, ValuePair, mean_difference};
use crate::series_article::{Retain, SeriesArticle, SeriesStatement, UNKNOWN};
use crate::set_selector::{SelectedArticle, SetSelector};
use detente::internals::four_decimals;

/// The comparison of two sets. All differences are the second set less the first.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Comparison {
    /// Version of the JSON form. Fields may be added, but not removed.
    pub schema: u32,
    /// Ids of the models that scored the articles.
    pub models: Vec<String>,
    /// What the sets are: `inputs`, `days` (two periods) or `sides`.
    pub kind: &'static str,
    /// The two sets.
    pub sets: [SetSummary; 2],
    /// `higher` or `lower` if the second set differs significantly from the first, otherwise `no clear change`.
    pub verdict: &'static str,
    /// The difference with interval, p-value and effect sizes.
    #[serde(flatten)]
    pub difference: MeanDifference,
    /// Confidence of the interval.
    #[serde(serialize_with = "four_decimals::serialize")]
    pub confidence: f64,
    /// A note on statistical power if the sets are small or the difference is below the detectable one.
    pub power: Option<String>,
    /// The difference decomposed by side, speaker and source.
    #[serde(rename = "splits")]
    pub decompositions: Vec<Decomposition>,
    /// The statements with the largest contributions in the direction of the difference, at most five.
    pub statements: Vec<StatementContribution>,
    /// The phrases with the largest contributions, at most eight.
    pub phrases: Vec<PhraseContribution>,
    /// Issues found in the input.
    #[serde(rename = "notes")]
    pub issues: Vec<DataIssue>,
}

/// The size and mean of one set.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SetSummary {
    /// Name.
    pub name: String,
    /// Name in a sentence, such as "until 11 June 2018".
    pub label: String,
    /// Number of articles.
    pub articles: usize,
    /// Number of stories, each with one vote.
    pub stories: usize,
    /// Mean of the votes.
    #[serde(serialize_with = "four_decimals::serialize")]
    pub score: f64,
    /// Number of stories with a score in each tenth from -1 to 1.
    pub histogram: [usize; 20],
}

/// A statement and its contribution to the difference.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct StatementContribution {
    /// Index of its set, 0 or 1.
    pub set: usize,
    /// Id of its article.
    pub id: String,
    /// Day of its article.
    pub day: Option<Day>,
    /// Its speaker.
    pub speaker: String,
    /// The speaker's side.
    pub side: String,
    /// Its text.
    pub text: String,
    /// Contribution to the difference. The contributions of all statements add up to the difference.
    #[serde(rename = "moved", serialize_with = "four_decimals::serialize")]
    pub contribution: f64,
}

/// A phrase and its contribution to the difference.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PhraseContribution {
    /// The phrase, in lower case; `…` stands for words in between.
    pub phrase: String,
    /// Contribution to the difference. A statement's contribution is divided equally among its phrases.
    #[serde(rename = "moved", serialize_with = "four_decimals::serialize")]
    pub contribution: f64,
    /// Number of statements with the phrase in the first set.
    #[serde(rename = "first")]
    pub first_count: usize,
    /// Number of statements with the phrase in the second set.
    #[serde(rename = "second")]
    pub second_count: usize,
}

/// Fewest stories of a set without a note on power.
const FEW_STORIES: usize = 10;
const MAX_STATEMENTS: usize = 5;
const MAX_PHRASES: usize = 8;

/// Compares the two `sets` of `collection`, whose articles must have their statements and texts
/// ([`Retain`](crate::Retain)).
///
/// # Errors
/// If a set has fewer than two stories, or an article was kept without its statements or their texts.
pub fn compare(collection: &Collection, sets: &SetSelector) -> Result<Comparison> {
    collection.require(Retain { statements: true, texts: true, ..Retain::default() }, "a comparison")?;
    let mut issues = collection.issues().to_vec();
    let selected = sets.select(collection, &mut issues);
    let votes = votes_by_story(&selected);
    let pairs: Vec<ValuePair> = votes.values().map(|[a, b]| (mean(a), mean(b))).collect();
    let summaries = summaries(sets, &selected, &pairs);
    let mut difference = mean_difference(&pairs).ok_or_else(|| {
        let stories = summaries.iter().map(|set| format!("{}: {}", set.name, set.stories));
        let stories: Vec<String> = stories.collect();
        Error::data(format!(
            "too few stories to compare, at least two per set are needed ({})",
            stories.join("; ")
        ))
    })?;
    // so that the printed difference is exactly that of the printed scores
    let [first, second] = &summaries;
    difference.difference = rounded(second.score - first.score);
    let weighted = weighted_statements(&selected, &votes, &summaries);
    // relative to the middle, a statement of average score contributes nothing, whichever set it is in
    let middle = f64::midpoint(first.score, second.score);
    Ok(Comparison {
        schema: 1,
        models: collection.models(),
        kind: sets.kind(),
        verdict: verdict(&difference),
        difference,
        confidence: CONFIDENCE,
        power: power_note(&difference, &summaries),
        decompositions: decompositions(&weighted, sets, difference.difference),
        statements: statement_contributions(&weighted, middle, difference.difference),
        phrases: phrase_contributions(&weighted, middle),
        sets: summaries,
        issues,
    })
}

/// For each story, the scores of its articles in the two sets.
fn votes_by_story(selected: &[SelectedArticle<'_>]) -> BTreeMap<u32, [Vec<f64>; 2]> {
    let mut votes: BTreeMap<u32, [Vec<f64>; 2]> = BTreeMap::new();
    for article in selected {
        let (weight, contribution) = article.totals();
        if let Some(scores) = votes.entry(article.story).or_default().get_mut(article.set) {
            scores.push(contribution / weight);
        }
    }
    votes
}

fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

fn summaries(sets: &SetSelector, selected: &[SelectedArticle<'_>], pairs: &[ValuePair]) -> [SetSummary; 2] {
    let summary = |set: usize, (name, label): (String, String), votes: Vec<f64>| SetSummary {
        name,
        label,
        articles: selected.iter().filter(|article| article.set == set).count(),
        stories: votes.len(),
        score: rounded(votes.iter().sum::<f64>() / votes.len().max(1) as f64),
        histogram: histogram(&votes),
    };
    let ([first, second], [first_label, second_label]) = (sets.names(), sets.labels());
    [
        summary(0, (first, first_label), pairs.iter().filter_map(|pair| pair.0).collect()),
        summary(1, (second, second_label), pairs.iter().filter_map(|pair| pair.1).collect()),
    ]
}

fn histogram(votes: &[f64]) -> [usize; 20] {
    let mut counts = [0; 20];
    for vote in votes {
        let bin = ((vote + 1.0) * 10.0).floor().clamp(0.0, 19.0) as usize;
        counts[bin] += 1;
    }
    counts
}

fn verdict(difference: &MeanDifference) -> &'static str {
    match difference {
        MeanDifference { p_value, low, .. } if *p_value < 1.0 - CONFIDENCE && *low > 0.0 => "higher",
        MeanDifference { p_value, high, .. } if *p_value < 1.0 - CONFIDENCE && *high < 0.0 => "lower",
        _ => "no clear change",
    }
}

fn power_note(difference: &MeanDifference, sets: &[SetSummary; 2]) -> Option<String> {
    let is_small = sets.iter().any(|set| set.stories < FEW_STORIES);
    let is_undetectable =
        difference.p_value >= 1.0 - CONFIDENCE && difference.difference.abs() < difference.detectable;
    (is_small || is_undetectable).then(|| {
        format!(
            "with {} and {} stories, only a difference of about {:.2} or more would be seen in 4 of 5 cases",
            sets[0].stories, sets[1].stories, difference.detectable
        )
    })
}

/// A statement with its weight and contribution in the mean of its set.
struct WeightedStatement<'a> {
    set: usize,
    article: &'a SeriesArticle,
    statement: &'a SeriesStatement,
    weight: f64,
    contribution: f64,
}

impl WeightedStatement<'_> {
    /// Contribution to the difference of the sets, relative to the score in the `middle` between them.
    fn effect(&self, middle: f64) -> f64 {
        let distance = self.contribution - self.weight * middle;
        if self.set == 0 { -distance } else { distance }
    }
}

/// All statements, weighted so that the weights of each set add up to 1: equal weights of the stories, of the articles
/// of a story, and proportional weights of the statements of an article.
fn weighted_statements<'a>(
    selected: &[SelectedArticle<'a>],
    votes: &BTreeMap<u32, [Vec<f64>; 2]>,
    summaries: &[SetSummary; 2],
) -> Vec<WeightedStatement<'a>> {
    let of_article = |selected: &SelectedArticle<'a>| {
        let (set, article) = (selected.set, selected.article);
        let copies = votes.get(&selected.story).and_then(|sets| sets.get(set)).map_or(1, Vec::len) as f64;
        let scale = 1.0 / (selected.totals().0 * copies * summaries[set].stories as f64);
        let weighted = |statement: &&'a SeriesStatement| WeightedStatement {
            set,
            article,
            statement,
            weight: statement.weight * scale,
            contribution: statement.contribution * scale,
        };
        selected.statements.iter().map(weighted).collect::<Vec<_>>()
    };
    selected.iter().flat_map(of_article).collect()
}

fn decompositions(
    statements: &[WeightedStatement<'_>],
    sets: &SetSelector,
    difference: f64,
) -> Vec<Decomposition> {
    type GroupName = fn(&WeightedStatement<'_>) -> String;
    let mut groupings: Vec<(&'static str, GroupName)> = vec![
        ("side", |s| s.statement.side.to_string()),
        ("speaker", |s| s.statement.speaker.to_string()),
        ("source", |s| s.article.source.as_deref().unwrap_or(UNKNOWN).to_owned()),
    ];
    // sets that are sides have no side in common
    if matches!(sets, SetSelector::Sides(..)) {
        groupings.remove(0);
    }
    let decomposition = |(group_by, group_name): (&'static str, GroupName)| {
        let mut groups: BTreeMap<String, [GroupTotal; 2]> = BTreeMap::new();
        for statement in statements {
            let total = &mut groups.entry(group_name(statement)).or_default()[statement.set];
            total.weight += statement.weight;
            total.contribution += statement.contribution;
        }
        decompose(group_by, &groups, difference)
    };
    groupings.into_iter().map(decomposition).collect()
}

fn statement_contributions(
    statements: &[WeightedStatement<'_>],
    middle: f64,
    difference: f64,
) -> Vec<StatementContribution> {
    let sign = if difference < 0.0 { -1.0 } else { 1.0 };
    let mut ranked: Vec<(f64, &WeightedStatement<'_>)> = statements
        .iter()
        .filter(|s| s.statement.text.is_some())
        .map(|s| (s.effect(middle), s))
        .filter(|(effect, _)| effect * sign > 0.0)
        .collect();
    ranked.sort_by(|a, b| {
        let key =
            |s: &WeightedStatement<'_>| (s.article.day(), s.article.id.clone(), s.statement.text.clone());
        b.0.abs().total_cmp(&a.0.abs()).then_with(|| key(a.1).cmp(&key(b.1)))
    });
    // a quotation that several articles carry is listed once
    ranked.dedup_by(|a, b| a.1.statement.text == b.1.statement.text);
    let statement_contribution = |(contribution, s): (f64, &WeightedStatement<'_>)| StatementContribution {
        set: s.set,
        id: s.article.id.to_string(),
        day: s.article.day(),
        speaker: s.statement.speaker.to_string(),
        side: s.statement.side.to_string(),
        text: s.statement.text.as_deref().unwrap_or_default().to_owned(),
        contribution,
    };
    ranked.into_iter().take(MAX_STATEMENTS).map(statement_contribution).collect()
}

fn phrase_contributions(statements: &[WeightedStatement<'_>], middle: f64) -> Vec<PhraseContribution> {
    let mut sums: BTreeMap<&Arc<str>, (f64, [usize; 2])> = BTreeMap::new();
    for statement in statements {
        let phrases = &statement.statement.phrases;
        let share = statement.effect(middle) / phrases.len().max(1) as f64;
        for phrase in phrases {
            let sum = sums.entry(phrase).or_default();
            sum.0 += share;
            sum.1[statement.set] += 1;
        }
    }
    let mut ranked: Vec<_> = sums.into_iter().collect();
    ranked.sort_by(|a, b| b.1.0.abs().total_cmp(&a.1.0.abs()).then_with(|| a.0.cmp(b.0)));
    let phrase_contribution =
        |(phrase, (contribution, counts)): (&Arc<str>, (f64, [usize; 2]))| PhraseContribution {
            phrase: phrase.to_string(),
            contribution,
            first_count: counts[0],
            second_count: counts[1],
        };
    ranked.into_iter().take(MAX_PHRASES).map(phrase_contribution).collect()
}

#[cfg(test)]
mod tests {
    use detente::internals::DECIMAL_UNITS;

    use super::*;
    use crate::collection::{Collector, DateLimits};
    use crate::scored_row::ScoredRow;
    use crate::series_article::Retain;
    use crate::series_article::tests::article;

    /// An article with a statement of north scored `north` and one of the narrator scored `rest`.
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
            Retain { statements: true, texts: true, ..Retain::default() },
        )
    }

    fn collection(articles: Vec<SeriesArticle>) -> Collection {
        let mut collector = Collector::default();
        for article in articles {
            collector.push(article);
        }
        collector.finish(&DateLimits::default()).expect("articles")
    }

    fn changed() -> Collection {
        let start = Day::new(2020, 1, 1).expect("a day");
        let articles = (0..30).map(|at| {
            let north = if at < 15 { -0.5 } else { 0.5 } + (at % 3) as f64 * 0.1;
            quoted(at, start.plus_days(i64::try_from(at).expect("small")), north, (at % 4) as f64 * 0.1)
        });
        collection(articles.collect())
    }

    fn days(before: &str, after: &str) -> SetSelector {
        SetSelector::Days { before: before.parse().expect("a day"), after: after.parse().expect("a day") }
    }

    #[test]
    fn difference_is_explained_exactly_by_groups_statements_and_phrases() {
        let found = compare(&changed(), &days("2020-01-16", "2020-01-15")).expect("two sets");
        assert_eq!((found.verdict, found.sets[0].stories, found.sets[1].stories), ("higher", 15, 15));
        let units = |value: f64| (value * DECIMAL_UNITS).round() as i64;
        let [a, b] = &found.sets;
        assert_eq!(units(b.score) - units(a.score), units(found.difference.difference));
        for decomposition in &found.decompositions {
            assert_eq!(
                units(decomposition.composition) + units(decomposition.within),
                units(found.difference.difference)
            );
        }
        let side = &found.decompositions[0];
        assert!(side.composition.abs() < 1e-3);
        assert!(side.groups[0].name == "north" && side.groups[0].within > 0.35);
        assert_eq!(found.statements.len(), 5);
        assert!(found.statements.iter().all(|s| s.speaker == "Ann" && s.contribution > 0.0));
        assert_eq!((found.phrases[0].phrase.as_str(), found.phrases[0].first_count), ("breakthrough", 15));
        assert!(found.power.is_none());
    }

    #[test]
    fn equal_sets_give_no_clear_change_and_a_note_on_power() {
        let start = Day::new(2020, 1, 1).expect("a day");
        let same: Vec<SeriesArticle> = (0..12)
            .map(|at| {
                quoted(at, start.plus_days(i64::try_from(at).expect("small")), (at % 3) as f64 * 0.2, 0.0)
            })
            .collect();
        let found = compare(&collection(same), &days("2020-01-07", "2020-01-06")).expect("two sets");
        assert_eq!(found.verdict, "no clear change");
        assert!(found.power.expect("few").contains("6 and 6 stories"));
    }

    #[test]
    fn sides_are_compared_story_by_story() {
        let found =
            compare(&changed(), &SetSelector::Sides("narrator".into(), "north".into())).expect("two sets");
        assert_eq!((found.sets[0].stories, found.sets[1].stories), (30, 30));
        assert_eq!(
            found.decompositions.iter().map(|d| d.group_by).collect::<Vec<_>>(),
            ["speaker", "source"]
        );
        assert!(compare(&changed(), &SetSelector::Sides("narrator".into(), "south".into())).is_err());
    }

    #[test]
    fn articles_between_two_periods_are_reported() {
        let articles =
            (1..=9).map(|day| article(&format!("n{day}"), &format!("2020-01-0{day}"), f64::from(day) / 10.0));
        let found =
            compare(&collection(articles.collect()), &days("2020-01-04", "2020-01-06")).expect("two sets");
        assert_eq!((found.sets[0].articles, found.sets[1].articles), (3, 3));
        assert_eq!((found.issues[0].kind, found.issues[0].count), ("between-sets", 3));
    }
}
