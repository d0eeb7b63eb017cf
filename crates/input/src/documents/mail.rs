//! [`article_of_mail`]: the article in a mail or in a page saved as a mail (`.mht`).

use detente::{Article, Day};
use mail_parser::{MessageParser, PartType};

use crate::html::{article_from_html, block_texts};
use crate::input_error::{InputError, InputErrorKind, Result};

/// The text of a mail with its subject, date and sender. Plain text is preferred to HTML.
///
/// # Errors
/// If there is no text.
pub(crate) fn article_of_mail(bytes: &[u8]) -> Result<Article> {
    let no_text = || InputError::new(InputErrorKind::NoText, "no text in the mail");
    let mail = MessageParser::default().parse(bytes).ok_or_else(no_text)?;
    let plain = mail.parts.iter().find_map(|part| match &part.body {
        PartType::Text(text) if !text.trim().is_empty() => Some(text.replace("\r\n", "\n").trim().to_owned()),
        _ => None,
    });
    let html = mail.parts.iter().find_map(|part| match &part.body {
        PartType::Html(html) => Some(html.as_ref()),
        _ => None,
    });
    let mut article = match (plain, html) {
        (Some(text), _) => Article::new("", text),
        (None, Some(html)) => match article_from_html("", html) {
            Ok(article) => article,
            // a newsletter of links
            Err(error) => {
                let text = block_texts(html).join("\n\n");
                if text.is_empty() {
                    return Err(error);
                }
                Article::new("", text)
            }
        },
        (None, None) => return Err(no_text()),
    };
    mail.message_id().unwrap_or_default().clone_into(&mut article.id);
    article.title = mail.subject().map(str::to_owned).or(article.title);
    let day = mail.date().and_then(|date| {
        Day::new(i16::try_from(date.year).ok()?, i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?)
    });
    article.date = day.or(article.date);
    let sender = mail.from().and_then(|from| from.first());
    article.source = sender.and_then(|sender| sender.name().or(sender.address())).map(str::to_owned);
    Ok(article)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_and_headers_are_read() {
        let mail = "From: The Lantern <news@a.example>\r\nSubject: =?utf-8?q?Talks_r=C3=A9sum=C3=A9?=\r\n\
            Date: Wed, 15 Jan 2020 23:30:00 -0500\r\nMessage-ID: <1@a.example>\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n\
            --b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nThe union ag=\r\nreed.\r\n\
            --b\r\nContent-Type: text/html\r\n\r\n<p>Other</p>\r\n--b--\r\n";
        let article = article_of_mail(mail.as_bytes()).expect("an article");
        assert_eq!(
            (article.text.as_str(), article.title.as_deref()),
            ("The union agreed.", Some("Talks résumé"))
        );
        assert_eq!((article.date, article.id.as_str()), (Day::new(2020, 1, 15), "1@a.example"));
        assert_eq!(article.source.as_deref(), Some("The Lantern"));
    }

    #[test]
    fn a_saved_page_is_read_as_a_page() {
        let mail = "From: <Saved by Browser>\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=\"x\"\n\n--x\n\
            Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n<html><body><p>The union agreed to a de=\nal.</p></body></html>\n--x--\n";
        assert_eq!(article_of_mail(mail.as_bytes()).expect("an article").text, "The union agreed to a deal.");
        assert!(article_of_mail(b"Subject: x\n\n").is_err());
        assert!(article_of_mail(b"").is_err());
    }
}
