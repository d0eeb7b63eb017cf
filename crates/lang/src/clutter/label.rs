//! Labels of links, pictures and authors: "Read more: …", "Photo: …", "By Ada Brenn".

use crate::clutter::line::Line;
use crate::word::class::Class;
use crate::word::token::{Token, TokenKind};

/// Most tokens before the colon of a label ("You might also like:").
const MAX_LABEL: usize = 6;
/// Most words of a byline ("By Ada Brenn and Ulf Kerr, Political Correspondents, in Tarn").
const MAX_BYLINE: usize = 12;

/// "Read more: …", "Related stories", "Watch: …".
pub(crate) fn link_label(line: &Line<'_>) -> bool {
    let has_label =
        line.colon().is_some_and(|colon| colon <= MAX_LABEL && line.all_in(colon, Class::ClutterLabel));
    let is_label = line.is_alone
        && line.len() <= MAX_LABEL
        && line.len() > 1
        && line.all_in(line.len(), Class::ClutterLabel);
    // "More: …" opens sentences too
    let is_bare_more = line.word(0) == "more" && line.colon() == Some(1);
    let is_link = line.is(0, Class::ClutterLink) && !is_bare_more
        || line.starts(&["in", "pictures"])
        || line.starts(&["in", "case", "you"])
        || line.starts(&["editor's", "picks"])
        || line.starts(&["up", "next"])
        || line.starts(&["what", "to"]);
    is_link && (has_label || is_label)
}

/// "Share this article", "Follow us on Facebook".
pub(crate) fn share_line(line: &Line<'_>) -> bool {
    let offers = matches!(line.word(0), "share" | "tweet" | "email" | "print" | "pin" | "copy" | "save");
    offers && line.is_alone && line.all_in(line.len(), Class::ClutterShare)
        || line.word(0) == "follow" && line.has_class(Class::ClutterNetwork)
}

/// "Tags: truce, port", "Filed under: Ports".
pub(crate) fn topic_tags(line: &Line<'_>) -> bool {
    let is_label = matches!(line.word(0), "tags" | "tagged" | "topics" | "filed" | "posted" | "categories");
    is_label && line.is_alone && line.colon().is_some_and(|colon| colon <= 2)
}

/// "Photo: …", "FILE PHOTO: …", "… (Photo by Ulla Kerr)", "… Getty Images".
pub(crate) fn picture_caption(line: &Line<'_>) -> bool {
    let has_label = line.is(0, Class::ClutterCaption) && line.colon().is_some_and(|colon| colon <= 3);
    has_label
        || line.has(&["getty", "images"])
        || line.has(&["photo", "by"])
        || line.has(&["image", "credit"])
}

/// "By Ada Brenn, Political Correspondent", "Reporting by Ada Brenn; editing by Ulf Kerr".
pub(crate) fn byline(line: &Line<'_>) -> bool {
    let is_credit = matches!(line.word(0), "reporting" | "editing" | "writing" | "compiled")
        && line.word(1) == "by"
        || line.starts(&["additional", "reporting"]);
    let is_name_part = |token: &Token<'_>| {
        token.is_capitalised
            || !token.is_word()
            || matches!(&*token.lower, "and" | "in" | "for" | "van" | "de" | "of" | "the")
    };
    let ends_sentence = line.tokens.last().is_some_and(|token| token.kind == TokenKind::Punctuation('.'));
    let names_author = line.word(0) == "by"
        && line.is_alone
        && line.len() > 1
        && line.len() <= MAX_BYLINE
        && !ends_sentence
        && line.tokens.iter().skip(1).all(is_name_part)
        && line.tokens.get(1).is_some_and(|token| token.is_capitalised && token.kind == TokenKind::Word);
    let is_contribution =
        ["report", "article", "story"].iter().any(|text| line.has(&["contributed", "to", "this", text]));
    is_credit || is_contribution || names_author
}

/// "Live updates", "Key events", "12.45 GMT", "5 min read".
pub(crate) fn live_furniture(line: &Line<'_>) -> bool {
    let is_stamp = |token: &Token<'_>| {
        token.kind != TokenKind::Word
            || token.classes.has(Class::TimeZone)
            || matches!(&*token.lower, "am" | "pm" | "p.m." | "a.m.")
    };
    let has_digit = line.tokens.iter().any(|token| token.kind == TokenKind::Number);
    line.is_alone
        && line.len() <= MAX_LABEL
        && (has_digit && line.tokens.iter().all(is_stamp)
            || line.has(&["min", "read"])
            || line.starts(&["key", "events"])
            || line.starts(&["live", "updates"])
            || line.starts(&["live", "feed"])
            || line.starts(&["show", "more"])
            || line.starts(&["skip", "to"]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribution::test_tokens::{assert_hits, assert_misses, with_tokens};

    type Rule = fn(&Line<'_>) -> bool;

    /// The first rule that applies.
    fn rule(text: &str) -> Option<&'static str> {
        with_tokens(text, |tokens| {
            let line = Line { tokens, is_alone: true };
            let rules: [(&str, Rule); 6] = [
                ("link", link_label),
                ("tags", topic_tags),
                ("share", share_line),
                ("caption", picture_caption),
                ("byline", byline),
                ("live", live_furniture),
            ];
            rules.iter().find(|(_, rule)| rule(&line)).map(|(name, _)| *name)
        })
    }

    #[test]
    fn labels_start_a_line() {
        assert_hits(
            &[
                ("Read more: Pilots reject final offer", "link"),
                ("READ ALSO: Truce holds", "link"),
                ("Related: Truce holds as rivals agree", "link"),
                ("More on this story", "link"),
                ("You might also like: Why the merger failed", "link"),
                ("Listen to the podcast: Is a deal near?", "link"),
                ("Don’t miss: Truce holds", "link"),
                ("In case you missed it: Truce holds", "link"),
                ("Explainer: Why the merger failed", "link"),
                ("Tags: truce, port, deal", "tags"),
                ("Filed under: Ports", "tags"),
                ("Ulla Kerr contributed to this report.", "byline"),
                ("Share this article", "share"),
                ("Follow us on Facebook and Twitter", "share"),
                ("Photograph: Envoys shake hands after signing", "caption"),
                ("FILE PHOTO: Envoys shake hands", "caption"),
                ("Envoys in Tarn. Getty Images", "caption"),
                ("By Ada Brenn, Political Correspondent", "byline"),
                ("By Ada Brenn in Tarn", "byline"),
                ("Reporting by Ada Brenn; editing by Ulf Kerr", "byline"),
                ("12.45 GMT", "live"),
                ("5 min read", "live"),
                ("Key events", "live"),
            ],
            rule,
        );
    }

    #[test]
    fn sentences_that_start_alike_are_no_labels() {
        assert_misses(
            &[
                "Read the accord: it is dead.",
                "Related talks collapsed on Monday.",
                "Watch for a deal by Friday.",
                "More talks are planned.",
                "More: the envoy said so.",
                "Most ministers agreed.",
                "In the talks: nothing new.",
                "Share prices rose.",
                "Follow the accord, it said.",
                "The photograph shows the envoys.",
                "By Monday, Brenn had signed.",
                "By Ada Brenn’s account, it failed.",
                "Live talks resumed.",
                "Topics of the talks: prices and ports.",
                "Don’t expect a deal: nobody does.",
                "The union contributed to this deal.",
                "In 2031, 12 signed.",
            ],
            rule,
        );
    }
}
