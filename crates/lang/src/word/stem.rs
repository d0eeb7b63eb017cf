//! A light stemmer: strips inflection so that "agreed", "agrees" and "agreeing" meet.

/// The stem of a lower-case English word; never longer than the word.
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
    let swap = |stem: &mut String, cut: usize, with: &str| {
        stem.truncate(stem.len() - cut);
        stem.push_str(with);
    };
    if stem.ends_with("sses") {
        swap(&mut stem, 2, "");
    } else if stem.ends_with("ies") && stem.len() > 4 {
        swap(&mut stem, 3, "y");
    } else if stem.ends_with('s') && !stem.ends_with("ss") && !stem.ends_with("us") && !stem.ends_with("is") {
        swap(&mut stem, 1, "");
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
        swap(&mut stem, 1, "i");
    }
    stem
}

/// "stopp" → "stop", but "call" and "miss" stay.
fn undouble(base: &str) -> String {
    let bytes = base.as_bytes();
    match bytes {
        [.., a, b] if a == b && !b"lsze".contains(b) && bytes.len() > 3 => base[..base.len() - 1].to_owned(),
        _ => base.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::word::stem::stem;

    #[test]
    fn inflections_meet() {
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
    fn near_misses_stay_apart() {
        for (a, b) in [("thing", "th"), ("red", "r"), ("progress", "progres")] {
            assert_ne!(stem(a), b, "{a}");
        }
        assert_eq!(stem("u.s."), "u.s.");
    }
}
