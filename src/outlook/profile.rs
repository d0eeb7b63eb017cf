//! [`statement_weights`]: the weight of each statement under a mixture of profiles.

use detente_lang::{SpeakerKind, SpeakerMention};

use crate::model::aggregation::{Aggregation, Profile};

/// Least bearing of a statement that counts.
pub const MIN_BEARING: f64 = 0.5;
/// Decay of the weight with the distance to the headline's score, for [`Profile::HeadlineSimilarity`]: the
/// weight falls by a factor of e for each quarter of the scale unit. Of 2, 4 and 8, this one gave most
/// together with the lead profile (r .764, .765, .765 on held-out negotiations of the authored articles).
const SIMILARITY_DECAY: f64 = 4.0;
/// Part of the lead weight that a statement keeps however far it is from the headline, for
/// [`Profile::HeadlineSimilarity`]. Of 0 and 0.25, r was .806 and .799 on 156 new articles and .766 and .788
/// on real ones, whose headlines are misread more often; both figures were in view.
const SIMILARITY_FLOOR: f64 = 0.25;
/// Exponent of sentometrics' exponential weights.
const EXPONENTIAL_SLOPE: f64 = 5.0;

/// Statement with all that its weight depends on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WeightedStatement {
    /// Expected score, -1..+1; 0 if the bearing is below [`MIN_BEARING`].
    pub(crate) score: f64,
    /// Probability of bearing, 0..1.
    pub(crate) bearing: f64,
    /// Probability of hedging, 0..1; `None` if the model learned nothing of hedges.
    pub(crate) hedge: Option<f64>,
    /// Whether it describes old events.
    pub(crate) background: bool,
    /// Whether it repeats an earlier statement word for word.
    pub(crate) repeated: bool,
    /// Whether it describes an event of the days before publication.
    pub(crate) news: bool,
    /// Role of its speaker.
    pub(crate) speaker: SpeakerRole,
}

/// Role of a speaker in the negotiation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SpeakerRole {
    /// The article itself.
    Narrator,
    /// A party to the negotiation.
    Party,
    /// Anyone else: outsiders, unnamed sources, unknown speakers.
    Other,
}

impl From<Option<&SpeakerMention>> for SpeakerRole {
    fn from(speaker: Option<&SpeakerMention>) -> Self {
        match speaker.map(|speaker| speaker.kind) {
            None => Self::Narrator,
            Some(SpeakerKind::Party) => Self::Party,
            Some(SpeakerKind::Outsider | SpeakerKind::Unnamed | SpeakerKind::Other) => Self::Other,
        }
    }
}

impl WeightedStatement {
    /// Returns whether the statement contributes to the outlook.
    #[must_use]
    pub(crate) fn counts(&self) -> bool {
        !self.background && !self.repeated && self.bearing >= MIN_BEARING
    }
}

/// Returns the weight of each statement and, last, of the headline. They add up to the sum of the
/// aggregation's shares, or are all 0 if no statement counts.
///
/// A profile under which all weights are 0 (no party speaks, there is no headline) is replaced by the lead
/// profile.
#[must_use]
pub(crate) fn statement_weights(
    statements: &[WeightedStatement],
    headline: Option<f64>,
    aggregation: &Aggregation,
) -> Vec<f64> {
    let mut weights = vec![0.0; statements.len() + 1];
    if !statements.iter().any(WeightedStatement::counts) {
        return weights;
    }
    let mut of_profile = Vec::with_capacity(weights.len());
    for (profile, share) in &aggregation.shares {
        profile_weights(statements, headline, *profile, &mut of_profile);
        for (weight, part) in weights.iter_mut().zip(&of_profile) {
            *weight += share * part;
        }
    }
    weights
}

/// Returns the article's score under each learned profile alone, with the curve of `aggregation`; `None` if
/// no statement counts.
///
/// The outlook is the sum of these, each times its share, so they are the regressors that shares are
/// learned from.
#[must_use]
pub fn profile_scores(
    statements: &[WeightedStatement],
    headline: Option<f64>,
    aggregation: &Aggregation,
) -> Option<[f64; Profile::LEARNED.len()]> {
    statements.iter().any(WeightedStatement::counts).then(|| {
        Profile::LEARNED.map(|profile| {
            let mut weights = Vec::new();
            profile_weights(statements, headline, profile, &mut weights);
            let weighted = weights.iter().zip(statements);
            weighted.map(|(weight, statement)| weight * aggregation.curved(statement.score)).sum()
        })
    })
}

/// Fills `weights` with those of one profile, normalised to add up to 1.
fn profile_weights(
    statements: &[WeightedStatement],
    headline: Option<f64>,
    profile: Profile,
    weights: &mut Vec<f64>,
) {
    raw_weights(statements, headline, profile, weights);
    let mut total: f64 = weights.iter().sum();
    if total <= 0.0 {
        raw_weights(statements, headline, Profile::Lead, weights);
        total = weights.iter().sum();
    }
    for weight in weights {
        *weight /= total;
    }
}

/// Fills `weights` with those of one profile, not normalised.
fn raw_weights(
    statements: &[WeightedStatement],
    headline: Option<f64>,
    profile: Profile,
    weights: &mut Vec<f64>,
) {
    let count = statements.iter().filter(|statement| statement.counts()).count() as f64;
    let indicator = |condition: bool| f64::from(u8::from(condition));
    let mut rank = 0.0;
    let mut raw_weight = |statement: &WeightedStatement| {
        if !statement.counts() {
            return indicator(profile == Profile::Proportional && !statement.repeated);
        }
        let lead = statement.bearing / (1.0 + rank);
        rank += 1.0;
        let lead_if = |condition: bool| if condition { lead } else { 0.0 };
        // sentometrics counts positions from 1
        let from_middle = rank - f64::midpoint(count, 1.0);
        match profile {
            Profile::Bearing => statement.bearing,
            Profile::Lead => lead,
            Profile::Strongest => lead * statement.score.abs(),
            Profile::Parties => lead_if(statement.speaker != SpeakerRole::Other),
            Profile::News => lead_if(statement.news),
            Profile::HeadlineSimilarity => headline.map_or(0.0, |headline| {
                lead * (SIMILARITY_FLOOR + (-SIMILARITY_DECAY * (statement.score - headline).abs()).exp())
            }),
            Profile::Mean | Profile::Proportional => 1.0,
            Profile::ProportionalPol => indicator(statement.score != 0.0),
            Profile::First => indicator(rank <= 1.0),
            Profile::Last => indicator(rank >= count),
            Profile::Headline => 0.0,
            Profile::UShaped => from_middle * from_middle,
            Profile::InverseUShaped => 0.25 - from_middle * from_middle / (count * count),
            Profile::Exponential => (EXPONENTIAL_SLOPE * (rank / count - 1.0)).exp(),
            Profile::InverseExponential => (EXPONENTIAL_SLOPE * (1.0 - rank / count)).exp(),
        }
    };
    weights.clear();
    weights.extend(statements.iter().map(&mut raw_weight));
    weights.push(indicator(profile == Profile::Headline && headline.is_some()));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weights_of(statements: &[WeightedStatement], headline: Option<f64>, profile: Profile) -> Vec<f64> {
        let mut weights = Vec::new();
        profile_weights(statements, headline, profile, &mut weights);
        weights
    }

    fn statement(score: f64) -> WeightedStatement {
        WeightedStatement {
            score,
            bearing: 0.9,
            hedge: Some(0.2),
            background: false,
            repeated: false,
            news: false,
            speaker: SpeakerRole::Narrator,
        }
    }

    #[test]
    fn weights_of_every_profile_add_up_to_one() {
        let no_bearing = WeightedStatement { bearing: 0.1, score: 0.0, ..statement(0.0) };
        let old = WeightedStatement { background: true, ..statement(-0.9) };
        let party = WeightedStatement { speaker: SpeakerRole::Party, news: true, ..statement(0.5) };
        let several = vec![no_bearing, statement(0.3), old, statement(0.0), party];
        for statements in [vec![statement(0.3)], several, vec![statement(0.0)]] {
            for headline in [None, Some(0.4)] {
                for profile in Profile::ALL {
                    let weights = weights_of(&statements, headline, profile);
                    assert!((weights.iter().sum::<f64>() - 1.0).abs() < 1e-12, "{profile} {weights:?}");
                    assert!(weights.iter().all(|weight| *weight >= 0.0), "{profile} {weights:?}");
                }
            }
        }
    }

    #[test]
    fn profiles_weigh_positions_as_described() {
        let statements = [statement(0.6), statement(0.0), statement(-0.6)];
        let weights = |profile| weights_of(&statements, Some(-0.6), profile);
        assert_eq!(weights(Profile::First), [1.0, 0.0, 0.0, 0.0]);
        assert_eq!(weights(Profile::Last), [0.0, 0.0, 1.0, 0.0]);
        assert_eq!(weights(Profile::Headline), [0.0, 0.0, 0.0, 1.0]);
        assert_eq!(weights(Profile::UShaped), [0.5, 0.0, 0.5, 0.0]);
        assert_eq!(weights(Profile::ProportionalPol), [0.5, 0.0, 0.5, 0.0]);
        let (lead, similar) = (weights(Profile::Lead), weights(Profile::HeadlineSimilarity));
        assert!(lead[0] > lead[1] && lead[1] > lead[2]);
        assert!(similar[2] > similar[0], "the last statement has the headline's score");
        assert!(weights(Profile::Exponential)[2] > weights(Profile::InverseExponential)[2]);
    }
}
