//! [`RowParser`]: splits a row of a table into cells.

/// How quotation marks in a quoted cell are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Escape {
    /// `""`
    Doubled,
    /// `\"`, and `""`
    Backslash,
}

/// What is known of a row after a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RowState {
    Complete,
    /// A quoted cell is open.
    Open,
    /// A quotation mark stands where none is allowed.
    Broken,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CellState {
    Start,
    Plain,
    Quoted,
    /// After a quotation mark in a quoted cell.
    Quote,
    /// After the end of a quoted cell: only spaces may follow.
    End,
}

/// Splits the lines of one row.
pub(crate) struct RowParser {
    delimiter: u8,
    escape: Escape,
    cells: Vec<Vec<u8>>,
    cell: Vec<u8>,
    state: CellState,
}

impl RowParser {
    pub(crate) fn new(delimiter: u8, escape: Escape) -> Self {
        Self { delimiter, escape, cells: Vec::new(), cell: Vec::new(), state: CellState::Start }
    }

    /// Adds a line with its line break.
    pub(crate) fn add_line(&mut self, line: &[u8]) -> RowState {
        let content = without_break(line);
        let mut bytes = content.iter().copied().peekable();
        while let Some(byte) = bytes.next() {
            match self.state {
                CellState::Start if byte == b'"' => self.state = CellState::Quoted,
                CellState::Start | CellState::Plain if byte == self.delimiter => self.end_cell(),
                CellState::Start | CellState::Plain => {
                    self.state = CellState::Plain;
                    self.cell.push(byte);
                }
                CellState::Quoted if byte == b'"' => self.state = CellState::Quote,
                CellState::Quoted if byte == b'\\' && self.escape == Escape::Backslash => {
                    match bytes.next_if(|next| matches!(next, b'"' | b'\\')) {
                        Some(escaped) => self.cell.push(escaped),
                        None => self.cell.push(byte),
                    }
                }
                CellState::Quoted => self.cell.push(byte),
                CellState::Quote if byte == b'"' => {
                    self.cell.push(byte);
                    self.state = CellState::Quoted;
                }
                CellState::Quote | CellState::End if byte == self.delimiter => self.end_cell(),
                CellState::Quote | CellState::End if byte == b' ' => self.state = CellState::End,
                CellState::Quote | CellState::End => return RowState::Broken,
            }
        }
        if self.state == CellState::Quoted {
            self.cell.extend(line.get(content.len()..).unwrap_or(&[]));
            return RowState::Open;
        }
        self.end_cell();
        RowState::Complete
    }

    pub(crate) fn into_cells(self) -> Vec<Vec<u8>> {
        self.cells
    }

    fn end_cell(&mut self) {
        self.cells.push(std::mem::take(&mut self.cell));
        self.state = CellState::Start;
    }
}

/// The cells of one line, whose quotation marks are text where they do not enclose a whole cell.
pub(crate) fn split_line(line: &[u8], delimiter: u8) -> Vec<Vec<u8>> {
    let line = without_break(line);
    let mut cells = Vec::new();
    let mut rest = Some(line);
    while let Some(text) = rest {
        let (cell, after) = quoted_cell(text, delimiter).unwrap_or_else(|| {
            let end = memchr::memchr(delimiter, text);
            let cell = text.get(..end.unwrap_or(text.len())).unwrap_or(&[]).to_vec();
            (cell, end.and_then(|end| text.get(end + 1..)))
        });
        cells.push(cell);
        rest = after;
    }
    cells
}

/// The number of cells of a line.
pub(crate) fn count_cells(line: &[u8], delimiter: u8) -> usize {
    split_line(line, delimiter).len()
}

/// The quoted cell that `text` starts with, and the text after its delimiter if there is one.
fn quoted_cell(text: &[u8], delimiter: u8) -> Option<(Vec<u8>, Option<&[u8]>)> {
    let inner = text.strip_prefix(b"\"")?;
    let mut cell = Vec::new();
    let mut at = 0;
    loop {
        let quote = at + memchr::memchr(b'"', inner.get(at..)?)?;
        cell.extend(inner.get(at..quote)?);
        match inner.get(quote + 1) {
            None => return Some((cell, None)),
            Some(next) if *next == delimiter => return Some((cell, inner.get(quote + 2..))),
            Some(b'"') => cell.push(b'"'),
            Some(_) => return None,
        }
        at = quote + 2;
    }
}

/// A line without its line break.
fn without_break(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(lines: &[&str], escape: Escape) -> (RowState, Vec<String>) {
        let mut parser = RowParser::new(b',', escape);
        let states: Vec<RowState> = lines.iter().map(|line| parser.add_line(line.as_bytes())).collect();
        let cells = parser.into_cells();
        let cells = cells.into_iter().map(|cell| String::from_utf8(cell).expect("UTF-8")).collect();
        (*states.last().expect("a line"), cells)
    }

    #[test]
    fn quoted_cells_hold_delimiters_quotation_marks_and_line_breaks() {
        for (lines, cells) in [
            (&["1,a b,\r\n"][..], &["1", "a b", ""][..]),
            (&["1,\"a, b\"\n"], &["1", "a, b"]),
            (&["1,\"say \"\"no\"\"\""], &["1", "say \"no\""]),
            (&["1,\"a\r\n", "b\"\r\n"], &["1", "a\r\nb"]),
            (&["3\" nails,b\n"], &["3\" nails", "b"]),
            (&["\"a\" ,b"], &["a", "b"]),
            (&[",\n"], &["", ""]),
        ] {
            let (state, found) = parse(lines, Escape::Doubled);
            assert_eq!(
                (state, found.iter().map(String::as_str).collect::<Vec<_>>().as_slice()),
                (RowState::Complete, cells)
            );
        }
        let escaped = "1,\"the \\\"deal\\\" \\n is close\"\n";
        assert_eq!(parse(&[escaped], Escape::Doubled).0, RowState::Broken);
        assert_eq!(
            parse(&[escaped], Escape::Backslash),
            (RowState::Complete, vec!["1".into(), "the \"deal\" \\n is close".into()])
        );
    }

    #[test]
    fn open_and_broken_cells_are_told_apart() {
        assert_eq!(parse(&["1,\"No deal, he said\n"], Escape::Doubled).0, RowState::Open);
        assert_eq!(parse(&["1,\"No deal,\" he said\n"], Escape::Doubled).0, RowState::Broken);
        assert_eq!(parse(&["1,\"No deal, he said\n", "2,\"We met\n"], Escape::Doubled).0, RowState::Broken);
    }

    #[test]
    fn in_one_line_a_lone_quotation_mark_is_text() {
        let split = |line: &str| {
            let cells = split_line(line.as_bytes(), b'\t').into_iter();
            cells.map(|cell| String::from_utf8(cell).expect("UTF-8")).collect::<Vec<_>>()
        };
        assert_eq!(split("1\t\"No deal, he said\t2020\n"), ["1", "\"No deal, he said", "2020"]);
        assert_eq!(
            split("1\t\"No deal,\" he said, \"is near.\""),
            ["1", "\"No deal,\" he said, \"is near.\""]
        );
        assert_eq!(split("\"a \"\"b\"\"\"\t\"c\"\r\n"), ["a \"b\"", "c"]);
        assert_eq!(split("\"a\"\t"), ["a", ""]);
        assert_eq!(split(""), [""]);
    }
}
