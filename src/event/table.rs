//! [`rows`] and [`group`]: rows of the sorted word lists in `data/events`, read without parsing the files.

/// Returns the rows of a list as columns, without its header.
pub(crate) fn rows<const COLUMNS: usize>(
    list: &'static str,
) -> impl Iterator<Item = [&'static str; COLUMNS]> {
    body(list).lines().map(columns)
}

/// Returns the rows whose first column is `word` or starts with `word` and a space.
///
/// The list must be sorted by its first column, so that these rows follow each other.
pub(crate) fn group<'w, const COLUMNS: usize>(
    list: &'static str,
    word: &'w str,
) -> impl Iterator<Item = [&'static str; COLUMNS]> + 'w {
    let body = body(list);
    let start = first_line_from(body, word);
    body.get(start..).unwrap_or_default().lines().map(columns).take_while(move |columns| {
        columns[0].strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    })
}

/// Returns the offset of the first line whose first column is not less than `word`.
fn first_line_from(body: &str, word: &str) -> usize {
    let bytes = body.as_bytes();
    let (mut low, mut high) = (0, bytes.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        let start = memchr::memrchr(b'\n', &bytes[..middle]).map_or(0, |line_break| line_break + 1);
        let end = memchr::memchr(b'\n', &bytes[middle..]).map_or(bytes.len(), |length| middle + length);
        let entry = body[start..end].split('\t').next().unwrap_or_default();
        if entry < word { low = (end + 1).min(bytes.len()) } else { high = start }
    }
    low
}

/// Returns a list without its header.
fn body(list: &'static str) -> &'static str {
    list.split_once('\n').map_or("", |(_, body)| body)
}

/// Splits a row into columns; missing ones are empty.
fn columns<const COLUMNS: usize>(line: &'static str) -> [&'static str; COLUMNS] {
    let mut columns = line.split('\t');
    std::array::from_fn(|_| columns.next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "entry\tclass\nwalk\tA\nwalk away\tB\nwalk out\tC\nwalkout\tD\nwarn\tE\n";

    fn classes(word: &str) -> Vec<&'static str> {
        group::<2>(LIST, word).map(|[_, class]| class).collect()
    }

    #[test]
    fn a_group_has_the_word_and_its_phrases() {
        assert_eq!(classes("walk"), ["A", "B", "C"]);
        assert_eq!(classes("walkout"), ["D"]);
        assert_eq!(classes("warn"), ["E"]);
    }

    #[test]
    fn words_that_the_list_lacks_have_no_group() {
        for word in ["", "a", "wal", "walks", "zebra"] {
            assert!(classes(word).is_empty(), "{word}");
        }
    }
}
