//! Notices to the reader: consent, offers, appeals, corrections, rights, comments.

use crate::clutter::line::Line;
use crate::word::class::Class;

/// "We use cookies …", "By continuing you agree to our terms".
pub(crate) fn consent_notice(line: &Line<'_>) -> bool {
    let has_cookies = line.has(&["cookies"]) || line.has(&["cookie"]);
    let addresses_reader = line.has(&["you"]) || line.has(&["your"]);
    has_cookies && line.has_class(Class::ClutterConsent)
        || line.starts(&["by", "clicking"]) && addresses_reader
        || line.starts(&["by", "continuing"]) && addresses_reader
        || line.starts(&["by", "using"]) && addresses_reader
        || (line.has(&["privacy", "policy"])
            || line.has(&["terms", "of", "use"])
            || line.has(&["terms", "of", "service"]))
            && (addresses_reader || line.has(&["our"]))
}

/// "Sign up for our newsletter", "Already a subscriber?", "Get the best deal on your subscription".
pub(crate) fn subscription_offer(line: &Line<'_>) -> bool {
    let is_call =
        line.is(0, Class::ClutterImperative) && (1..line.len()).any(|at| line.is(at, Class::ClutterOffer));
    let has_offer =
        line.has(&["newsletter"]) && (line.has(&["our"]) || line.has(&["your"]) || line.has(&["free"]));
    is_call
        || has_offer
        || line.starts(&["already", "a", "subscriber"])
        || line.starts(&["already", "a", "member"])
        || line.starts(&["log", "in"])
        || line.has(&["free", "articles"]) && line.has(&["you"])
}

/// "Our journalism depends on readers", "Support us", "Have you been affected?", "Contact us at …".
pub(crate) fn reader_appeal(line: &Line<'_>) -> bool {
    line.has(&["our", "journalism"])
        || line.starts(&["support", "us"])
        || line.starts(&["support", "independent"])
        || line.starts(&["have", "you", "been"])
        || line.starts(&["do", "you", "have", "a"]) && (line.has(&["story"]) || line.has(&["tip"]))
        || line.has(&["contact", "us"]) && line.len() < 12
        || line.starts(&["donate", "today"])
}

/// "This article was updated …", "An earlier version of this article …", "Editor’s note: …".
pub(crate) fn correction_note(line: &Line<'_>) -> bool {
    let is_changed = |at: usize| {
        matches!(line.word(at), "updated" | "amended" | "corrected" | "edited" | "published" | "changed")
    };
    let tells_change = matches!(line.word(1), "article" | "story" | "piece" | "report")
        && line.word(0) == "this"
        && (is_changed(3) || is_changed(4));
    let has_version = |word: &str| {
        line.has(&["version", "of", "this", word]) && (line.has(&["earlier"]) || line.has(&["previous"]))
    };
    let has_label = || {
        line.colon().is_some_and(|colon| colon <= 3)
            && (matches!(line.word(0), "correction" | "clarification" | "updated")
                || matches!(line.word(0), "editor" | "editors" | "editor's") && line.word(1) == "note")
    };
    let is_stamp = || line.starts(&["last", "updated"]) || line.starts(&["first", "published"]);
    tells_change
        || has_version("article")
        || has_version("story")
        || has_label()
        || is_stamp() && line.len() < 14
}

/// "All rights reserved", "© 2031", "may not be reproduced".
pub(crate) fn rights_notice(line: &Line<'_>) -> bool {
    let may_not = ["published", "reproduced", "republished", "rewritten", "redistributed", "copied"];
    line.has(&["all", "rights", "reserved"])
        || line.tokens.iter().any(|token| token.is('©'))
        || line.word(0) == "copyright" && line.len() < 12
        || may_not.iter().any(|verb| line.has(&["may", "not", "be", verb]) && line.has(&["material"]))
        || line.starts(&["reproduction", "only"])
        || line.starts(&["reproduction", "in", "whole"])
}

/// "Advertisement", "Sponsored content: …".
pub(crate) fn advertisement(line: &Line<'_>) -> bool {
    let is_label =
        matches!(line.word(0), "advertisement" | "advert" | "sponsored" | "promoted" | "advertorial");
    is_label && (line.len() < 3 || line.colon().is_some_and(|colon| colon <= 2))
}

/// "Story continues below", "Continue reading", "Thank you for reading".
pub(crate) fn page_furniture(line: &Line<'_>) -> bool {
    matches!(line.word(0), "story" | "article") && line.word(1) == "continues"
        || line.starts(&["continue", "reading"])
        || line.starts(&["scroll", "down"])
        || line.starts(&["scroll", "to"])
        || (line.starts(&["thank", "you"]) || line.starts(&["thanks"])) && line.has(&["for", "reading"])
}

/// "Comments are closed", "our community rules".
pub(crate) fn comment_rules(line: &Line<'_>) -> bool {
    let has_rules = ["rules", "guidelines", "standards"].iter().any(|rules| line.has(&["community", rules]));
    line.starts(&["comments", "are", "closed"])
        || line.starts(&["view", "comments"])
        || line.starts(&["leave", "a", "comment"])
        || line.starts(&["join", "the", "conversation"])
        || has_rules && (line.has(&["our"]) || line.has(&["your"]))
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
            let rules: [(&str, Rule); 8] = [
                ("page", page_furniture),
                ("consent", consent_notice),
                ("offer", subscription_offer),
                ("appeal", reader_appeal),
                ("correction", correction_note),
                ("rights", rights_notice),
                ("advertisement", advertisement),
                ("comments", comment_rules),
            ];
            rules.iter().find(|(_, rule)| rule(&line)).map(|(name, _)| *name)
        })
    }

    #[test]
    fn notices_address_the_reader() {
        assert_hits(
            &[
                ("We use cookies to improve your visit.", "consent"),
                ("By continuing you agree to our terms.", "consent"),
                ("Read our privacy policy.", "consent"),
                ("Sign up for our daily briefing.", "offer"),
                ("Get the best deal on your subscription.", "offer"),
                ("Already a subscriber?", "offer"),
                ("You have read two of three free articles.", "offer"),
                ("Our journalism depends on readers.", "appeal"),
                ("Have you been affected by the strike?", "appeal"),
                ("This article was updated to name the port.", "correction"),
                ("An earlier version of this article named another port.", "correction"),
                ("Editor’s note: the port is in Tarn.", "correction"),
                ("© 2031 Tarn Press", "rights"),
                ("This material may not be reproduced.", "rights"),
                ("This story was originally published by Tarn Press.", "correction"),
                ("Story continues below", "page"),
                ("Continue reading", "page"),
                ("Manage your preferences", "offer"),
                ("Sponsored: cars for less", "advertisement"),
                ("Please keep to our community rules.", "comments"),
            ],
            rule,
        );
    }

    #[test]
    fn sentences_of_the_article_are_no_notices() {
        assert_misses(
            &[
                "The ministers shared cookies and a draft.",
                "By using force, Arland broke the truce.",
                "The newsletter of the guild called the deal dead.",
                "Sign the accord or leave, it told Arland.",
                "Get it done, ministers were told.",
                "The union has no right to support a strike.",
                "This article of the treaty was dropped.",
                "The version of this text that Arland saw was old.",
                "Copyright is the last open chapter of the talks between the two governments this year.",
                "The draft may not be published before Friday.",
                "The story continues below decks, where the crew waits.",
                "Thanks to the union, the port is open.",
                "Comments by the minister did not help.",
                "The privacy policy of the bloc is a sticking point.",
            ],
            rule,
        );
    }
}
