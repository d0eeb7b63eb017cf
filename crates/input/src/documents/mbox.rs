//! [`MboxReader`]: the mails of a mailbox file, one at a time.

use std::io::{BufRead, Read};

use detente::Article;

use crate::documents::mail::article_of_mail;
use crate::input_error::{InputError, Result};

/// Starts each mail of a mailbox.
const SEPARATOR: &[u8] = b"From ";

/// Reads mails that each start with a line `From …`.
pub(crate) struct MboxReader<R> {
    reader: R,
    limit: usize,
    /// Lines read so far.
    line: usize,
    is_at_end: bool,
}

impl<R: BufRead> MboxReader<R> {
    /// The mails in `reader`, of at most `limit` bytes each.
    pub(crate) fn new(reader: R, limit: usize) -> Self {
        Self { reader, limit, line: 0, is_at_end: false }
    }

    /// The next mail, with the line that it starts on.
    pub(crate) fn next_mail(&mut self) -> Option<Result<(usize, Article)>> {
        while !self.is_at_end {
            let start = self.line + 1;
            let mail = match self.read_mail() {
                Ok(Some(mail)) => mail,
                Ok(None) => return Some(Err(InputError::too_long("mail", self.limit).at_line(start))),
                Err(error) => {
                    self.is_at_end = true;
                    return Some(Err(InputError::read_failed(error).at_line(start)));
                }
            };
            if mail.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            return Some(
                article_of_mail(&mail).map(|article| (start, article)).map_err(|error| error.at_line(start)),
            );
        }
        None
    }

    /// The bytes up to the next separator; `None` if there are too many.
    fn read_mail(&mut self) -> std::io::Result<Option<Vec<u8>>> {
        let mut mail = Vec::new();
        let mut is_after_blank = false;
        let mut is_too_long = false;
        loop {
            let from = mail.len();
            let count = self.reader.by_ref().take(self.limit as u64 + 1).read_until(b'\n', &mut mail)?;
            if count == 0 {
                self.is_at_end = true;
                break;
            }
            self.line += 1;
            let line = mail.get(from..).unwrap_or(&[]);
            if line.starts_with(SEPARATOR) && (is_after_blank || from == 0) {
                mail.truncate(from);
                if from > 0 {
                    break;
                }
                continue;
            }
            is_after_blank = line.iter().all(u8::is_ascii_whitespace);
            // a line of the text that starts with `From ` was marked by `>`
            if line.starts_with(b">From ") {
                mail.remove(from);
            }
            if mail.len() > self.limit {
                is_too_long = true;
                mail.truncate(0);
                mail.push(b'\n');
            }
        }
        Ok(Some(mail).filter(|_| !is_too_long))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mails_are_told_apart_by_their_first_lines() {
        let mail = "From a@a.example Wed Jan 15 10:00:00 2020\nSubject: Talks\nDate: Wed, 15 Jan 2020 10:00:00 +0000\n\nThe union agreed.\n>From here on they met.\n\n";
        let mailbox = mail.repeat(3);
        let mut reader = MboxReader::new(mailbox.as_bytes(), 1000);
        let found: Vec<_> =
            std::iter::from_fn(|| reader.next_mail()).map(|mail| mail.expect("a mail")).collect();
        assert_eq!(found.len(), 3);
        assert_eq!(found[2].1.text, "The union agreed.\nFrom here on they met.");
        assert_eq!(found[1].1.date.map(|day| day.to_string()).as_deref(), Some("2020-01-15"));
    }

    #[test]
    fn a_mail_that_is_too_long_is_an_error_and_the_next_is_read() {
        let long =
            format!("From a\nSubject: x\n\n{}\n\nFrom b\nSubject: y\n\nThey met.\n", "word\n".repeat(100));
        let mut reader = MboxReader::new(long.as_bytes(), 200);
        let found: Vec<_> = std::iter::from_fn(|| reader.next_mail()).collect();
        assert!(found[0].is_err() && found[1].is_ok() && found.len() == 2, "{}", found.len());
    }
}
