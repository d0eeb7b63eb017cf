//! [`content_hash`]: the identity of an article, which its text alone determines.

use detente::Article;

/// BLAKE3 of the scored part of the text, with each run of white space read as one space. Title, date, id and outlet
/// do not count: feeds change them.
pub(crate) fn content_hash(article: &Article) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    for (at, word) in article.body.slice(&article.text).split_whitespace().enumerate() {
        if at > 0 {
            hasher.update(b" ");
        }
        hasher.update(word.as_bytes());
    }
    *hasher.finalize().as_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_and_title_do_not_count() {
        let mut article = Article::new("a", "Talks  resumed\r\n\non\u{a0}Monday. ");
        article.title = Some("News".to_owned());
        let same = content_hash(&Article::new("b", "Talks resumed on Monday."));
        assert_eq!(content_hash(&article), same);
        assert_ne!(content_hash(&Article::new("b", "Talksresumed on Monday.")), same);
    }
}
