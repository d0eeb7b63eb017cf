//! [`articles_of_feed`]: the items of an RSS, RDF or Atom feed.

use std::collections::BTreeMap;

use detente::{Article, Warning, WarningKind};
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use crate::date::parse_date;
use crate::html::{block_texts, has_markup};
use crate::input_error::{InputError, InputErrorKind, Result};
use crate::markup::clean_text;

/// Fields of the text, in order of preference.
const TEXTS: [&str; 6] =
    ["content:encoded", "content", "body", "description", "summary", "media:description"];
const DATES: [&str; 8] =
    ["pubDate", "published", "issued", "dc:date", "date", "created", "dcterms:created", "updated"];
const IDS: [&str; 3] = ["guid", "id", "link"];

/// The items of a feed in order. An item without text has its title as text.
///
/// # Errors
/// If the text is no feed, or has no item.
pub(crate) fn articles_of_feed(text: &str) -> Result<Vec<Article>> {
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}').trim_start());
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    let mut feed = FeedBuilder::default();
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => feed.start(&tag, false),
            Ok(Event::Empty(tag)) => feed.start(&tag, true),
            Ok(Event::End(tag)) => feed.end(tag.name().as_ref()),
            Ok(Event::Text(text)) => feed.add(&text),
            Ok(Event::CData(text)) => feed.add(&text),
            Ok(Event::GeneralRef(name)) => feed.add_reference(&name),
            Ok(Event::Eof) => break,
            Ok(_) => {}
            // what was read before a fault is kept
            Err(error) if feed.articles.is_empty() => {
                return Err(InputError::new(InputErrorKind::Unsupported, format!("no feed: {error}")));
            }
            Err(error) => {
                let message = format!("the feed has a fault, the items after it are not read: {error}");
                if let Some(last) = feed.articles.last_mut() {
                    last.warnings.push(Warning::new(WarningKind::Truncated, message));
                }
                break;
            }
        }
    }
    match (feed.is_feed, feed.articles.is_empty()) {
        (false, _) => Err(InputError::new(
            InputErrorKind::Unsupported,
            "XML that is not a feed (RSS, Atom) is not supported",
        )),
        (true, true) => Err(InputError::new(InputErrorKind::Empty, "empty: no item with text in the feed")),
        (true, false) => Ok(feed.articles),
    }
}

#[derive(Default)]
struct FeedBuilder {
    is_feed: bool,
    /// Title of the feed.
    title: String,
    /// The fields of the open item.
    item: Option<BTreeMap<String, String>>,
    /// The open field, and how many elements are open inside it.
    field: Option<(String, usize)>,
    articles: Vec<Article>,
}

impl FeedBuilder {
    fn start(&mut self, tag: &BytesStart, is_empty: bool) {
        let name = tag.name().as_ref().to_owned();
        if let Some((_, depth)) = &mut self.field {
            // markup inside a field, as in Atom's XHTML
            *depth += usize::from(!is_empty);
            self.add(&format!("<{name}>"));
            return;
        }
        match name.as_str() {
            "rss" | "rdf:RDF" | "feed" | "atom:feed" => self.is_feed = true,
            "item" | "entry" | "atom:entry" => self.item = Some(BTreeMap::new()),
            "link" if is_empty => {
                let attribute = |name: &str| {
                    let found = tag.attributes().flatten().find(|attribute| attribute.key.as_ref() == name);
                    found.map(|attribute| attribute.value.into_owned())
                };
                if let Some(item) = &mut self.item
                    && attribute("rel").is_none_or(|rel| rel == "alternate")
                {
                    item.entry(name).or_insert(attribute("href").unwrap_or_default());
                }
            }
            _ if is_empty => {}
            _ => self.field = Some((name, 0)),
        }
        // elements that only group others are no fields
        if matches!(
            self.field.as_ref().map(|field| field.0.as_str()),
            Some("channel" | "items" | "image" | "author")
        ) {
            self.field = None;
        }
    }

    fn end(&mut self, name: &str) {
        if let Some((field, depth)) = &mut self.field {
            if *depth > 0 && name != field {
                *depth -= 1;
                self.add(&format!("</{name}>"));
            } else {
                self.field = None;
            }
        } else if matches!(name, "item" | "entry" | "atom:entry")
            && let Some(item) = self.item.take()
        {
            self.articles.extend(article(&item, &self.title));
        }
    }

    fn add(&mut self, text: &str) {
        let Some((field, _)) = &self.field else { return };
        match &mut self.item {
            Some(item) => item.entry(field.clone()).or_default().push_str(text),
            None if field == "title" => self.title.push_str(text),
            None => {}
        }
    }

    /// Adds the character that an entity stands for; those of HTML are kept for the reader of the field.
    fn add_reference(&mut self, name: &str) {
        let character = match name {
            "lt" => "<",
            "gt" => ">",
            "amp" => "&",
            "quot" => "\"",
            "apos" => "'",
            other => return self.add(&format!("&{other};")),
        };
        self.add(character);
    }
}

fn article(item: &BTreeMap<String, String>, feed_title: &str) -> Option<Article> {
    let first = |names: &[&str]| {
        names
            .iter()
            .find_map(|name| item.get(*name))
            .map(|value| value.trim())
            .filter(|value| !value.is_empty())
    };
    let plain = |text: &str| if has_markup(text) { block_texts(text).join(" ") } else { text.to_owned() };
    let title = first(&["title", "atom:title"]).map(plain);
    let mut notes = Vec::new();
    let full = TEXTS.iter().find_map(|name| first(&[name]).map(|text| (*name, text)));
    let text = match full {
        Some((name, text)) => clean_text(text, name, &mut notes).into_owned(),
        None => title.clone()?,
    };
    let mut article = Article::new(first(&IDS).unwrap_or_default(), text);
    article.title = title.filter(|_| full.is_some());
    if let Some(value) = first(&DATES) {
        article.date = parse_date(value);
        if article.date.is_none() {
            let message = format!("{value:?} is not a date in a known format");
            notes.push(Warning::new(WarningKind::BadDate, message).with_value(value));
        }
    }
    article.source = Some(plain(feed_title.trim())).filter(|title| !title.is_empty());
    article.warnings = notes;
    (!article.text.trim().is_empty()).then_some(article)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rss_items_are_articles() {
        let feed = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>The Lantern</title>\
            <item><title>Talks &amp; wages</title><link>https://a.example/1</link><pubDate>Wed, 15 Jan 2020 10:00:00 GMT</pubDate>\
            <description>Short.</description><content:encoded><![CDATA[<p>The union agreed.</p><p>A deal&nbsp;is near.</p>]]></content:encoded></item>\
            <item><title>Deal</title><guid>g2</guid><description>&lt;b&gt;Talks&lt;/b&gt; went on.</description></item></channel></rss>";
        let found = articles_of_feed(feed).expect("a feed");
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].text, "The union agreed.\n\nA deal is near.");
        assert_eq!(
            (found[0].title.as_deref(), found[0].source.as_deref()),
            (Some("Talks & wages"), Some("The Lantern"))
        );
        assert_eq!(found[0].date.map(|day| day.to_string()).as_deref(), Some("2020-01-15"));
        assert_eq!((found[0].id.as_str(), found[1].id.as_str()), ("https://a.example/1", "g2"));
        assert_eq!(found[1].text, "Talks went on.");
    }

    #[test]
    fn atom_entries_are_articles() {
        let feed = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>L</title><entry><title>Talks</title>\
            <link href=\"https://a.example/1\"/><id>tag:1</id><published>2020-01-15T10:00:00Z</published>\
            <content type=\"xhtml\"><div><p>The union <b>agreed</b>.</p><p>They met.</p></div></content></entry></feed>";
        let found = articles_of_feed(feed).expect("a feed");
        assert_eq!((found.len(), found[0].text.as_str()), (1, "The union agreed.\n\nThey met."));
        assert_eq!(found[0].date.map(|day| day.to_string()).as_deref(), Some("2020-01-15"));
    }

    #[test]
    fn other_xml_and_empty_feeds_are_errors() {
        for text in ["", "<a><b/></a>", "<rss><channel></channel></rss>", "<rss", "no XML"] {
            assert!(articles_of_feed(text).is_err(), "{text}");
        }
    }
}
