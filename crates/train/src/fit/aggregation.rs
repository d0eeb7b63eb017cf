//! [`learn_aggregation`]: learns how statements add up to the outlook of an article.
//!
//! The shares of the profiles are fitted by non-negative least squares on out-of-fold predictions of the
//! statements, and the curve with the smallest error on left-out negotiations is taken. The width of the intervals follows from the errors on negotiations that the shares were not
//! fitted on (cross-conformal prediction, Vovk 2015).

use std::fmt;

use detente::internals::{combine, profile_scores, uncertainty};
use detente::{Aggregation, IntervalWidth, Profile};
use serde::{Deserialize, Serialize};

use crate::evaluate::article_metrics::{ArticleCase, ArticleMeasures, measure_articles, share};
use crate::fit::aggregation_cases::AggregationCase;
use crate::fit::folds::fold_of_group;
use detente::internals::rounded;

/// Folds of negotiations.
const FOLDS: usize = 10;
/// L2 penalty of the shares. With six profiles, 1, 3, 10 and 30 gave r/MAE of .762/.281, .763/.280, .762/.281
/// and .761/.287 on negotiations left out; on real articles 3 gave .798/.216 and 10 gave .803/.219.
const SHARE_L2: f64 = 10.0;
/// Steepness of the curves that are compared.
const STEEPNESS: [f64; 7] = [0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0];
/// L2 penalty of the variance components.
const VARIANCE_L2: f64 = 1e-3;
/// Nominal coverage of the intervals.
const COVERAGE: f64 = 0.9;
/// Lower bound of the variance that is common to all articles.
const MIN_VARIANCE: f64 = 1e-3;
/// Half-width in standard deviations if there is no error to take a quantile of.
const DEFAULT_QUANTILE: f64 = 2.0;
/// Number of articles that shares can be learned from.
const MIN_ARTICLES: usize = 30;
/// Bootstrap replicates of the intervals of the measures.
const DRAWS: usize = 500;
/// Iterations and tolerance of the coordinate descent.
const MAX_ITERATIONS: usize = 2000;
const TOLERANCE: f64 = 1e-10;

/// A learned aggregation with its cross-validated measures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LearnedAggregation {
    /// The aggregation learned from all articles.
    pub aggregation: Aggregation,
    /// Cross-validated measures by scheme: the learned aggregation, then each profile alone.
    pub schemes: Vec<(String, ArticleMeasures)>,
    /// Coverage of the intervals by number of statements with bearing (1-3, 4-6, 7 and more): name, number of
    /// articles, share of labels within the interval.
    #[serde(rename = "covered")]
    pub coverage: Vec<(String, usize, f64)>,
}

impl fmt::Display for LearnedAggregation {
    /// Shares, interval width, coverage and schemes as Markdown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| profile | share | description |\n|---|---|---|")?;
        for (profile, share) in &self.aggregation.shares {
            writeln!(f, "| {profile} | {share:.4} | {} |", profile.meaning())?;
        }
        writeln!(f, "\nCurve of statement scores: tanh with steepness {}.", self.aggregation.steepness)?;
        let IntervalWidth { base, single, quantile, coverage } = self.aggregation.width;
        writeln!(
            f,
            "\nHalf-width of the {:.0}% interval: {quantile:.4} · √({base:.4} + {single:.4} / n + sampling variance).\n",
            100.0 * coverage
        )?;
        for (name, articles, share) in &self.coverage {
            writeln!(
                f,
                "- {name} statements with bearing: {:.1}% of {articles} labels within",
                100.0 * share
            )?;
        }
        writeln!(f, "\n| scheme | r | MAE | within the interval |\n|---|---|---|---|")?;
        for (name, measures) in &self.schemes {
            writeln!(
                f,
                "| {name} | {} | {} | {:.1}% |",
                measures.r,
                measures.mae,
                100.0 * measures.coverage
            )?;
        }
        Ok(())
    }
}

/// Scores of an article under each learned profile.
type ProfileScores = [f64; Profile::LEARNED.len()];

/// Error of a predicted outlook, with what its variance depends on.
#[derive(Clone, Copy, Debug)]
struct OutlookError {
    fold: usize,
    error: f64,
    /// 1 / effective number of statements.
    inverse_n: f64,
    /// Sampling variance of the statements' scores.
    sampling_variance: f64,
}

/// Learns shares and interval width; `None` if there are too few articles with an outlook.
pub(crate) fn learn_aggregation(cases: &[AggregationCase], seed: u64) -> Option<LearnedAggregation> {
    let used: Vec<&AggregationCase> =
        cases.iter().filter(|case| scores_of(case, &Aggregation::default()).is_some()).collect();
    if used.len() < MIN_ARTICLES {
        return None;
    }
    let fold_of = |case: &AggregationCase| fold_of_group(&case.group, seed, FOLDS);
    let fit_folds = |steepness: f64| -> Vec<Aggregation> {
        (0..FOLDS)
            .map(|fold| fit_shares(used.iter().filter(|case| fold_of(case) != fold), steepness))
            .collect()
    };
    let squared_error = |folds: &[Aggregation]| -> f64 {
        let error =
            |case: &&AggregationCase| Some((case.gold - outlook(case, &folds[fold_of(case)])?).powi(2));
        used.iter().filter_map(error).sum()
    };
    let by_steepness = STEEPNESS.map(|steepness| {
        let folds = fit_folds(steepness);
        (squared_error(&folds), steepness, folds)
    });
    let (_, steepness, mut folds) = by_steepness.into_iter().min_by(|(a, ..), (b, ..)| a.total_cmp(b))?;
    let mut errors = Vec::new();
    for case in &used {
        let aggregation = &folds[fold_of(case)];
        let (inverse_n, sampling_variance) = uncertainty(&case.parts, case.headline, aggregation)?;
        let error = case.gold - outlook(case, aggregation)?;
        errors.push(OutlookError { fold: fold_of(case), error, inverse_n, sampling_variance });
    }
    for (fold, aggregation) in folds.iter_mut().enumerate() {
        aggregation.width = fit_width(errors.iter().filter(|e| e.fold != fold));
    }
    let predict = |aggregation: &dyn Fn(&AggregationCase) -> Aggregation| {
        let case = |case: &AggregationCase| ArticleCase {
            outlook: combine(&case.parts, case.headline, &aggregation(case)).map(|combined| combined.outlook),
            gold: case.gold,
            group: case.group.clone(),
        };
        cases.iter().map(case).collect::<Vec<ArticleCase>>()
    };
    let learned = predict(&|case| folds[fold_of(case)].clone());
    let mut schemes = vec![("learned".to_owned(), measure_articles(&learned, DRAWS, seed))];
    for profile in Profile::ALL {
        let alone = predict(&|case| folds[fold_of(case)].alone(profile));
        schemes.push((profile.to_string(), measure_articles(&alone, DRAWS, seed)));
    }
    let aggregation = Aggregation { width: fit_width(&errors), ..fit_shares(&used, steepness) };
    Some(LearnedAggregation { aggregation, schemes, coverage: coverage(&learned) })
}

/// Returns the scores of an article under each learned profile; `None` if no statement counts.
fn scores_of(case: &AggregationCase, aggregation: &Aggregation) -> Option<ProfileScores> {
    profile_scores(&case.parts, case.headline, aggregation)
}

/// Returns the outlook of an article; `None` if no statement counts.
fn outlook(case: &AggregationCase, aggregation: &Aggregation) -> Option<f64> {
    Some(combine(&case.parts, case.headline, aggregation)?.outlook.score.get())
}

/// Fits the shares of the profiles for curves of that steepness.
fn fit_shares<'c>(cases: impl IntoIterator<Item = &'c &'c AggregationCase>, steepness: f64) -> Aggregation {
    let curve = Aggregation { steepness, ..Aggregation::default() };
    let row = |case: &&AggregationCase| Some((scores_of(case, &curve)?, case.gold));
    let (x, y): (Vec<ProfileScores>, Vec<f64>) = cases.into_iter().filter_map(row).unzip();
    let shares = Profile::LEARNED.into_iter().zip(non_negative_ridge(&x, &y, SHARE_L2)).collect();
    Aggregation { shares, ..curve }
}

/// Fits the interval width to errors: the variance components by least squares of the squared errors, less
/// their sampling variance, on 1 and 1 / n, and the conformal quantile of the standardised errors.
fn fit_width<'e>(errors: impl IntoIterator<Item = &'e OutlookError>) -> IntervalWidth {
    let errors: Vec<&OutlookError> = errors.into_iter().collect();
    let (x, y): (Vec<[f64; 2]>, Vec<f64>) =
        errors.iter().map(|e| ([1.0, e.inverse_n], e.error * e.error - e.sampling_variance)).unzip();
    let [base, single] = non_negative_ridge(&x, &y, VARIANCE_L2);
    let base = base.max(MIN_VARIANCE);
    let standardised =
        |e: &&OutlookError| e.error.abs() / (base + single * e.inverse_n + e.sampling_variance).sqrt();
    let mut sizes: Vec<f64> = errors.iter().map(standardised).collect();
    sizes.sort_by(f64::total_cmp);
    let rank = (COVERAGE * (sizes.len() + 1) as f64).ceil() as usize;
    let quantile = sizes.get(rank.saturating_sub(1)).or(sizes.last()).copied().unwrap_or(DEFAULT_QUANTILE);
    IntervalWidth { base, single, quantile: (quantile * 1e4).ceil() / 1e4, coverage: COVERAGE }
}

/// Non-negative weights with the least squared error plus `l2` times their squares, by coordinate descent on
/// the normal equations; rounded to 4 decimals, as the card states them.
fn non_negative_ridge<const N: usize>(x: &[[f64; N]], y: &[f64], l2: f64) -> [f64; N] {
    let mut gram = [[0.0; N]; N];
    let mut xy = [0.0; N];
    for (row, y) in x.iter().zip(y) {
        for i in 0..N {
            xy[i] += row[i] * y;
            for j in 0..N {
                gram[i][j] += row[i] * row[j];
            }
        }
    }
    for (i, row) in gram.iter_mut().enumerate() {
        row[i] += l2;
    }
    let mut weights = [0.0_f64; N];
    for _ in 0..MAX_ITERATIONS {
        let mut largest_change = 0.0_f64;
        for i in 0..N {
            let fitted: f64 = gram[i].iter().zip(&weights).map(|(g, w)| g * w).sum();
            let next = (weights[i] + (xy[i] - fitted) / gram[i][i]).max(0.0);
            largest_change = largest_change.max((next - weights[i]).abs());
            weights[i] = next;
        }
        if largest_change < TOLERANCE {
            break;
        }
    }
    weights.map(rounded)
}

/// Coverage by number of statements with bearing.
fn coverage(cases: &[ArticleCase]) -> Vec<(String, usize, f64)> {
    [("1-3", 1..=3), ("4-6", 4..=6), ("7 and more", 7..=usize::MAX)]
        .into_iter()
        .map(|(name, range)| {
            let covered: Vec<bool> = cases
                .iter()
                .filter(|case| case.outlook.as_ref().is_some_and(|o| range.contains(&o.bearing)))
                .filter_map(ArticleCase::is_covered)
                .collect();
            (name.to_owned(), covered.len(), rounded(share(&covered)))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ridge_weights_are_exact_or_zero() {
        let x: Vec<[f64; 2]> = (0..40).map(|i| [f64::from(i % 7) - 3.0, f64::from(i % 5) - 2.0]).collect();
        let y: Vec<f64> = x.iter().map(|[a, b]| 0.5 * a - 0.7 * b).collect();
        let [first, second] = non_negative_ridge(&x, &y, 1e-9);
        assert!((0.3..0.7).contains(&first) && second == 0.0, "{first} {second}");
        let y: Vec<f64> = x.iter().map(|[a, b]| 0.5 * a + 0.7 * b).collect();
        assert_eq!(non_negative_ridge(&x, &y, 1e-9), [0.5, 0.7]);
    }

    #[test]
    fn intervals_have_their_nominal_coverage() {
        // errors in proportion to 1 / n
        let errors: Vec<OutlookError> = (1..=400)
            .map(|i| {
                let inverse_n = if i % 2 == 0 { 1.0 } else { 0.1 };
                let error = f64::from(i % 20 - 10) / 10.0 * inverse_n;
                OutlookError { fold: 0, error, inverse_n, sampling_variance: 0.0 }
            })
            .collect();
        let width = fit_width(&errors);
        let half = |inverse_n: f64| width.quantile * (width.base + width.single * inverse_n).sqrt();
        let within = errors.iter().filter(|e| e.error.abs() <= half(e.inverse_n)).count();
        assert!((360..=400).contains(&within), "{within}");
        assert!(half(1.0) > 2.0 * half(0.1));
    }
}
