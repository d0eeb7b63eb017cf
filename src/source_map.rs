//! [`SourceMap`]: maps offsets in converted text to offsets in the original file.

/// Maps byte offsets in text that was converted to UTF-8 to byte offsets in the original file.
///
/// Consecutive characters of equal width in the text and equal width in the file are stored as one run,
/// so Windows-1252 and UTF-16 files need little memory.
///
/// ```
/// use detente::SourceMap;
/// // "aé" in Windows-1252: one byte each, where UTF-8 needs one and two.
/// let mut map = SourceMap::new(0);
/// map.push(1, 1);
/// map.push(2, 1);
/// map.finish(2);
/// assert_eq!([0, 1, 3].map(|offset| map.source_offset(offset)), [0, 1, 2]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceMap {
    runs: Vec<Run>,
    /// Offset in the text after the last character added.
    text_end: u32,
    /// Offset in the file after the last character added.
    source_end: u32,
    /// Length of the file in bytes.
    source_len: u32,
}

/// Characters of equal width in the text and in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    text: u32,
    source: u32,
    text_width: u32,
    source_width: u32,
}

impl SourceMap {
    /// Creates an empty map for a file whose text starts at byte `start`, after a byte order mark.
    #[must_use]
    pub fn new(start: u32) -> Self {
        Self { source_end: start, ..Self::default() }
    }

    /// Adds a character that takes `text_width` bytes in the text and `source_width` bytes in the file.
    pub fn push(&mut self, text_width: u32, source_width: u32) {
        let widths = |run: &Run| (run.text_width, run.source_width);
        if self.runs.last().is_none_or(|run| widths(run) != (text_width, source_width)) {
            let (text, source) = (self.text_end, self.source_end);
            self.runs.push(Run { text, source, text_width, source_width });
        }
        self.text_end += text_width;
        self.source_end += source_width;
    }

    /// Sets the length of the file; offsets after the last character map to it.
    pub fn finish(&mut self, source_len: u32) {
        self.source_len = source_len;
    }

    /// Returns the file offset of the first character that starts at or after `offset` in the text.
    #[must_use]
    pub fn source_offset(&self, offset: u32) -> u32 {
        if offset > self.text_end {
            return self.source_len;
        }
        let after = self.runs.partition_point(|run| run.text <= offset);
        let Some(run) = after.checked_sub(1).and_then(|at| self.runs.get(at)) else {
            return self.source_end.min(self.source_len);
        };
        run.source + (offset - run.text).div_ceil(run.text_width.max(1)) * run.source_width
    }
}

#[cfg(test)]
mod tests {
    use super::SourceMap;

    #[test]
    fn offsets_follow_the_widths_of_characters() {
        // "a“b" in UTF-16 after its byte order mark, then an incomplete unit
        let mut map = SourceMap::new(2);
        for text_width in [1, 3, 1] {
            map.push(text_width, 2);
        }
        map.finish(9);
        assert_eq!([0, 1, 4, 5, 8].map(|offset| map.source_offset(offset)), [2, 4, 6, 8, 9]);
        // within the quotation mark
        assert_eq!([2, 3].map(|offset| map.source_offset(offset)), [6, 6]);
    }

    #[test]
    fn a_map_without_characters_points_to_the_start() {
        let mut map = SourceMap::new(2);
        map.finish(2);
        assert_eq!([0, 1].map(|offset| map.source_offset(offset)), [2, 2]);
    }
}
