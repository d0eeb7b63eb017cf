//! [`reasons`]: in one sentence, which statements make the outlook what it is.

use detente::{ExplainedArticle, ScoredStatement};

use crate::number::signed;

/// Most statements named for the outlook, and most against it.
const MAX_FOR: usize = 2;
const MAX_AGAINST: usize = 1;
/// Least share of the contributions of one sign that makes a statement worth naming.
const MIN_SHARE: f64 = 0.15;
/// Least contribution that can hold an outlook back.
const MIN_AGAINST: f64 = 0.01;
/// Characters of a statement that are quoted.
const MAX_QUOTED: usize = 90;

/// Returns why the outlook is what it is: the statements that contribute most to it and most against it, with what
/// each adds; `None` without an outlook.
///
/// "Optimistic mainly because of “…” (Ostrania, +0.25). Held back by “…” (farm unions, −0.05)."
pub(crate) fn reasons(explained: &ExplainedArticle) -> Option<String> {
    let article = &explained.article;
    let outlook = article.outlook.as_ref()?;
    let direction = if outlook.score.get() < 0.0 { -1.0 } else { 1.0 };
    let largest = |sign: f64, least: f64, most: usize| {
        let mut own: Vec<&ScoredStatement> =
            article.statements.iter().filter(|statement| statement.contribution * sign > least).collect();
        let total: f64 = own.iter().map(|statement| statement.contribution.abs()).sum();
        own.retain(|statement| statement.contribution.abs() >= MIN_SHARE * total);
        own.sort_by(|a, b| b.contribution.abs().total_cmp(&a.contribution.abs()).then(a.index.cmp(&b.index)));
        own.truncate(most);
        own.into_iter().map(quoted).collect::<Vec<_>>().join(" and ")
    };
    let supporting = largest(direction, 0.0, MAX_FOR);
    let opposing = largest(-direction, MIN_AGAINST, MAX_AGAINST);
    let mut reading = outlook.reading.to_string();
    if let Some(first) = reading.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    let mut sentence = if supporting.is_empty() {
        format!("{reading}: no statement stands out.")
    } else {
        format!("{reading} mainly because of {supporting}.")
    };
    if !opposing.is_empty() {
        let verb = if direction > 0.0 { "Held back by" } else { "Softened by" };
        for part in [" ", verb, " ", &opposing, "."] {
            sentence.push_str(part);
        }
    } else if article.statements.iter().all(|statement| statement.contribution * direction >= 0.0) {
        sentence += " No statement speaks against it.";
    }
    Some(sentence)
}

/// A statement in quotation marks, with its speaker and what it adds.
fn quoted(statement: &ScoredStatement) -> String {
    let mut text = statement.text.split_whitespace().collect::<Vec<_>>().join(" ");
    // characters, not columns: the sentence goes into Markdown and HTML as well
    if let Some((end, _)) = text.char_indices().nth(MAX_QUOTED) {
        text.truncate(end);
        let end = text.rfind(' ').unwrap_or(end);
        text.truncate(end);
        text.push_str(" …");
    }
    let inner = text.replace(['“', '”'], "").replace('"', "");
    let who = statement.speaker.as_ref().map_or_else(String::new, |speaker| format!("{}, ", speaker.name));
    let added = signed(statement.contribution, 2);
    format!("“{}” ({who}{added})", inner.trim_end_matches(['.', ',', ';']))
}

#[cfg(test)]
mod tests {
    use detente::{Article, Engine};

    use super::*;

    fn of(text: &str) -> Option<String> {
        reasons(&Engine::builtin().expect("the built-in model").explain(&Article::new("note", text)))
    }

    #[test]
    fn statements_for_and_against_are_named_with_their_speakers() {
        let text = "The two sides signed the accord, Ada Brenn said. Rebels rejected one clause of it.";
        let sentence = of(text).expect("an outlook");
        assert!(sentence.contains("mainly because of “The two sides signed the accord"), "{sentence}");
        assert!(sentence.contains("(Ada Brenn, +"), "{sentence}");
        assert!(sentence.contains("Held back by “Rebels rejected one clause of it” ("), "{sentence}");
        assert!(sentence.starts_with(char::is_uppercase), "{sentence}");
    }

    #[test]
    fn one_sided_and_bad_outlooks_have_their_own_words() {
        let collapsed = of("The talks collapsed on Sunday.").expect("an outlook");
        assert!(
            collapsed.contains("−") && collapsed.ends_with("No statement speaks against it."),
            "{collapsed}"
        );
        let softened =
            of("The talks collapsed on Sunday. The envoys welcomed a gesture.").expect("an outlook");
        assert!(softened.contains("Softened by “The envoys welcomed"), "{softened}");
        assert_eq!(of("The bakery opens at seven."), None);
    }

    #[test]
    fn long_statements_are_cut_between_words() {
        let long =
            format!("The envoys agreed to {} and signed the accord.", "hold further talks ".repeat(12));
        let sentence = of(&long).expect("an outlook");
        assert!(sentence.contains(" …” ("), "{sentence}");
        assert!(sentence.chars().count() < 200, "{sentence}");
    }
}
