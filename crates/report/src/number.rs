//! Numbers as the reports print them: scores with a sign, p-values, counts with their noun.

/// `value` with its sign and this many decimals. The minus is U+2212, as wide as the plus; a value that rounds to 0 is
/// printed as +0.
pub(crate) fn signed(value: f64, decimals: usize) -> String {
    let text = format!("{value:+.decimals$}");
    match text.strip_prefix('-') {
        Some(digits) if digits.bytes().all(|byte| matches!(byte, b'0' | b'.')) => format!("+{digits}"),
        Some(digits) => format!("−{digits}"),
        None => text,
    }
}

/// A score on the scale -1..=1 as the reports print it: with its sign and two decimals.
///
/// ```
/// assert_eq!(detente_report::format_score(-0.256), "−0.26");
/// ```
#[must_use]
pub fn format_score(value: f64) -> String {
    score(value)
}

/// A score on the scale -1..=1.
pub(crate) fn score(value: f64) -> String {
    signed(value, 2)
}

/// A score, or `·` if there is none.
pub(crate) fn optional_score(value: Option<f64>) -> String {
    value.map_or_else(|| "·".to_owned(), score)
}

/// Millionths as a number with all six decimals, so that printed columns add up exactly.
pub(crate) fn micro(millionths: i64) -> String {
    signed(millionths as f64 / 1e6, 6)
}

/// A p-value, or the smallest value that is printed.
pub(crate) fn p_value(p: f64) -> String {
    if p < 0.001 { "p < .001".to_owned() } else { format!("p = {p:.3}").replace("0.", ".") }
}

/// A count with its noun and thousands separators: "1,234 articles".
pub(crate) fn count(number: usize, singular: &str, plural: &str) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{grouped} {}", if number == 1 { singular } else { plural })
}

/// "412 articles, 37 stories".
pub(crate) fn articles_and_stories(articles: usize, stories: usize) -> String {
    format!("{}, {}", count(articles, "article", "articles"), count(stories, "story", "stories"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_of_equal_width_and_zero_is_positive() {
        assert_eq!((score(-0.256), score(0.5)), ("−0.26".to_owned(), "+0.50".to_owned()));
        for (value, decimals, expected) in
            [(-0.001, 2, "+0.00"), (-0.0, 4, "+0.0000"), (-0.001, 3, "−0.001"), (-10.0, 0, "−10")]
        {
            assert_eq!(signed(value, decimals), expected);
        }
        assert_eq!((micro(-1), micro(0)), ("−0.000001".to_owned(), "+0.000000".to_owned()));
        assert_eq!(optional_score(None), "·");
    }

    #[test]
    fn p_values_have_three_decimals_and_no_leading_zero() {
        assert_eq!((p_value(0.0004), p_value(0.031)), ("p < .001".to_owned(), "p = .031".to_owned()));
        assert_eq!(p_value(1.0), "p = 1.000");
    }

    #[test]
    fn counts_have_separators_and_a_noun() {
        assert_eq!(articles_and_stories(1_234_567, 1), "1,234,567 articles, 1 story");
    }
}
