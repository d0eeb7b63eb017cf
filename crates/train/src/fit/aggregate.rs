//! [`learn_aggregation`]: how statements add up, learned from labelled articles.
//!
//! Statements are scored by models that had not seen the article's negotiation, shares are learned by
//! least squares with no share below 0, and the width of intervals from the errors on negotiations
//! that the shares had not seen (cross-conformal prediction, Vovk 2015).

use std::collections::BTreeMap;
use std::fmt;

use detente::internals::{StatementContext, WeightedStatement, combine, profile_scores, uncertainty};
use detente::{Aggregation, IntervalWidth, Probability, Profile, Score, Span, StatementScore};
use serde::{Deserialize, Serialize};

use crate::corpus::labelled::LabelledArticle;
use crate::evaluate::article_metrics::{ArticleCase, ArticleFigures, measure_articles};
use crate::evaluate::measures::Predicted;
use crate::fit::folds::fold;

/// Folds of negotiations for shares and widths.
const FOLDS: usize = 10;
/// Pull of the shares to 0. Of 1, 3, 10 and 30, when six profiles shared, r and MAE on negotiations left out were .762/.281,
/// .763/.280, .762/.281 and .761/.287; on real articles 3 gives .798/.216 and 10 .803/.219.
const PULL: f64 = 10.0;
/// Nominal coverage of intervals.
const COVERAGE: f64 = 0.9;
/// Least share of a unit's variance that stands whatever the text.
const LEAST: f64 = 1e-3;
/// Fewest articles that shares are learned from.
const FEWEST: usize = 30;
/// Draws of the bootstrap behind the figures' intervals.
const DRAWS: usize = 500;

/// A labelled article as the aggregation sees it.
#[derive(Clone, Debug)]
pub struct AggregationCase {
    parts: Vec<WeightedStatement>,
    headline: Option<f64>,
    gold: f64,
    group: String,
}

impl AggregationCase {
    /// The case of an article whose statements and headline were judged so; `None` where it has no label.
    #[must_use]
    pub fn new(
        labelled: &LabelledArticle,
        judged: &[Predicted],
        headline: Option<Predicted>,
    ) -> Option<Self> {
        let gold = labelled.outlook? / 3.0;
        let article = labelled.article();
        let mut from = 0;
        let mut spans = Vec::new();
        for statement in &labelled.statements {
            let start = from + labelled.text.get(from..)?.find(&statement.text)?;
            from = start + statement.text.len();
            spans.push(Span::new(start, from));
        }
        let context = StatementContext::new(&article, &spans);
        let judgement = |p: &Predicted| {
            let (bearing, hedge) = (p.bearing.unwrap_or(1.0), p.hedge.unwrap_or(0.0));
            StatementScore::new(
                Score::clamped(p.score),
                Probability::clamped(bearing),
                Probability::clamped(hedge),
            )
        };
        let parts = judged.iter().enumerate().map(|(at, p)| context.weighted(at, judgement(p))).collect();
        let headline = headline.filter(|p| p.bearing.is_none_or(|b| b >= detente::internals::MIN_BEARING));
        let group = labelled.negotiation.clone().unwrap_or_else(|| labelled.id.clone());
        Some(Self { parts, headline: headline.map(|p| p.score), gold, group })
    }
}

/// An aggregation with what it does to negotiations left out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LearnedAggregation {
    /// What was learned from all articles.
    pub aggregation: Aggregation,
    /// Figures of the learned shares, then of each scheme, on articles whose negotiation neither the
    /// statements' models nor the shares had seen.
    pub schemes: Vec<(String, ArticleFigures)>,
    /// Share of the labels within their interval, by number of bearing statements (1–3, 4–6, more), with
    /// the number of articles.
    pub covered: Vec<(String, usize, f64)>,
}

impl fmt::Display for LearnedAggregation {
    /// Shares, widths, coverage and the schemes, as Markdown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| profile | share | what it is |\n|---|---|---|")?;
        for (profile, share) in &self.aggregation.shares {
            writeln!(f, "| {profile} | {share:.4} | {} |", profile.meaning())?;
        }
        let IntervalWidth { base, single, quantile, coverage } = self.aggregation.width;
        writeln!(
            f,
            "\nHalf-width of an interval of {:.0}%: {quantile:.4} · √({base:.4} + {single:.4} / n + sampling variance).\n",
            100.0 * coverage
        )?;
        for (name, articles, share) in &self.covered {
            writeln!(f, "- {name} bearing statements: {:.1}% of {articles} within", 100.0 * share)?;
        }
        writeln!(f, "\n| scheme | r | MAE | within the interval |\n|---|---|---|---|")?;
        for (name, figures) in &self.schemes {
            writeln!(f, "| {name} | {} | {} | {:.1}% |", figures.r, figures.mae, 100.0 * figures.covered)?;
        }
        Ok(())
    }
}

/// Learns from `cases`; `None` where they are too few.
#[must_use]
pub fn learn_aggregation(cases: &[AggregationCase], seed: u64) -> Option<LearnedAggregation> {
    let rows: Vec<(&AggregationCase, [f64; Profile::LEARNED.len()])> =
        cases.iter().filter_map(|case| Some((case, profile_scores(&case.parts, case.headline)?))).collect();
    if rows.len() < FEWEST {
        return None;
    }
    let part = |case: &AggregationCase| fold(&case.group, seed, FOLDS);
    let shares = |keep: &dyn Fn(&AggregationCase) -> bool| {
        let kept = rows.iter().filter(|(case, _)| keep(case));
        let (x, y): (Vec<[f64; Profile::LEARNED.len()]>, Vec<f64>) =
            kept.map(|(case, x)| (*x, case.gold)).unzip();
        Profile::LEARNED.into_iter().zip(least_squares(&x, &y, PULL)).collect::<BTreeMap<_, _>>()
    };
    // each case's error and doubts, under shares that had not seen its negotiation
    let width = Aggregation::default().width;
    let folds: Vec<Aggregation> = (0..FOLDS)
        .map(|left_out| Aggregation { shares: shares(&|case| part(case) != left_out), width })
        .collect();
    let mut errors = Vec::new();
    for (case, _) in &rows {
        let aggregation = &folds[part(case)];
        let outlook = combine(&case.parts, case.headline, aggregation)?.outlook;
        let doubts = uncertainty(&case.parts, case.headline, aggregation)?;
        errors.push((part(case), case.gold - outlook.score.get(), doubts));
    }
    let width_of = |keep: &dyn Fn(usize) -> bool| {
        let kept = errors.iter().filter(|(part, ..)| keep(*part));
        fit_width(&kept.map(|(_, error, doubts)| (*error, *doubts)).collect::<Vec<_>>())
    };
    let folds: Vec<Aggregation> = folds
        .into_iter()
        .enumerate()
        .map(|(left_out, fold)| Aggregation { width: width_of(&|part| part != left_out), ..fold })
        .collect();
    let judged = |aggregation: &dyn Fn(&AggregationCase) -> Aggregation| {
        let case = |case: &AggregationCase| ArticleCase {
            outlook: combine(&case.parts, case.headline, &aggregation(case)).map(|combined| combined.outlook),
            gold: case.gold,
            group: case.group.clone(),
        };
        cases.iter().map(case).collect::<Vec<ArticleCase>>()
    };
    let learned = judged(&|case| folds[part(case)].clone());
    let mut schemes = vec![("learned".to_owned(), measure_articles(&learned, DRAWS, seed))];
    for profile in Profile::ALL {
        let alone = judged(&|case| folds[part(case)].alone(profile));
        schemes.push((profile.to_string(), measure_articles(&alone, DRAWS, seed)));
    }
    let aggregation = Aggregation { shares: shares(&|_| true), width: width_of(&|_| true) };
    Some(LearnedAggregation { aggregation, schemes, covered: covered(&learned) })
}

/// The width that errors ask for, each with its doubts: what their squares exceed the sampling variance by,
/// by least squares on 1 and 1 / n, and the conformal quantile of their sizes in units of the root.
fn fit_width(errors: &[(f64, (f64, f64))]) -> IntervalWidth {
    let (x, y): (Vec<[f64; 2]>, Vec<f64>) =
        errors.iter().map(|(error, (one_in, variance))| ([1.0, *one_in], error * error - variance)).unzip();
    let [base, single] = least_squares(&x, &y, 1e-3);
    let base = base.max(LEAST);
    let unit = |(one_in, variance): (f64, f64)| (base + single * one_in + variance).sqrt();
    let mut sizes: Vec<f64> = errors.iter().map(|(error, doubts)| error.abs() / unit(*doubts)).collect();
    sizes.sort_by(f64::total_cmp);
    let rank = (COVERAGE * (sizes.len() + 1) as f64).ceil() as usize;
    let quantile = sizes.get(rank.saturating_sub(1)).or(sizes.last()).copied().unwrap_or(2.0);
    IntervalWidth { base, single, quantile: (quantile * 1e4).ceil() / 1e4, coverage: COVERAGE }
}

/// Weights, none below 0, with the least squared error and `pull` times their own squares, by
/// coordinate descent on the normal equations.
fn least_squares<const N: usize>(x: &[[f64; N]], y: &[f64], pull: f64) -> [f64; N] {
    let mut gram = [[0.0; N]; N];
    let mut target = [0.0; N];
    for (row, y) in x.iter().zip(y) {
        for i in 0..N {
            target[i] += row[i] * y;
            for j in 0..N {
                gram[i][j] += row[i] * row[j];
            }
        }
    }
    for (i, row) in gram.iter_mut().enumerate() {
        row[i] += pull;
    }
    let mut weights = [0.0_f64; N];
    for _ in 0..2000 {
        let mut moved = 0.0_f64;
        for i in 0..N {
            let slope: f64 = gram[i].iter().zip(&weights).map(|(g, w)| g * w).sum();
            let next = (weights[i] + (target[i] - slope) / gram[i][i]).max(0.0);
            moved = moved.max((next - weights[i]).abs());
            weights[i] = next;
        }
        if moved < 1e-10 {
            break;
        }
    }
    // four decimals, as everything in the card
    weights.map(|weight| (weight * 1e4).round() / 1e4)
}

/// Coverage by number of bearing statements.
fn covered(cases: &[ArticleCase]) -> Vec<(String, usize, f64)> {
    let of = |(name, range): (&str, std::ops::RangeInclusive<usize>)| {
        let hits: Vec<bool> = cases
            .iter()
            .filter_map(|case| Some((case.outlook.as_ref()?, case.gold)))
            .filter(|(outlook, _)| range.contains(&outlook.bearing))
            .map(|(outlook, gold)| (outlook.low.get()..=outlook.high.get()).contains(&gold))
            .collect();
        let share = hits.iter().filter(|hit| **hit).count() as f64 / hits.len().max(1) as f64;
        (name.to_owned(), hits.len(), (share * 1e4).round() / 1e4)
    };
    [("1-3", 1..=3), ("4-6", 4..=6), ("7 and more", 7..=usize::MAX)].into_iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn least_squares_keeps_to_what_is_not_negative() {
        let x: Vec<[f64; 2]> = (0..40).map(|i| [f64::from(i % 7) - 3.0, f64::from(i % 5) - 2.0]).collect();
        let y: Vec<f64> = x.iter().map(|[a, b]| 0.5 * a - 0.7 * b).collect();
        let [first, second] = least_squares(&x, &y, 1e-9);
        assert!((0.3..0.7).contains(&first) && second == 0.0, "{first} {second}");
        let y: Vec<f64> = x.iter().map(|[a, b]| 0.5 * a + 0.7 * b).collect();
        assert_eq!(least_squares(&x, &y, 1e-9), [0.5, 0.7]);
    }

    #[test]
    fn widths_cover_what_they_say() {
        // errors that grow with the doubt
        let errors: Vec<(f64, (f64, f64))> = (1..=400)
            .map(|i| {
                let one_in = if i % 2 == 0 { 1.0 } else { 0.1 };
                (f64::from(i % 20 - 10) / 10.0 * one_in, (one_in, 0.0))
            })
            .collect();
        let width = fit_width(&errors);
        let half = |one_in: f64| width.quantile * (width.base + width.single * one_in).sqrt();
        let within = errors.iter().filter(|(error, d)| error.abs() <= half(d.0)).count();
        assert!((360..=400).contains(&within), "{within}");
        assert!(half(1.0) > 2.0 * half(0.1));
    }
}
