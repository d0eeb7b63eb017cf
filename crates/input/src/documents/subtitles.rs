//! [`text_of_subtitles`]: the words of a subtitle file (`.srt`, `.vtt`).

/// The lines of the captions, joined where a sentence goes on.
pub(crate) fn text_of_subtitles(text: &str) -> String {
    let mut words = String::new();
    let mut previous = "";
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().map(str::trim).collect();
    for (at, line) in lines.iter().enumerate() {
        // a number or a name before the times of a caption
        let names_cue = lines.get(at + 1).is_some_and(|next| next.contains("-->"));
        let is_header = line.starts_with("WEBVTT") || line.starts_with("NOTE") || line.contains("-->");
        if line.is_empty() || is_header || names_cue || *line == previous {
            continue;
        }
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(&without_tags(line));
        previous = line;
    }
    words
}

/// A line without formatting (`<i>`, `<v Ann>`) and position marks (`{\an8}`).
fn without_tags(line: &str) -> String {
    let mut kept = String::new();
    let mut depth = 0_usize;
    for c in line.chars() {
        match c {
            '<' | '{' => depth += 1,
            '>' | '}' if depth > 0 => depth -= 1,
            c if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    kept.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_times_and_tags_are_left_out() {
        let srt = "1\n00:00:01,000 --> 00:00:04,000\n<i>The union agreed</i>\nto a deal.\n\n2\n00:00:05,000 --> 00:00:07,000\nIn 2020.\n";
        assert_eq!(text_of_subtitles(srt), "The union agreed to a deal. In 2020.");
        let vtt = "WEBVTT\n\nintro\n00:01.000 --> 00:04.000\n<v Ann>We met.\n";
        assert_eq!(text_of_subtitles(vtt), "We met.");
        assert_eq!(text_of_subtitles(""), "");
    }
}
