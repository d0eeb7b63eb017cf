//! Bullets and numbers of list items.

use crate::sentence::characters::is_space;

/// Bytes of the longest number of a list item ("xviii").
const MAX_NUMBER_BYTES: usize = 6;

/// The number of a list item: its style and value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Marker {
    style: Style,
    value: u32,
    /// Length in bytes.
    pub(crate) len: usize,
}

/// The style of the numbers of one list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Style {
    /// Whether a bracket stands before the number: `(a)`.
    is_bracketed: bool,
    numeral: Numeral,
    ending: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Numeral {
    Digits,
    Letter,
    Roman,
}

impl Marker {
    /// Whether this number comes right after `before` in one list.
    pub(crate) fn follows(&self, before: &Marker) -> bool {
        self.style == before.style && self.value == before.value + 1
    }
}

/// The bullet that `text` starts with, and whether the character has other uses, so that a space must follow it.
pub(crate) fn bullet(text: &str) -> Option<(char, bool)> {
    let c = text.chars().next()?;
    match c {
        '•' | '‣' | '⁃' | '◦' | '▪' | '●' | '■' | '·' | '∙' => Some((c, false)),
        '-' | '*' | '–' | '—' | '+' => Some((c, true)),
        _ => None,
    }
}

/// The number of a list item that `text` starts with: `1.`, `1)`, `1.)`, `(a)`, `iv)`. A space must follow.
pub(crate) fn marker(text: &str) -> Option<Marker> {
    markers(text).next()
}

/// Every reading of the number that `text` starts with: `(i)` is a letter and a Roman numeral.
pub(crate) fn markers(text: &str) -> impl Iterator<Item = Marker> {
    let is_bracketed = text.starts_with('(');
    let rest = if is_bracketed { text.get(1..).unwrap_or("") } else { text };
    let length = rest.bytes().take(MAX_NUMBER_BYTES).take_while(u8::is_ascii_alphanumeric).count();
    let number = rest.get(..length).unwrap_or("");
    let after = rest.get(length..).unwrap_or("");
    let ending = [".)", ".", ")"].into_iter().find(|ending| after.starts_with(ending)).filter(|ending| {
        after.get(ending.len()..).and_then(|s| s.chars().next()).is_some_and(is_space)
            && (!is_bracketed || *ending == ")")
    });
    let digits = (1..=2).contains(&length).then(|| number.parse().ok()).flatten();
    let letter = match number.as_bytes() {
        [b] if b.is_ascii_alphabetic() => Some(u32::from(*b)),
        _ => None,
    };
    [
        (Numeral::Digits, digits),
        // `I.` and `A.` are initials or words far more often than list items
        (
            Numeral::Letter,
            letter.filter(|_| ending != Some(".") || number.starts_with(|c: char| c.is_ascii_lowercase())),
        ),
        (Numeral::Roman, ending.filter(|ending| *ending != ".").and_then(|_| roman_value(number))),
    ]
    .into_iter()
    .filter_map(move |(numeral, value)| {
        let ending = ending?;
        Some(Marker {
            style: Style { is_bracketed, numeral, ending },
            value: value?,
            len: usize::from(is_bracketed) + length + ending.len(),
        })
    })
}

/// The value of a Roman numeral from i to xx, in either case.
fn roman_value(numeral: &str) -> Option<u32> {
    let tens = numeral.bytes().take_while(|byte| byte.eq_ignore_ascii_case(&b'x')).count();
    let mut buffer = [0; 4];
    let units = buffer.get_mut(..numeral.len() - tens)?;
    units.copy_from_slice(numeral.as_bytes().get(tens..)?);
    units.make_ascii_lowercase();
    let units = match &*units {
        b"" | b"i" | b"ii" | b"iii" => units.len() as u32,
        b"iv" => 4,
        b"v" | b"vi" | b"vii" | b"viii" => 4 + units.len() as u32,
        b"ix" => 9,
        _ => return None,
    };
    Some(10 * tens as u32 + units).filter(|value| (1..=20).contains(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bullets() {
        assert_eq!(bullet("• cotton"), Some(('•', false)));
        assert_eq!(bullet("▪cotton"), Some(('▪', false)));
        assert_eq!(bullet("- cotton"), Some(('-', true)));
        assert_eq!(bullet("– cotton"), Some(('–', true)));
        assert_eq!(bullet("cotton"), None);
        assert_eq!(bullet(" • cotton"), None);
        assert_eq!(bullet(""), None);
    }

    #[test]
    fn numbers_of_list_items() {
        for text in
            ["1. cotton", "12) cotton", "1.) cotton", "(a) cotton", "b) cotton", "b. cotton", "iv) cotton"]
        {
            assert!(marker(text).is_some(), "{text}");
        }
        for text in [
            "1.5 metres",
            "2019. Next",
            "1.cotton",
            "(a. cotton",
            "A. Lind",
            "I. Lind",
            "iv. cotton",
            "cotton) wool",
            "(cotton",
            "",
        ] {
            assert!(marker(text).is_none(), "{text}");
        }
    }

    #[test]
    fn numbers_that_follow_one_another() {
        let follows = |first: &str, second: &str| {
            markers(second).any(|next| markers(first).any(|before| next.follows(&before)))
        };
        assert!(follows("1. a", "2. b") && follows("1.) a", "2.) b") && follows("(a) a", "(b) b"));
        // "(h) (i) (j)" are letters, "(i) (ii)" Roman numerals
        assert!(follows("(h) a", "(i) b") && follows("(i) a", "(ii) b") && follows("(i) a", "(j) b"));
        assert!(follows("ix) a", "x) b") && follows("9. a", "10. b"));
        assert!(!follows("2. a", "1. b") && !follows("1. a", "3. b") && !follows("1. a", "2) b"));
        assert!(!follows("(a) a", "b) b") && !follows("1. a", "1. b"));
    }

    #[test]
    fn roman_numerals_to_twenty() {
        let numerals = [
            "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv",
            "xvi", "xvii", "xviii", "xix", "xx",
        ];
        for (value, numeral) in (1..).zip(numerals) {
            assert_eq!(roman_value(numeral), Some(value), "{numeral}");
            assert_eq!(roman_value(&numeral.to_uppercase()), Some(value), "{numeral}");
        }
        for other in ["", "iiii", "vv", "xxi", "xxx", "il", "iix", "c", "xxviii", "vx", "deal"] {
            assert_eq!(roman_value(other), None, "{other}");
        }
    }
}
