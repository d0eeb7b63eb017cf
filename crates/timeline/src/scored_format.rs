//! [`ScoredFormat`]: recognises files that `detente score` wrote, by their content.

/// A layout of scored articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScoredFormat {
    /// One object per line.
    JsonLines,
    /// An array of objects, or one object on several lines.
    Json,
    /// A table with this delimiter.
    Table(u8),
    /// Packed articles.
    Items,
}

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";
/// Columns of every table of scored articles.
const COLUMNS: [&str; 5] = ["id", "model", "score", "low", "high"];

impl ScoredFormat {
    /// So many bytes at the start of a file are enough to recognise it.
    pub const HEAD_BYTES: usize = 64 << 10;
    /// First line of a file of packed articles.
    pub const ITEMS_FIRST_LINE: &[u8] = b"detente items\n";

    /// The format of a file that starts with `head`. `None` if it does not hold scored articles.
    ///
    /// ```
    /// use detente_timeline::ScoredFormat;
    /// let line = br#"{"schema":1,"id":"a","outlook":null}"#;
    /// assert_eq!(ScoredFormat::detect(line), Some(ScoredFormat::JsonLines));
    /// assert_eq!(ScoredFormat::detect(br#"{"text":"Talks resumed."}"#), None);
    /// ```
    #[must_use]
    pub fn detect(head: &[u8]) -> Option<Self> {
        if head.starts_with(Self::ITEMS_FIRST_LINE) {
            return Some(Self::Items);
        }
        let head = head.strip_prefix(BYTE_ORDER_MARK).unwrap_or(head).trim_ascii_start();
        let has_key = |key: &[u8]| memchr::memmem::find(head, key).is_some();
        match head.first()? {
            b'[' | b'{' if !(has_key(b"\"schema\"") && has_key(b"\"outlook\"")) => None,
            b'[' => Some(Self::Json),
            b'{' if continues_after_line(head) => Some(Self::Json),
            b'{' => Some(Self::JsonLines),
            _ => {
                let header = String::from_utf8_lossy(head.split(|b| *b == b'\n').next()?).into_owned();
                let has_columns = |delimiter: char| {
                    let columns: Vec<&str> =
                        header.trim_end().split(delimiter).map(|name| name.trim_matches('"')).collect();
                    COLUMNS.iter().all(|name| columns.contains(name))
                };
                [',', '\t']
                    .into_iter()
                    .find(|delimiter| has_columns(*delimiter))
                    .map(|d| Self::Table(d as u8))
            }
        }
    }
}

/// Whether an object continues after its first line, as in indented JSON: the line ends within it.
fn continues_after_line(head: &[u8]) -> bool {
    let Some(end) = memchr::memchr(b'\n', head) else { return false };
    let line = head.get(..end).unwrap_or_default().trim_ascii_end();
    line.last().is_some_and(|last| matches!(last, b'{' | b'[' | b',' | b':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scored_articles_are_recognised_by_their_fields() {
        for (head, expected) in [
            ("{\"schema\":1,\"id\":\"a\",\"outlook\":null}\n", Some(ScoredFormat::JsonLines)),
            ("{\"schema\":1,\"id\":\"a\",\"outlook\":null}", Some(ScoredFormat::JsonLines)),
            ("\u{feff}{\"schema\":1,\"outlook\":null}\n{", Some(ScoredFormat::JsonLines)),
            ("[\n{\"schema\":1,\"id\":\"a\",\"outlook\":null}]", Some(ScoredFormat::Json)),
            ("[{\"schema\":1,\"id\":\"a\",\"outlook\":null}]", Some(ScoredFormat::Json)),
            ("{\n  \"schema\": 1,\n  \"outlook\": null\n}", Some(ScoredFormat::Json)),
            ("{ \"schema\": 1,\r\n  \"outlook\": null }", Some(ScoredFormat::Json)),
            ("id,date,title,model,score,low,high\n", Some(ScoredFormat::Table(b','))),
            ("id\tmodel\tscore\tlow\thigh\r\n", Some(ScoredFormat::Table(b'\t'))),
            ("detente items\n\u{1}", Some(ScoredFormat::Items)),
            ("{\"id\":\"a\",\"outlook\":1,\"statements\":[]}\n", None),
            ("id,date,text\n", None),
            ("Talks resumed.", None),
            ("[]", None),
            ("", None),
        ] {
            assert_eq!(ScoredFormat::detect(head.as_bytes()), expected, "{head}");
        }
    }
}
