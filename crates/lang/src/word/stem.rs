//! A light stemmer: strips inflection, so that "agreed", "agrees" and "agreeing" share a stem.

/// The stem of an English word in lower case; never longer than the word.
///
/// ```
/// use detente_lang::stem;
/// assert_eq!(stem("agreed"), stem("agrees"));
/// assert_eq!(stem("stopping"), stem("stop"));
/// ```
#[must_use]
pub fn stem(word: &str) -> String {
    if word.len() < 4 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return word.to_owned();
    }
    let mut stem = word.to_owned();
    let replace_ending = |stem: &mut String, len: usize, ending: &str| {
        stem.truncate(stem.len() - len);
        stem.push_str(ending);
    };
    if stem.ends_with("sses") {
        replace_ending(&mut stem, 2, "");
    } else if stem.ends_with("ies") && stem.len() > 4 {
        replace_ending(&mut stem, 3, "y");
    } else if stem.ends_with('s') && !stem.ends_with("ss") && !stem.ends_with("us") && !stem.ends_with("is") {
        replace_ending(&mut stem, 1, "");
    }
    for suffix in ["ied", "ing", "ed", "ly"] {
        let Some(base) = stem.strip_suffix(suffix) else { continue };
        if base.len() < 3 || !base.bytes().any(|b| b"aeiouy".contains(&b)) {
            break;
        }
        let base = if suffix == "ied" { format!("{base}y") } else { undouble(base) };
        stem = base;
        break;
    }
    while stem.len() > 3 && stem.ends_with('e') {
        stem.pop();
    }
    if stem.len() > 3 && stem.ends_with('y') {
        replace_ending(&mut stem, 1, "i");
    }
    stem
}

/// Removes a doubled final consonant: "stopp" becomes "stop", "call" and "miss" stay.
fn undouble(base: &str) -> String {
    let bytes = base.as_bytes();
    match bytes {
        [.., a, b] if a == b && !b"lsze".contains(b) && bytes.len() > 3 => base[..base.len() - 1].to_owned(),
        _ => base.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflected_forms_share_a_stem() {
        for (a, b) in [
            ("talks", "talk"),
            ("denied", "deny"),
            ("parties", "party"),
            ("rolling", "roll"),
            ("agreeing", "agreed"),
        ] {
            assert_eq!(stem(a), stem(b), "{a} {b}");
        }
    }

    #[test]
    fn endings_that_are_no_inflection_stay() {
        for (a, b) in [("thing", "th"), ("red", "r"), ("progress", "progres")] {
            assert_ne!(stem(a), b, "{a}");
        }
        assert_eq!(stem("u.s."), "u.s.");
    }
}
