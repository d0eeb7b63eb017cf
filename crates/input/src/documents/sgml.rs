//! [`articles_of_sgml`]: the articles of the Reuters collection in SGML.

use detente::Article;

use crate::date::parse_date;
use crate::html::block_texts;

/// The articles between `<REUTERS …>` and `</REUTERS>` that have a body.
pub(crate) fn articles_of_sgml(text: &str) -> Vec<Article> {
    let mut found = Vec::new();
    for part in text.split("<REUTERS").skip(1) {
        let part = part.split("</REUTERS>").next().unwrap_or("");
        let Some(body) = element(part, "BODY").or_else(|| element(part, "TEXT")) else { continue };
        // `&#3;` marks the end of a text, `Reuter` signs it
        let body = body.replace("&#3;", "").replace("&lt;", "‹").replace("&amp;", "&");
        let body = body.trim().trim_end_matches("REUTER").trim_end_matches("Reuter").trim().replace('‹', "<");
        if body.is_empty() {
            continue;
        }
        let id = part.split("NEWID=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or("");
        let mut article = Article::new(id, body);
        article.title = element(part, "TITLE")
            .map(|title| block_texts(title).join(" "))
            .filter(|title| !title.is_empty());
        article.date = element(part, "DATE").and_then(parse_date);
        article.source = Some("Reuters".to_owned());
        found.push(article);
    }
    found
}

/// The content of the first element `name`.
fn element<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let start = text.find(&format!("<{name}>"))? + name.len() + 2;
    let rest = text.get(start..)?;
    rest.get(..rest.find(&format!("</{name}>")).unwrap_or(rest.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_article_with_a_body_is_read() {
        let text = "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n<REUTERS NEWID=\"1\"><DATE>26-FEB-1987 15:01:01.79</DATE><TEXT>\
            <TITLE>TALKS &lt;X></TITLE><BODY>The union agreed to a deal. Reuter &#3;</BODY></TEXT></REUTERS>\n\
            <REUTERS NEWID=\"2\"><TEXT TYPE=\"UNPROC\"></TEXT></REUTERS><REUTERS NEWID=\"3\"><BODY>Talks went on.</BODY></REUTERS>";
        let found = articles_of_sgml(text);
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].id.as_str(), found[0].text.as_str()), ("1", "The union agreed to a deal."));
        assert_eq!(found[0].date.map(|day| day.to_string()).as_deref(), Some("1987-02-26"));
        assert_eq!(found[1].text, "Talks went on.");
        assert!(articles_of_sgml("no article").is_empty());
    }
}
