//! [`FieldName`]: what the name of a field says about its content.
//!
//! `data/field_names.tsv` has the names that the exports of news services and data sets use, in lower case without
//! spaces and punctuation, with their rank among the names of one role.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What a field is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Role {
    Text,
    Date,
    Title,
    Id,
    Source,
}

impl Role {
    pub(crate) const ALL: [Self; 5] = [Self::Text, Self::Date, Self::Title, Self::Id, Self::Source];

    /// The name of the role in the table and in options (`--text-field`).
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Date => "date",
            Self::Title => "title",
            Self::Id => "id",
            Self::Source => "source",
        }
    }
}

/// Longer names are not in the table.
pub(crate) const MAX_NAME: usize = 32;

static NAMES: LazyLock<HashMap<&'static str, (Role, u16)>> = LazyLock::new(|| {
    let rows = include_str!("../../data/field_names.tsv").lines().skip(1);
    let row = |line: &'static str| {
        let mut cells = line.split('\t');
        let (name, role, rank) = (cells.next()?, cells.next()?, cells.next()?);
        let role = Role::ALL.into_iter().find(|known| known.name() == role)?;
        Some((name, (role, rank.parse().ok()?)))
    };
    rows.filter_map(row).collect()
});

/// The role that a field's name suggests, and its rank among the names of that role (1 is the best).
pub(crate) fn role_of(name: &str) -> Option<(Role, u16)> {
    let mut buffer = [0; MAX_NAME];
    NAMES.get(normal_form(name, &mut buffer)?).copied()
}

/// Whether the name of a field suggests that it holds the text of an article.
pub(crate) fn names_text(name: &str) -> bool {
    role_of(name).is_some_and(|(role, _)| role == Role::Text)
}

/// The letters and digits of `name` in lower case. `None` if there are too many.
pub(crate) fn normal_form<'b>(name: &str, buffer: &'b mut [u8; MAX_NAME]) -> Option<&'b str> {
    let mut length = 0;
    for byte in name.bytes().filter(u8::is_ascii_alphanumeric) {
        *buffer.get_mut(length)? = byte.to_ascii_lowercase();
        length += 1;
    }
    std::str::from_utf8(buffer.get(..length)?).ok()
}

/// Names of dates that are not the day of publication.
const OTHER_DATES: [&str; 14] = [
    "crawl", "download", "access", "retriev", "scrap", "index", "import", "expir", "birth", "event", "fetch",
    "updat", "modif", "zone",
];

/// Whether a name that is not in the table suggests the day of publication.
pub(crate) fn suggests_date(name: &str) -> bool {
    let mut buffer = [0; MAX_NAME];
    normal_form(name, &mut buffer).is_some_and(|name| {
        ["date", "publi", "posted", "time", "issued"].iter().any(|part| name.contains(part))
            && !OTHER_DATES.iter().any(|part| name.contains(part))
    })
}

/// Objects in a record that describe something other than the article.
const OTHER_OBJECTS: [&str; 18] = [
    "author",
    "authors",
    "byline",
    "user",
    "creator",
    "image",
    "images",
    "media",
    "publisher",
    "thumbnail",
    "video",
    "comments",
    "location",
    "parties",
    "outlook",
    "links",
    "embedded",
    "sentiment",
];

/// Whether the object named `name` may hold the article's fields (`fields`, `_source`, `data`).
pub(crate) fn may_hold_fields(name: &str) -> bool {
    let mut buffer = [0; MAX_NAME];
    name != "source" && normal_form(name, &mut buffer).is_some_and(|name| !OTHER_OBJECTS.contains(&name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_without_duplicates() {
        let text = include_str!("../../data/field_names.tsv");
        let rows: Vec<Vec<&str>> = text.lines().skip(1).map(|line| line.split('\t').collect()).collect();
        assert!(rows.windows(2).all(|pair| pair[0][0] < pair[1][0]), "sort the rows by name");
        assert_eq!(NAMES.len(), rows.len());
        for row in rows {
            let mut buffer = [0; MAX_NAME];
            assert_eq!(normal_form(row[0], &mut buffer), Some(row[0]));
        }
    }

    #[test]
    fn names_are_compared_without_case_spaces_and_punctuation() {
        for name in ["publish_date", "Publish Date", "publishDate", "dc:date", "seendate", "datePublished"] {
            assert!(matches!(role_of(name), Some((Role::Date, _))), "{name}");
        }
        for name in ["Full text", "raw-text", "bodyText", "Hlead"] {
            assert!(names_text(name), "{name}");
        }
        for name in ["", "wordcount", "a_name_that_is_much_longer_than_all_names_of_the_table", "текст"]
        {
            assert_eq!(role_of(name), None, "{name}");
        }
        let rank = |name| role_of(name).expect("a known name").1;
        assert!(rank("content") < rank("description"));
    }

    #[test]
    fn unknown_names_may_suggest_a_date() {
        assert!(suggests_date("Date of first print") && suggests_date("article_publish_day"));
        assert!(!suggests_date("crawl_date") && !suggests_date("author"));
    }
}
